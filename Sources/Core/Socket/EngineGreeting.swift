/// What an engine and a console tell each other first.

import Store

/// What an engine says of itself when a console connects.
public struct EngineGreeting: Sendable, Equatable {
    /// One fleet, one build: shown on screen.
    /// **Source** <doc:SafetyRules#One-protocol-and-one-build>.
    public var build: String
    public var pid: Int32
    /// Of the lease; 0 before the database gave one.
    public var epoch: Int64
    /// The world's time when the greeting was sent.
    public var worldClock: Instant
    /// World seconds per second, as a decimal: `1`, `60`, `0.5`.
    public var speed: String
    /// How far its start is; nil once that is over.
    public var start: StartProgress?

    public init(
        build: String, pid: Int32, epoch: Int64, worldClock: Instant, speed: String,
        start: StartProgress? = nil
    ) {
        self.build = build
        self.pid = pid
        self.epoch = epoch
        self.worldClock = worldClock
        self.speed = speed
        self.start = start
    }

    var members: [JSON.Member] {
        [
            JSON.Member("protocol", .int(EngineProtocol.version)),
            JSON.Member("build", .string(build)), JSON.Member("pid", .int(pid)),
            JSON.Member("epoch", .int(epoch)),
            JSON.Member("world_clock", .string(worldClock.description)),
            JSON.Member("speed", .string(speed)), JSON.Member("start", start?.json ?? .null),
        ]
    }

    init?(_ json: JSON) {
        guard let build = json["build"]?.text,
            let pid = json["pid"]?.integer.flatMap(Int32.init(exactly:)),
            let epoch = json["epoch"]?.integer,
            let clock = json["world_clock"]?.text.flatMap(Instant.init(anyYear:)),
            let speed = json["speed"]?.text
        else { return nil }
        self.init(
            build: build, pid: pid, epoch: epoch, worldClock: clock, speed: speed,
            start: json["start"].flatMap(StartProgress.init))
    }
}

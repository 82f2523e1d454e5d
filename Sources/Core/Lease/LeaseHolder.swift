/// Who holds the lease of a home, as the lease file says.

import Store

/// The content of the lease file: one line of JSON, padded to a fixed length.
public struct LeaseHolder: Sendable, Equatable {
    public var process: ProcessIdentity
    /// Tells an entry of an earlier boot from one of this boot.
    public var bootID: String
    /// Of the database; until the holder has raised it there, that of the holder before.
    public var epoch: Int64
    /// Since boot, written each second by the loop that trades, and during a start.
    public var heartbeat: Span
    public var since: Instant
    /// Of the program.
    public var build: String
    /// How far its start is; nil once that is over.
    public var start: StartProgress?

    public init(
        process: ProcessIdentity, bootID: String, epoch: Int64, heartbeat: Span, since: Instant,
        build: String, start: StartProgress? = nil
    ) {
        self.process = process
        self.bootID = bootID
        self.epoch = epoch
        self.heartbeat = heartbeat
        self.since = since
        self.build = build
        self.start = start
    }

    /// Always this many bytes, so that one write replaces the whole.
    static let length = 512
    /// A heartbeat older than this is stale: the one threshold of engines. What shows their state
    /// calls them silent from then on, and what may end them may end them. Bots have others
    /// (``Deadlines``): they beat every 15 seconds, over a network.
    /// **Source** <doc:SafetyRules#The-lease>.
    public static let staleAfter = Span.seconds(5)
    /// What helps where an engine is silent.
    public static let remedy = "plutarc engine start ends it and starts another"

    /// The same for whoever may start none.
    /// - Parameter owner: of the home, where that is somebody else.
    public static func remedy(asking owner: UInt32?) -> String {
        owner.map { ConnectionError.asking($0, to: "restart it") } ?? remedy
    }

    /// How old the heartbeat is; never negative. Without meaning for an entry of another boot.
    public func age(at wall: WallClock) -> Span {
        max(wall.boot - heartbeat, .seconds(0))
    }

    /// Whether the holder, if it is alive, has stopped turning its loop.
    public func isStale(at wall: WallClock) -> Bool { age(at: wall) > Self.staleAfter }

    /// For how long it has been silent, once that is too long: it hangs, and vouches for nothing.
    /// nil while it beats, and at a step of its start that was announced to be silent.
    public func silence(at wall: WallClock) -> Span? {
        start?.silentStep == nil && isStale(at: wall) ? age(at: wall) : nil
    }

    /// `the engine has been silent for 12s`: the same words wherever a state is shown.
    public static func words(ofSilence silence: Span) -> String {
        "the engine has been silent for \(silence.ageText)"
    }

    var bytes: [UInt8] {
        let content: JSON = [
            "pid": .int(process.pid), "started": .int(process.started),
            "boot_id": .string(bootID), "epoch": .int(epoch),
            "heartbeat_ms": .int(heartbeat.milliseconds),
            "since": .string(since.description), "build": .string(String(build.prefix(64))),
            "start": start?.json ?? .null,
        ]
        var out: [UInt8] = []
        content.write(to: &out)
        while out.count < Self.length - 1 { out.append(0x20) }
        return out + [0x0A]
    }

    /// Nil for an empty file, or one that is being written just now.
    init?(bytes: [UInt8]) {
        guard let content = try? JSON.parse(bytes),
            let pid = content["pid"]?.integer.flatMap(Int32.init(exactly:)), pid > 0,
            let started = content["started"]?.integer, let bootID = content["boot_id"]?.text,
            let epoch = content["epoch"]?.integer,
            let heartbeat = content["heartbeat_ms"]?.integer,
            let since = content["since"]?.text.flatMap(Instant.init(anyYear:)),
            let build = content["build"]?.text
        else { return nil }
        self.init(
            process: ProcessIdentity(pid: pid, started: started), bootID: bootID, epoch: epoch,
            heartbeat: Span(milliseconds: heartbeat), since: since, build: build,
            start: content["start"].flatMap(StartProgress.init))
    }
}

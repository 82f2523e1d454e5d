/// One screen of health: engine, bots by state, figures, alerts.

import Store

/// What the lease and the socket say of the engine of a home.
public struct EngineStatus: Sendable, Equatable, Codable {
    public var isRunning: Bool
    public var pid: Int64?
    public var host: String?
    /// Wall clock.
    public var since: Instant?
    public var epoch: Int64?
    public var build: String?
    /// Age of its heartbeat; nil when it was not asked.
    public var lag: Span?
    /// For how long it has been silent, where that is too long.
    public var silence: Span?
    /// How far its start is, in words; nil once that is over.
    public var starting: String?

    public init(
        isRunning: Bool, pid: Int64? = nil, host: String? = nil, since: Instant? = nil,
        epoch: Int64? = nil, build: String? = nil, lag: Span? = nil, silence: Span? = nil,
        starting: String? = nil
    ) {
        self.isRunning = isRunning
        self.pid = pid
        self.host = host
        self.since = since
        self.epoch = epoch
        self.build = build
        self.lag = lag
        self.silence = silence
        self.starting = starting
    }
}

public struct StatusBoard: Sendable, Equatable, Codable {
    public var engine: EngineStatus
    public var fleet: FleetBoard
    public var alerts: [AlertRow]
    /// Tickets that are not closed; nil for a reader who may not see them.
    public var openTickets: Int?

    static func load(
        _ db: Reading, engine: EngineStatus, for rights: ReaderRights
    ) throws(StoreError) -> StatusBoard {
        StatusBoard(
            engine: engine, fleet: try FleetBoard.load(db, for: rights),
            alerts: try AlertsBoard.load(db, for: rights).rows,
            openTickets: rights.showsTickets ? try db.unclosedTickets().count : nil)
    }
}

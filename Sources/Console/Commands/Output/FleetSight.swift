/// How old what a command shows is: while no engine runs, nothing is known of now.

import Core
import Store

struct FleetSight {
    /// The engine runs, and its heart beats.
    let isSeen: Bool
    /// Since the last commit, by the wall, or since its world's time where that is longer ago; nil
    /// where the home does not know when that was.
    let unseenFor: Span?
    /// World time of the last commit.
    let asOf: Instant?
    /// `no engine runs`, `the engine has been silent for 12s`.
    let reason: String
    /// The engine hangs: what helps.
    var remedy: String?
    /// The wall clock of the look.
    private let wall: Instant
    /// A live engine writes every few seconds: ages go on from its last commit.
    var sinceCommit: Span?

    static let seen = FleetSight(isSeen: true, unseenFor: nil, asOf: nil)

    init(
        isSeen: Bool, unseenFor: Span?, asOf: Instant?, reason: String = "no engine runs",
        at wall: Instant = WallClock.read().utc
    ) {
        self.reason = reason
        self.wall = wall
        self.isSeen = isSeen
        self.unseenFor = unseenFor
        self.asOf = asOf
    }

    init(
        _ engine: EngineStatus, _ workspace: Workspace?, at wall: Instant = WallClock.read().utc
    ) {
        let isSeen = engine.isRunning && engine.starting == nil && engine.silence == nil
        let age = workspace.flatMap { $0.age(of: $0.clock, at: wall) }
        self.init(
            isSeen: isSeen, unseenFor: isSeen ? nil : age, asOf: workspace?.clock,
            reason: Self.reason(engine), at: wall)
        remedy = engine.silence.map { _ in "\(LeaseHolder.remedy)." }
    }

    private static func reason(_ engine: EngineStatus) -> String {
        if !engine.isRunning { return "no engine runs" }
        return engine.silence.map { LeaseHolder.words(ofSilence: $0) } ?? "the engine is starting"
    }

    /// `Online`; `unknown, was Online` of a bot that only an engine can vouch for.
    func state(of row: BotRow) -> String {
        knows(row) ? row.state.title : "unknown, was \(row.state.title)"
    }

    /// A bot that is released stays so.
    func knows(_ row: BotRow) -> Bool { isSeen || row.state == .stopped }

    /// How long ago something was: ages grow, though the world's time stands still. A world that
    /// is ahead of the wall waits for it, and its times get no older before.
    func age(of instant: Instant?, _ now: Instant) -> String? {
        let unseen = unseenFor ?? sinceCommit ?? .seconds(0)
        let growth = asOf.map { min(unseen, max(wall - $0, .seconds(0))) } ?? unseen
        return instant.map { (now - $0 + growth).ageText }
    }

    /// The world's time is still to come.
    private var isAhead: Bool { asOf.map { $0 > wall } ?? false }

    /// Stands behind a figure that may have changed since.
    var mark: String { isSeen ? "" : "?" }

    /// `no engine runs: as of 2026-03-10 02:14:07Z, 15h02m ago`; nil while the fleet is seen.
    var words: String? {
        guard !isSeen else { return nil }
        let time = ValueText.time(asOf).map { ": as of \($0)" } ?? ""
        guard let unseenFor else { return "\(reason)\(time)" }
        let age = "\(unseenFor.ageText) ago"
        return "\(reason)\(time), " + (isAhead ? "ahead of the clock; last seen \(age)" : age)
    }

    /// The last line under what was read from the last commit.
    var lines: [String] {
        guard let words else { return [] }
        return ["", "Nothing here is known of now: \(words)."] + [remedy].compactMap(\.self)
    }

    /// Stands before a question about what is not known of now.
    var warning: [String] { remedy.map { ["\(reason); \($0)"] } ?? [] }
}

extension CommandContext {
    /// A result that was read from the last commit: as text it says how old that is, where nothing
    /// is known of now.
    func told(
        json: @autoclosure () -> JSON, text: () -> [String]
    ) throws(CommandFailure) {
        let sight = output.isJSON ? FleetSight.seen : try sight()
        try output.result(json: json()) { text() + sight.lines }
    }
}

/// How the engine lives with another program that holds the database for writing.
import Store

/// Looks before every commit whether one could begin. While it could not, the world goes on and its
/// journal waits; nothing is acknowledged; who holds the database is named, and the engine lives.
struct HoldWatch {
    private let shm: String
    /// Since when it is held; nil when it is not.
    private(set) var since: Span?
    private var isTold = false
    #if DEBUG
        /// Switched off by a test of the tests.
        var isOn = true
    #else
        var isOn: Bool { true }
    #endif
    /// How long a request waits for the other program before it is refused.
    var patience = Span.seconds(3)

    private static let kind = "hold"
    /// The first look waits a little: most writes of others are short. Later ones hardly do, so
    /// that the engine beats.
    private static let (firstLook, laterLook): (Int32, Int32) = (200, 20)

    init(_ home: Home) { shm = home.path(of: .databaseIndex) }

    /// - Parameter milliseconds: for which it is waited; nil: as usual.
    mutating func isHeld(
        _ database: Database, _ world: World, within milliseconds: Int32? = nil
    ) -> Bool {
        guard isOn else { return false }
        let wait = milliseconds ?? (since == nil ? Self.firstLook : Self.laterLook)
        if database.mayBegin(within: wait) {
            if since != nil { release(world) }
            return false
        }
        since = since ?? WallClock.read().boot
        if hasLasted { alarm(world) }
        return true
    }

    /// What a start found, before there is a world that could be told.
    mutating func see(isHeld: Bool) { since = isHeld ? since ?? WallClock.read().boot : nil }

    /// Who holds it, as far as that can be seen.
    var holder: Int32? { LogReader.writers(of: shm).first?.pid }

    /// Longer than a request waits.
    var hasLasted: Bool { since.map { WallClock.read().boot - $0 >= patience } ?? false }

    /// Nothing new was accepted, and why; what was accepted before stands.
    var refusal: WireError {
        let holders = LogReader.writers(of: shm)
        return WireError(
            code: "locked", message: "the database is held by \(Self.names(holders)); "
                + "nothing new was accepted",
            remedy: remedy(holders) + ", then ask again")
    }

    private static func names(_ holders: [LogReader]) -> String {
        guard !holders.isEmpty else { return "another program" }
        return holders.map { "\($0.pid) (\($0.command))" }.joined(separator: ", ")
    }

    private func remedy(_ holders: [LogReader]) -> String {
        holders.isEmpty
            ? "look who has it open: fuser \(shellQuoted(shm))"
            : "end it: kill \(holders.map { "\($0.pid)" }.joined(separator: " "))"
    }

    /// Written down with the first commit that is possible again.
    private mutating func alarm(_ world: World) {
        guard !isTold else { return }
        isTold = true
        let holders = LogReader.writers(of: shm)
        world.alarm(
            Self.kind, about: "database",
            "the database is held by \(Self.names(holders)): nothing can be written or accepted. "
                + "To go on, \(remedy(holders)).")
    }

    private mutating func release(_ world: World) {
        since = nil
        guard isTold else { return }
        isTold = false
        world.note("database", "the database can be written again; what happened is written now")
    }
}

/// The console's way to the world: the read-only database and the engine's socket.
import Core
import Glibc
import Store

/// Reads the boards that are watched whenever the engine rings, or when the file has changed and
/// no engine is there to ring; sends commands and brings their answers. Never blocks for long.
final class Backend {
    private let reader: BoardReader
    private let connection: EngineConnection
    private var person: Operator?
    private var watched: [BoardRequest] = []
    /// Has come into view and is still to be read.
    private var unread: [BoardRequest] = []
    private var openedAt = Backend.longAgo
    private let off: Switches<ConnectionSafeguard>
    /// Pages of old records that are read one a turn, so that keys come between.
    private var waiting: [BoardRequest] = []
    /// When the next of them may be read: nobody asks again for one that could not be.
    private var waitingAt = Backend.longAgo
    /// Something was committed since the boards were read.
    private var isDirty = false
    private var readAt = Backend.longAgo
    private var version: Int64?
    private var versionAt = Backend.longAgo

    /// Boards are read at most so often: more than ten frames of data a second are never drawn.
    static let readSpacing = Span.milliseconds(100)
    /// How often the file is looked at while no engine rings.
    static let pollSpacing = Span.seconds(1)
    private static let longAgo = Span.seconds(-60)

    /// - Parameter off: rules that a test of the tests leaves out.
    init(
        reader: BoardReader, connection: EngineConnection,
        off: Switches<ConnectionSafeguard> = []
    ) {
        self.reader = reader
        self.connection = connection
        self.off = off
    }

    /// Readable when the engine has said something; -1 while there is none.
    var descriptor: Int32 { connection.descriptor }

    /// Who is at the terminal: asked at the start, and whenever boards are read again, since rights
    /// change meanwhile.
    func identify() -> [ConsoleEvent] {
        do throws(StoreError) {
            person = try reader.person()
            return [.person(person)]
        } catch { return [Self.words(error)] }
    }

    // MARK: Boards

    /// Watches these from now on. What was not watched before is read at once for a single key, and
    /// at the pace of boards where keys come faster.
    func watch(_ requests: [BoardRequest], at now: Span) -> [ConsoleEvent] {
        let isFirst = watched.isEmpty
        let fresh = requests.filter { !watched.contains($0) }
        watched = requests
        waiting = (waiting + fresh.filter(\.isOlderPage)).filter(requests.contains)
        unread = (unread + fresh.filter { !$0.isOlderPage }).filter(requests.contains)
        let events = readUnread(now)
        // The first screen came by no key.
        if isFirst || off.contains(.boardsKeepPace) { openedAt = Self.longAgo }
        return events
    }

    private func readUnread(_ now: Span) -> [ConsoleEvent] {
        guard !unread.isEmpty, now - openedAt >= Self.readSpacing else { return [] }
        openedAt = now
        defer { unread = [] }
        return read(unread)
    }

    /// Reads what is watched anew when its turn comes.
    func refresh() -> [ConsoleEvent] {
        isDirty = true
        return off.contains(.boardsKeepPace) ? readAgain() : []
    }

    private func readAgain() -> [ConsoleEvent] {
        isDirty = false
        let before = person
        let known = identify()
        return (person == before ? [] : known) + read(watched.filter(\.isLive))
    }

    private func read(_ requests: [BoardRequest]) -> [ConsoleEvent] {
        var events: [ConsoleEvent] = []
        for request in requests {
            do throws(StoreError) { events.append(.board(try request.read(reader))) } catch {
                return events + [Self.words(error)]
            }
        }
        return events
    }

    /// Never SQL: what a person can do something about.
    private static func words(_ error: StoreError) -> ConsoleEvent {
        switch error {
        case .locked, .interrupted:
            .unreadable(headline: "the workspace is busy", remedy: "it is tried again by itself")
        case .constraint, .other, .notAReadingStatement:
            .unreadable(headline: "the workspace cannot be read", remedy: "plutarc check says why")
        default: .unreadable(headline: error.headline, remedy: error.remedy)
        }
    }

    // MARK: Turns

    /// Connects, launches, looks at the file, reads what is due.
    /// - Parameter now: since the machine started.
    func turn(_ now: Span) -> [ConsoleEvent] {
        var events = connection.turn(now)
        if connection.takeBell() { isDirty = true }
        if !connection.isConnected, now - versionAt >= Self.pollSpacing {
            versionAt = now
            let latest = try? reader.version()
            if latest != version { isDirty = true }
            version = latest
        }
        if isDirty, now - readAt >= Self.readSpacing {
            readAt = now
            events += readAgain()
        }
        events += readUnread(now)
        if !waiting.isEmpty, now >= waitingAt { events += readWaiting(now) }
        return events
    }

    private func readWaiting(_ now: Span) -> [ConsoleEvent] {
        let events = read([waiting[0]])
        if case .unreadable? = events.last {
            waitingAt = now + Self.pollSpacing
        } else {
            waiting.removeFirst()
        }
        return events
    }

    /// How long nothing is to be done here.
    func patience(_ now: Span) -> Span {
        var patience = connection.patience(now)
        if !waiting.isEmpty { patience = min(patience, waitingAt - now) }
        if isDirty { patience = min(patience, Self.readSpacing - (now - readAt)) }
        if !unread.isEmpty { patience = min(patience, Self.readSpacing - (now - openedAt)) }
        return max(.seconds(0), patience)
    }

    // MARK: Engine

    func hear() -> [ConsoleEvent] {
        let events = connection.hear()
        if connection.takeLetGo() { reader.letGo() }
        if connection.takeBell() { isDirty = true }
        return events
    }

    func submit(_ command: Command, key: String, at now: Span) -> [ConsoleEvent] {
        connection.submit(command, key: key, at: now)
    }

    func startEngine(at now: Span) -> [ConsoleEvent] { connection.launch(at: now) }

    func close() { connection.close() }
}

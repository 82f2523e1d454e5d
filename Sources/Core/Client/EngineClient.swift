/// A console's end of the connection to the engine.

import Glibc
import Store

/// What became of a command, as far as its sender waited.
public enum CommandAnswer: Sendable, Equatable {
    /// Durable, and goes on; only for a request that does not wait.
    /// - Parameter rows: of each thing that was asked for, as it stood when it was accepted.
    case accepted(ID<CommandRecord>, rows: JSON = .null)
    case outcome(CommandReport)
    /// Nothing was done.
    case refused(WireError)
}

/// A connection that has been greeted. One-shot commands block on it with a time-out; a console
/// polls ``descriptor`` and calls ``receive()``.
public final class EngineClient {
    /// A message with the id of the request that it answers; bells answer none.
    public struct Received: Sendable, Equatable {
        public var request: Int64?
        public var message: EngineMessage
    }

    /// What the engine said of itself at the last connection.
    public private(set) var greeting: EngineGreeting
    /// The process and user of the engine, as the kernel says.
    public private(set) var engine: Peer
    private let home: Home
    private let build: String
    private var socket: PacketSocket
    private var isOpen = true
    private var wantsBells: Bool
    private var joiner = PartJoiner()
    private var nextRequest: Int64 = 2
    /// Arrived while something else was waited for, in order.
    private var shelf: [Received] = []
    /// Why the engine ends this connection, once it has said so: what it was asked for and has
    /// not answered by then was not taken.
    private var farewell: WireError?

    private init(
        home: Home, build: String, bells: Bool, descriptor: Int32, engine: Peer,
        greeting: EngineGreeting
    ) {
        self.home = home
        self.build = build
        self.wantsBells = bells
        self.engine = engine
        self.greeting = greeting
        socket = PacketSocket(descriptor: descriptor)
    }

    deinit { close() }

    /// Connects to the engine of a home and exchanges greetings.
    /// - Parameters:
    ///   - build: of this program.
    ///   - bells: whether to hear of changes.
    ///   - limit: for the whole of it.
    /// - Throws: ``ConnectionError/noEngine(home:owner:)`` at once when nobody listens.
    public static func connect(
        to home: Home, build: String, bells: Bool = false,
        within limit: Span = EngineProtocol.greetingLimit
    ) throws(ConnectionError) -> EngineClient {
        let deadline = Deadline(after: limit)
        let (descriptor, engine) = try EngineCall.dial(home, until: deadline)
        do throws(ConnectionError) {
            let greeting = try EngineCall.greet(
                PacketSocket(descriptor: descriptor), build: build, bells: bells, until: deadline)
            return EngineClient(
                home: home, build: build, bells: bells, descriptor: descriptor, engine: engine,
                greeting: greeting)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// For the console's poll loop: readable means ``receive()`` has something, or the end.
    /// Changes with every reconnection; -1 while there is none.
    public var descriptor: Int32 { isConnected ? socket.descriptor : -1 }

    /// False once the engine hung up.
    public var isConnected: Bool { isOpen }

    /// Connects again, with the same wishes. Answers to earlier requests will not come any more.
    public func reconnect(
        within limit: Span = EngineProtocol.greetingLimit
    ) throws(ConnectionError) {
        close()
        let deadline = Deadline(after: limit)
        let (descriptor, engine) = try EngineCall.dial(home, until: deadline)
        let fresh = PacketSocket(descriptor: descriptor)
        do throws(ConnectionError) {
            greeting = try EngineCall.greet(
                fresh, build: build, bells: wantsBells, until: deadline)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        self.engine = engine
        socket = fresh
        joiner = PartJoiner()
        shelf = []
        farewell = nil
        isOpen = true
    }

    /// Ends the connection. Twice is the same as once.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(socket.descriptor)
    }

    /// Sends a command without waiting for the answer.
    /// - Returns: the id under which its answers arrive: first accepted or refused, later outcome.
    @discardableResult
    public func send(_ command: CommandRequest) throws(ConnectionError) -> Int64 {
        try send(.command(command))
    }

    /// Asks to hear of changes, or no longer.
    public func setBells(_ wanted: Bool) throws(ConnectionError) {
        wantsBells = wanted
        _ = try send(.bells(wanted))
    }

    /// Asks the engine for its greeting again: how far its start is. ``EngineMessage/hello(_:)``
    /// comes back.
    public func greetAgain() throws(ConnectionError) {
        _ = try send(
            .hello(protocol: EngineProtocol.version, build: build, bells: wantsBells))
    }

    /// Asks for a sign of life; ``EngineMessage/pong`` comes back.
    @discardableResult
    public func ping() throws(ConnectionError) -> Int64 { try send(.ping) }

    /// The next message that is here already; nil when there is none.
    /// - Throws: ``ConnectionError/lost(key:)`` when the engine hung up.
    public func receive() throws(ConnectionError) -> Received? {
        if !shelf.isEmpty { return shelf.removeFirst() }
        return try next()
    }

    /// Sends a command and waits for its outcome, or for its acknowledgement when it says so.
    /// When the connection breaks, the same command is sent again under the same key: the engine
    /// knows it by that.
    /// - Parameter glance: called a few times a second while nothing comes, with the id once the
    ///   command was accepted; false gives up waiting, as the end of the time does.
    /// - Parameter comesBack: whether to wait for another engine where this one ends and has not
    ///   taken the command; else ``ConnectionError/refused(_:)`` says at once that it ends, and
    ///   ``ConnectionError/lost(key:)`` that it is gone: the connection is closed then.
    /// - Throws: ``ConnectionError/timedOut(accepted:)`` with the id when it was accepted and goes
    ///   on, ``ConnectionError/ended(accepted:because:)`` when its engine ended and none came back.
    public func perform(
        _ command: CommandRequest, within limit: Span = EngineProtocol.outcomeLimit,
        comesBack: Bool = true, glance: (ID<CommandRecord>?) -> Bool = { _ in true }
    ) throws(ConnectionError) -> CommandAnswer {
        let deadline = Deadline(after: limit)
        var accepted: ID<CommandRecord>?
        while true {
            do throws(ConnectionError) {
                let request = try send(command)
                return try hear(request, of: command, until: deadline, &accepted, glance)
            } catch .lost {
                let word = lastWord()
                let reason = accepted == nil ? word : nil
                if let reason, !mayComeBack(after: reason, comesBack) { throw .refused(reason) }
                if accepted == nil, word == nil, !comesBack {
                    close()
                    throw .lost(key: command.key)
                }
                do throws(ConnectionError) {
                    try comeBack(until: deadline, key: command.key, reason)
                } catch {
                    if let accepted, !error.isOtherProtocol {
                        throw .ended(
                            accepted: accepted, because: word, owner: home.foreignOwner)
                    }
                    throw Self.unheard(error, accepted, command.key)
                }
            } catch {
                throw Self.unheard(error, accepted, command.key)
            }
        }
    }

    /// What has been accepted goes on, whatever keeps its outcome from being heard.
    private static func unheard(
        _ error: ConnectionError, _ accepted: ID<CommandRecord>?, _ key: String
    ) -> ConnectionError {
        if let accepted { return .timedOut(accepted: accepted) }
        // Sent and not understood: it may have been taken.
        return error == .garbled ? .lost(key: key) : error
    }

    private func hear(
        _ request: Int64, of command: CommandRequest, until deadline: Deadline,
        _ accepted: inout ID<CommandRecord>?, _ glance: (ID<CommandRecord>?) -> Bool
    ) throws(ConnectionError) -> CommandAnswer {
        while true {
            guard let received = try next() else {
                guard !deadline.hasPassed, glance(accepted) else {
                    throw .timedOut(accepted: accepted)
                }
                let patience = min(deadline.remaining, Self.glanceSpacing)
                _ = Poller.wait(on: socket.descriptor, for: .readable, patience)
                continue
            }
            switch received.message {
            case .accepted(let id, let rows) where received.request == request:
                accepted = id
                if command.noWait { return .accepted(id, rows: rows) }
            case .outcome(let report) where received.request == request: return .outcome(report)
            case .refused(let error) where received.request == request: return .refused(error)
            default: keep(received)
            }
        }
    }

    /// Often enough for a clock that counts seconds, and for ^C.
    private static let glanceSpacing = Span.milliseconds(250)

    /// Why the engine has ended this connection, from what is still unread; nil if it did not
    /// say. To be asked only once the connection is lost.
    public func lastWord() -> WireError? {
        while let received = try? next() { keep(received) }
        return farewell
    }

    private func mayComeBack(after reason: WireError, _ comesBack: Bool) -> Bool {
        reason.isCrowded || reason.isStopping && comesBack
    }

    /// - Parameter first: the reason that the engine gave when it ended.
    /// - Throws: the engine's own reason, where it gave one.
    private func comeBack(
        until deadline: Deadline, key: String, _ first: WireError?
    ) throws(ConnectionError) {
        let own = Deadline(after: min(deadline.remaining, EngineSearch.returnPatience))
        var reason = first
        while !own.hasPassed {
            do throws(ConnectionError) {
                return try reconnect(within: own.remaining)
            } catch .otherProtocol(let error) {
                throw .otherProtocol(error)
            } catch .refused(let error) {
                reason = error
            } catch {}
            Poller.pause(.milliseconds(50))
        }
        throw reason.map { .refused($0) } ?? .lost(key: key)
    }

    private func send(_ message: ClientMessage) throws(ConnectionError) -> Int64 {
        let id = nextRequest
        guard isOpen else { throw .lost(key: nil) }
        try EngineCall.send(message.json(id: id), on: socket)
        nextRequest += 1
        return id
    }

    /// The next message from the wire; parts are put together first.
    private func next() throws(ConnectionError) -> Received? {
        guard isOpen else { throw .lost(key: nil) }
        while true {
            switch socket.receive() {
            case .nothing: return nil
            case .gone: throw .lost(key: nil)
            case .tooLarge: throw .garbled
            case .packet(let bytes):
                switch joiner.add(bytes) {
                case .more: continue
                case .garbled: throw .garbled
                case .whole(let json):
                    guard let message = EngineMessage(json) else { throw .garbled }
                    let request = json["id"]?.integer
                    if case .refused(let error) = message, request == nil { farewell = error }
                    return Received(request: request, message: message)
                }
            }
        }
    }

    /// Of bells only the newest is worth keeping.
    private func keep(_ received: Received) {
        if case .bell = received.message {
            shelf.removeAll { if case .bell = $0.message { true } else { false } }
        }
        shelf.append(received)
    }
}

/// The console's connection says why it ended, in the engine's own words.

import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct EngineConnectionTests {
    /// A thread that listens in a home as its engine does.
    private final class ListeningThread: @unchecked Sendable {
        private let ended = DispatchSemaphore(value: 0)

        /// - Parameter turns: called once it listens; it has ended when that returns.
        init(at path: String, _ turns: @escaping @Sendable (CommandSocket) -> Void) {
            let started = DispatchSemaphore(value: 0)
            Thread.detachNewThread { [self] in
                defer { ended.signal() }
                guard let home = try? Home.open(path: path, for: .engine),
                    let socket = try? CommandSocket.listen(in: home)
                else {
                    started.signal()
                    return
                }
                started.signal()
                turns(socket)
                socket.close()
            }
            started.wait()
        }

        func join() { ended.wait() }
    }

    /// An engine that greets one console, then has no place for it any more.
    private final class CrowdedEngine {
        private let thread: ListeningThread

        init(at path: String) {
            thread = ListeningThread(at: path) { socket in
                for _ in 0..<400 where !Self.serve(socket) {}
            }
        }

        /// - Returns: whether the console has been sent away.
        private static func serve(_ socket: CommandSocket) -> Bool {
            var poller = Poller()
            socket.watch(in: &poller)
            let wall = WallClock.read()
            guard let hello = socket.serve(poller.wait(.milliseconds(50)), at: wall).first,
                let connection = socket.find(hello.connection)
            else { return false }
            let greeting = EngineGreeting(
                build: "x", pid: 1, epoch: 1, worldClock: Instant(milliseconds: 0), speed: "1")
            connection.send(EngineMessage.hello(greeting).json.answering(1))
            socket.dismiss(connection, .tooManyConnections, at: wall)
            socket.sweep(at: wall)
            return true
        }

        func join() { thread.join() }
    }

    @Test func theReasonIsShownAndTheConsoleWaitsBeforeItComesBack() throws {
        let scratch = Scratch("plutarc-wire")
        chmod(scratch.path, 0o700)
        let engine = CrowdedEngine(at: scratch.path)
        let connection = EngineConnection(
            home: try Home.open(path: scratch.path, for: .console), build: "x", policy: .join)
        var told: [EngineState] = []
        func note(_ events: [ConsoleEvent]) {
            for event in events { if case .engine(let state) = event { told.append(state) } }
        }
        var now = Span.seconds(10)
        for _ in 0..<30 where !connection.isConnected {
            now = now + .seconds(2)
            note(connection.turn(now))
        }
        engine.join()
        while connection.isConnected, Self.hasNews(connection) { note(connection.hear()) }
        #expect(told.last == .stopped(WireError.tooManyConnections.message))
        let count = told.count
        note(connection.turn(now + .seconds(1)))
        note(connection.turn(now + .milliseconds(2_900)))
        #expect(told.count == count)
        note(connection.turn(now + .milliseconds(3_100)))
        #expect(told.count == count + 1)
    }

    // MARK: Commands without an answer

    /// An engine that greets, notes what it is told, and answers nothing.
    private final class DeafEngine: @unchecked Sendable {
        private let news = NSCondition()
        private var keys: [String] = []
        private var goesOn = true
        private var thread: ListeningThread?

        init(at path: String) {
            thread = ListeningThread(at: path) { [self] socket in
                while news.withLock({ goesOn }) { serve(socket) }
            }
        }

        private func serve(_ socket: CommandSocket) {
            var poller = Poller()
            socket.watch(in: &poller)
            for arrival in socket.serve(poller.wait(.milliseconds(20)), at: WallClock.read()) {
                if let request = CommandRequest(arrival.message) {
                    news.withLock {
                        keys.append(request.key)
                        news.broadcast()
                    }
                    continue
                }
                socket.greet(arrival.connection, bells: false)
                let greeting = EngineGreeting(
                    build: "x", pid: 1, epoch: 1, worldClock: Instant(milliseconds: 0), speed: "1")
                socket.send(EngineMessage.hello(greeting).json, to: arrival.reply)
            }
        }

        /// Whether it was told that, waiting for it at most so long.
        func hears(_ key: String, within span: Span = .seconds(120)) -> Bool {
            let end = Date() + Double(span.milliseconds) / 1000
            return news.withLock {
                while !keys.contains(key) {
                    guard news.wait(until: end) else { return keys.contains(key) }
                }
                return true
            }
        }

        func end() {
            news.withLock { goesOn = false }
            thread?.join()
        }
    }

    private struct ConnectedHome {
        let scratch = Scratch("plutarc-wire")
        let home: Home
        let connection: EngineConnection

        /// - Parameter starts: an engine that is started from here stays; else it ends at once.
        init(
            _ policy: EngineConnection.Policy, starts: Bool = false,
            off: Set<ConnectionSafeguard> = []
        ) throws {
            chmod(scratch.path, 0o700)
            let sleeper = scratch.write("sleeper", "#!/bin/sh\nexec sleep 5\n")
            chmod(sleeper, 0o700)
            let program = starts ? sleeper : "/bin/false"
            home = try Home.open(path: scratch.path, for: .console)
            connection = EngineConnection(
                home: home, build: "x", policy: policy, program: program, off: off)
        }

        func engine() -> DeafEngine { DeafEngine(at: scratch.path) }

        func connect(at start: Span) {
            for second in 0..<25 where !connection.isConnected {
                _ = connection.turn(start + .seconds(Int64(second)))
            }
            #expect(connection.isConnected)
        }

        /// An engine was there and is not any more.
        func lose(_ engine: DeafEngine) {
            engine.end()
            while connection.isConnected, EngineConnectionTests.hasNews(connection) {
                _ = connection.hear()
            }
            #expect(!connection.isConnected)
        }
    }

    /// Waits for something on the connection.
    private static func hasNews(_ connection: EngineConnection) -> Bool {
        Poller.wait(on: connection.descriptor, for: .readable, .seconds(5)) != nil
    }

    private static let pause = Command.pause(.named(["1"]), reason: nil)

    private static func fates(_ events: [ConsoleEvent]) -> [ConnectionError] {
        events.compactMap { if case .unanswered(_, let error) = $0 { error } else { nil } }
    }

    private static func states(_ events: [ConsoleEvent]) -> [EngineState] {
        events.compactMap { if case .engine(let state) = $0 { state } else { nil } }
    }

    @Test(arguments: [Set<ConnectionSafeguard>(), [.timeWithoutConnection]])
    func aCommandsTimeRunsOnlyWithoutAConnection(_ off: Set<ConnectionSafeguard>) {
        var flights = Flights(off: off)
        flights.add(Self.pause, key: "k", at: .seconds(100))
        flights.depart("k")
        // The connection was open for 39 s, and the engine hung.
        let early = flights.drop(at: .seconds(139), home: "h")
        #expect(early.isEmpty == off.isEmpty)
        guard off.isEmpty else { return }
        flights.connected()
        #expect(flights.drop(at: .seconds(150), home: "h").isEmpty)
        flights.add(Self.pause, key: "late", at: .seconds(160))
        #expect(flights.drop(at: .seconds(180), home: "h").isEmpty)
        let sent = flights.drop(at: .seconds(181), home: "h")
        #expect(sent.map(\.key) == ["k"] && sent.map(\.fate) == [.lost(key: "k")])
        // What never went out was taken by nobody.
        let unsent = flights.drop(at: .seconds(191), home: "h")
        #expect(unsent.map(\.key) == ["late"] && unsent.map(\.fate) == [.noEngine(home: "h")])
        #expect(flights.isEmpty)
    }

    @Test(arguments: [Set<ConnectionSafeguard>(), [.timeWithoutConnection]])
    func aPauseThatAHungEngineHasReachesTheNextOne(_ off: Set<ConnectionSafeguard>) throws {
        let place = try ConnectedHome(.join, off: off)
        let hung = place.engine()
        place.connect(at: .seconds(10))
        #expect(place.connection.submit(Self.pause, key: "k", at: .seconds(20)).isEmpty)
        #expect(hung.hears("k"))
        place.lose(hung)
        let fates = Self.fates(place.connection.turn(.seconds(59)))
        #expect(fates == (off.isEmpty ? [] : [.lost(key: "k")]))
        guard off.isEmpty else { return }
        let next = place.engine()
        place.connect(at: .seconds(60))
        #expect(next.hears("k"))
        next.end()
    }

    /// Where none runs any more it starts one; what does not stop losses is refused.
    @Test(arguments: [Set<ConnectionSafeguard>(), [.killLaneWaits]])
    func aPauseStartsAnEngineAndReachesIt(_ off: Set<ConnectionSafeguard>) throws {
        let place = try ConnectedHome(.launch([]), starts: true, off: off)
        let first = place.engine()
        place.connect(at: .seconds(10))
        place.lose(first)
        let none = ConnectionError.noEngine(home: place.home.path)
        let resume = Command.resume(.named(["1"]), reason: nil)
        #expect(Self.fates(place.connection.submit(resume, key: "r", at: .seconds(20))) == [none])
        let events = place.connection.submit(Self.pause, key: "k", at: .seconds(20))
        #expect(Self.fates(events) == (off.isEmpty ? [] : [none]))
        #expect(Self.states(events) == (off.isEmpty ? [.starting] : []))
        guard off.isEmpty else { return }
        let next = place.engine()
        place.connect(at: .seconds(21))
        #expect(next.hears("k") && !next.hears("r", within: .seconds(0)))
        next.end()
    }

    /// It went out to an engine that is gone since: the next one is started, and hears of it.
    @Test(arguments: [Set<ConnectionSafeguard>(), [.killLaneFollows]])
    func aPauseThatWentWithItsEngineStartsTheNext(_ off: Set<ConnectionSafeguard>) throws {
        let place = try ConnectedHome(.launch([]), starts: true, off: off)
        let first = place.engine()
        place.connect(at: .seconds(10))
        #expect(place.connection.submit(Self.pause, key: "k", at: .seconds(20)).isEmpty)
        #expect(first.hears("k"))
        place.lose(first)
        let states = Self.states(place.connection.turn(.seconds(21)))
        #expect((states == [.starting]) == off.isEmpty, "\(states)")
    }

    @Test func aLaunchThatFailsAnswersThePauseAtOnce() throws {
        let place = try ConnectedHome(.launch([]))
        let first = place.engine()
        place.connect(at: .seconds(10))
        place.lose(first)
        var now = Span.seconds(20)
        var events = place.connection.submit(Self.pause, key: "k", at: now)
        // As the console waits; the limit is for a connection that never answers.
        let hang = Deadline(after: .seconds(20))
        while Self.fates(events).isEmpty, !hang.hasPassed {
            let patience = place.connection.patience(now)
            _ = Poller.wait(on: place.connection.descriptor, for: .readable, patience)
            now = now + patience
            events += place.connection.turn(now)
        }
        #expect(Self.fates(events) == [.noEngine(home: place.home.path)])
        #expect(Self.states(events).last?.isStopped == true)
    }

    @Test func whoMayNotStartAnEngineIsRefused() throws {
        let place = try ConnectedHome(.join)
        _ = place.connection.turn(.seconds(10))
        let events = place.connection.submit(Self.pause, key: "k", at: .seconds(11))
        #expect(Self.fates(events) == [.noEngine(home: place.home.path)])
    }
}

/// The console's connection says why it ended, in the engine's own words.

import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct EngineLinkTests {
    /// An engine that greets one console, then has no place for it any more.
    private final class CrowdedEngine: @unchecked Sendable {
        private let ended = DispatchSemaphore(value: 0)

        init(at path: String) {
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
                for _ in 0..<400 where !serve(socket) {}
                socket.close()
            }
            started.wait()
        }

        /// - Returns: whether the console has been sent away.
        private func serve(_ socket: CommandSocket) -> Bool {
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

        func join() { ended.wait() }
    }

    /// Who holds a home and answers nobody starts only if it says so and beats.
    @Test func aHungEngineIsNotCalledStarting() {
        func state(beatAgo: Span, start: StartProgress?) -> EngineState {
            let wall = WallClock.read()
            return .unanswered(
                .held(
                    LeaseHolder(
                        process: ProcessIdentity(pid: 7, started: 1), bootID: "b", epoch: 1,
                        heartbeat: wall.boot - beatAgo, since: wall.utc, build: "x", start: start)),
                at: wall)
        }
        let start = StartProgress(.loading, done: 3, of: 9)
        #expect(state(beatAgo: .seconds(1), start: start) == .starting)
        #expect(state(beatAgo: .seconds(9), start: start).isSilent)
        #expect(state(beatAgo: .seconds(9), start: nil).isSilent)
        let silent = StartProgress(.checking, silentStep: "look at bots")
        #expect(state(beatAgo: .seconds(9), start: silent) == .starting)
        #expect(state(beatAgo: .seconds(1), start: nil) == .stopped("it does not answer"))
        #expect(EngineState.unanswered(.free, at: WallClock.read()) == .stopped("none runs"))
    }

    @Test func theReasonIsShownAndTheConsoleWaitsBeforeItComesBack() throws {
        let scratch = Scratch("plutarc-link")
        chmod(scratch.path, 0o700)
        let engine = CrowdedEngine(at: scratch.path)
        let link = EngineLink(
            home: try Home.open(path: scratch.path, for: .console), build: "x", policy: .join)
        var told: [EngineState] = []
        func note(_ events: [ConsoleEvent]) {
            for event in events { if case .engine(let state) = event { told.append(state) } }
        }
        var now = Span.seconds(10)
        for _ in 0..<30 where !link.isConnected {
            now = now + .seconds(2)
            note(link.turn(now))
        }
        engine.join()
        for _ in 0..<1000 where link.isConnected {
            note(link.hear())
            usleep(1000)
        }
        #expect(told.last == .stopped(WireError.tooManyConnections.message))
        let count = told.count
        note(link.turn(now + .seconds(1)))
        note(link.turn(now + .milliseconds(2_900)))
        #expect(told.count == count)
        note(link.turn(now + .milliseconds(3_100)))
        #expect(told.count == count + 1)
    }
}

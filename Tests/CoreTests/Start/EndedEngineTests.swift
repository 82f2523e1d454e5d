/// Who waits for the outcome of a command hears that the engine has ended, and why.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct EndedEngineTests {
    static let reason = WireError(
        code: "bad_file", message: "BTC.csv is gone", remedy: "put it back")

    /// Accepts a command, and ends before it has done anything.
    private final class LeavingService: EngineService {
        private let echo = EchoService()
        private var stops = false
        var greeting: EngineGreeting { echo.greeting }
        var admission: Admission { echo.admission }
        var lastWord: WireError { EndedEngineTests.reason }

        func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
            stops = true
            return EngineMessage.accepted(ID(4)).json
        }

        func turn(at wall: WallClock) -> Turn {
            Turn(nextWake: .milliseconds(20), stop: stops)
        }

        func resumed(after gap: Span, at wall: WallClock) {}

        func finish(at wall: WallClock) -> [(ReplyID, JSON)] { [] }
    }

    /// An engine of its own thread, listening when this returns.
    private func engine(at path: String) {
        let started = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            defer { started.signal() }
            guard let home = try? Home.open(path: path, for: .engine),
                let lease = try? Lease.acquire(in: home, build: "t"),
                let loop = try? EngineLoop(
                    home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
            else { return }
            started.signal()
            _ = loop.run(LeavingService())
            lease.release()
        }
        started.wait()
    }

    @Test func whoWaitsHearsWhyItEnded() throws {
        let scratch = try ScratchFolder()
        engine(at: scratch.path)
        let client = try EngineClient.connect(to: try scratch.home(.console), build: "x")
        let error = #expect(throws: ConnectionError.self) {
            try client.perform(CommandRequest(key: "k", verb: "pause"), within: .seconds(2))
        }
        #expect(error == .ended(accepted: ID(4), because: Self.reason))
        #expect(error?.headline.contains("command-4 was accepted, then the engine ended") == true)
        #expect(error?.headline.contains("BTC.csv is gone") == true)
        #expect(error?.headline.contains("goes on") == false)
        #expect(error?.remedy.contains("put it back") == true)
        #expect(error?.exitStatus == 6)
    }

    /// It ended as it was told to: nothing is to be put right, and the next one goes on.
    @Test func aPlainEndHasNothingToMend() {
        let error = ConnectionError.ended(accepted: ID(4), because: .stopping)
        #expect(error.remedy.hasPrefix("it goes on with the next engine"))
        #expect(ConnectionError.ended(accepted: ID(4), because: nil).remedy.hasPrefix("it goes on"))
    }
}

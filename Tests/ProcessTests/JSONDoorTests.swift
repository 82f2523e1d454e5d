/// The JSON parsing cases of ../shared as messages to a living engine.
import Foundation
import Glibc
import Store
import TestKit
import Testing

@testable import Core

@Suite struct JSONDoorTests {
    private static let files = Shared.files("vectors/json", ending: ".json")

    /// As the first message and after the greeting: refused or ignored, and the engine lives.
    @Test(.enabled(if: !files.isEmpty, "no ../shared beside this clone"))
    func noCaseStopsTheEngine() throws {
        let trial = try TrialHome.fresh()
        let engine = try trial.engine()
        try trial.client().close()
        let home = try trial.opened()
        for file in Self.files {
            let bytes = [UInt8](try Data(contentsOf: file))
            for greets in [false, true] { try send(bytes, to: home, greets: greets) }
        }
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        #expect(try trial.plutarc("status", "--json").status == 0)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }

    private func send(_ bytes: [UInt8], to home: Home, greets: Bool) throws {
        let descriptor = try connected(to: home, greets: greets)
        defer { Glibc.close(descriptor) }
        let socket = PacketSocket(descriptor: descriptor)
        // A closed door is an answer too.
        _ = socket.send(bytes)
        _ = Poller.wait(on: descriptor, for: .readable, .milliseconds(20))
        _ = socket.receive()
    }

    /// Those before are perhaps not gone yet: a full house lets nobody in for a moment.
    private func connected(to home: Home, greets: Bool) throws -> Int32 {
        let deadline = Deadline(after: .seconds(30))
        while true {
            let (descriptor, _) = try EngineCall.dial(home, until: deadline)
            guard greets else { return descriptor }
            do {
                let socket = PacketSocket(descriptor: descriptor)
                _ = try EngineCall.greet(socket, build: "test", bells: false, until: deadline)
                return descriptor
            } catch {
                Glibc.close(descriptor)
                guard !deadline.hasPassed else { throw error }
                Poller.pause(.milliseconds(20))
            }
        }
    }
}

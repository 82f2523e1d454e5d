/// A console and an engine, each on its thread, over a real socket.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct EngineClientTests {
    @Test(arguments: [0, 12]) func commandIsAcceptedAndDone(_ depth: Int) throws {
        let scratch = try ScratchFolder(depth: depth)
        let engine = EngineThread(at: scratch.path)
        try #require(engine.failure == nil)
        let home = try scratch.home(.console)
        #expect((home.path(of: .socket).utf8.count > 107) == (depth > 0))
        let client = try EngineClient.connect(to: home, build: "x")
        #expect(client.greeting.build == "test-1")
        #expect(client.greeting.epoch == 7)
        #expect(client.greeting.speed == "60")
        #expect(client.engine.pid == getpid())
        let answer = try client.perform(CommandRequest(key: "k", verb: "pause"))
        guard case .outcome(let report) = answer else { return #expect(Bool(false), "\(answer)") }
        #expect(report.outcome == .done)
        #expect(report.message == "by \(geteuid())")
        try engine.stop(client)
        #expect(engine.end == .stopped)
        #expect(try Lease.status(in: home) == .free)
    }

    @Test func senderMayLeaveAtTheAcknowledgement() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let client = try EngineClient.connect(to: try scratch.home(.console), build: "x")
        let answer = try client.perform(CommandRequest(key: "k", verb: "update", noWait: true))
        #expect(answer == .accepted(ID(1)))
        try engine.stop(client)
    }

    @Test func longResultArrivesWhole() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let client = try EngineClient.connect(to: try scratch.home(.console), build: "x")
        let answer = try client.perform(
            CommandRequest(key: "k", verb: "list", args: ["size": 100_000]))
        guard case .outcome(let report) = answer else { return #expect(Bool(false), "\(answer)") }
        #expect(report.result["text"]?.text?.utf8.count == 300_000)
        try engine.stop(client)
    }

    @Test func silentEngineEndsTheWait() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let client = try EngineClient.connect(to: try scratch.home(.console), build: "x")
        #expect(throws: ConnectionError.timedOut(accepted: nil)) {
            try client.perform(
                CommandRequest(key: "k", verb: "silence"), within: .milliseconds(150))
        }
        try engine.stop(client)
    }

    @Test func bellsRingForThoseWhoAsk() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        let listener = try EngineClient.connect(to: home, build: "x", bells: true)
        let sender = try EngineClient.connect(to: home, build: "x")
        _ = try sender.perform(CommandRequest(key: "k", verb: "pause"))
        let ready = Poller.wait(on: listener.descriptor, for: .readable, .seconds(2))
        #expect(ready != nil)
        #expect(try listener.receive()?.message == .bell(1))
        #expect(try sender.receive() == nil)
        try engine.stop(sender)
    }

    @Test func brokenConnectionIsMadeAgain() throws {
        let scratch = try ScratchFolder()
        let first = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        let client = try EngineClient.connect(to: home, build: "x")
        try first.stop(try EngineClient.connect(to: home, build: "x"))
        let second = EngineThread(at: scratch.path)
        try #require(second.failure == nil)
        let answer = try client.perform(CommandRequest(key: "k", verb: "pause"))
        guard case .outcome = answer else { return #expect(Bool(false), "\(answer)") }
        try second.stop(client)
        #expect(throws: ConnectionError.self) { while true { _ = try client.receive() } }
    }

    @Test func otherProtocolIsRefused() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        let deadline = Deadline(after: .seconds(2))
        let (descriptor, _) = try EngineCall.dial(home, until: deadline)
        defer { close(descriptor) }
        let socket = PacketSocket(descriptor: descriptor)
        let hello = ClientMessage.hello(protocol: 2, build: "next", bells: false)
        try EngineCall.send(hello.json(id: 1), on: socket)
        _ = Poller.wait(on: descriptor, for: .readable, .seconds(2))
        guard case .packet(let bytes) = socket.receive() else {
            return #expect(Bool(false), "no answer")
        }
        #expect(try JSON.parse(bytes)["error"]?["code"]?.text == "protocol_mismatch")
        _ = Poller.wait(on: descriptor, for: .readable, .seconds(2))
        #expect(socket.receive() == .gone)
        try engine.stop(try EngineClient.connect(to: home, build: "x"))
    }

    @Test func commandBeforeTheGreetingIsRefused() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        let (descriptor, _) = try EngineCall.dial(home, until: Deadline(after: .seconds(2)))
        defer { close(descriptor) }
        let socket = PacketSocket(descriptor: descriptor)
        let command = ClientMessage.command(CommandRequest(key: "k", verb: "pause"))
        try EngineCall.send(command.json(id: 1), on: socket)
        _ = Poller.wait(on: descriptor, for: .readable, .seconds(2))
        guard case .packet(let bytes) = socket.receive() else {
            return #expect(Bool(false), "no answer")
        }
        #expect(try JSON.parse(bytes)["error"]?["code"]?.text == "no_handshake")
        try engine.stop(try EngineClient.connect(to: home, build: "x"))
    }

    @Test func tooLongRequestIsNotSent() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let client = try EngineClient.connect(to: try scratch.home(.console), build: "x")
        let text = JSON.string(String(repeating: "x", count: 70_000))
        #expect(throws: ConnectionError.tooLarge) {
            try client.perform(CommandRequest(key: "k", verb: "ticket", args: ["text": text]))
        }
        try engine.stop(client)
    }
}

/// The engine's door: who may come in, how many, and how loud.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct CommandSocketTests {
    /// A client that is driven by hand.
    private final class RawClient {
        let socket: PacketSocket
        init(_ home: Home) throws {
            let (descriptor, _) = try EngineCall.dial(home, until: Deadline(after: .seconds(1)))
            socket = PacketSocket(descriptor: descriptor)
        }
        deinit { close(socket.descriptor) }
        func say(_ text: String) { _ = socket.send(Array(text.utf8)) }
        func hear() throws -> JSON? {
            guard case .packet(let bytes) = socket.receive() else { return nil }
            return try JSON.parse(bytes)
        }
    }

    private func serve(_ door: CommandSocket) -> [CommandSocket.Arrival] {
        var poller = Poller()
        door.watch(in: &poller)
        return door.serve(poller.wait(.milliseconds(200)), at: WallClock.read())
    }

    @Test func kernelNamesTheVisitor() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        client.say(#"{"type":"ping","uid":0,"id":1}"#)
        _ = serve(door)
        let arrival = try #require(serve(door).first)
        #expect(arrival.peer == Peer(uid: geteuid(), pid: getpid(), gid: getegid()))
    }

    @Test func socketIsPrivateAndGoesWithTheDoor() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        var facts = stat()
        lstat(home.path(of: .socket), &facts)
        #expect(facts.st_mode & 0o777 == 0o600)
        door.close()
        #expect(!home.has(.socket))
        #expect(throws: ConnectionError.noEngine(home: home.path)) {
            try EngineClient.connect(to: home, build: "x")
        }
    }

    /// Only the owner's account may start one: whoever it is not hears whom to ask.
    @Test func whoMayStartNoneHearsWhoMay() {
        let none = ConnectionError.noEngine(home: "/h", owner: 4_294_000_000)
        #expect(
            none.remedy == "ask uid 4294000000, or the service manager, to start it")
        #expect(ConnectionError.noEngine(home: "/h").remedy == "start it: plutarc engine start")
        let hung = LaunchError.unheard(pid: 7, silence: .seconds(12), owner: 4_294_000_000)
        #expect(hung.remedy == "ask uid 4294000000, or the service manager, to restart it")
        let gone = ConnectionError.ended(
            accepted: ID(1), because: nil, owner: 4_294_000_000)
        #expect(!gone.remedy.contains("engine start") && gone.remedy.contains("to start one"))
    }

    @Test func leftoverSocketIsReplaced() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        _ = FileManager.default.createFile(atPath: home.path(of: .socket), contents: nil)
        let door = try CommandSocket.listen(in: home)
        _ = try RawClient(home)
        door.close()
    }

    @Test func theTwentyFifthConnectionTakesThePlaceOfTheFirst() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        var clients: [RawClient] = []
        for _ in 0..<25 { clients.append(try RawClient(home)) }
        _ = serve(door)
        #expect(door.count == 24)
        let first = clients.removeFirst()
        #expect(try first.hear()?["error"]?["code"]?.text == "too_many_connections")
        #expect(first.socket.receive() == .gone)
        clients.removeAll()
        _ = serve(door)
        #expect(door.count == 0)
    }

    @Test func commandsAreLimitedAndClosesAreNot() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        _ = serve(door)
        var passed = 0
        for _ in 0..<5 {
            for _ in 0..<8 { client.say(#"{"type":"command","key":"k","verb":"resume","id":4}"#) }
            passed += serve(door).count
        }
        #expect(passed >= 20 && passed < 40)
        #expect(try client.hear()?["error"]?["code"]?.text == "rate_limited")
        for _ in 0..<10 { client.say(#"{"type":"command","key":"k","verb":"close-all"}"#) }
        #expect(serve(door).count == 10)
    }

    @Test func urgentMessagesComeFirst() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        _ = serve(door)
        for verb in ["resume", "rename", "pause", "close"] {
            client.say(#"{"type":"command","key":"k","verb":"\#(verb)"}"#)
        }
        let verbs = serve(door).map { $0.message["verb"]?.text }
        #expect(verbs == ["pause", "close", "resume", "rename"])
    }

    @Test func garbageAndTooLongMessagesAreAnswered() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        _ = serve(door)
        client.say("{{{")
        client.say("[1,2]")
        client.say(String(repeating: "x", count: 65_537))
        #expect(serve(door).isEmpty)
        #expect(try client.hear()?["error"]?["code"]?.text == "garbled")
        #expect(try client.hear()?["error"]?["code"]?.text == "garbled")
        #expect(try client.hear()?["error"]?["code"]?.text == "message_too_large")
        #expect(door.count == 1)
    }

    @Test func slowReaderIsCutOffAndNeverWaitedFor() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        client.say(#"{"type":"ping"}"#)
        _ = serve(door)
        let id = try #require(serve(door).first?.connection)
        let page: JSON = ["text": .string(String(repeating: "x", count: 60_000))]
        let begun = WallClock.read().monotonic
        for _ in 0..<40 { door.send(page, to: id) }
        #expect(WallClock.read().monotonic.milliseconds - begun.milliseconds < 1000)
        _ = serve(door)
        #expect(door.count == 0)
    }

    @Test func bellsOfASlowReaderBecomeOne() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        let client = try RawClient(home)
        client.say(#"{"type":"ping"}"#)
        _ = serve(door)
        door.greet(try #require(serve(door).first?.connection), bells: true)
        for sequence in 1...5000 { door.ring(Int64(sequence)) }
        var heard: [Int64] = []
        while let bell = try client.hear() { heard.append(bell["seq"]?.integer ?? 0) }
        #expect(heard.count < 2000)
        _ = serve(door)
        #expect(try client.hear()?["seq"]?.integer == 5000)
        #expect(door.count == 1)
    }

    /// Who holds up the log is asked to let go; who holds on is cut off.
    @Test func aReaderIsAskedToLetGoThenCutOff() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        let client = try EngineClient.connect(to: home, build: "test")
        _ = try client.send(CommandRequest(key: "a", verb: "hold-up"))
        let deadline = Deadline(after: .seconds(20))
        var heard: [EngineMessage] = []
        var isCut = false
        while !isCut, !deadline.hasPassed {
            do throws(ConnectionError) {
                if let received = try client.receive() { heard.append(received.message) }
            } catch { isCut = true }
        }
        #expect(heard.contains(.letGo))
        #expect(isCut)
        try engine.stop(try EngineClient.connect(to: home, build: "test"))
    }

    @Test func aReaderIsRemindedOnceAndGivenItsTime() throws {
        let scratch = try ScratchFolder()
        var watch = LogWatch(try scratch.home(), alarmBytes: 1)
        var asked: [[Int32]] = []
        var cut: [[Int32]] = []
        for (second, readers) in [[7, 8], [7], [7], [7], [7], [7, 8], [7]].enumerated() {
            watch.forgetWishes()
            watch.remind(readers.map { Int32($0) }, at: .seconds(Int64(second)))
            asked.append(watch.letGo.sorted())
            cut.append(watch.cutOff.sorted())
        }
        #expect(asked == [[7, 8], [], [], [], [], [8], []])
        #expect(cut == [[], [], [], [], [], [7], [7]])
    }
}

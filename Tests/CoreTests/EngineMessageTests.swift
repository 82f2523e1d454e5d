/// What travels between consoles and the engine.

import Store
import Testing

@testable import Core

@Suite struct EngineMessageTests {
    private static let messages: [EngineMessage] = [
        .hello(
            EngineGreeting(
                build: "1.0", pid: 9, epoch: 4, worldClock: Instant(milliseconds: 1001),
                speed: "0.5")),
        .accepted(ID(3)),
        .accepted(
            ID(3),
            rows: OutcomeRows([
                OutcomeRow(
                    bot: ID(1), target: "a", command: ID(3), verb: "pause", outcome: .done,
                    changed: true, message: "paused"),
                OutcomeRow(
                    bot: ID(2), target: "b", command: ID(4), verb: "pause", outcome: .refused,
                    changed: false, message: "no",
                    fault: OutcomeRow.Fault(code: "c", message: "no", remedy: nil)),
            ]).json),
        .outcome(CommandReport(command: ID(3), outcome: .done, message: "ok", result: ["a": 1])),
        .outcome(
            CommandReport(
                command: ID(3), outcome: .failed, message: "no",
                error: WireError(code: "c", message: "m", remedy: "r"))),
        .refused(WireError(code: "c", message: "m", remedy: "r")), .bell(8), .pong,
    ]

    @Test(arguments: messages) func engineMessageReadsBack(_ message: EngineMessage) throws {
        let json = try JSON.parse(message.json.answering(5).description)
        #expect(EngineMessage(json) == message)
        #expect(json["id"]?.integer == 5)
    }

    /// Each byte may take six where it is escaped.
    @Test(arguments: ["a", "\u{1}", "é"]) func aRefusalFitsAPacket(_ letter: String) {
        let text = String(repeating: letter, count: 100_000)
        let error = WireError(code: "damaged", message: text, remedy: text)
        #expect(EngineMessage.refused(error).json.description.utf8.count < 65_536)
    }

    @Test func unknownWordsAreRejected() {
        #expect(EngineMessage(["type": "novel"]) == nil)
        let outcome: JSON = [
            "type": "outcome", "command_id": "command-1", "outcome": "perhaps", "message": "",
        ]
        #expect(EngineMessage(outcome) == nil)
        let rows: JSON = ["type": "accepted", "command_id": "command-1", "commands": "x"]
        #expect(EngineMessage(rows) == nil)
    }

    @Test func commandReadsBack() {
        let request = CommandRequest(key: "k", verb: "pause", args: ["bot": "bot-1"], noWait: true)
        #expect(CommandRequest(ClientMessage.command(request).json(id: 2)) == request)
    }

    @Test(arguments: [
        ["type": "command", "verb": "pause"],
        ["type": "command", "key": "", "verb": "pause"],
        ["type": "command", "key": "k", "verb": ""],
        ["type": "command", "key": "k", "verb": "pause", "args": 3],
        ["type": "ping", "key": "k", "verb": "pause"],
    ] as [JSON])
    func commandWithoutItsMembersIsRejected(_ json: JSON) {
        #expect(CommandRequest(json) == nil)
    }

    private static let sound =
        #"{"type":"command","id":1,"key":"k","verb":"pause","args":{"all":true},"no_wait":false}"#

    /// The first of two counted: `verb` could be checked as one thing and done as another.
    @Test(arguments: [
        ("verb", #""verb":"close-all""#), ("args", #""args":{}"#), ("key", #""key":"other""#),
        ("id", #""id":2"#), ("type", #""type":"ping""#), ("no_wait", #""no_wait":true"#),
    ])
    func aMemberThatStandsTwiceIsRefused(_ field: String, _ again: String) throws {
        let sound = try JSON.parse(Self.sound)
        try #require(CommandRequest(sound) != nil)
        let message = try JSON.parse("\(Self.sound.dropLast()),\(again)}")
        // What nobody checks is read by the first alone.
        #expect(message[field] == sound[field])
        #expect(CommandRequest(message) == nil)
        #expect(MessageFlaw.of(message) == .badRequest(field: field, problem: "stands twice"))
        #expect(WireError(misread: message).code == "bad_request")
    }

    @Test(arguments: [
        ("no_wait", #""no_wait":false"#, #""no_wait":"yes""#), ("id", #""id":1"#, #""id":"1""#),
        ("key", #""key":"k""#, #""key":7"#), ("verb", #""verb":"pause""#, #""verb":true"#),
        ("args", #""args":{"all":true}"#, #""args":[]"#),
    ])
    func aMemberOfAnotherKindIsRefused(
        _ field: String, _ right: String, _ wrong: String
    ) throws {
        let message = try JSON.parse(Self.sound.replacing(right, with: wrong))
        #expect(CommandRequest(message) == nil)
        guard case .badRequest(field, _)? = MessageFlaw.of(message) else {
            Issue.record("\(field): \(MessageFlaw.of(message) as Any)")
            return
        }
        let null = try JSON.parse(#"{"type":"ping","id":null,"no_wait":null}"#)
        #expect(MessageFlaw.of(null) == nil)
        #expect(MessageFlaw.of(["type": "hello", "bells": "yes"]) != nil)
        #expect(MessageFlaw.of(["type": "bells", "wanted": 1]) != nil)
    }

    @Test(arguments: [0, 1, 40_000, 70_000, 200_000])
    func longDocumentTravelsInParts(_ count: Int) {
        let document: JSON = ["text": .string(String(repeating: "é\"\n", count: count))]
        let parts = MessageParts.split(document)
        #expect(parts.allSatisfy { $0.count <= EngineProtocol.messageLimit })
        #expect((parts.count == 1) == (document.description.utf8.count <= 65_536))
        var joiner = PartJoiner()
        let joined = parts.map { joiner.add($0) }
        #expect(joined.dropLast().allSatisfy { $0 == .more })
        #expect(joined.last == .whole(document))
    }

    @Test func missingPartIsNoticed() {
        let parts = MessageParts.split(["text": .string(String(repeating: "a", count: 100_000))])
        var joiner = PartJoiner()
        let gap = [joiner.add(parts[0]), joiner.add(parts[2])]
        #expect(gap == [.more, .garbled])
        var other = PartJoiner()
        let late = [other.add(parts[1]), other.add(Array("{".utf8))]
        #expect(late == [.garbled, .garbled])
    }

    @Test func bucketAllowsTwentyInASecond() {
        var limits = VisitLimits()
        var allowed = 0
        for _ in 0..<50 where limits.allowsCommand(of: 5, at: .seconds(100)) { allowed += 1 }
        #expect(allowed == 20)
        let later = [
            limits.allowsCommand(of: 5, at: .milliseconds(100_049)),
            limits.allowsCommand(of: 5, at: .milliseconds(100_050)),
            limits.allowsCommand(of: 6, at: .milliseconds(100_050)),
        ]
        #expect(later == [false, true, true])
        limits.forgetTheQuiet(at: .milliseconds(100_050))
        let still = limits.allowsCommand(of: 5, at: .milliseconds(100_050))
        #expect(!still)
    }

    @Test func verbsThatStopLossesNameTheirRight() {
        #expect(KillLane.right("pause") == .botsPause)
        #expect(KillLane.right("close") == .positionsCloseOne)
        #expect(KillLane.right("close-all") == .positionsCloseAll)
        #expect(KillLane.right("close-all-preview") == .positionsCloseAll)
        #expect(KillLane.right("resume") == nil)
    }
}

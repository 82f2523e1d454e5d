/// Requests that no console of ours would send: none of them may stop the engine.

import Core
import Foundation
import Store
import TestKit
import Testing

/// `SIM_RUNS` makes it longer, `SIM_SEED` makes it another.
/// **Source** <doc:SafetyRules#Bounds-of-the-socket>.
@Suite struct HostileRequestTests {
    private static let verbs = [
        "pause", "resume", "close", "close-all", "close-preview", "close-all-preview", "risk-set",
        "risk-reset", "assign-template", "template-import", "template-copy", "template-delete",
        "ticket-open", "ticket-reply", "ticket-note", "ticket-assign", "ticket-priority",
        "ticket-category", "ticket-resolve", "ticket-close", "ticket-reopen", "alert-ack",
        "stop-engine", "",
    ]
    private static let fields = [
        "bots", "all", "bot", "reason", "position", "confirm_token", "confirm_label", "values",
        "template", "text", "file", "name", "subject", "message", "category", "priority", "ticket",
        "assignee", "as_support", "alert",
    ]
    private static let template =
        SystemTemplates.all.first.map { TemplateFile.print($0) } ?? ""
    private static let words: [JSON] = [
        "", " ", "\u{0}", "a\u{0}b", "bot-1", "bot-2", "bot-", "btc-trend-01", "ticket-1", "#1",
        "ticket-9223372036854775807", "ticket--1", "position-1", "notice-1", "Trend Follower",
        "mine", "low", "bug", "max_leverage", "-1", "1e999", "NaN", "\u{202E}txet", "🚀", "k\u{1F}1",
        "'; DROP TABLE bots; --", .string(template), .string("[template]\nname = \u{0}\n"),
        .string(template.replacingOccurrences(of: "name = ", with: "name = mine")),
        .string(String(repeating: "x", count: 20_000)),
        .string(String(repeating: "ü", count: 300)), .null, .bool(true), .bool(false), 0, -1,
        .number("1e400"), .number("9223372036854775808"), [], [[]], ["bot-1", "bot-1"],
        ["bot-1", .null], ["bot-1", "bot-2"], [:], ["max_leverage": "3"],
        ["max_leverage": "3", "daily_loss_pct": "\u{0}"], ["max_leverage": 3],
        .object([JSON.Member("max_leverage", "3"), JSON.Member("max_leverage", "4")]),
    ]

    private func pick<Item>(_ items: [Item], _ dice: inout Randomness) -> Item {
        items[Int(dice.next() % UInt64(items.count))]
    }

    /// Some of them make sense, so that the rules behind the door are reached too.
    private func request(_ dice: inout Randomness) -> JSON {
        var members: [JSON.Member] = []
        for field in Self.fields where dice.next() % 3 == 0 {
            members.append(JSON.Member(field, pick(Self.words, &dice)))
        }
        if dice.next() % 2 == 0 {
            members.removeAll { ["bots", "bot", "ticket", "message", "subject"].contains($0.key) }
            members += [
                JSON.Member("bot", "bot-1"), JSON.Member("ticket", "ticket-1"),
                JSON.Member("message", pick(Self.words, &dice)),
                JSON.Member("subject", pick(Self.words, &dice)),
                JSON.Member("bots", pick([["bot-1"], ["bot-1", "bot-2"], "bot-1"], &dice)),
            ]
        }
        return [
            "type": "command", "id": 1, "key": .string("k\(dice.next() % 400)"),
            "verb": .string(pick(Self.verbs, &dice)), "args": .object(members),
            "no_wait": .bool(dice.next() % 2 == 0),
        ]
    }

    @Test func noRequestStopsTheEngine() throws {
        let environment = ProcessInfo.processInfo.environment
        let runs = environment["SIM_RUNS"].flatMap { Int($0) } ?? 3_000
        var dice = Randomness(seed: environment["SIM_SEED"].flatMap { UInt64($0) } ?? 1)
        let trial = try TrialHome.fresh()
        let home = try trial.opened(for: .engine)
        let database = try Database(opening: trial.path + "/plutarc.db")
        try database.raiseEpoch()
        let engine = try Engine(
            home: home, database: database, pace: .factor(Rate.percent(6000)),
            wall: WallClock.read(), build: "test")
        try engine.startWhole()
        // A member, and two strangers, who are heard because the socket is the group's.
        let peers = [home.owner, 4242, 4343].map { Peer(uid: $0, pid: 1, gid: 0) }
        var answers: [String: Int] = [:]
        for number in 0..<runs {
            let message = request(&dice)
            let reply = ReplyID(
                connection: ConnectionID(number: 1), request: Int64(number))
            let peer = dice.next() % 5 == 0 ? pick(peers, &dice) : peers[0]
            let answer = engine.request(message, from: peer, reply: reply)
            _ = engine.turn(at: WallClock.read())
            if let failure = engine.failure {
                Issue.record("request \(number) stopped it: \(failure.headline)\n\(message)")
                return
            }
            let word = answer?["error"]?["code"]?.text ?? answer?["type"]?.text ?? "nothing"
            answers[word, default: 0] += 1
        }
        // The door was really tried: most rules have spoken.
        for word in ["accepted", "bad_request", "no_such_bot", "key_reused", "not_a_member"] {
            #expect(answers[word, default: 0] > 0, "never \(word): \(answers)")
        }
        _ = engine.finish(at: WallClock.read())
        try trial.expectSound()
    }
}

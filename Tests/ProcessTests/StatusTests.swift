/// Exit statuses as the contract gives them, in words and as one JSON document.

import Core
import Foundation
import Store
import TestKit
import Testing

/// A call that must fail in one way.
struct BadCall: CustomTestStringConvertible, Sendable {
    let words: [String]
    let status: Int32
    let code: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ status: Int32, _ code: String, _ words: String...) {
        self.words = words
        self.status = status
        self.code = code
    }
}

/// **Source** <doc:CommandLine#Exit-statuses>.
@Suite(.serialized) struct StatusTests {
    /// Wrong whatever the home: nothing is looked at, no engine is started.
    static let usage = [
        BadCall(2, "usage", "bogus"), BadCall(2, "usage", "bots", "--bogus"),
        BadCall(2, "usage", "pause"), BadCall(2, "usage", "pause", "x", "--all"),
        BadCall(2, "usage", "bots", "--state", "tired"), BadCall(2, "usage", "bot"),
        BadCall(2, "usage", "trades", "--limit", "many"),
        BadCall(2, "usage", "trades", "--limit", "0"),
        BadCall(2, "usage", "trades", "--since", "soon"),
        BadCall(2, "usage", "engine", "dance"),
        BadCall(2, "usage", "engine", "run", "--speed", "0"),
        BadCall(2, "usage", "init", "--bots", "-1"), BadCall(2, "usage", "init", "--market", "x"),
        BadCall(2, "bad_market", "init", "--market", "/tmp/BTC (1).csv"),
        BadCall(2, "bad_market", "init", "--market", "/tmp/my file.csv"),
        BadCall(2, "bad_market", "init", "--market", "/tmp/é.csv"),
        BadCall(2, "usage", "status", "--home"), BadCall(2, "usage", "ticket"),
        BadCall(2, "usage", "ticket", "bogus"), BadCall(2, "usage", "ticket", "open", "s"),
        BadCall(2, "usage", "themes", "check"), BadCall(2, "usage", "replay"),
        BadCall(2, "usage", "risk", "bot-1", "--set", "nothing"),
        BadCall(2, "usage", "close", "p", "--preview", "--confirm", "t"),
        BadCall(2, "usage", "pause", "bot-1", "--timeout", "soon"),
        BadCall(2, "not_a_reading_statement", "sql", "DELETE FROM audit"),
        BadCall(2, "not_a_reading_statement", "sql", "SELECT 1; DELETE FROM audit"),
    ]

    /// Against a home of two bots, both online and flat, whose engine runs.
    static let running = [
        BadCall(4, "no_such_bot", "bot", "nobody"), BadCall(4, "ambiguous", "bot", "bot-"),
        BadCall(4, "no_such_bot", "risk", "nobody"),
        BadCall(4, "no_such_bot", "trades", "--bot", "x"),
        BadCall(4, "no_such_bot", "pause", "nobody"), BadCall(4, "ambiguous", "pause", "bot-"),
        BadCall(4, "no_such_bot", "pause", "bot-1", "nobody"),
        BadCall(4, "no_such_position", "close", "position-99", "--confirm-label", "x"),
        BadCall(4, "no_such_ticket", "ticket", "show", "ticket-99"),
        BadCall(4, "no_such_ticket", "ticket", "close", "ticket-99"),
        BadCall(4, "no_such_template", "template", "show", "nothing"),
        BadCall(4, "no_such_template", "assign-template", "bot-1", "nothing"),
        BadCall(4, "no_such_notice", "alert", "ack", "notice-99"),
        BadCall(5, "confirmation_missing", "close-all", "bot-1"),
        BadCall(5, "confirmation_missing", "close-all", "--all"),
        BadCall(5, "label_mismatch", "close-all", "bot-1", "--confirm-label", "nonsense"),
        BadCall(5, "stale_preview", "close-all", "bot-1", "--confirm", "aaaa-bbbb"),
        BadCall(2, "unknown_limit", "risk", "bot-1", "--set", "luck=7"),
        BadCall(2, "out_of_range", "risk", "bot-1", "--set", "max_leverage=900"),
        BadCall(2, "bad_value", "risk", "bot-1", "--set", "max_leverage=three"),
        BadCall(3, "read_only", "pause", "bot-1", "--read-only"),
        BadCall(5, "engine_has_speed", "demo", "--speed", "60"),
        BadCall(2, "usage", "ticket", "open", "s", "--message", " "),
    ]

    private func expect(_ call: BadCall, on home: TrialHome) throws {
        let plain = try home.run(call.words)
        #expect(plain.status == call.status, "\(call.words): \(plain.output)\(plain.errors)")
        #expect(plain.output.isEmpty, "\(call.words): \(plain.output)")
        #expect(plain.errors.hasPrefix("plutarc: "), "\(call.words): \(plain.errors)")
        #expect(plain.errors.contains("\n  "), "\(call.words) without a remedy: \(plain.errors)")
        let json = try home.run(call.words + ["--json"])
        #expect(json.status == call.status, "\(call.words): \(json.output)\(json.errors)")
        #expect(json.errors.isEmpty, "\(call.words): \(json.errors)")
        let error = try json.document()["error"]
        #expect(error?["code"]?.text == call.code, "\(call.words): \(json.output)")
        #expect(error?["remedy"]?.text?.isEmpty == false, "\(call.words): \(json.output)")
    }

    @Test func wrongUsageIs2() throws {
        let home = try TrialHome.fresh()
        for call in Self.usage { try expect(call, on: home) }
        try home.plutarc("engine", "status", "--json").expectRunning(false)
    }

    @Test func refusalsHaveTheStatusOfTheirCause() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        for call in Self.running { try expect(call, on: home) }
        #expect(try home.plutarc("pause", "bot-2").status == 0)
        // There is nothing to do, and nothing is wrong.
        #expect(try home.plutarc("pause", "bot-2").status == 0)
        #expect(try home.plutarc("resume", "bot-1").status == 0)
        #expect(engine.status == nil && engine.wait(within: 0) == nil, "it ended")
        // Nothing of it has changed a thing; what was refused is on record.
        #expect(try home.count("SELECT count(*) FROM risk_limits") == 0)
        #expect(try home.count("SELECT count(*) FROM tickets") == 0)
        #expect(try home.count("SELECT count(*) FROM commands WHERE outcome = 'refused'") > 20)
        try home.expectSound()
    }

    @Test func anAmbiguousNameListsTheCandidates() throws {
        let home = try TrialHome.fresh()
        try home.plutarc("bot", "bot-")
            .expect(4, saying: "bot-1 btc-trend-01", "bot-2 eth-mean-02")
    }

    @Test func withoutAnEngineNothingIsAccepted() throws {
        let home = try TrialHome.fresh()
        for words in [["pause", "bot-1"], ["close-all", "--all", "--preview"]] {
            let plain = try home.run(words + ["--no-engine"])
            plain.expect(6, saying: "no engine runs", "nothing was accepted", "engine start")
            try home.run(words + ["--no-engine", "--json"]).expectDocument(6, code: "no_engine")
        }
        #expect(try home.count("SELECT count(*) FROM commands") == 0)
    }

    @Test func aCommandStartsTheEngineThatItNeeds() throws {
        let home = try TrialHome.fresh()
        let answer = try home.plutarc("pause", "bot-1", "--json")
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        #expect(try answer.document().elements?.first?["outcome"]?.text == "done")
        try home.plutarc("engine", "status", "--json").expectRunning(true)
        #expect(try home.plutarc("engine", "stop").status == 0)
        try home.plutarc("engine", "status", "--json").expectRunning(false)
    }

    @Test func aWaitThatIsOverIs6AndTheCommandGoesOn() throws {
        let home = try TrialHome.demo()
        // A hundredth of real time: the order needs eight seconds to the exchange.
        let engine = try home.engine(speed: "0.01")
        _ = try home.client()
        let label = try #require(
            try home.rows(
                """
                SELECT b.label FROM bots AS b JOIN positions AS p ON p.bot_id = b.id
                ORDER BY b.id LIMIT 1
                """
            ).first?[0])
        let words = ["close-all", label, "--confirm-label", label, "--timeout", "300ms"]
        let answer = try home.run(words + ["--json"])
        try answer.expectDocument(6, code: "timeout")
        let said = try answer.document()["error"]?["message"]?.text ?? ""
        #expect(said.contains("command-") && said.contains("goes on"), "\(said)")
        #expect(try home.count("SELECT count(*) FROM commands WHERE outcome = 'running'") == 1)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        let faster = try home.engine(speed: "10")
        #expect(
            try home.eventually {
                try home.count("SELECT count(*) FROM commands WHERE outcome = 'running'") == 0
            })
        #expect(
            try home.count(
                "SELECT count(*) FROM positions JOIN bots AS b ON b.id = bot_id "
                    + "WHERE b.label = '\(label)'") == 0)
        faster.kill()
        try home.expectSound()
    }
}

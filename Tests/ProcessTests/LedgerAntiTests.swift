/// The ledger of commands must be able to fail: each fault is planted once and must be seen.

import Core
import Foundation
import TestKit
import Testing

@testable import Store

/// A safeguard that cannot fail proves nothing.
@Suite(.serialized) struct LedgerAntiTests {
    private func request(_ command: Command, _ key: String) -> CommandRequest {
        CommandRequest(key: key, verb: command.verb, args: command.arguments)
    }

    @Test func aClientThatRepeatsUnderANewKeyDoublesItsMessage() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        let client = try home.client()
        let open = Command.ticketOpen(subject: "one", message: "first", .bot, .low, bot: nil)
        _ = try client.perform(request(open, "open"))
        let reply = Command.ticketReply("ticket-1", message: "load once", asSupport: true)
        for _ in 0..<3 { _ = try client.perform(request(reply, "same")) }
        let ledger = CommandLedger(ofNew: home)
        #expect(try ledger.problems([:]) == [])
        // The fault that the keys are there to prevent.
        _ = try client.perform(request(reply, "another"))
        #expect(try ledger.problems([:]) == ["2 messages say \"load once\""])
        engine.kill()
    }

    @Test func theSameKeyForAnotherRequestIsRefused() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        let client = try home.client()
        let pause = Command.pause(.named(["bot-1"]), reason: nil)
        _ = try client.perform(request(pause, "k"))
        for other in [Command.pause(.named(["bot-2"]), reason: nil), .resume(.all, reason: nil)] {
            guard case .refused(let error) = try client.perform(request(other, "k")) else {
                Issue.record("it was taken")
                continue
            }
            #expect(error.code == "key_reused")
        }
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 1)
        engine.kill()
    }

    @Test func aKeyThatImitatesAPartOfAnotherRequestIsNotUnderstood() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        let client = try home.client()
        let both = Command.pause(.named(["bot-1", "bot-2"]), reason: nil)
        for key in ["k\u{1F}1", "a b", "", "ü", String(repeating: "k", count: 129)] {
            guard case .refused(let error) = try client.perform(request(both, key)) else {
                Issue.record("\"\(key)\" was taken")
                continue
            }
            #expect(error.code == "garbled")
        }
        _ = try client.perform(request(both, "k"))
        #expect(try home.count("SELECT count(*) FROM commands") == 2)
        #expect(engine.wait(within: 0) == nil, "it ended: \(engine.errors)")
        engine.kill()
    }

    /// Each statement plants one fault; the words are what the ledger must say.
    static let faults: [(sql: String, words: String)] = [
        ("UPDATE commands SET outcome = 'running' WHERE id = 2", "command-2 (ticket-reply)"),
        ("UPDATE commands SET outcome = 'failed' WHERE id = 2", "k2: done was told"),
        ("DELETE FROM commands WHERE id = 2", "k2 was acknowledged, and there are 0 of it"),
        (
            "UPDATE commands SET target = 'ticket-9' WHERE id = 2",
            "1 audit rows are due, 0 are there"
        ),
        (
            "INSERT INTO ticket_messages SELECT NULL, ticket_id, author, is_staff, at, body "
                + "FROM ticket_messages",
            "2 messages say \"load once\""
        ),
        (
            "UPDATE commands SET verb = 'risk-set' WHERE id = 2",
            "1 settings of limits made 0 versions"
        ),
        (
            "INSERT INTO venue_positions VALUES (1, 'BTC-PERP', 'long', 5, 7, 1, 0, 0)",
            "key-1 BTC-PERP: only the exchange holds 5"
        ),
    ]

    @Test(arguments: 0..<faults.count) func aPlantedFaultIsSeen(number: Int) throws {
        let home = try TrialHome.fresh()
        let load = LoadClient(home, name: "k", seed: 1)
        let engine = try home.engine()
        try load.connect()
        load.submit(
            .ticketOpen(subject: "load", message: "first", .bot, .low, bot: nil), key: "k1")
        load.submit(
            .ticketReply("ticket-1", message: "load once", asSupport: true), key: "k2")
        #expect(home.eventually { load.hear(); return load.waiting == 0 })
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        let ledger = CommandLedger(ofNew: home)
        #expect(try ledger.problems(load.sent) == [])
        let database = try Database(opening: home.path + "/plutarc.db")
        try database.connection.execute(Self.faults[number].sql)
        let problems = try ledger.problems(load.sent).joined(separator: "\n")
        #expect(problems.contains(Self.faults[number].words), "\(problems)")
    }
}

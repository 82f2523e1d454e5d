/// Rows that somebody has deleted: what rests on them is no looser for it, and nothing starts.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite(.serialized) struct MissingRowTests {
    /// One change by other hands, and what names it.
    struct Spoilt: CustomTestStringConvertible, Sendable {
        let table: String
        let sql: String
        var testDescription: String { sql }
    }

    private static let spoilt = [
        Spoilt(
            table: "positions",
            sql: "DELETE FROM markets WHERE symbol IN (SELECT symbol FROM positions LIMIT 1)"),
        Spoilt(
            table: "venue_positions",
            sql: "DELETE FROM markets WHERE symbol IN (SELECT symbol FROM venue_positions LIMIT 1)"
        ),
        Spoilt(
            table: "key_instruments",
            sql: "DELETE FROM markets WHERE symbol = (SELECT max(symbol) FROM key_instruments)"),
        Spoilt(
            table: "orders",
            sql: "UPDATE orders SET status = 'open', symbol = 'NO-PERP' WHERE id = "
                + "(SELECT max(id) FROM orders)"),
        Spoilt(table: "risk_limits", sql: "UPDATE bots SET limits_version = 1 WHERE id = 1"),
        Spoilt(
            table: "templates",
            sql: "UPDATE bots SET template_name = 'mine', template_version = 1 WHERE id = 1"),
        Spoilt(
            table: "venue_accounts",
            sql: "DELETE FROM venue_accounts WHERE key_id = (SELECT key_id FROM bots LIMIT 1)"),
        Spoilt(
            table: "key_instruments",
            sql: "DELETE FROM key_instruments WHERE key_id = (SELECT key_id FROM bots LIMIT 1)"),
        Spoilt(
            table: "venue_accounts",
            sql: "UPDATE venue_accounts SET currency = 'BTC' "
                + "WHERE key_id = (SELECT key_id FROM venue_positions LIMIT 1)"),
        Spoilt(
            table: "venue_accounts",
            sql: "INSERT INTO venue_accounts SELECT key_id, 'BTC', deposits, wallet, realised, "
                + "fees, funding, adjustments FROM venue_accounts LIMIT 1"),
        Spoilt(table: "instances", sql: "DELETE FROM instances WHERE bot_id = 1"),
        Spoilt(table: "links", sql: "DELETE FROM links WHERE bot_id = 1"),
        Spoilt(table: "billing_account", sql: "DELETE FROM billing_account"),
        Spoilt(table: "members", sql: "DELETE FROM members"),
    ]

    /// As with a shell of SQLite that takes triggers away and puts them back.
    private static func alter(_ path: String, _ sql: String) throws {
        let file = try Connection(path: path, mode: .write)
        try file.execute("PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on")
        let found = try file.lines(
            """
            SELECT name || char(10) || sql FROM sqlite_schema WHERE type = 'trigger'
            AND tbl_name IN ('orders', 'risk_limits', 'templates') ORDER BY rowid
            """)
        let triggers = found.map { $0.split(separator: "\n", maxSplits: 1).map(String.init) }
        for trigger in triggers { try file.execute("DROP TRIGGER \(trigger[0])") }
        try file.execute(sql)
        for trigger in triggers { try file.execute(trigger[1]) }
        try file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    @Test(arguments: spoilt) func whatIsMissingIsNamed(_ spoilt: Spoilt) throws {
        let home = try TrialHome.demo()
        let path = home.path + "/plutarc.db"
        try Self.alter(path, spoilt.sql)
        let check = try home.plutarc("check")
        #expect(check.status == 7)
        #expect(check.output.contains(spoilt.table + ": "), "\(check.output)")
        let engine = try home.plutarc("engine", "run", "--for", "1s")
        engine.expect(7, saying: "nothing was written", "check names everything")
        try home.plutarc("pause", "--all").expect(7)
        // Neither SQLite nor the ledgers miss it.
        #expect(throws: Never.self) { try Database(opening: path) }
    }

    /// The last commit of a fleet that has traded had a row for each bot.
    @Test(arguments: ["instances", "links"]) func aTableThatIsEmptyIsMissed(table: String) throws {
        let home = try TrialHome.fresh()
        try home.plutarc("engine", "run", "--for", "60s", "--speed", "60").expect(0)
        try home.expectSound()
        try Self.alter(home.path + "/plutarc.db", "DELETE FROM \(table)")
        let check = try home.plutarc("check")
        #expect(check.status == 7)
        #expect(check.output.contains(table + ": "), "\(check.output)")
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "nothing was written")
    }

    /// A row of limits that was stored, and is gone.
    @Test func limitsThatAreGoneAreMissed() throws {
        let home = try TrialHome.fresh()
        try home.plutarc("risk", "bot-1", "--set", "max_leverage=2", "--yes").expect(0)
        try home.plutarc("engine", "stop").expect(0)
        try home.expectSound()
        try Self.alter(home.path + "/plutarc.db", "DELETE FROM risk_limits WHERE bot_id = 1")
        let check = try home.plutarc("check")
        #expect(check.status == 7)
        #expect(check.output.contains("risk_limits: "), "\(check.output)")
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "risk_limits")
    }

    /// An upgrade that is killed before its first commit has these tables empty: no damage.
    @Test func anUpgradeThatWasKilledGoesOn() throws {
        let home = try TrialHome.demo()
        try Self.alter(
            home.path + "/plutarc.db",
            "DELETE FROM instances; DELETE FROM links; UPDATE bots SET evaluating_since = NULL")
        let database = try Database(reading: home.path + "/plutarc.db")
        #expect(try database.check(moreLaws: HomeLaws.problems) == [])
    }
}

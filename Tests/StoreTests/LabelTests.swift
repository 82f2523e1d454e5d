/// The rule of labels: in words of people, as a law of the schema, and for labels from before it.

import Foundation
import Testing

@testable import Store

/// A text, and whether it may be a label.
private let corpus: [(String, Bool)] = [
    ("BTC Trend Follower", true), ("a", true), ("btc-trend_01:a/b.c", true), ("7", true),
    (String(repeating: "x", count: 64), true), ("bot", true), ("bot-1a", true),
    ("bot 1", true), ("robot-1", true), ("a - b", true), (":", true), ("Nonesuch", true),
    ("", false), (String(repeating: "x", count: 65), false), (" a", false), ("a ", false),
    ("a  b", false), ("--all", false), ("-x", false), ("-", false), ("bot-1", false),
    ("BOT-1", false), ("Bot-007", false), ("bot-", false), ("key-2", false), ("ticket-3", false),
    ("position-4", false), ("order-5", false), ("notice-6", false), ("command-7", false),
    ("trade-99999999999999999999", false), ("member-1", false), ("event-1", false),
    ("audit-1", false), ("ledger-1", false), ("fill-1", false), ("message-1", false),
    ("note-1", false), ("deployment-1", false), ("none", false), ("None", false),
    ("ünï", false), ("bтc", false), ("a\tb", false), ("a\nb", false), ("a\u{0}b", false),
    ("a\u{202E}b", false), ("a\u{200B}b", false), ("a\u{A0}b", false), ("a,b", false),
    ("a\"b", false), ("a'b", false), ("a*", false), ("[a]", false), ("a~b", false),
]

@Suite struct LabelRuleTests {
    private static func disagreements(_ rule: (String) -> Bool) -> [String] {
        corpus.filter { rule($0.0) != $0.1 }.map(\.0)
    }

    @Test func theRuleIsThatOfTheTable() {
        #expect(Self.disagreements(Label.isPlain).isEmpty)
    }

    /// Switched off, or as it was before, it is another rule.
    @Test func withoutTheRuleTheTableDoesNotHold() {
        #expect(!Self.disagreements { _ in true }.isEmpty)
        #expect(Self.disagreements { $0.utf8.allSatisfy { $0 != 32 } }.contains("--all"))
    }

    /// Every prefix of an id that the program knows.
    @Test func noPrefixIsForgotten() throws {
        let store = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Store")
        let files = try #require(FileManager.default.enumerator(atPath: store.path))
        var found: [String] = []
        for case let file as String in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: store.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("idPrefix = \"") {
                found.append(String(line.split(separator: "\"")[1]))
            }
        }
        #expect(found.sorted() == Label.idPrefixes.sorted())
    }

    private static func isRefused(
        by database: Database, _ write: (Writing) throws -> Void
    ) throws -> Bool {
        do {
            try database.write(write)
            return false
        } catch StoreError.constraint { return true }
    }

    private static func template(_ name: String, _ version: Int = 1) -> TemplateVersion {
        TemplateVersion(
            name: name, version: version, text: "x", createdAt: minute(0), createdBy: "a")
    }

    /// Whether bots, keys and templates may be called so by the law of their tables.
    private static func lawful(_ text: String, isOn: Bool = true) throws -> [Bool] {
        let database = try Database.memory()
        if !isOn { try database.connection.execute("PRAGMA ignore_check_constraints = on") }
        let bot = try isRefused(by: database) { try $0.save(exampleBot(label: text, key: nil)) }
        let key = try isRefused(by: database) { _ = try $0.insert(exampleKey(text)) }
        let other = try isRefused(by: database) { try $0.insert(template(text)) }
        return [!bot, !key, !other]
    }

    @Test(arguments: corpus) func theLawIsTheRule(_ text: String, _ isPlain: Bool) throws {
        #expect(try Self.lawful(text) == [isPlain, isPlain, isPlain], "\(text.debugDescription)")
    }

    @Test func withoutTheLawAnythingIsWritten() throws {
        #expect(try Self.lawful("--all", isOn: false) == [true, true, true])
    }

    /// Letters count without their case, among bots, among keys, among templates.
    @Test func oneNameIsGivenOnce() throws {
        let database = try Database.memory()
        for (id, name, isTaken) in [(Int64(1), "BTC Trend", false), (2, "btc trend", true)] {
            let bot = exampleBot(id, label: name, key: nil)
            #expect(try Self.isRefused(by: database) { try $0.save(bot) } == isTaken)
            #expect(
                try Self.isRefused(by: database) { _ = try $0.insert(exampleKey(name)) }
                    == isTaken)
            let template = Self.template(name, Int(id))
            #expect(try Self.isRefused(by: database) { try $0.insert(template) } == isTaken)
        }
        let again = Self.template("BTC Trend", 2)
        #expect(
            try !Self.isRefused(by: database) { try $0.insert(again) }, "a version of its own")
    }
}

/// Homes of every age whose labels break the rule.
@Suite struct LabelMigrationTests {
    private static let bots = ["--all", "all", "bot-1", "BTC", "btc", "bot_1", "ok-6"]
    private static let expectedBots = ["all-2", "all", "bot_1-2", "BTC", "btc-2", "bot_1", "ok-6"]
    private static let keys = ["key-2", "main", "-"]
    private static let expectedKeys = ["key_2", "main", "key"]

    /// A file of an older schema with rows that hang on bots, keys and templates.
    private func populate(_ path: String, upTo number: Int) throws {
        let steps = Schema.migrations.filter { $0.number <= number }
        let connection = try Database(path: path, mode: .create, migrations: steps).connection
        try connection.execute(
            """
            INSERT INTO workspace (id, name, generation, seed, clock, created_at, market, is_demo)
            VALUES (1, 'personal', 'g', 1, 5000, 0, 'model', 0)
            """)
        for (index, label) in Self.keys.enumerated() {
            try connection.execute(
                """
                INSERT INTO api_keys VALUES (\(index + 1), '\(label)', 'simulated', 'paper',
                    'linear', '', 1, 0);
                INSERT INTO key_instruments VALUES (\(index + 1), 'BTC-PERP')
                """)
        }
        // A key that is gone: its number is not given again.
        try connection.execute(
            """
            INSERT INTO api_keys VALUES (9, 'gone', 'simulated', 'paper', 'linear', '', 1, 0);
            DELETE FROM api_keys WHERE id = 9
            """)
        for (name, kind) in [
            ("Trend Follower", "system"), ("TREND follower", "user"),
            ("Mine\u{202E}", "user"), ("Funding  Fade", "user"),
        ] {
            try connection.execute(
                """
                INSERT INTO templates VALUES ('\(name)', 1, '\(kind)',
                    '[template]' || char(10) || 'name = \(name)' || char(10) || 'x = 1', 0, 'a')
                """)
        }
        for (index, label) in Self.bots.enumerated() {
            let id = index + 1
            try connection.execute(
                """
                INSERT INTO bots (id, label, phase, is_paused, key_id, template_name,
                    template_version, provider, region, version, ipv4, ipv6, created_at,
                    order_sequence, consecutive_losses, limits_version)
                VALUES (\(id), '\(label)', 'online', 0, \(id <= 3 ? "\(id)" : "NULL"),
                    'Mine\u{202E}', 1, 'p', 'r', 'v', '', '', 0, 0, 0, 0);
                INSERT INTO deployments (bot_id, provider, region, ipv4, ipv6, started_at)
                VALUES (\(id), 'p', 'r', '', '', 0)
                """)
        }
        if number >= 2 {
            try connection.execute(
                """
                INSERT INTO decision_templates VALUES (1, 'Mine\u{202E}', 1,
                    '[template]' || char(10) || 'name = Mine\u{202E}' || char(10) || 'x = 1')
                """)
        }
        try connection.execute(
            """
            INSERT INTO commands (idempotency_key, verb, bot_id, target, arguments, actor,
                actor_uid, role, is_staff, at, outcome, message)
            VALUES ('k', 'restart', 1, '--all', '{"bot":"--all"}', 'a', 1, 'owner', 0, 0,
                'queued', '')
            """)
    }

    @Test(arguments: Schema.migrations.map(\.number).filter { $0 < 8 })
    func aHomeOfEveryAgeGetsLabelsThatKeepTheRule(_ number: Int) throws {
        let folder = try Folder()
        try populate(folder.path(), upTo: number)
        let database = try Database(opening: folder.path())
        try database.read { db throws(StoreError) in
            let bots = try db.bots()
            #expect(bots.map(\.label) == Self.expectedBots)
            #expect(bots.map(\.keyID?.number) == [1, 2, 3, nil, nil, nil, nil])
            #expect(bots.allSatisfy { $0.templateName == "Mine-" })
            #expect(try db.keys().map(\.label) == Self.expectedKeys)
            #expect(try db.keys().allSatisfy { $0.instruments == ["BTC-PERP"] })
            #expect(
                try db.templates().map(\.name) == [
                    "Funding Fade-2", "Mine-", "TREND follower-2", "Trend Follower",
                ])
            #expect(try db.template("Mine-")?.text == "[template]\nname = Mine-\nx = 1")
            for bot in bots { #expect(try db.deployments(of: bot.id).count == 1) }
            let decided = try db.rows(sql: "SELECT name, text FROM decision_templates").rows
            #expect(decided == (number < 2 ? [] : [["Mine-", "[template]\nname = Mine-\nx = 1"]]))
            #expect(try db.unfinishedCommands().map(\.arguments) == ["{\"bot\":\"all-2\"}"])
            let told = try db.activity(limit: 100).filter { $0.what == "renamed" }
            #expect(told.count == 8)
            #expect(told.contains { $0.detail.hasPrefix("the bot \"--all\" is \"all-2\" now") })
            #expect(told.contains { $0.detail.contains("\"Mine\\u{202E}\" is \"Mine-\" now") })
            #expect(told.allSatisfy { $0.at == Instant(milliseconds: 5000) })
        }
        #expect(try database.check().isEmpty)
        let next = try database.write { db throws(StoreError) in
            try db.insert(exampleKey("new"))
        }
        #expect(next == ID(10), "the number of a deleted key")
    }

    /// With foreign keys on, a table to which others point is not made anew.
    @Test func withForeignKeysOnItWouldFail() throws {
        let folder = try Folder()
        try populate(folder.path(), upTo: 7)
        let steps = Schema.migrations.map { step in
            var step = step
            step.rebuildsTables = false
            return step
        }
        #expect(throws: StoreError.self) {
            try Database(path: folder.path(), mode: .write, migrations: steps)
        }
        let old = Array(Schema.migrations.filter { $0.number <= 7 })
        let database = try Database(path: folder.path(), mode: .write, migrations: old)
        #expect(try database.connection.number("SELECT count(*) FROM key_instruments") == 3)
    }

    @Test func replacementsAreNearAndPlainWhateverWasThere() {
        let texts = corpus.map(\.0) + ["☃☃", "\u{202E}", "--bot-1", "- -", "a\u{0}\u{7}b"]
        let new = Migration8LabelRepair.replacements(of: texts + texts, fallback: "bot")
        var all: [String] = []
        for (old, new) in zip(texts + texts, new) {
            #expect(Label.isPlain(new ?? old), "\(old.debugDescription) \(new ?? "")")
            all.append((new ?? old).lowercased())
        }
        #expect(Set(all).count == all.count)
        #expect(Migration8LabelRepair.replacements(of: texts + texts, fallback: "bot") == new)
        #expect(Migration8LabelRepair.nearest(to: "--bot-1", fallback: "bot") == "bot_1")
        #expect(
            Migration8LabelRepair.escaped("a\"\u{1B}[31m\u{202E}") == "a\\\"\\u{1B}[31m\\u{202E}")
    }
}

/// People of an organisation: other Unix accounts, named by the kernel, at the same engine.

import Core
import Foundation
import Store
import TestKit
import Testing

/// Runs the program as somebody else.
enum OtherUser {
    static let group: UInt32 = 4200
    static let viewer: UInt32 = 4242
    static let stranger: UInt32 = 4343
    static let staff: UInt32 = 4444

    /// A copy of the program that every account may run.
    private static let program: String = {
        let folder = "/tmp/plutarc-process-bin-\(getpid())"
        mkdir(folder, 0o755)
        chmod(folder, 0o755)
        Leftovers.add(folder: folder)
        try? FileManager.default.copyItem(atPath: Program.path, toPath: folder + "/plutarc")
        chmod(folder + "/plutarc", 0o755)
        return folder + "/plutarc"
    }()

    static let isPossible: Bool = {
        guard geteuid() == 0, access("/usr/bin/setpriv", X_OK) == 0 else { return false }
        return (try? run(["version"], as: viewer).status) == 0
    }()

    /// An organisation's home of root: its group reads and speaks to the socket.
    static func organisation(
        of home: TrialHome? = nil,
        _ people: [(uid: UInt32, name: String, role: WorkspaceRole)] = [
            (viewer, "vera", .viewer), (4300, "tom", .trader),
        ]
    ) throws -> TrialHome {
        let home = try home ?? TrialHome.fresh()
        let database = try Database(opening: home.path + "/plutarc.db")
        try database.write { db throws(StoreError) in
            for (uid, name, role) in people {
                try db.insert(
                    Member(
                        uid: Int64(uid), name: name, role: role, isStaff: uid == staff,
                        joinedAt: Instant(year: 2026, month: 1, day: 1)))
            }
        }
        chmod(home.folder, 0o755)
        chown(home.path, 0, group)
        chmod(home.path, 0o2750)
        for name in try FileManager.default.contentsOfDirectory(atPath: home.path) {
            chown(home.path + "/" + name, 0, group)
            chmod(home.path + "/" + name, 0o640)
        }
        return home
    }

    static func run(_ arguments: [String], as user: UInt32) throws -> Answer {
        let identity = ["--reuid", "\(user)", "--regid", "\(group)", "--clear-groups"]
        return try Child("/usr/bin/setpriv", identity + [program] + arguments)
            .answer()
    }
}

/// **Source** <doc:SafetyRules#Who-is-who>, <doc:CommandLine#Exit-statuses>.
@Suite(.serialized, .enabled(if: OtherUser.isPossible, "needs root, setpriv, a readable binary"))
struct OtherUserTests {
    @Test func aViewerReadsAndMayNotAct() throws {
        let home = try OtherUser.organisation()
        let engine = try home.engine()
        _ = try home.client()
        let at = ["--home", home.path]
        for command in [["status"], ["bots"], ["positions"], ["commands"], ["tickets"]] {
            let answer = try OtherUser.run(command + at, as: OtherUser.viewer)
            #expect(answer.status == 0, "\(command): \(answer.output)\(answer.errors)")
        }
        for command in [
            ["pause", "bot-1"], ["resume", "--all"], ["risk", "bot-1", "--set", "max_leverage=2"],
            ["close-all", "bot-1", "--confirm-label", "btc-trend-01"],
            ["close-all", "--all", "--preview"],
            ["assign-template", "bot-1", "Mean Reverter"],
        ] {
            let plain = try OtherUser.run(command + at, as: OtherUser.viewer)
            plain.expect(3, saying: "vera (Viewer) may not", "Ask an Owner")
            try OtherUser.run(command + at + ["--json"], as: OtherUser.viewer)
                .expectDocument(3, code: "not_permitted")
        }
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 0)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
        // Each denial is on record, of what only asks too; the second of its kind as a number.
        let refused = try home.rows(
            """
            SELECT verb, sum(after = ''), sum(after LIKE '1 more like it (not_permitted)%')
            FROM audit WHERE actor = 'vera' AND outcome = 'refused' GROUP BY verb
            """)
        #expect(refused.count == 6)
        #expect(refused.allSatisfy { $0[1] == "1" && $0[2] == "1" }, "\(refused)")
        try home.expectSound()
    }

    /// Not by another verb, not by a printed screen, not by where a console begins.
    @Test func whatOneMayNotReadIsReadByNoOtherWay() throws {
        let home = try OtherUser.organisation(
            of: nil,
            [
                (OtherUser.viewer, "vera", .viewer), (OtherUser.staff, "st1", .viewer),
            ])
        let ways: [(user: UInt32, command: [String], isOpen: Bool)] = [
            (OtherUser.viewer, ["sql", "SELECT body FROM internal_notes"], false),
            (OtherUser.viewer, ["sql", "SELECT * FROM ledger"], false),
            (OtherUser.viewer, ["screen", "audit"], false),
            (OtherUser.viewer, ["screen", "billing"], false),
            (OtherUser.viewer, ["--view", "audit"], false),
            (OtherUser.viewer, ["--view", "billing"], false),
            (OtherUser.viewer, ["screen", "positions"], true),
            (OtherUser.viewer, ["why", "bot-1"], true),
            (OtherUser.staff, ["screen", "audit"], false),
            (OtherUser.staff, ["screen", "positions"], false),
            (OtherUser.staff, ["why", "bot-1"], false),
            (OtherUser.staff, ["templates"], false), (OtherUser.staff, ["commands"], false),
            (OtherUser.staff, ["sql", "SELECT 1"], false),
            (OtherUser.staff, ["bots"], true), (OtherUser.staff, ["tickets"], true),
            (OtherUser.staff, ["bot", "bot-1"], true),
            (
                OtherUser.staff,
                [
                    "screen", "bot",
                    "--bot", "bot-1",
                ], true
            ),
            (OtherUser.stranger, ["bots"], false), (OtherUser.stranger, ["templates"], false),
            (OtherUser.stranger, ["screen", "fleet"], false),
            (OtherUser.stranger, ["--view", "fleet"], false),
            (OtherUser.stranger, ["regions"], false), (OtherUser.viewer, ["regions"], true),
            (OtherUser.stranger, ["check"], false), (OtherUser.stranger, ["status"], false),
        ]
        for way in ways {
            let arguments = way.command + ["--home", home.path, "--no-engine"]
            let answer = try OtherUser.run(arguments, as: way.user)
            let words = "\(way.user) \(way.command): \(answer.output)\(answer.errors)"
            // Nothing may be on record yet: that is told to those who may read it.
            #expect(way.isOpen ? [0, 4].contains(answer.status) : answer.status == 3, "\(words)")
            if !way.isOpen { #expect(answer.output.isEmpty, "\(words)") }
        }
        try home.plutarc("sql", "SELECT 1").expect(0)
    }

    @Test func aTraderMayPauseAndMayNotChangeLimits() throws {
        let home = try OtherUser.organisation()
        let engine = try home.engine()
        _ = try home.client()
        let pause = try OtherUser.run(["pause", "bot-1", "--home", home.path], as: 4300)
        #expect(pause.status == 0, "\(pause.errors)")
        let limits = ["risk", "bot-1", "--set", "max_leverage=2", "--home", home.path]
        try OtherUser.run(limits, as: 4300).expect(3, saying: "tom (Trader) may not")
        engine.kill()
    }

    /// The socket is theirs, the database is not: who they are is known to the engine alone.
    @Test func whoMayNotReadTheDatabaseIsHeardWhole() throws {
        let home = try OtherUser.organisation()
        let engine = try home.engine()
        _ = try home.client()
        for suffix in ["", "-wal", "-shm"] { chmod(home.path + "/plutarc.db" + suffix, 0o600) }
        let open = ["ticket", "open", "no entries", "--message", "hello there"]
        let answer = try OtherUser.run(open + ["--home", home.path], as: 4300)
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        let reply = ["ticket", "reply", "ticket-1", "--message", "and again"]
        let next = try OtherUser.run(reply + ["--home", home.path], as: 4300)
        #expect(next.status == 0, "\(next.output)\(next.errors)")
        let rows = try home.rows("SELECT body FROM ticket_messages ORDER BY id")
        let bodies = rows.compactMap { $0[0] }
        #expect(bodies.suffix(2) == ["hello there", "and again"])
        // What only reads is not permitted, and says what is; a pause is.
        let at = ["--home", home.path]
        for command in [["bots"], ["status"], ["positions"], ["bot", "bot-1"], ["check"]] {
            try OtherUser.run(command + at, as: 4300)
                .expect(3, saying: "belongs to root", "pauses and closes still work from here")
            try OtherUser.run(command + at + ["--json"], as: 4300)
                .expectDocument(3, code: "not_permitted")
        }
        #expect(try OtherUser.run(["pause", "bot-1"] + at, as: 4300).status == 0)
        engine.kill()
    }

    @Test func aStrangerOfTheGroupIsTurnedAwayAgainAndAgain() throws {
        let home = try OtherUser.organisation()
        let engine = try home.engine()
        _ = try home.client()
        for _ in 0..<3 {
            let answer = try OtherUser.run(
                ["pause", "bot-1", "--home", home.path], as: OtherUser.stranger)
            answer.expect(3, saying: "\(OtherUser.stranger) is no member")
        }
        #expect(try home.count("SELECT count(*) FROM commands") == 0)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        engine.kill()
        try home.expectSound()
    }

    @Test func whoeverIsNotOfTheGroupSeesNothing() throws {
        let home = try OtherUser.organisation()
        chown(home.path, 0, 0)
        let answer = try OtherUser.run(["bots", "--home", home.path], as: OtherUser.viewer)
        #expect(answer.status == 1, "\(answer.output)")
        #expect(answer.errors.contains("Permission denied"), "\(answer.errors)")
    }

    /// Neither a member nor an engine of their own: nothing is started in somebody else's home.
    @Test func aViewerStartsNoEngine() throws {
        let home = try OtherUser.organisation()
        for command in [["pause", "bot-1"], ["engine", "start"], ["pause", "--all"]] {
            try OtherUser.run(command + ["--home", home.path], as: OtherUser.viewer)
                .expect(6, saying: "no engine runs", "ask root, or the service manager")
        }
        try home.plutarc("engine", "status", "--json").expectRunning(false)
    }

    /// A home that its own owner may not write: read-only for people, not for root.
    @Test func aHomeWithoutWriteRightsIsReadOnly() throws {
        let home = try TrialHome.fresh()
        chmod(home.folder, 0o755)
        for name in try FileManager.default.contentsOfDirectory(atPath: home.path) {
            chown(home.path + "/" + name, OtherUser.viewer, OtherUser.group)
            chmod(home.path + "/" + name, 0o400)
        }
        chown(home.path, OtherUser.viewer, OtherUser.group)
        chmod(home.path, 0o500)
        let at = ["--home", home.path]
        #expect(try OtherUser.run(["bots"] + at, as: OtherUser.viewer).status == 0)
        for command in [["engine", "run"], ["pause", "bot-1"], ["engine", "start"]] {
            let answer = try OtherUser.run(command + at, as: OtherUser.viewer)
            #expect([1, 7].contains(answer.status), "\(answer.output)\(answer.errors)")
            #expect(answer.errors.contains("Permission denied"), "\(answer.errors)")
            #expect(answer.errors.contains("\n  "), "\(answer.errors)")
        }
    }
}

/// Hostile text everywhere it can stand, and every way out of the program: nothing acts or hides.

import Core
import Foundation
import TestKit
import Testing

@testable import Store

/// Every kind of scalar that acts on a terminal, reorders a line or hides in it.
enum Hostile {
    static let text =
        "x\u{1B}]0;t\u{07}\u{9B}31m\u{202E}\u{2066}\u{200B}\u{200D}\u{FEFF}\u{AD}\u{E0041}\u{2028}"
        + "\u{3164}\u{E000}\u{FFF9}\u{7F}\u{8}\u{D}\u{85}\u{FE0F}y"

    /// What of a text would act or hide; line breaks are ours.
    static func hidden(in text: String) -> [String] {
        text.unicodeScalars.filter { $0 != "\n" && !Untrusted.isShown($0) }
            .map { "U+" + String($0.value, radix: 16) }
    }
}

@Suite(.serialized) struct WaysOutTests {
    /// Columns that people or other programs fill, whatever their table.
    private static let columns: Set<String> = [
        "subject", "body", "what", "detail", "message", "reason", "remedy", "actor", "author",
        "opened_by", "assignee", "acknowledged_by", "created_by", "set_by", "error_text",
        "reject_reason", "version", "available_version", "provider", "region", "target",
        "template_name", "snapshot", "label", "masked", "role", "exit_reason", "name",
    ]

    /// A home that somebody who can write the file has filled with it, and that a team has used.
    private static let home = Result {
        let home = try TrialHome.demo()
        for arguments in [
            ["pause", "bot-1", "--reason", Hostile.text],
            [
                "ticket", "open", "s\u{202E}\u{200B}\u{E0041}", "--message",
                Hostile.text + "\n" + Hostile.text,
            ],
            ["template", "import", try Self.template(in: home)],
        ] {
            let answer = try home.run(arguments)
            #expect(Hostile.hidden(in: answer.output + answer.errors) == [], "\(arguments)")
            #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        }
        _ = try home.plutarc("engine", "stop")
        // As a program of before wrote it down.
        let text = try home.plutarc("template", "export", "Trend Follower").output
            .replacingOccurrences(of: "name = Trend Follower", with: "name = raw")
            .replacingOccurrences(of: "description = ", with: "description = \(described)")
        try Database(opening: home.path + "/plutarc.db").write { db in
            try db.insert(
                TemplateVersion(
                    name: "raw", version: 1, text: text, createdAt: Instant(milliseconds: 0),
                    createdBy: "ana"))
        }
        try fill(home)
        return home
    }

    private static func template(in home: TrialHome) throws -> String {
        let text = try home.plutarc("template", "export", "Trend Follower").output
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let hostile = lines.map { line in
            if line.hasPrefix("name = ") { return "name = hostile" }
            if line.hasPrefix("description = ") { return "description = \(described)" }
            return String(line)
        }
        let path = home.folder + "/hostile.template"
        try hostile.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Without line ends, which end a description.
    private static let described = "d\u{202E}e\u{200B}\u{E0041}f\u{9B}g"

    private static func fill(_ home: TrialHome) throws {
        let database = try Database(opening: home.path + "/plutarc.db")
        let names = try database.connection.lines(
            """
            SELECT m.name || ' ' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table'
            """)
        var changed = 0
        for name in names {
            let words = name.split(separator: " ").map(String.init)
            guard words.count == 2, columns.contains(words[1]) else { continue }
            let (table, column) = (words[0], words[1])
            let quoted = Hostile.text.replacingOccurrences(of: "'", with: "''")
            let sql = "UPDATE \(table) SET \(column) = substr(\(column), 1, 40) || '\(quoted)' "
                + "WHERE \(column) IS NOT NULL"
            // The schema's own laws keep it out of some.
            if (try? database.connection.execute(sql)) != nil { changed += 1 }
        }
        #expect(changed >= 15)
    }

    /// Words for the operands of a synopsis.
    private static func plain(_ word: String, _ home: TrialHome) -> String {
        switch word {
        case "BOT": "bot-1"
        case "POSITION": "position-1"
        case "TEMPLATE": "Trend Follower"
        case "TICKET": "ticket-1"
        case "ALERT": "notice-1"
        case "AMOUNT": "250"
        case "KEY": "key-1"
        case "FILE": home.folder + "/hostile.template"
        default: "fleet"
        }
    }

    private struct Spec {
        var words: [String]
        var operands: [String]
        var options: [String]

        init(_ json: JSON) {
            words = (json["name"]?.text ?? "").split(separator: " ").map(String.init)
            let synopsis = (json["synopsis"]?.text ?? "").split(separator: " ").map(String.init)
            operands = synopsis.dropFirst(1 + words.count).prefix { !$0.hasPrefix("[") }.map { $0 }
            options = (json["options"]?.elements ?? []).filter { $0["takes"]?.isNull == false }
                .compactMap { $0["name"]?.text }
        }
    }

    /// These take minutes, open a screen or make a home; asked for wrongly they end at once.
    private static let long: Set<String> = ["demo", "init", "bench", "simulate", "engine"]

    /// Every command there is, asked rightly and in every hostile way, as text and as JSON.
    @Test func noCommandLetsItOut() throws {
        let home = try Self.home.get()
        let list = try Program.alone("help", "--json").document().elements ?? []
        #expect(list.count > 40)
        for spec in list.map(Spec.init) {
            let isLong = Self.long.contains(spec.words[0])
            let hostile = spec.words + spec.operands.map { _ in Hostile.text }
            var calls = [hostile + [Hostile.text]]
            if !isLong || !spec.operands.isEmpty { calls.append(hostile) }
            calls += spec.options.map { option in
                // A file that is made belongs into the test's own folder.
                let folder = ["file", "export"].contains(option) ? home.folder + "/" : ""
                return spec.words + spec.operands.map { Self.plain($0, home) }
                    + ["--\(option)", folder + Hostile.text]
            }
            if !isLong {
                calls.append(spec.words + spec.operands.map { Self.plain($0, home) })
            }
            for call in calls {
                for form in [[], ["--json"]] {
                    try Self.expectClean(call + form + ["--no-engine"], home)
                }
            }
        }
    }

    private static func expectClean(_ call: [String], _ home: TrialHome) throws {
        let answer = try home.run(call)
        let found = Hostile.hidden(in: answer.output + answer.errors)
        #expect(found == [], "\(call): \(answer.output.prefix(300)) \(answer.errors.prefix(300))")
        #expect(answer.status >= 0 && answer.status < 128, "\(call): \(answer.status)")
        if call.contains("--json") { _ = try answer.document() }
    }

    /// Screens, boards with their options, and free queries.
    @Test func noBoardLetsItOut() throws {
        let home = try Self.home.get()
        let screens = "fleet list positions support audit commands billing help"
        var calls = screens.split(separator: " ").map { ["screen", String($0)] }
        calls += ["bot", "bot:risk", "bot:activity"].map { ["screen", $0, "--bot", "bot-1"] }
        calls += [
            ["sql", "SELECT * FROM tickets"], ["sql", "SELECT detail FROM activity"],
            ["sql", "SELECT '\(Hostile.text)' AS \"\(Hostile.text)\""], ["bots", "--history"],
            ["template", "show", "hostile"], ["template", "export", "hostile"],
            ["template", "show", "raw"], ["template", "export", "raw"],
            ["events", "--limit", "1000"], ["ticket", "show", "ticket-2"],
        ]
        for call in calls {
            for form in [[], ["--json"]] { try Self.expectClean(call + form, home) }
        }
    }

    /// Files that are made: the same text comes back where it is read again.
    @Test func noExportLetsItOut() throws {
        let home = try Self.home.get()
        let audit = home.folder + "/audit.jsonl"
        #expect(try home.plutarc("audit", "--export", audit).status == 0)
        let lines = try String(contentsOfFile: audit, encoding: .utf8)
        #expect(Hostile.hidden(in: lines) == [])
        let reasons = try lines.split(separator: "\n").map {
            try JSON.parse(Array($0.utf8))["reason"]?.text
        }
        #expect(reasons.contains(Hostile.text))

        let template = home.folder + "/out.template"
        #expect(try home.plutarc("template", "export", "hostile", "--file", template).status == 0)
        let text = try String(contentsOfFile: template, encoding: .utf8)
        #expect(Hostile.hidden(in: text) == [])
        #expect(text.contains("description = d\\u{202E}e\\u{200B}\\u{E0041}f\\u{9B}g\n"))
        let parsed = try TemplateFile.parse(text, file: template)
        #expect(parsed.summary == Self.described)
        #expect(TemplateFile.print(parsed) == text)

        let regions = home.path + "/compute.ini"
        let exported = home.folder + "/regions.ini"
        #expect(try home.plutarc("regions", "--export", exported).status == 0)
        let own = try String(contentsOfFile: exported, encoding: .utf8)
            + "\n# \(Self.described)\n"
        try own.write(toFile: regions, atomically: true, encoding: .utf8)
        chmod(regions, 0o600)
        defer { unlink(regions) }
        let again = home.folder + "/again.ini"
        #expect(try home.plutarc("regions", "--export", again).status == 0)
        #expect(Hostile.hidden(in: try String(contentsOfFile: again, encoding: .utf8)) == [])
    }

    #if DEBUG
        /// Each way out is watched: without what cleans it, the same looks find something.
        @Test func withoutTheCleaningEveryWayOutIsFoundOpen() throws {
            let home = try Self.home.get()
            let template = home.folder + "/raw.template"
            let audit = home.folder + "/raw.jsonl"
            let calls: [([String], String?)] = [
                (["ticket", "show", "ticket-2"], nil),
                (["ticket", "show", "ticket-2", "--json"], nil),
                (["events"], nil), (["events", "--json"], nil), (["audit", "--json"], nil),
                (["sql", "SELECT detail FROM activity"], nil),
                (["template", "export", "raw"], nil),
                (["template", "export", "raw", "--file", template], template),
                (["audit", "--export", audit], audit), (["bot", Hostile.text], nil),
                (["bot", Hostile.text, "--json"], nil),
            ]
            for (call, file) in calls {
                let raw = try Program.run(
                    call + ["--home", home.path, "--no-engine"],
                    environment: home.environment.merging(["PLUTARC_RAW": "1"]) { $1 })
                let text = try file.map { try String(contentsOfFile: $0, encoding: .utf8) }
                    ?? raw.output + raw.errors
                #expect(Hostile.hidden(in: text) != [], "\(call): \(text.prefix(300))")
            }
        }
    #endif

    /// Messages and the engine's log name paths; a path may hold anything but a zero and a slash.
    @Test func noPathLetsItOut() throws {
        let home = try TrialHome.fresh()
        let path = home.folder + "/" + Hostile.text
        rename(home.path, path)
        defer { rename(path, home.path) }
        for call in [["status"], ["engine", "start"], ["engine", "stop"], ["init"], ["check"]] {
            let answer = try Program.run(call + ["--home", path])
            #expect(Hostile.hidden(in: answer.output + answer.errors) == [], "\(call)")
        }
        chmod(path, 0o777)
        for call in [["status"], ["engine", "run"]] {
            let answer = try Program.run(call + ["--home", path])
            #expect(answer.status == 1)
            #expect(Hostile.hidden(in: answer.output + answer.errors) == [], "\(call)")
        }
        chmod(path, 0o700)
        let log = try String(contentsOfFile: path + "/engine.log", encoding: .utf8)
        #expect(Hostile.hidden(in: log) == [])
    }

    /// A signal ends the program before its result: a script still reads one document.
    @Test(arguments: [
        SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGSYS, SIGQUIT, SIGTERM, SIGINT, SIGHUP,
        SIGXCPU, SIGUSR1, SIGALRM, 40,
    ])
    func aSignalUnderJSONLeavesTheDocument(signal: Int32) throws {
        let query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            + "SELECT count(*) FROM n"
        let home = try TrialHome.fresh()
        let answers = try [["--json"], []].map { form in
            let child = try home.start(["sql", query] + form)
            // It is at work once it has the database open.
            #expect(home.eventually { Self.hasOpen(home.path + "/plutarc.db", child.pid) })
            child.send(signal)
            return child.answer()
        }
        #expect(answers.map(\.status) == [128 + signal, 128 + signal])
        let isCrash = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGSYS].contains(signal)
        let error = try answers[0].document()["error"]
        #expect(error?["code"]?.text == (isCrash ? "crashed" : "ended_by_signal"))
        #expect(error?["remedy"]?.text?.isEmpty == false)
        // Only a script was promised one.
        #expect(answers[1].output.isEmpty)
    }

    private static func hasOpen(_ path: String, _ pid: pid_t) -> Bool {
        let folder = "/proc/\(pid)/fd"
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return numbers.contains { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(number)"))
                == path
        }
    }
}

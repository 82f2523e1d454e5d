/// Sessions, as people meet them: which are in force, when a bot sleeps and wakes by them, setting
/// its own.

import Core
import Store

enum SessionsAct: OneBotAct {
    static let key = KeyCommand.sleepSchedule

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("Z")], "sessions..", in: context, needs: .botsConfigure,
            changes: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "sessions", "sessions", "when it trades (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "sessions", .fleet, "when a bot trades, sleeps and wakes", [.one("BOT")],
        options: [.setSessions, .clear, .preview], changes: true,
        isChange: { ($0.has(.set) || $0.has(.clear)) && !$0.has(.preview) },
        details: """
            Without --set the sessions in force, and the next times at which it sleeps and \
            wakes. A bot's own sessions replace its template's for entries, sleep and wake \
            alike. Written as in a template file: [session NAME], days, start, end, zone.
            """,
        examples: [
            CommandExample("plutarc sessions btc-trend-01", "in force, and what comes"),
            CommandExample("plutarc sessions btc-trend-01 --set tokyo.ini", "from a file"),
            CommandExample(
                "plutarc sessions btc-trend-01 --set tokyo.ini --preview", "changes nothing"),
            CommandExample("plutarc sessions btc-trend-01 --clear", "the template's again"),
        ])

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        [.open(SessionPanel(row, around))]
    }

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        let given = [Option.set, .clear].filter(call.has)
        guard given.count < 2 else {
            throw .usage("--set and --clear exclude each other", remedy: "Keep one of them.")
        }
        guard let option = given.first else {
            let row = try row(context)
            if let flaw = row.sessionsFlaw { return try tell(flaw, of: row, context) }
            try show(row.sessions, row.sessionSource, row, context)
            return .done
        }
        func read() throws(CommandFailure) -> String {
            let draft = Command.setSessions(bot: context.operand(0), text: "")
            // A preview only reads.
            return call.has(.preview)
                ? try Self.text(context)
                : try context.text(for: draft) { () throws(CommandFailure) in
                    try Self.text(context)
                }
        }
        let text = option == .set ? try read() : nil
        guard call.has(.preview) else {
            return try context.perform(.setSessions(bot: context.operand(0), text: text))
        }
        return try preview(text, context)
    }

    /// Both ways are told from each other by the first line: a session, or the path of a file.
    private static func text(_ context: CommandContext) throws(CommandFailure) -> String {
        let values = context.call.values(of: .set)
        guard values.count == 1, let value = values.first else {
            throw .usage("--set takes one file or one text", remedy: "Quote the text.")
        }
        let isText = value.contains("[session") || value.contains("\n")
        let text = isText ? value : try TextFile.read(value)
        do throws(FileError) {
            _ = try SessionFile.parse(text, file: isText ? "sessions" : value)
        } catch { throw CommandFailure(error) }
        return text
    }

    private static func preview(
        _ text: String?, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let row = try row(context)
        if let text {
            let own = (try? SessionFile.parse(text, file: "sessions")) ?? []
            try show(own, "bot", row, context)
        } else {
            let reader = try context.reader()
            let dossier = try answered { () throws(BoardError) in
                try reader.dossier(of: row.id, events: 0)
            }
            if dossier?.withholds(.templatesView) == true {
                let person = try context.person()
                throw CommandFailure(
                    Refusal.notPermitted(
                        name: person.name, role: person.roleTitle, permission: .templatesView,
                        act: "sessions --clear --preview"))
            }
            let sessions = dossier?.breakdown?.template.sessions ?? []
            try show(sessions, sessions.isEmpty ? "none" : "template", row, context)
        }
        return .done
    }

    private static func row(_ context: CommandContext) throws(CommandFailure) -> BotRow {
        let bot = try context.bot(named: context.operand(0))
        let reader = try context.reader()
        let fleet = try answered { () throws(BoardError) in try reader.fleet() }
        guard let row = fleet.rows.first(where: { $0.id == bot.id }) else {
            throw CommandFailure(Refusal.noSuch(.bot, bot.label))
        }
        return row
    }

    /// What cannot be read is not "no sessions": such a bot does not trade at all.
    private static func tell(
        _ flaw: String, of row: BotRow, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let json: JSON = [
            "bot": .string(row.label), "source": .string(row.sessionSource), "sessions": .null,
            "open": .null, "sleeps": .null, "text": .optional(row.bot.sessions),
            "error": .string(flaw),
        ]
        try context.told(json: json) {
            let text = row.bot.sessions ?? ""
            return [
                context.output.heading("\(row.label)  sessions: its own"),
                "They cannot be read, and it does not trade: \(DisplayText.clean(flaw))",
                "Set them anew with --set, or take them away with --clear.", "",
            ] + text.split(separator: "\n", omittingEmptySubsequences: false).map {
                DisplayText.clean(String($0))
            }
        }
        return .done
    }

    private static func show(
        _ sessions: [SessionWindow], _ source: String, _ row: BotRow, _ context: CommandContext
    ) throws(CommandFailure) {
        let plan = SessionPlan(sessions, at: try context.clock())
        let json: JSON = [
            "bot": .string(row.label), "source": .string(source),
            "sessions": .list(sessions) { $0.json }, "open": .bool(plan.isOpen),
            "sleeps": .list(plan.sleeps) { $0.json },
            "text": .string(SessionFile.print(sessions)),
        ]
        try context.told(json: json) {
            let whose = ["bot": "its own", "template": "the template's"][source]
            var lines = [context.output.heading("\(row.label)  sessions: \(whose ?? "none")")]
            lines += sessions.isEmpty
                ? ["None: it runs and trades around the clock."]
                : [plan.isOpen ? "One is open." : "None is open.", ""]
            lines += SessionFile.print(sessions).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init)
            return lines + plan.sleeps.map { "It \($0.words), once it is flat." }
        }
    }
}

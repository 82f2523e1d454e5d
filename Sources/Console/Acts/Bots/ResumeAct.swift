/// Resume, as people meet it.
import Core
import Store

enum ResumeAct: BotAct {
    static let key = KeyCommand.resume
    static let isAlwaysLit = true

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("u")], "resume", in: context, needs: .botsPause, changes: true,
            rank: 16)
    }

    static let palette: PaletteCommand? = .ofBot(
        "resume", "resume", "resume a bot (asks)", .actOnNamed(key))

    static let words: CommandSpec? = CommandSpec(
        "resume", .fleet, "open positions again", [.any("BOT")],
        options: [.all, .reason, .yes], changes: true,
        details: """
            A latched kill switch needs a reason, and the permission to edit limits. On a \
            terminal it asks before it resumes several bots, or what somebody else has paused. \
            Where nobody can be asked, --all resumes what others have paused with --yes only.
            """,
        examples: [
            CommandExample("plutarc resume btc-trend-01", "one bot"),
            CommandExample(
                "plutarc resume btc-trend-01 --reason 'loss understood'",
                "resets the kill switch"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try context.scope()
        if context.hasNothing(scope) { return try context.tellNothing() }
        let reason = context.call[.reason]
        let meant = try context.meant(scope) { .resume($0, reason: reason) }
        let command = Command.resume(meant.scope, reason: reason)
        try ask(meant, command, context)
        return try context.perform(command, document: { $0.list(scope) })
    }

    /// To resume undoes what somebody may have done on purpose: on a terminal that is asked, with
    /// the names; a script that means all of them says so.
    private static func ask(
        _ meant: MeantBots, _ command: Command, _ context: CommandContext
    ) throws(CommandFailure) {
        guard !context.call.has(.yes), context.mayDo(command), let reader = try? context.reader(),
            let rows = try? reader.fleet().rows, let me = try? context.person().name
        else { return }
        let wanted = rows.filter { row in
            guard case .named(let ids) = meant.scope else { return row.bot.isPaused }
            return row.bot.isPaused && ids.contains("\(row.id)")
        }
        let others = wanted.filter { $0.bot.pausedBy != nil && $0.bot.pausedBy != me }
        guard !others.isEmpty || wanted.count > 1 else { return }
        let list = others.prefix(6).map { "\($0.label) (\($0.bot.pausedBy ?? ""))" }
        let more = others.count > 6 ? " and \(others.count - 6) more" : ""
        let words =
            others.isEmpty
            ? "" : "; others have paused " + list.joined(separator: ", ") + more
        if meant.scope == .all, !others.isEmpty, !context.canAsk {
            throw CommandFailure(
                .refused, "confirmation_missing",
                "\"resume --all\" would also resume what others have paused: "
                    + list.joined(separator: ", ") + more,
                remedy: "Add --yes, or name the bots that are meant.")
        }
        let named = meant.scope == .all ? counted(wanted.count, "bot") : meant.words
        try context.ask("Resume \(named)\(words)?", before: command)
    }

    /// A latched or causal pause is not brought back by pausing again: there is no undo.
    private static let question = PauseQuestion(
        title: "Resume", doing: "Resuming", command: { .resume($0, reason: $1) },
        rule: { row, person throws(Refusal) in
            _ = try PauseByPerson.resume(row.wanted, by: person, reason: nil)
        },
        alone: { row, around in
            row.pausedByAnother(around).map { "paused by \($0)" } ?? "entries start again"
        },
        listed: { row, around in
            row.pausedByAnother(around).map { "  paused by \($0)" } ?? ""
        }, undo: nil)

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        if let row, around.person != nil, row.state == .stopped, !row.bot.isPaused {
            return "it is Stopped; a S starts it"
        }
        return question.refusal(row, around)
    }

    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        question.ask(rows, around)
    }
}

extension BotRow {
    /// Whose pause it would undo to resume, with the rule below it; nil for one's own, and for a
    /// limit's alone.
    fileprivate func pausedByAnother(_ around: Surroundings) -> String? {
        guard let name = bot.pausedBy else { return nil }
        let isOwn = name == around.person?.name
        let rule = bot.pauseCause.flatMap { $0.isRule ? $0.word : nil }
        guard let rule else { return isOwn ? nil : name }
        return "\(isOwn ? "you" : name); \(rule)"
    }
}

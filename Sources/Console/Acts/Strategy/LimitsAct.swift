/// Limits, as people meet them: reading, setting, resetting.

import Core
import Store

enum LimitsAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .saveLimits, [.character("w")], "save limits..", in: context, needs: .riskEdit,
            changes: true, rank: 14)
    }

    static let words: CommandSpec? = CommandSpec(
        "risk", .fleet, "read or set the limits of a bot", [.one("BOT")],
        options: [.set, .reset, .preview, .confirm, .confirmLabel, .yes], changes: true,
        isChange: { $0.has(.set) || $0.has(.reset) },
        details: """
            Without options, limits and what is used of them. Percent limits are typed in \
            percent: daily_loss_pct=5 is 5 %. All of the values are set, or none. With \
            positions open, a change that loosens a limit or would close something at once \
            needs the bot's label or the token of a fresh --preview; any other a plain yes.
            """,
        examples: [
            CommandExample("plutarc risk btc-trend-01", "limits and headroom"),
            CommandExample(
                "plutarc risk btc-trend-01 --set daily_loss_pct=4 max_leverage=3 --yes",
                "two limits"),
            CommandExample(
                "plutarc risk btc-trend-01 --set max_leverage=10 --preview",
                "what it would do, and what it asks for"),
            CommandExample("plutarc risk btc-trend-01 --reset", "the defaults again"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard !call.has(.set) || !call.has(.reset) else {
            throw .usage("--set and --reset exclude each other", remedy: "Keep one of them.")
        }
        if call.has(.set) || call.has(.reset) {
            return try change(context, to: call.has(.set) ? try settings(context) : nil)
        }
        try show(try context.bot(named: context.operand(0)), context)
        return .done
    }

    private static func show(
        _ bot: Bot, _ context: CommandContext
    ) throws(CommandFailure) {
        let reader = try context.reader()
        let dossier = try answered { () throws(BoardError) in
            try reader.risk(of: bot.id)
        }
        guard let dossier else { throw CommandFailure(Refusal.noSuch(.bot, bot.label)) }
        try context.told(json: dossier.riskJSON) { RiskText.lines(dossier) }
    }

    /// All of the values or none; what is wrong with them is said before any engine is asked, to
    /// those who may set them.
    private static func settings(
        _ context: CommandContext
    ) throws(CommandFailure) -> [LimitSetting] {
        var settings: [LimitSetting] = []
        for pair in context.call.values(of: .set) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw .usage(
                    "--set: \"\(DisplayText.clean(pair))\" is not NAME=VALUE",
                    remedy: "Write it as max_leverage=3.")
            }
            settings.append(LimitSetting(String(parts[0]), String(parts[1])))
        }
        do throws(Refusal) { _ = try RiskLimits().setting(settings) } catch {
            if context.holds(.riskEdit) { throw CommandFailure(error) }
        }
        return settings
    }

    /// - Parameter settings: nil for the defaults.
    private static func change(
        _ context: CommandContext, to settings: [LimitSetting]?
    ) throws(CommandFailure) -> ExitStatus {
        let bot = try context.meant(context.operand(0)) {
            command(of: $0, settings, confirmedBy: nil)
        }
        let id = (try? context.bot(named: bot.word))?.id
        return try context.confirm(
            orYes: "The new limits of \(bot.name) bind at once. Set them?",
            document: { document($0, $0.rows.first?.bot ?? id, context) }
        ) { command(of: bot.word, settings, confirmedBy: $0) }
    }

    private static func command(
        of bot: String, _ settings: [LimitSetting]?, confirmedBy confirmation: Confirmation?
    ) -> Command {
        settings.map { .riskSet(bot: bot, $0, confirmation: confirmation) }
            ?? .riskReset(bot: bot, confirmation: confirmation)
    }

    /// `{limits,headroom}` as they are now, of the bot that the engine says was meant; what became
    /// of the command where they cannot be read.
    private static func document(
        _ report: CommandReport, _ bot: ID<Bot>?, _ context: CommandContext
    ) -> JSON {
        let dossier = bot.flatMap { bot in
            (try? context.reader()).flatMap { try? $0.risk(of: bot) } ?? nil
        }
        guard case .object(let members)? = dossier?.riskJSON else { return report.document }
        return .object(
            members + [
                JSON.Member("command_id", .string(report.command.description)),
                JSON.Member("outcome", .string(report.outcome.rawValue)),
                JSON.Member("message", .string(report.message)),
            ])
    }
}

extension LimitsAct {
    /// Differences; with open positions the engine says whether the label has to be typed.
    static func ask(
        _ settings: [LimitSetting], over limits: RiskLimits, of dossier: BotDossier,
        _ around: Surroundings
    ) -> [ScreenAction] {
        let row = dossier.row
        let bot = row.id.description
        let count = dossier.positions.count
        let submit = { (confirmation: Confirmation?) -> [ScreenAction] in
            [
                .submit(
                    .riskSet(bot: bot, settings, confirmation: confirmation),
                    words: "Saving the limits of \(row.label)")
            ]
        }
        var dialog = ConfirmDialog(
            "save-limits", title: "SAVE LIMITS  \(row.label)", badge: row.environment.badge,
            lines: lines(settings, over: limits, positions: count, of: row), question: .confirm,
            action: "Save", around, then: submit(count > 0 ? .yes : nil))
        guard count > 0 else { return [.open(dialog)] }
        dialog.stricter = (row.label, submit(.label(row.label)))
        guard let question = Command.riskSet(bot: bot, settings).question else { return [] }
        return [.foresee(question, dialog)]
    }

    /// `Max leverage   5 -> 8 x   LOOSER`: what holds less back is what the label is asked for.
    private static func lines(
        _ settings: [LimitSetting], over limits: RiskLimits, positions count: Int, of row: BotRow
    ) -> [Dialog.Line] {
        let loosened = (try? limits.setting(settings)).map { limits.loosened(by: $0) } ?? []
        var lines = settings.compactMap { setting -> Dialog.Line? in
            guard let name = RiskLimitName(rawValue: setting.name) else { return nil }
            let isLooser = loosened.contains(name)
            return Dialog.Line(
                TextWidth.padded(name.title, to: 28)
                    + "\(name.value(in: limits).text) -> \(setting.value) \(name.unit)"
                    + (isLooser ? "   LOOSER" : ""), isLooser ? .messageWarn : .text)
        }
        lines.append(Dialog.Line(""))
        lines.append(Dialog.Line("Limits bind at once."))
        guard count > 0 else { return lines }
        if !row.runsExits {
            lines.append(Dialog.Line("The loss of one trade: once the bot runs again."))
        }
        return lines + [
            Dialog.Line("\(counted(count, "open position")) under these limits:", .messageWarn)
        ]
    }
}

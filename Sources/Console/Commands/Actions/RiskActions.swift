/// The limits of a bot: reading them with what is used, and setting them.

import Core
import Store

enum RiskActions {
    static let actions: [String: CommandAction] = ["risk": risk]

    @Sendable static func risk(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard !call.has(.set) || !call.has(.reset) else {
            throw .usage("--set and --reset exclude each other", remedy: "Keep one of them.")
        }
        if call.has(.set) || call.has(.reset) {
            return try change(context, to: call.has(.set) ? try settings(context) : nil)
        }
        for option in [Option.preview, .confirm, .confirmLabel, .yes] where call.has(option) {
            throw .usage(
                "--\(option.name) needs --set or --reset", remedy: "Say what is to be changed.")
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
        let bot = context.operand(0)
        let preview = Command.previewLimits(bot: bot, settings ?? RiskLimitName.defaults)
        let confirmation = try context.confirmation(
            of: preview, orYes: "The new limits bind at once. Set them?")
        if context.call.has(.preview) { return try context.perform(preview) }
        let command =
            settings.map { Command.riskSet(bot: bot, $0, confirmation: confirmation) }
            ?? .riskReset(bot: bot, confirmation: confirmation)
        return try context.perform(command) { document($0, bot, context) }
    }

    /// `{limits,headroom}` as they are now; what became of the command where they cannot be read.
    private static func document(
        _ report: CommandReport, _ name: String, _ context: CommandContext
    ) -> JSON {
        let bot = try? context.bot(named: name)
        let dossier = bot.flatMap { bot in
            (try? context.reader()).flatMap { try? $0.risk(of: bot.id) } ?? nil
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

extension RiskLimitName {
    /// Every limit with its default, as settings.
    fileprivate static var defaults: [LimitSetting] {
        allCases.map { LimitSetting($0.rawValue, $0.standard.text) }
    }
}

/// Limits with what is used of them, as text.
enum RiskText {
    static func lines(_ dossier: BotDossier) -> [String] {
        var table = TextTable([
            .text("limit"), .number("value"), .number("now"), .number("used"), .text("unit"),
            .text("source"), .text("when hit"),
        ])
        let used = Dictionary(uniqueKeysWithValues: dossier.headroom.map { ($0.name, $0) })
        for name in RiskLimitName.allCases {
            let headroom = used[name]
            let value = name.value(in: dossier.limits)
            table.add([
                name.rawValue, value.text, headroom?.used.map(now),
                headroom?.share.map { ($0 * 100).text(decimals: 0) + " %" },
                name.unit, value == name.standard ? "default" : "custom",
                (headroom?.isReached == true ? "REACHED: " : "") + name.effect,
            ])
        }
        return table.lines
    }

    /// Percent with two decimals, counts as they are.
    private static func now(_ value: RiskLimitValue) -> String {
        if case .percent(let rate) = value { return (rate * 100).text(decimals: 2) }
        return value.text
    }
}

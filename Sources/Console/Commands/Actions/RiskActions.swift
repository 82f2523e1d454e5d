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
        if call.has(.set) { return try set(context) }
        if call.has(.reset) {
            return try context.perform(.riskReset(bot: context.operand(0)))
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
        let sight = try context.sight()
        try context.output.result(json: dossier.riskJSON) {
            RiskText.lines(dossier) + sight.lines
        }
    }

    /// All of the values or none; what is wrong with them is said before any engine is asked.
    private static func set(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
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
        _ = try permitted { () throws(Refusal) in try RiskLimits().setting(settings) }
        return try context.perform(.riskSet(bot: context.operand(0), settings))
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

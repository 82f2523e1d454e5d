/// `why`: the decision record of one candle.

import Core
import Store

enum WhyActions {
    static let actions: [String: CommandAction] = ["why": why]

    @Sendable static func why(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let at = try context.call.instant(.at, now: try context.clock())
        let bot = try context.bot(named: context.operand(0))
        let reader = try context.reader()
        let symbol = context.call[.symbol]
        let board = try answered { () throws(BoardError) in
            try reader.why(bot.id, symbol: symbol, asOf: at)
        }
        guard let board else { throw missing(bot, symbol, at) }
        try context.told(json: board.json) { lines(board, context.output) }
        return .done
    }

    private static func missing(_ bot: Bot, _ symbol: String?, _ at: Instant?) -> CommandFailure {
        let place = symbol.map { " on \(DisplayText.clean($0))" } ?? ""
        let time = ValueText.time(at).map { " at or before \($0)" } ?? ""
        return CommandFailure(
            .noSuchThing, "no_decision", "no decision of \(bot.label)\(place)\(time) is on record",
            remedy: "An armed bot leaves one at each candle's close; they are kept for "
                + "\(Desk.decisionsKeptWords).")
    }

    private static func lines(_ board: WhyBoard, _ output: Output) -> [String] {
        var lines = [
            output.heading(
                DisplayText.clean(
                    "\(board.botLabel)  \(board.symbol)  \(ValueText.time(board.at) ?? "")  "
                        + "close \(ValueText.price(board.close, board.grid) ?? "")")),
            DisplayText.clean(
                "\(board.templateName) version \(board.templateVersion), limits version "
                    + "\(board.limitsVersion)"),
            DisplayText.clean(verdict(board)),
            "",
        ]
        lines += output.table(
            table(board.steps), none: "The record cannot be read by this version.")
        lines += ["", blockers(board)]
        if !board.replaysToTheSame { lines.append("The record does not decide the same again.") }
        let others = board.symbols.filter { $0 != board.symbol }
        if !others.isEmpty {
            lines.append("Also: \(others.map { "--symbol \($0)" }.joined(separator: ", ")).")
        }
        return lines
    }

    private static func verdict(_ board: WhyBoard) -> String {
        board.verdict + (board.saysScore ? "" : "; score \(ValueText.score(board.score))")
    }

    private static func blockers(_ board: WhyBoard) -> String {
        let names = board.blockers.map { "\($0.stage.rawValue) \($0.name)" }
        guard !names.isEmpty else { return "Nothing stood against it." }
        return DisplayText.clean("Blockers in order: \(names.joined(separator: ", ")).")
    }

    private static func table(_ steps: [WhyStep]) -> TextTable {
        var table = TextTable([
            .text("asked"), .text("name"), .number("weight"), .text("verdict"), .text(""),
            .text("value"),
        ])
        for step in steps {
            table.add([
                step.stage.rawValue, step.name, step.weight.map { weight($0) } ?? "",
                step.answer, step.isFirst ? "<- FIRST" : step.blocks ? "<-" : "", step.remark,
            ])
        }
        return table
    }

    private static func weight(_ weight: Double) -> String {
        Rate(nearest: weight).text(decimals: 0, atMost: 2)
    }
}

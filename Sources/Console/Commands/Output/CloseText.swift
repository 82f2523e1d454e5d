/// Closes and their previews for people: what would close, what it costs, what was closed.

import Core
import Store

/// Scripts read the engine's document with `--json`; these are the same facts to be read at night.
enum CloseText {
    /// What would close, and what that costs.
    static func preview(_ preview: ClosePreview) -> [String] {
        var table = TextTable([
            .text("bot"), .text("symbol"), .text("side"), .number("size"), .number("notional"),
            .number("upnl"),
        ])
        for line in preview.positions {
            table.add([
                line.bot, line.symbol, line.side.rawValue, line.size.description,
                ValueText.money(line.notional), ValueText.profit(line.unrealised),
            ])
        }
        let count = preview.positions.count
        let sums = [
            "would close \(counted(count, "position")) of "
                + counted(preview.bots.count, "bot"),
            "notional \(preview.notional.words { ValueText.money($0) ?? "?" })",
            "expected cost \(preview.cost.words { ValueText.money($0) ?? "?" })",
            "\(counted(preview.ordersToCancel, "resting order")) to cancel",
        ]
        return [sums.joined(separator: ", ")] + (count == 0 ? [] : table.lines)
    }

    static func lines(_ outcome: ClosedPositions) -> [String] {
        var labels: [ID<Bot>: String] = [:]
        for row in outcome.commands {
            // A close of one position names it before its bot.
            let words = row.target.split(separator: " ").map(String.init)
            if let bot = row.bot { labels[bot] = words.count > 1 ? words[1] : words.first }
        }
        var table = TextTable([
            .text("closed"), .text("symbol"), .text("side"), .number("size"), .number("price"),
        ])
        for close in outcome.closed {
            table.add([
                labels[close.bot] ?? close.bot.description, close.symbol, close.side.rawValue,
                close.size.description, close.price?.description,
            ])
        }
        return outcome.commands.flatMap { ReportText.sentence(of: $0) }
            + (outcome.closed.isEmpty ? [] : table.lines)
    }
}

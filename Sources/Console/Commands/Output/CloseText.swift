/// Closes and their previews for people: what would close, what it costs, what was closed.

import Core
import Store

/// Scripts read the engine's document with `--json`; these are the same facts to be read at night.
enum CloseText {
    /// Nil for a document of another kind.
    static func lines(_ document: JSON) -> [String]? {
        if let closed = document["closed"]?.elements, let rows = document["commands"]?.elements {
            return outcome(closed, rows)
        }
        return nil
    }

    /// What would close, and what that costs.
    static func preview(_ document: JSON, _ orders: Int64) -> [String] {
        let rows = document["positions"]?.elements ?? []
        let bots = document["bots"]?.elements?.count ?? 0
        var table = TextTable([
            .text("bot"), .text("symbol"), .text("side"), .number("size"), .number("notional"),
            .number("upnl"),
        ])
        for row in rows {
            table.add([
                row["bot"]?.text, row["symbol"]?.text, row["side"]?.text, row["size"]?.text,
                ValueText.money(money(row["notional"])),
                ValueText.profit(money(row["unrealised_pnl"])),
            ])
        }
        let sums = [
            "would close \(counted(rows.count, "position")) of \(counted(bots, "bot"))",
            "notional \(ValueText.money(money(document["notional"])) ?? "?")",
            "expected cost \(ValueText.money(money(document["expected_cost"])) ?? "?")",
            "\(counted(Int(orders), "resting order")) to cancel",
        ]
        return [sums.joined(separator: ", ")] + (rows.isEmpty ? [] : table.lines)
    }

    private static func outcome(_ closed: [JSON], _ rows: [JSON]) -> [String] {
        var labels: [String: String] = [:]
        for row in rows {
            // A close of one position names it before its bot.
            let words = row["target"]?.text?.split(separator: " ").map(String.init) ?? []
            if let bot = row["bot"]?.text { labels[bot] = words.count > 1 ? words[1] : words.first }
        }
        var table = TextTable([
            .text("closed"), .text("symbol"), .text("side"), .number("size"), .number("price"),
        ])
        for order in closed {
            let bot = order["bot"]?.text ?? ""
            table.add([
                labels[bot] ?? bot, order["symbol"]?.text, order["side"]?.text,
                order["size"]?.text, order["price"]?.text,
            ])
        }
        return rows.flatMap(ReportText.sentence) + (closed.isEmpty ? [] : table.lines)
    }

    private static func money(_ json: JSON?) -> Money? {
        json?.text.flatMap { try? Money.parse($0) }
    }
}

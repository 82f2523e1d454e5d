/// By what the rows of the ledger are filtered: every column of their table.
import Core
import Store

enum LedgerFilter {
    /// - Parameter labels: of the bots in the rows.
    static func fields(_ labels: [ID<Bot>: String]) -> FilterFields<LedgerEntry> {
        FilterFields([
            FilterField("time", "at") { $0.at.shortStamp },
            FilterField("kind") { $0.kindWord },
            FilterField("usd", "amount", number: { FilterNumber($0.amount) }) { $0.amountText },
            FilterField("bot", "label") { entry in entry.botID.flatMap { labels[$0] } ?? "-" },
            FilterField("seconds", number: { FilterNumber($0.seconds) }) { "\($0.seconds)" },
            FilterField("detail") { $0.detail },
            FilterField("id") { $0.id.description },
        ])
    }
}

extension LedgerEntry {
    /// `top-up`.
    var kindWord: String { kind.rawValue.replacing("_", with: "-") }

    var amountText: String {
        (amount.isPositive ? "+" : "") + amount.text(decimals: 4, atMost: 6)
    }
}

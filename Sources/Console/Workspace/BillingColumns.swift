/// What stands in the two lists of the bill: what each bot costs, and every row of the ledger.
import Core
import Store

extension BotCost {
    static let columns: [ListColumn<BotCost>] = [
        ListColumn(
            TableColumn(
                id: "bot", title: "BOT", width: 8, rank: -3, isFlexible: true, longest: 20)
        ) { cost, _ in TableCell(cost.label) },
        ListColumn(TableColumn(id: "place", title: "PLACE", width: 18, rank: 2)) { cost, _ in
            TableCell(cost.place, .textDim)
        },
        ListColumn(TableColumn(id: "state", title: "NOW", width: 7, rank: -1)) { cost, _ in
            cost.isCharged ? TableCell("charged") : TableCell("free", .textDim)
        },
        ListColumn(
            TableColumn(id: "hourly", title: "USD/H", width: 7, alignment: .right)
        ) { cost, _ in TableCell(cost.hourly.text(decimals: 3)) },
        ListColumn(
            TableColumn(id: "hours", title: "HOURS 7D", width: 9, alignment: .right, rank: 1)
        ) { cost, _ in TableCell(cost.hoursText) },
        ListColumn(
            TableColumn(id: "used", title: "USD 7D", width: 11, alignment: .right, rank: -2)
        ) { cost, _ in TableCell(cost.used.text(decimals: 4)) },
    ]

    /// `162h43m`, minutes in two digits as everywhere.
    private var hoursText: String {
        let minutes = seconds / 60 % 60
        return "\(seconds / 3600)h\(minutes < 10 ? "0" : "")\(minutes)m"
    }
}

extension LedgerEntry: ListRow {
    /// How much, when and for whom stay at every width.
    /// - Parameter labels: of the bots in the rows.
    static func columns(_ labels: [ID<Bot>: String]) -> [ListColumn<LedgerEntry>] {
        [
            ListColumn(
                TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -4, longest: 15),
                "time", "at"
            ) { entry, _ in TableCell(entry.at.shortStamp, short: entry.at.minuteStamp) },
            ListColumn(
                TableColumn(id: "kind", title: "KIND", width: 7, rank: -2), "kind"
            ) { entry, _ in TableCell(entry.kindWord) },
            ListColumn(
                TableColumn(id: "amount", title: "USD", width: 13, alignment: .right, rank: -5),
                "usd", "amount", number: { FilterNumber($0.amount) }
            ) { entry, _ in
                TableCell(entry.amountText, entry.amount.isPositive ? .gain : .text)
            },
            ListColumn(
                TableColumn(id: "bot", title: "BOT", width: 8, rank: -3, longest: 20),
                "bot", "label"
            ) { entry, _ in TableCell(entry.botID.flatMap { labels[$0] } ?? "-") },
            ListColumn(
                TableColumn(
                    id: "seconds", title: "SECONDS", width: 7, alignment: .right, rank: 3),
                "seconds", number: { FilterNumber($0.seconds) }, text: { "\($0.seconds)" }
            ) { entry, _ in TableCell(entry.seconds > 0 ? "\(entry.seconds)" : "-") },
            ListColumn(
                TableColumn(
                    id: "detail", title: "DETAIL", width: 18, rank: 4, isFlexible: true), "detail"
            ) { entry, _ in TableCell(entry.detail, .textDim) },
        ]
    }

    /// The row as one line of text.
    func plainText(_ around: Surroundings) -> String { "\(at) \(kind) \(amount) \(detail)" }

    func copies(whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        [ListMenu.Copy("y", "ledger id", id.description), ListMenu.Copy("r", "row", whole)]
    }

    /// `top-up`.
    private var kindWord: String { kind.rawValue.replacing("_", with: "-") }

    private var amountText: String {
        (amount.isPositive ? "+" : "") + amount.text(decimals: 4, atMost: 6)
    }
}

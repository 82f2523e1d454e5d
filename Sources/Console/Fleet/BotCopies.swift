/// What is copied and printed of a bot.
import Core
import Store

extension BotRow: ListRow {
    /// What `y` offers to copy of a bot.
    func copies(whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        [
            ("y", "id", id.description), ("l", "label", label), ("i", "IPv4", bot.ipv4),
            ("6", "IPv6", bot.ipv6), ("r", "row", whole),
            ("c", "last command", around.lastCommand?.description ?? ""),
        ].map { ListMenu.Copy($0.0, $0.1, $0.2, most: nil) }
    }

    /// The row as one line of text.
    func plainText(_ around: Surroundings) -> String {
        [
            label, environment.badge, shownMark(around).text, causeCell(around).text,
            "hb \(heartbeat(around).text)",
            openPositions.map { "\($0) pos" } ?? "", "uPnL \(profit(around).text)",
            bot.templateName ?? "-", bot.region, bot.version,
        ].joined(separator: "  ")
    }
}

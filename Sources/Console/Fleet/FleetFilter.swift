/// By what the fleet is filtered: every column of its list, and what its cards say.
import Core
import Store

enum FleetFilter {
    static func fields(_ around: Surroundings) -> FilterFields<BotRow> {
        FilterFields([
            FilterField("bot", "label") { $0.label },
            FilterField("status", "state") { $0.shownMark(around).text },
            FilterField("cause", "why") { row in
                "\(row.causeCell(around).text) \(row.trouble(around)?.text ?? "")"
            },
            FilterField("net", "env") { $0.environment.badge },
            FilterField("tpl", "template") { $0.bot.templateName ?? "" },
            FilterField("region") { $0.bot.region },
            FilterField("key") { $0.key?.label ?? "" },
            FilterField("symbol", "sym") { ($0.key?.instruments ?? []).joined(separator: " ") },
            FilterField("exchange", "ex") { $0.key?.exchange ?? "" },
            FilterField("ver", "version") { "v" + $0.versionText },
            FilterField("hb", "beat") { $0.heartbeat(around).text },
            FilterField("pos", "positions", number: { $0.openPositions.map(Double.init) }) {
                $0.shortHoldings
            },
            FilterField("upnl", "profit", number: { $0.unrealised?.double }) {
                $0.profit(around).text
            },
            FilterField("id") { $0.id.description },
        ])
    }
}

/// By what open positions are filtered: every column of their table.
import Core
import Store

enum PositionFilter {
    static func fields(_ around: Surroundings) -> FilterFields<PositionRow> {
        FilterFields([
            FilterField("bot", "label") { $0.botLabel },
            FilterField("net", "env") { $0.environment.badge },
            FilterField("symbol", "sym") { $0.position.symbol },
            FilterField("side") { $0.position.side.rawValue },
            FilterField("size", number: { $0.position.quantity.double }) { $0.sizeText },
            FilterField("entry", number: { $0.position.entryPrice.double }) { $0.entryText },
            FilterField("mark", number: { $0.mark?.price.double }) { $0.markText },
            FilterField("upnl", "profit", number: { $0.unrealised?.double }) {
                $0.profit(around).text
            },
            FilterField("lev", "leverage", number: { Double($0.position.leverage) }) {
                "\($0.position.leverage)x"
            },
            FilterField("age") { around.age(of: $0.position.openedAt).ageText(within: 5) },
            FilterField("notional", number: { $0.notional?.double }) { $0.notional?.money ?? "-" },
            FilterField("liq", "liquidation", number: { $0.position.liquidation?.double }) {
                $0.liquidationText
            },
            FilterField("exits") {
                ($0.exitRules + [$0.position.exitReason ?? ""]).joined(separator: ", ")
            },
            FilterField("tpl", "template") { $0.position.templateName },
            FilterField("exchange", "ex") { $0.exchange },
            FilterField("id") { $0.id.description },
        ])
    }
}

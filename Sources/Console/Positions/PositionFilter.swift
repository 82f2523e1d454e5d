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
            FilterField("size", number: { FilterNumber($0.position.quantity) }) { $0.sizeText },
            FilterField("entry", number: { FilterNumber($0.position.entryPrice) }) { $0.entryText },
            FilterField("mark", number: { $0.mark.map { FilterNumber($0.price) } }) { $0.markText },
            FilterField("upnl", "profit", number: { $0.unrealised.map { FilterNumber($0) } }) {
                $0.profit(around).text
            },
            FilterField("lev", "leverage", number: { FilterNumber($0.position.leverage) }) {
                "\($0.position.leverage)x"
            },
            FilterField("age") { around.age(of: $0.position.openedAt).ageText(within: 5) },
            FilterField("notional", number: { $0.notional.map { FilterNumber($0) } }) {
                $0.notional?.money ?? "-"
            },
            FilterField(
                "liq", "liquidation", number: { $0.position.liquidation.map { FilterNumber($0) } }
            ) {
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

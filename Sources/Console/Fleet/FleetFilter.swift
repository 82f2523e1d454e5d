/// By what the fleet is filtered, in the console and as it is printed: every column of both lists,
/// and what the cards say.
import Core
import Store

enum FleetFilter {
    /// For a list that is printed.
    static func fields(of fleet: FleetBoard, isSeen: Bool) -> FilterFields<BotRow> {
        var around = Surroundings(size: Size(0, 0))
        around.fleet = fleet
        around.clock = ConsoleClock(stopped: fleet.now)
        if isSeen {
            around.engine = .running(
                EngineGreeting(
                    build: ProgramVersion.text, pid: 0, epoch: 0, worldClock: fleet.now,
                    speed: "1"))
        }
        return fields(around)
    }

    static func fields(_ around: Surroundings) -> FilterFields<BotRow> {
        FilterFields([
            FilterField("bot", "label") { $0.label },
            // What was known last is found too: that nothing is known is no "none".
            FilterField("status", "state") { "\($0.shownMark(around).text) \($0.state.title)" },
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
            FilterField(
                "pos", "positions", number: { $0.openPositions.map { FilterNumber($0) } }
            ) {
                $0.shortHoldings
            },
            FilterField("upnl", "profit", number: { $0.unrealised.map { FilterNumber($0) } }) {
                $0.profit(around).text
            },
            FilterField("today", number: { $0.pnlToday.map { FilterNumber($0) } }) {
                ValueText.profit($0.pnlToday) ?? ""
            },
            FilterField("equity", number: { $0.equity.map { FilterNumber($0) } }) {
                ValueText.money($0.equity) ?? ""
            },
            FilterField("note") {
                BotActions.note(
                    $0, around.now, isKnown: around.seesFleet || $0.state == .stopped)
            },
            FilterField("id") { $0.id.description },
        ])
    }
}

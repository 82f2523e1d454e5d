/// Which bots the fleet shows, and in which order.
import Core
import Store

/// The columns by which a fleet can be sorted; the raw value is kept across runs.
enum FleetOrder: String, RowOrder {
    /// In the order of ``BotCause/Kind``, then by label.
    case trouble
    case label, state, heartbeat, positions, profit, template, region

    var title: String {
        switch self {
        case .trouble: "trouble first"
        case .label: "label"
        case .state: "state"
        case .heartbeat: "heartbeat"
        case .positions: "positions"
        case .profit: "uPnL"
        case .template: "template"
        case .region: "region"
        }
    }

    var beginsDescending: Bool { self == .profit || self == .positions }

    /// Ties are broken by label, so that rows never jump about.
    func sorted(_ rows: [BotRow], isDescending: Bool, _ around: Surroundings) -> [BotRow] {
        let now = around.now
        let known = around.off.contains(.troubleByCause) ? [] : rows
        let ranks = Dictionary(
            uniqueKeysWithValues: known.map {
                ($0.id, $0.troubleRank(now: now, judgesClocks: around.judgesClocks))
            })
        return rows.sorted { left, right in
            let order = compare(left, right, ranks)
            if order != 0 { return isDescending ? order > 0 : order < 0 }
            return left.label < right.label
        }
    }

    private func compare(_ left: BotRow, _ right: BotRow, _ ranks: [ID<Bot>: Int]) -> Int {
        switch self {
        case .trouble: Self.compare(ranks[left.id] ?? 0, ranks[right.id] ?? 0)
        case .label: Self.compare(left.label, right.label)
        case .state: Self.compare(left.state.title, right.state.title)
        case .heartbeat:
            Self.compare(
                left.clocks.heartbeatAt?.milliseconds ?? .min,
                right.clocks.heartbeatAt?.milliseconds ?? .min)
        case .positions: Self.compare(left.openPositions ?? 0, right.openPositions ?? 0)
        case .profit: Self.compare(left.unrealised?.raw ?? 0, right.unrealised?.raw ?? 0)
        case .template: Self.compare(left.bot.templateName ?? "~", right.bot.templateName ?? "~")
        case .region: Self.compare(left.bot.region, right.bot.region)
        }
    }
}

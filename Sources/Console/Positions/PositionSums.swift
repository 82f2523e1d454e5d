/// The positions summed by environment: live, test and paper money are never added up.
import Core
import Store

struct PositionSums {
    private let all: [FleetFigures]
    private let rows: [PositionRow]
    /// A filter or one environment alone: not all positions are shown.
    let isNarrowed: Bool

    init(_ screen: PositionsScreen) {
        all = screen.board?.figures ?? []
        rows = screen.rows
        let isFiltered = !FilterExpression(screen.list.filter).isEmpty
        isNarrowed = screen.environment != nil || isFiltered
    }

    private var environments: [TradingEnvironment] { all.map(\.environment) }

    /// Which is shown next; nil: all of them, also where there is one alone.
    func environment(after one: TradingEnvironment?) -> TradingEnvironment? {
        let choices: [TradingEnvironment?] = [nil] + environments.map(Optional.some)
        let next = (choices.firstIndex(of: one) ?? 0) + 1
        return choices.count > 2 ? choices[next % choices.count] : nil
    }

    /// `12 live  1 test`.
    private var words: String {
        all.map { "\($0.openPositions) \($0.environment.badge.lowercased())" }
            .joined(separator: "  ")
    }

    /// Of all there are, or of what a filter leaves.
    func crumb(of screen: PositionsScreen) -> Crumb {
        let net = screen.environment.map { "  net:\($0.badge.lowercased())" } ?? ""
        return Crumb(
            path: ["Positions\(net)"],
            counts: isNarrowed ? screen.list.counts : words + screen.list.markedWords,
            order: screen.sorting.words)
    }

    /// One line for each environment that has positions, over those of them that are shown.
    var shown: [FleetFigures] {
        isNarrowed ? environments.map(figures) : all
    }

    private func figures(in environment: TradingEnvironment) -> FleetFigures {
        var figures = FleetFigures(environment: environment)
        for row in rows where row.environment == environment { figures.add(row) }
        return figures
    }

    /// `12 open`; where not all are shown, `2 of 12 shown`.
    func countWords(_ sum: FleetFigures) -> String {
        guard isNarrowed else { return "\(sum.openPositions) open" }
        let whole = all.first { $0.environment == sum.environment }?.openPositions ?? 0
        return "\(sum.openPositions) of \(whole) shown"
    }
}

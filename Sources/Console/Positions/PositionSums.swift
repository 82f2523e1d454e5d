/// The positions summed by environment and currency: neither are ever added up.
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

    private var environments: [TradingEnvironment] {
        all.map(\.environment).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// Which is shown next; nil: all of them, also where there is one alone.
    func environment(after one: TradingEnvironment?) -> TradingEnvironment? {
        let choices: [TradingEnvironment?] = [nil] + environments.map(Optional.some)
        let next = (choices.firstIndex(of: one) ?? 0) + 1
        return choices.count > 2 ? choices[next % choices.count] : nil
    }

    /// `12 live  1 test`.
    private var words: String {
        all.map { "\($0.openPositions) \($0.title.lowercased())" }
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

    /// One line for each environment and currency that has positions, over those of them that are
    /// shown.
    var shown: [FleetFigures] {
        isNarrowed ? all.map(figures) : all
    }

    private func figures(like whole: FleetFigures) -> FleetFigures {
        var figures = FleetFigures(environment: whole.environment, currency: whole.currency)
        figures.namesCurrency = whole.namesCurrency
        for row in rows where isOf(whole, row) { figures.add(row) }
        return figures
    }

    private func isOf(_ sum: FleetFigures, _ row: PositionRow) -> Bool {
        row.environment == sum.environment && row.currency == sum.currency
    }

    /// `12 open`; where not all are shown, `2 of 12 shown`.
    func countWords(_ sum: FleetFigures) -> String {
        guard isNarrowed else { return "\(sum.openPositions) open" }
        let whole = all.first {
            $0.environment == sum.environment && $0.currency == sum.currency
        }?.openPositions ?? 0
        return "\(sum.openPositions) of \(whole) shown"
    }
}

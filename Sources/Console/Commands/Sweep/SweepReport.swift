/// What a sweep prints: the combinations, the best first.

import Core
import Store

struct SweepReport {
    let grid: SweepGrid
    /// Ranked.
    let outcomes: [SweepOutcome]
    let request: ReplayRequest
    let workers: Int
    let milliseconds: Int64

    var json: JSON {
        [
            "file": .string(request.file), "template": .string(request.template.name),
            "parameters": .list(grid.names) { .string($0) }, "workers": .int(workers),
            "elapsed_s": .number(Rate(raw: milliseconds * 100_000).description),
            "runs": .array(
                outcomes.enumerated().map { index, outcome in
                    .object(
                        [
                            JSON.Member("rank", .int(index + 1)),
                            JSON.Member("values", values(grid.runs[outcome.run].values)),
                        ] + outcome.figures)
                }),
            "skipped": .list(grid.skipped) {
                ["values": values($0.values), "reason": .string($0.reason)]
            },
        ]
    }

    private func values(_ values: [String]) -> JSON {
        .object(zip(grid.names, values).map { JSON.Member($0, .number($1)) })
    }

    var lines: [String] {
        let seconds = Rate(raw: milliseconds * 100_000).text(decimals: 1)
        let head =
            "\(counted(outcomes.count, "run")) of \(DisplayText.clean(request.template.name)) "
            + "in \(seconds) s on \(counted(workers, "processor"))"
        return [head, ""] + table.lines + skippedLines
    }

    private var table: TextTable {
        var table = TextTable(
            [.number("rank")] + grid.names.map { .number($0) } + [
                .number("net"), .number("trades"), .number("won"), .number("factor"),
                .number("max drawdown"),
            ])
        for (index, outcome) in outcomes.enumerated() {
            table.add(
                [String(index + 1)] + grid.runs[outcome.run].values + [
                    ValueText.profit(outcome.net), String(outcome.trades),
                    ValueText.percent(outcome.winRate), ValueText.ratio(outcome.profitFactor),
                    ValueText.percent(outcome.maxDrawdown, decimals: 2),
                ])
        }
        return table
    }

    private var skippedLines: [String] {
        guard let first = grid.skipped.first else { return [] }
        let count = counted(grid.skipped.count, "combination")
        return ["", DisplayText.clean("\(count) left out, as \(first.reason).")]
    }
}

/// `bench`: the measurements that this program can make of itself.

import Core
import Store

/// One measurement by name.
struct Bench: Sendable {
    let name: String
    /// One line, without a full stop.
    let summary: String
    let run: CommandAction
}

enum BenchCommand {
    static let actions: [String: CommandAction] = ["bench": bench]

    /// In the order of `--list`.
    static let all: [Bench] = [
        Bench(
            name: "engine", summary: "bars per CPU second over a candle file",
            run: EngineBench.run),
        Bench(
            name: "fleet",
            summary: "10,000 and 100,000 bots decide on one candle close, caches cold",
            run: FleetBench.run),
        Bench(
            name: "simulate",
            summary: "simulated seconds per CPU second, 20 bots, all faults and checks on",
            run: SimulateBench.run),
        Bench(
            name: "fuzz",
            summary: "random templates, limits and instruments over random candles: none may trap",
            run: FuzzBench.run),
    ]

    @Sendable static func bench(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        guard let name = context.optionalOperand(0) else { return try list(context) }
        guard let bench = all.first(where: { $0.name == name }) else {
            let names = all.map(\.name)
            let guess = Suggestion.nearest(to: name, among: names)
            throw .usage(
                "\"\(DisplayText.clean(name))\" is not a measurement",
                remedy: guess.map { "Did you mean \"plutarc bench \($0)\"?" }
                    ?? "Known: \(names.joined(separator: ", ")).")
        }
        return try bench.run(context)
    }

    private static func list(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        var table = TextTable([.text("name"), .text("what it measures")])
        for bench in all { table.add([bench.name, bench.summary]) }
        try context.output.result(
            json: .list(all) { ["name": .string($0.name), "summary": .string($0.summary)] }
        ) { table.lines }
        return .done
    }
}

extension CommandContext {
    /// Text for people first, then the one JSON object on the last line.
    /// **Source** <doc:CommandLine#Measurements>.
    func report(_ lines: [String], _ json: JSON) throws(CommandFailure) {
        if !output.isJSON { try output.lines(lines) }
        try output.document(json)
    }
}

extension JSON {
    /// A measured number with so many decimals; null where nothing was measured.
    static func measured(_ value: Double?, decimals: Int) -> JSON {
        value.map { .number(Decimals.text($0, decimals)) } ?? .null
    }
}

/// Measured numbers as text.
enum Decimals {
    /// `12.50`. **Range** of decimals 0...8.
    static func text(_ value: Double, _ decimals: Int) -> String {
        Rate(nearest: value).text(decimals: decimals)
    }
}

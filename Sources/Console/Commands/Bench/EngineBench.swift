/// `bench engine`: the common work over a candle file, on the ordinary replay path.

import Core
import Store

enum EngineBench {
    @Sendable static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard let file = context.optionalOperand(1) else {
            throw .usage(
                "\"plutarc bench engine\" needs a candle file",
                remedy: "As: plutarc bench engine synth.csv --qty 1 --label synth.")
        }
        let quantity = try quantity(call)
        let load = ProcessUsage.loadAverage
        let began = ProcessUsage.read()
        let world = try world(file, quantity)
        let ready = ProcessUsage.read()
        let result = world.replay()
        let measure = EngineMeasure(
            label: call[.label] ?? ReplayRequest.symbol(of: file), file: file, result: result,
            reading: ready.since(began), run: ProcessUsage.read().since(ready), load: load)
        try context.report(measure.lines, measure.json)
        return .done
    }

    private static func quantity(_ call: Invocation) throws(CommandFailure) -> Quantity {
        try call.decimal(.quantity) ?? Quantity(raw: powerOfTen(Quantity.scale))
    }

    private static func world(
        _ file: String, _ quantity: Quantity
    ) throws(CommandFailure) -> World {
        let request: ReplayRequest
        do throws(FileError) { request = try CommonWork.request(file, quantity) } catch {
            throw CommandFailure(error)
        }
        do throws(ReplayError) { return try World.replaying(request) } catch {
            throw CommandFailure(.usage, "bench", error.headline, remedy: error.remedy)
        }
    }
}

/// What one run came to.
struct EngineMeasure {
    let label: String
    let file: String
    let result: ReplayResult
    /// Reading and checking the file, before the first candle is played.
    let reading: ProcessUsage
    /// From the first candle to the last trade.
    let run: ProcessUsage
    let load: Double?

    /// Candles for each second of processor time, as engines are compared: once they are read.
    var rate: Double { Double(result.bars) / max(run.processorSeconds, 1e-9) }

    /// The same with the reading of the file.
    var rateWithReading: Double {
        Double(result.bars) / max(run.processorSeconds + reading.processorSeconds, 1e-9)
    }

    private var stops: Int { result.trades.count { $0.exitReason == "ATR Stop" } }

    var lines: [String] {
        [
            "\(label): \(counted(result.bars, "bar")), "
                + "\(counted(result.trades.count, "trade")), \(stops) by stop, "
                + "\(counted(result.orders, "order")), \(counted(result.fills, "fill")) and "
                + "\(counted(result.decisions, "decision")) recorded",
            "\(Decimals.text(run.processorSeconds, 3)) s of processor time: "
                + "\(Decimals.text(rate / 1_000_000, 2)) million bars a second; "
                + "\(Decimals.text(rateWithReading / 1_000_000, 2)) with the reading of the file",
        ]
    }

    var json: JSON {
        [
            "bench": "engine", "label": .string(label), "file": .string(file),
            "bars": .int(result.bars), "run_s": .measured(run.wallSeconds, decimals: 4),
            "cpu_s": .measured(run.processorSeconds, decimals: 4),
            "read_s": .measured(reading.wallSeconds, decimals: 4),
            "read_cpu_s": .measured(reading.processorSeconds, decimals: 4),
            "bars_per_cpu_s": .int(Int64(rate)),
            "bars_per_cpu_s_with_reading": .int(Int64(rateWithReading)),
            "trades": .int(result.trades.count),
            "stops": .int(stops), "orders": .int(result.orders), "fills": .int(result.fills),
            "decisions": .int(result.decisions), "decision_bytes": .int(result.decisionBytes),
            "final_equity": .string(result.finalEquity.description),
            "peak_rss_mb": .measured(ProcessUsage.peakMegabytes, decimals: 1),
            "load_average": .measured(load, decimals: 2), "cores": .int(ProcessUsage.cores),
        ]
    }
}

/// `bench fleet`: how long 10,000 and 100,000 bots take to decide on one candle close.

import Core
import Store

enum FleetBench {
    /// Bots and the streams that they share. **Source** <doc:CommandLine#Measurements>.
    static let sizes = [(bots: 10_000, streams: 500), (bots: 100_000, streams: 2000)]

    @Sendable static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        guard context.optionalOperand(1) == nil else {
            throw .usage(
                "\"plutarc bench fleet\" takes no file", remedy: "As: plutarc bench fleet.")
        }
        let load = ProcessUsage.loadAverage
        var measures: [FleetMeasure] = []
        for size in sizes {
            context.output.detail("building \(counted(size.bots, "bot"))")
            measures.append(try measure(bots: size.bots, streams: size.streams))
        }
        let json: JSON = [
            "bench": "fleet", "runs": .list(measures) { $0.json },
            "peak_rss_mb": .measured(ProcessUsage.peakMegabytes, decimals: 1),
            "load_average": .measured(load, decimals: 2), "cores": .int(ProcessUsage.cores),
        ]
        try context.report(measures.map(\.line), json)
        return .done
    }

    /// - Parameter rounds: candles that are measured, each with cold caches.
    static func measure(
        bots: Int, streams: Int, rounds: Int = 5
    ) throws(CommandFailure) -> FleetMeasure {
        let before = ProcessUsage.presentMegabytes
        let fleet = try fleet(bots: bots, streams: streams)
        let held = ProcessUsage.presentMegabytes
        var seconds: [Double] = []
        var recorded = 0
        for _ in 0..<rounds {
            CacheSweep.run()
            let began = ProcessUsage.read()
            fleet.closeCandle()
            seconds.append(ProcessUsage.read().since(began).processorSeconds)
            recorded += fleet.recordedDecisions
            fleet.commit()
        }
        return FleetMeasure(
            bots: bots, streams: streams, seconds: seconds, decisions: recorded / rounds,
            megabytes: held.flatMap { held in before.map { held - $0 } })
    }

    /// A fleet past its template's warm-up, so that its decisions are whole ones.
    private static func fleet(bots: Int, streams: Int) throws(CommandFailure) -> ColdFleet {
        let template: Template
        do throws(FileError) {
            template = try CommonWork.template(quantity: Quantity(raw: 100_000_000))
        } catch { throw CommandFailure(error) }
        let fleet: ColdFleet
        do throws(TemplateError) {
            fleet = try ColdFleet(bots: bots, streams: streams, template: template)
        } catch { throw CommandFailure(.failed, "bench", error.headline, remedy: error.remedy) }
        for _ in 0...CommonWork.warmUp {
            fleet.closeCandle()
            fleet.commit()
        }
        return fleet
    }
}

/// What one size of fleet came to.
struct FleetMeasure {
    let bots: Int
    let streams: Int
    /// **Units** seconds of processor time for one candle close of all bots, round by round.
    let seconds: [Double]
    /// Decision records made at one close.
    let decisions: Int
    /// Memory of the fleet.
    let megabytes: Double?

    private var mean: Double { seconds.reduce(0, +) / Double(max(seconds.count, 1)) }

    var line: String {
        "\(counted(bots, "bot")) on \(counted(streams, "stream")): "
            + "\(Decimals.text(mean * 1000, 2)) ms a candle close, "
            + "\(Decimals.text(mean * 1e9 / Double(bots), 0)) ns a bot"
    }

    var json: JSON {
        [
            "bots": .int(bots), "streams": .int(streams),
            "cpu_ms": .measured(mean * 1000, decimals: 3),
            "best_cpu_ms": .measured(seconds.min().map { $0 * 1000 }, decimals: 3),
            "ns_per_bot": .measured(mean * 1e9 / Double(bots), decimals: 1),
            "decisions": .int(decisions),
            "kb_per_bot": .measured(megabytes.map { $0 * 1024 / Double(bots) }, decimals: 2),
        ]
    }
}

/// Pushes everything else out of the processor's caches.
enum CacheSweep {
    /// Larger than the last level of caches that one core is given.
    private static let bytes = 64 << 20

    static func run() {
        var buffer = [UInt8](repeating: 1, count: bytes)
        for index in stride(from: 0, to: bytes, by: 64) { buffer[index] &+= 1 }
        precondition(buffer[64] == 2, "the sweep was left out")
    }
}

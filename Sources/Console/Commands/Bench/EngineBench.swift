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
        let load = ProcessUsage.loadAverage
        let began = ProcessUsage.read()
        let request = try request(file, call)
        let world: World
        do throws(ReplayError) { world = try World.replaying(request) } catch {
            throw CommandFailure(.usage, "bench", error.headline, remedy: error.remedy)
        }
        let ready = ProcessUsage.read()
        let result = world.replay()
        let ended = ProcessUsage.read()
        let measure = EngineMeasure(
            label: call[.label] ?? ReplayRequest.symbol(of: file), file: file, result: result,
            survey: ready.since(began), whole: ended.since(began), load: load)
        try context.report(measure.lines, measure.json)
        return .done
    }

    private static func request(
        _ file: String, _ call: Invocation
    ) throws(CommandFailure) -> ReplayRequest {
        let text = call[.quantity] ?? "1"
        do throws(NumberError) {
            let quantity = try Quantity.parse(text)
            guard quantity.isPositive else { throw .notANumber(text) }
            return try request(file, quantity)
        } catch {
            throw .usage("--qty: \(error.headline)", remedy: "Write a positive decimal, as 0.5.")
        }
    }
}

/// What one run came to.
struct EngineMeasure {
    let label: String
    let file: String
    let result: ReplayResult
    /// Looking the file over before anything is traded.
    let survey: ProcessUsage
    /// From opening the file to the last trade.
    let whole: ProcessUsage
    let load: Double?
}

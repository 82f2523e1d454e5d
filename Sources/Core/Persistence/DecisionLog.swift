/// Decisions of a commit, their facts as bytes.
import Store

/// Records of decisions since the last commit, their facts one after the other in one array, so
/// that a candle allots nothing of its own.
struct DecisionLog {
    struct Entry {
        let traded: TradedSymbol
        let bot: ID<Bot>
        let limitsVersion: Int
        let at: Instant
        let close: Price
        fileprivate let start: Int
        fileprivate let end: Int
    }

    private(set) var entries: [Entry] = []
    private var bytes: [UInt8] = []

    mutating func add(
        _ head: DecisionHead, _ traded: TradedSymbol, _ bot: BotMachine, at: Instant, close: Price
    ) {
        let start = bytes.count
        DecisionCoding.write(
            head, traded.strategy.votes, traded.strategy.verdicts, to: &bytes)
        entries.append(
            Entry(
                traded: traded, bot: bot.id, limitsVersion: bot.record.limitsVersion, at: at,
                close: close, start: start, end: bytes.count))
    }

    func facts(of entry: Entry) -> [UInt8] { Array(bytes[entry.start..<entry.end]) }
}

extension DecisionLog.Entry {
    var series: DecisionSeries {
        let template = traded.strategy.template
        return DecisionSeries(
            botID: bot, symbol: traded.instrument.symbol, templateName: template.name,
            templateVersion: template.version, templateText: TemplateFile.print(template),
            limitsVersion: limitsVersion)
    }

    /// The number under which the store keeps the series; asked once for each.
    func seriesNumber(_ db: Writing) throws(StoreError) -> DecisionSeriesNumber {
        if let known = traded.series, known.limitsVersion == limitsVersion { return known.number }
        let number = try db.number(of: series)
        traded.series = (limitsVersion, number)
        return number
    }
}

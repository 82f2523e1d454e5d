/// A symbol's source of prices, seeded or recorded, as one type.
import Store

/// Gives events in order of time; knows what surrounds the last price. Two words large, so that
/// the engine may pass it around; a copy of a seeded market goes its own way, while copies of a
/// recorded one read the same file.
public struct Market {
    /// Exactly one of the two is there.
    private var model: Seeded?
    private(set) var recorded: RecordedMarket?

    /// Where a seeded model lives, so that it is never moved.
    private final class Seeded {
        var model: MarketModel
        init(_ model: MarketModel) { self.model = model }
    }

    public init(_ model: MarketModel) { self.model = Seeded(model) }

    public init(_ recorded: RecordedMarket) { self.recorded = recorded }

    /// Word in ``MarketRecord/source`` for a seeded market; anything else is a file's path.
    public static let modelSource = "model"

    /// Goes on exactly where a saved market stood.
    /// - Throws: ``FileError`` when the candle file is gone or broken, or the state is no state.
    public init(_ record: MarketRecord) throws(FileError) {
        guard record.source == Self.modelSource else {
            let reopening = try RecordedReopening(record)
            _ = try reopening.pass()
            self.init(reopening.market)
            return
        }
        guard let model = MarketModel(instrument: record.instrument, state: record.state) else {
            throw FileError(
                file: record.instrument.symbol,
                problem: "the saved state of this market is damaged",
                remedy: "Restore the database from a backup.")
        }
        self.init(model)
    }

    /// Everything that ``init(_:)-(MarketRecord)`` needs.
    public var record: MarketRecord {
        if let model {
            return MarketRecord(
                instrument: instrument, source: Self.modelSource, state: model.model.state)
        }
        return MarketRecord(
            instrument: instrument, source: recorded?.path ?? "", state: recorded?.state ?? "")
    }

    public var instrument: Instrument {
        if let model { return model.model.listing.instrument }
        guard let recorded else { preconditionFailure("a market has a source") }
        return recorded.instrument
    }

    /// What positions in it are worth, without the names that go with it.
    var contract: Contract {
        if let recorded { return recorded.instrument.contract }
        return model?.model.listing.instrument.contract ?? .plain
    }

    /// What they are paid in.
    var settlement: Currency {
        if let recorded { return recorded.instrument.settlement }
        return model?.model.listing.instrument.settlement ?? .usdt
    }

    /// When the next event happens; nil after the recorded data has ended.
    public var nextAt: Instant? {
        if let recorded { return recorded.nextAt }
        return model?.model.nextAt
    }

    /// The same, with its turn at that instant; never after the recorded data has ended.
    var nextMoment: Moment {
        if let recorded { return recorded.nextMoment }
        return model?.model.nextMoment ?? .never
    }

    /// The next event; nil after the recorded data has ended.
    public mutating func next() -> TimedMarketEvent? {
        if let recorded { return recorded.next() }
        if !isKnownUniquelyReferenced(&model) { model = model.map { Seeded($0.model) } }
        return model?.model.next()
    }

    /// Every candle that a recorded market has played; nil for a seeded market, whose candles are
    /// stored.
    var recordedPast: [Candle]? { recorded?.past }

    /// A bad row that ended the recorded data early.
    public var failure: FileError? { recorded?.failure }

    /// Rows of the candle file; 0 for a seeded market.
    public var rowCount: Int { recorded?.rowCount ?? 0 }

    /// Span of the candles that it gives: one minute, or the file's own.
    public var candleSpan: Span { recorded?.candleSpan ?? .minutes(1) }

    /// The offers around the last print; nil for recorded markets and before the first print.
    public var book: Book? { model?.model.book }

    /// (ask − bid) / middle; one tick for recorded markets.
    /// **Source** <doc:ProductRules#Missing-inputs>.
    public var spread: Rate? {
        if let book { return book.spread }
        guard let recorded, let price = recorded.lastPrice else { return nil }
        return Rate(
            raw: multiplyDivide(
                recorded.instrument.tick.raw, powerOfTen(Rate.scale), price.raw, .nearest))
    }

    /// Per eight hours; 0.01 % for recorded markets.
    public var fundingRate: Rate { model?.model.fundingRate ?? .basisPoints(1) }

    /// Open contracts in base units; nil for recorded markets.
    public var openInterest: Double? { model?.model.openInterest }

    /// The last print or close; nil before the first print.
    public var lastPrice: Price? {
        if let recorded { return recorded.lastPrice }
        return model?.model.lastPrice
    }

    /// Where this market stands for the exchange.
    public var phase: VenuePhase {
        if let recorded { return recorded.phase }
        return model?.model.phase ?? .silent
    }
}

/// One template at work on one symbol: candles in, decisions and exit levels out.

import Store

/// One for each bot and symbol. Allots nothing per candle; everything it knows comes from the
/// closed candles it has seen, so it is rebuilt by feeding it stored ones.
/// **Source** <doc:ProductRules#Decisions>.
public final class Strategy {
    public let template: Template
    /// Closed candles to see before the first on which an entry may be decided.
    public let warmUpCandles: Int
    /// Candles seen so far.
    public private(set) var candlesSeen = 0
    /// The decision at the last close.
    public private(set) var lastDecision = Decision(
        score: 0, lean: nil, side: nil, isWarm: false, firstBlocker: .warmUp)

    /// Whether any component looks at ``MarketContext``; else that may stay empty.
    public let asksMarket: Bool

    let parts: StrategyParts
    private let tick: Price
    private let mode: Template.Mode
    private let threshold: Double
    private let direction: Template.Direction
    private(set) var sessionWasOpen = true
    /// Closes on which a vote, a verdict or what follows from them differed from the close before.
    private(set) var changes = 0

    /// - Parameter tick: the grid of the symbol's prices; exit levels are rounded to it.
    /// - Throws: ``TemplateError`` for the first thing that is wrong with the template.
    public init(_ template: Template, tick: Price) throws(TemplateError) {
        try template.validateFields()
        let parts = try StrategyParts(template, tick: tick)
        self.template = template
        self.tick = tick
        self.parts = parts
        asksMarket = parts.asksMarket
        mode = template.mode
        threshold = template.threshold
        direction = template.direction
        warmUpCandles = template.warmUp ?? parts.warmUp
    }

    /// Takes one closed candle of the template's timeframe, in rising order of time.
    /// - Parameter sessionOpen: whether an entry falls inside a session.
    public func close(
        _ candle: Candle, _ context: MarketContext, sessionOpen: Bool = true
    ) -> Decision {
        decide(candle, context, sessionOpen)
    }

    /// The same for a template that looks at nothing else: ``asksMarket``.
    @inline(never)
    func close(_ candle: Candle, sessionOpen: Bool) -> Decision {
        decide(candle, Self.nothingElse, sessionOpen)
    }

    private static let nothingElse = MarketContext()

    @inline(__always)
    private func decide(
        _ candle: Candle, _ context: MarketContext, _ sessionOpen: Bool
    ) -> Decision {
        let bar = Bar(candle)
        let changed = parts.see(bar, context)
        let isWarm = candlesSeen >= warmUpCandles
        candlesSeen += 1
        // The same opinions lead to the same decision.
        if changed || sessionOpen != sessionWasOpen || isWarm != lastDecision.isWarm {
            changes += 1
            sessionWasOpen = sessionOpen
            lastDecision = conclude(parts.score(mode), isWarm: isWarm)
        }
        return lastDecision
    }

    private func conclude(_ score: Double, isWarm: Bool) -> Decision {
        let lean = Tally.lean(score, mode, threshold: threshold)
        let blocker = firstBlocker(lean, isWarm: isWarm)
        return Decision(
            score: score, lean: lean, side: blocker == nil ? lean : nil, isWarm: isWarm,
            firstBlocker: blocker)
    }

    private func firstBlocker(_ lean: Side?, isWarm: Bool) -> Blocker? {
        if !isWarm { return .warmUp }
        if !sessionWasOpen { return .session }
        guard let lean else { return .score }
        if !direction.opens(lean) { return .direction }
        return parts.firstBlock(lean).map { .component($0) }
    }

    /// Of the signals at the last close, in the template's order.
    var votes: some Collection<Vote> { parts.signals.lazy.map(\.vote) }

    /// Of filters, then gates, then guards at the last close.
    var verdicts: some Collection<Verdict> { parts.checks.lazy.map(\.verdict) }

    /// Everything that blocked at the last close, the first first.
    public func blockers() -> [Blocker] {
        var blockers: [Blocker] = []
        if !lastDecision.isWarm { blockers.append(.warmUp) }
        if !sessionWasOpen { blockers.append(.session) }
        if let lean = lastDecision.lean {
            if !direction.opens(lean) { blockers.append(.direction) }
        } else {
            blockers.append(.score)
        }
        for check in parts.checks where !check.verdict.allows(lastDecision.lean) {
            blockers.append(.component(check.index))
        }
        return blockers
    }

    /// Levels of the book that ``MarketContext/bookImbalance`` has to cover; nil where no
    /// component looks at the book.
    public var bookDepth: Int? { parts.bookDepth }

    // MARK: Exits

    /// The ATR that a position entered now has to remember; nil where no exit rule needs it, or
    /// before it is warm.
    public var entryATR: Price? {
        parts.entryVolatility?.currentATR.map { Price(nearest: $0) }
    }

    /// The tightest stop and the nearest target as of the last close. Allots nothing.
    public func levels(for track: PositionTrack) -> ExitLevels {
        var levels = ExitLevels()
        parts.levels.forEach { part in
            guard let price = part.level(for: track) else { return }
            let level = ExitLevel(price: price, rule: part.index, isStop: part.isStop)
            if part.isStop {
                if isNearer(price, than: levels.stop, sign: track.side.sign) { levels.stop = level }
            } else if isNearer(price, than: levels.target, sign: -track.side.sign) {
                levels.target = level
            }
        }
        return levels
    }

    /// For a stop of a long the higher level is met first, for its target the lower one.
    private func isNearer(_ price: Price, than other: ExitLevel?, sign: Int64) -> Bool {
        guard let other else { return true }
        return sign > 0 ? price > other.price : price < other.price
    }

    /// The first rule that closes the position at the last close; nil for none.
    func closeRule(for track: PositionTrack) -> Int? {
        parts.closes.firstIndex { $0.triggers(for: track, lastDecision) }
            .map { parts.closes.owned[$0].index }
    }

    /// The name of the component at an index, as ``ExitLevel/rule`` and ``Blocker`` give it.
    public func exitName(_ index: Int) -> String { parts.lines[index].name }

    // MARK: Readings

    /// Every component as of the last close, in the template's order.
    /// - Parameter track: the position, for the state of exit rules.
    public func snapshot(for track: PositionTrack? = nil) -> [ComponentReading] {
        template.components.indices.map { index in
            let component = parts.all[index]
            let spec = template.components[index]
            return ComponentReading(
                name: parts.lines[index].name, role: spec.role, weight: spec.weight,
                value: component.reading, state: state(at: index, track))
        }
    }

    func state(at index: Int, _ track: PositionTrack?) -> String {
        if let signal = parts.signals.first(where: { $0.index == index }) {
            return signal.vote.text
        }
        if let check = parts.checks.first(where: { $0.index == index }) {
            return check.verdict.text
        }
        guard let track else { return Self.words(isArmed: false) }
        guard let part = parts.levels.owned.first(where: { $0.index == index }) else {
            return Self.words(isArmed: true)
        }
        return Self.words(isArmed: part.level(for: track) != nil)
    }

    /// What an exit rule says of a position.
    static func words(isArmed: Bool) -> String { isArmed ? "armed" : "not armed" }

    /// A blocker in words: `filter ADX / DMI blocks: ADX 18.2, …`.
    public func text(of blocker: Blocker) -> String {
        switch blocker {
        case .warmUp:
            return "warming up: \(candlesSeen) of \(counted(warmUpCandles, "candle")) seen"
        case .session: return BlockerWords.session
        case .score: return BlockerWords.score(lastDecision.score, of: template)
        case .direction: return BlockerWords.direction(of: template)
        case .component(let index):
            let role = template.components[index].role.rawValue
            let state = state(at: index, nil)
            return BlockerWords.check(
                "\(role) \(exitName(index))", CheckWords(state, for: lastDecision.lean),
                state: state, reading: parts.all[index].reading)
        }
    }
}

/// What another template, or other limits, would do to a position that is open.
import Store

/// One position, level by level.
/// **Source** <doc:ProductRules#Templates>, <doc:ProductRules#Risk-limits>.
public struct ExitOutlook: Sendable, Equatable {
    public var position: ID<Position>
    public var symbol: String
    public var side: Side
    public var quantity: Quantity
    /// `stop 1.8924 -> 1.85`, one for each level that moves, comes or goes; and for each rule
    /// without a price, `Time Stop 48 -> 5 candles`.
    public var changes: [String]
    /// The rule or limit that would close it at the next price; nil for none.
    public var closedBy: String?

    init(_ position: Position, changes: [String], closedBy: String?) {
        self.position = position.id
        symbol = position.symbol
        side = position.side
        quantity = position.quantity
        self.changes = changes
        self.closedBy = closedBy
    }

    public init(
        position: ID<Position>, symbol: String, side: Side, quantity: Quantity,
        changes: [String], closedBy: String?
    ) {
        self.position = position
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.changes = changes
        self.closedBy = closedBy
    }

    /// `XRP-PERP long 513: stop 1.8924 -> 1.85, target 2.0 -> none`.
    public var words: String {
        var words = changes.isEmpty ? [] : [changes.joined(separator: ", ")]
        if let closedBy { words.append("CLOSES AT ONCE: \(closedBy)") }
        let told = words.isEmpty ? "nothing changes for it" : words.joined(separator: "; ")
        return "\(symbol) \(side.rawValue) \(quantity): \(told)"
    }

    /// `LTC-PERP short 3: CLOSES AT ONCE: Opposite Signal`; nil where nothing closes it.
    var closing: String? {
        closedBy.map { "\(symbol) \(side.rawValue) \(quantity): CLOSES AT ONCE: \($0)" }
    }

    /// The same of a bot that does not run its exit rules, or does not hear of the change yet.
    func told(of bot: BotMachine) -> ExitOutlook {
        if !bot.runsExitRules { return putOff("unwatched until its bot runs again") }
        return bot.link.isCut && moves ? putOff("not before its bot is in reach again") : self
    }

    private func putOff(_ words: String) -> ExitOutlook {
        var outlook = self
        let closes = closedBy.map { ["then closed by \($0)"] } ?? []
        outlook.changes = [words] + changes + closes
        outlook.closedBy = nil
        return outlook
    }

    /// False where everything stays as it is.
    var moves: Bool { !changes.isEmpty || closedBy != nil }

    var json: JSON {
        [
            "id": .string(position.description), "symbol": .string(symbol),
            "side": .string(side.rawValue), "size": .string(quantity.description),
            "changes": .list(changes) { .string($0) },
            "closed_by": closedBy.map { .string($0) } ?? .null, "words": .string(words),
        ]
    }

    /// Nil where it is none.
    init?(_ json: JSON) {
        guard let position = json["id"]?.text.flatMap(ID<Position>.init(text:)),
            let symbol = json["symbol"]?.text,
            let side = json["side"]?.text.flatMap(Side.init(rawValue:)),
            let size = json["size"]?.text, let quantity = try? Quantity.parse(size),
            let changes = json["changes"]?.elements
        else { return nil }
        self.init(
            position: position, symbol: symbol, side: side, quantity: quantity,
            changes: changes.compactMap(\.text), closedBy: json["closed_by"]?.text)
    }

    /// What moved between two levels; nil where nothing did.
    static func change(
        _ name: String, _ before: Price?, _ after: Price?, _ instrument: Instrument
    ) -> String? {
        guard before != after else { return nil }
        let texts = [before, after].map { $0.map(instrument.text) ?? "none" }
        return texts[0] == texts[1] ? nil : "\(name) \(texts[0]) -> \(texts[1])"
    }
}

extension Trading {
    /// Under another template, warmed up by past candles as it would be. Changes nothing.
    /// - Throws: ``TemplateError`` when the template cannot be built.
    func outlooks(
        of bot: BotMachine, under template: Template, history: (String) -> [Candle]
    ) throws(TemplateError) -> [ExitOutlook] {
        var outlooks: [ExitOutlook] = []
        for held in bot.held {
            let market = markets[held.symbol]
            let next = try TradedSymbol(
                template, symbol: held.symbol, instrument: market.instrument,
                candles: market.candleSpan)
            warmUp(next, history: history(market.instrument.symbol))
            let rules = ExitRuleChanges(from: bot.template, to: template)
            let outlook = outlook(held, under: next.strategy, market.lastPrice, rules)
            outlooks.append(outlook.told(of: bot))
        }
        return outlooks
    }

    private func outlook(
        _ held: BookedPosition, under strategy: Strategy, _ price: Price?,
        _ rules: ExitRuleChanges
    ) -> ExitOutlook {
        let position = held.position
        let levels = strategy.levels(for: position.track)
        let instrument = markets[held.symbol].instrument
        let moved = [
            ExitOutlook.change("stop", held.levels.stop?.price, levels.stop?.price, instrument),
            ExitOutlook.change(
                "target", held.levels.target?.price, levels.target?.price, instrument),
        ].compactMap { $0 }
        let levelWords = moved.isEmpty && !rules.areNone ? ["stop and target stay"] : moved
        let rule = price.flatMap { levels.hit(by: $0, position.side)?.rule }
        return ExitOutlook(
            position, changes: levelWords + rules.closeRules,
            closedBy: rule.map(strategy.exitName))
    }

    /// Under other limits: only the loss that one trade may make has a price.
    func outlooks(of bot: BotMachine, under limits: RiskLimits) -> [ExitOutlook] {
        foreseen(bot, under: limits).map(\.told)
    }

    /// What is told of a position, and whether it would be closed, now or once its bot runs again.
    private struct Foreseen {
        var told: ExitOutlook
        var closes: Bool
    }

    private func foreseen(_ bot: BotMachine, under limits: RiskLimits) -> [Foreseen] {
        let equity = equity(bot)
        let isLatched =
            bot.record.killLatchedAt != nil
            || dailyLossIsReached(bot, equity, limit: limits.dailyLoss)
        let flattens = isLatched && limits.dailyLossFlattens
        return bot.held.map { held in
            let before = lossLevel(bot, held, bot.limits.maxLossPerTrade)
            let after = lossLevel(bot, held, limits.maxLossPerTrade)
            let change = ExitOutlook.change(
                "loss limit at", before, after, markets[held.symbol].instrument)
            let price = markets[held.symbol].lastPrice
            let isLong = held.position.side == .long
            let isReached =
                price.map { price in after.map { isLong ? price <= $0 : price >= $0 } ?? false }
                ?? false
            // The kill switch needs no bot that runs; the loss of one trade is the bot's to watch.
            let isFlattened = flattens && !(isReached && bot.runsExitRules)
            let outlook = ExitOutlook(
                held.position, changes: [change].compactMap { $0 },
                closedBy: isFlattened ? Self.dailyLoss : isReached ? Self.lossPerTrade : nil)
            let isNow = !outlook.moves || (isFlattened && !bot.link.isCut)
            return Foreseen(
                told: isNow ? outlook : outlook.told(of: bot), closes: outlook.closedBy != nil)
        }
    }
}

extension Trading {
    func limitNeed(of bot: BotMachine, under limits: RiskLimits) -> LimitNeed {
        let isChange = limits != bot.limits
        return LimitNeed(
            bot: bot.record.label, positions: isChange ? bot.held.count : 0,
            loosened: bot.limits.loosened(by: limits),
            closed: isChange
                ? foreseen(bot, under: limits).filter(\.closes).map(\.told.words) : [],
            when: bindingWords(bot))
    }

    private func bindingWords(_ bot: BotMachine) -> String {
        if bot.link.isCut { return "once it is in reach again" }
        return bot.runsExitRules
            ? "at once" : "at once, the loss of one trade once it runs again"
    }
}

/// What a bot decided at a candle's close, written down with everything behind it.
import Store

extension Trading {
    /// Adds the record of one candle. Limits and exits that would close at once are asked only
    /// when the strategy wants to enter on a candle that is not late: otherwise there is no order
    /// whose size and price they could judge. Most candles repeat the one before: those are counted
    /// here, and the rest is a call.
    @inline(__always)
    func record(
        _ bot: BotMachine, _ traded: TradedSymbol, _ decision: Decision, _ candle: Candle,
        _ verdict: EntryVerdict
    ) {
        let scope = journal.scope
        guard scope.rawValue & Journal.Scope.anyDecisions.rawValue != 0, bot.record.isArmed else {
            return
        }
        if !scope.contains(.decisions), case .undecided = verdict,
            traded.runs.repeats(traded.strategy, BotStanding(bot, isStopped: isEntryStopped).code)
        {
            return
        }
        recordAnew(bot, traded, decision, candle, verdict)
    }

    @inline(never)
    private func recordAnew(
        _ bot: BotMachine, _ traded: TradedSymbol, _ decision: Decision, _ candle: Candle,
        _ verdict: EntryVerdict
    ) {
        var head = DecisionHead(
            score: decision.score, lean: decision.lean, isWarm: decision.isWarm,
            sessionOpen: traded.strategy.sessionWasOpen,
            bot: BotStanding(bot, isStopped: isEntryStopped))
        if case .late = verdict { head.isLate = true }
        if let side = decision.side, !head.isLate {
            head.asked = true
            // An entry that was sent counts as a position by now: it passed all limits before.
            if !verdict.isEntry { ask(&head, side, bot, traded, candle) }
        }
        head.outcome = outcome(verdict, traded, head)
        guard journal.scope.contains(.decisions) else {
            return traded.runs.add(head, traded.strategy)
        }
        journal.decisionLog.add(
            head, traded, bot, at: candle.openTime + traded.strategy.template.timeframe.span,
            close: candle.close)
    }

    private func ask(
        _ head: inout DecisionHead, _ side: Side, _ bot: BotMachine, _ traded: TradedSymbol,
        _ candle: Candle
    ) {
        let levels = traded.strategy.levels(
            for: PositionTrack(
                side: side, entryPrice: candle.close, entryATR: traded.strategy.entryATR,
                decisionClose: candle.close))
        head.pointlessRule = levels.hit(by: candle.close, side)?.rule
        let intent = EntryIntent(
            side: side, symbol: traded.symbol, price: candle.close,
            leverage: bot.template?.leverage ?? 1, stop: levels.stop?.price)
        head.denied = RiskGate.denials(
            intent, bot, traded.instrument, equity(bot), markets[traded.symbol])
    }

    /// What the world did, as it did it: the record's own inputs are not asked.
    private func outcome(
        _ verdict: EntryVerdict, _ traded: TradedSymbol, _ head: DecisionHead
    ) -> Obstacle? {
        switch verdict {
        case .entered: nil
        case .late: .late
        case .undecided(let blocker): blocker.map { Obstacle($0) } ?? .score
        case .blocked: head.bot.obstacles.first ?? .phase
        case .denied:
            .limit(EntryLimit(rawValue: traded.lastBlock) ?? head.denied.all.first ?? .size)
        case .pointless(let rule): .pointless(rule)
        }
    }
}

extension EntryVerdict {
    fileprivate var isEntry: Bool { if case .entered = self { true } else { false } }
}

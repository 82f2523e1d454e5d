/// A decision in words and as JSON: for the feed, the trade and the console.
import Store

extension Strategy {
    /// Every signal's state, as `EMA Cross long, MACD neutral`.
    func signalWords() -> String {
        snapshot().filter { $0.role == .signal }.map { "\($0.name) \($0.state)" }
            .joined(separator: ", ")
    }
}

extension TradedSymbol {
    /// What stands in for the facts of an entry that was decided before a restart.
    func entryContext(_ bot: BotMachine) -> EntryContext {
        EntryContext(
            score: strategy.lastDecision.score, signals: strategy.snapshotText(),
            atr: strategy.entryATR, templateName: strategy.template.name,
            templateVersion: strategy.template.version, limitsVersion: bot.record.limitsVersion)
    }

    /// The newest decision with its components, as it is written down.
    func lastDecision(bot: BotMachine) -> LastDecision? {
        guard let last else { return nil }
        let track = bot.held.first { $0.symbol == symbol }?.position.track
        return LastDecision(
            botID: bot.id, symbol: instrument.symbol, at: last.at, close: last.close,
            score: last.score, threshold: strategy.template.threshold, side: last.lean,
            verdict: last.verdict.words(self), readings: strategy.readingsJSON(for: track))
    }
}

extension BotStanding {
    @inline(__always) init(_ bot: BotMachine, isStopped: Bool) {
        self.init()
        self.isStopped = isStopped
        // Out of the backend's sight it does not know of its own absence.
        phase = bot.isRunning && !bot.link.isReturning ? .online : bot.record.phase
        isPaused = bot.record.isPaused
        pauseCause = bot.record.pauseCause
        isArmed = bot.record.isArmed
        isReconciled = bot.isReconciled
        isBusy = bot.instance.job != nil
    }
}

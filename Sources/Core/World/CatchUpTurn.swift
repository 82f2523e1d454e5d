/// The market goes on while no bot acts.
import Store

extension World {
    /// Lets the market run without the bots acting: before their first day, or after an absence.
    public func catchUp(to target: Instant) {
        state.isCatchingUp = true
        advance(to: target)
        state.isCatchingUp = false
        for bot in bots where bot.record.keyID != nil { trading.refreshLevels(bot) }
    }

    /// Candles that an absence leaves behind, however long it was.
    static let candlesKept = Span.days(30)

    /// What an absence brought before an instant is played, and not written down.
    func keepsCandles(from instant: Instant) {
        state.candlesFrom = max(state.candlesFrom, instant)
    }
}

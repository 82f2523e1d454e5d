/// Funding: settled every eight hours, shared among the positions that paid or received it.
import Store

extension Trading {
    /// At these hours of the day the exchange settles it.
    static let fundingEvery = Span.hours(8)

    func settleFunding() {
        for index in markets.indices where !isSilent(index) {
            venue.settleFunding(
                symbol: index, rate: markets[index].fundingRate, at: now)
            drainVenue()
        }
        for bot in bots where !bot.held.isEmpty && !isCatchingUp {
            upkeep(of: bot) { checkLossLimits(bot) }
        }
        schedule(.funding, at: next(Self.fundingEvery))
    }

    /// Nobody pays for a market whose recorded price is none any more.
    func isSilent(_ market: Int) -> Bool {
        isOn(.endOfDataIsTheEnd) && recorded[market]?.isSilent(at: now) ?? false
    }

    /// Shares an account's funding among the bot's positions in the symbol, by quantity.
    func bookFunding(_ key: ID<APIKey>, _ symbol: Int, _ amount: Money) {
        guard let bot = machine(key: key) else { return }
        let indices = bot.held.indices.filter { bot.held[$0].symbol == symbol }
        let total = indices.reduce(Quantity.zero) { $0 + bot.held[$1].position.quantity }.raw
        guard total > 0 else { return }
        var rest = amount
        for index in indices {
            let quantity = bot.held[index].position.quantity.raw
            let part =
                index == indices.last
                ? rest : Money(raw: multiplyDivide(amount.raw, quantity, total, .towardZero))
            rest -= part
            bot.held[index].position.funding += part
            journal.touch(position: bot.held[index].position.id)
        }
    }
}

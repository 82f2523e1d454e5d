/// Funding at the simulated exchange: what longs pay to shorts, every eight hours.
import Store

extension PaperVenue {
    /// One funding payment of every position, on its notional at the mark: longs pay a positive
    /// rate to shorts. Ascending by key.
    public mutating func settleFunding(
        symbol: Int, rate: Rate, at now: Instant, into events: inout [VenueEvent]
    ) {
        guard let mark = markets[symbol].mark, !rate.isZero else { return }
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol),
                canBook(.zero, at: mark, symbol, account)
            else { continue }
            let notional = held.contract.value(of: held.quantity, at: mark)
            let amount = notional.times(rate) * held.side.sign
            accounts[account].pay(funding: amount)
            events.append(
                .funding(
                    VenueFunding(
                        keyID: accounts[account].money.keyID, symbol: symbol, rate: rate,
                        amount: amount, at: now)))
        }
    }
}

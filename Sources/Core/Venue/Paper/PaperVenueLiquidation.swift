/// Liquidation at the simulated exchange: who holds what, and at which price it is closed.
import Store

extension PaperVenue {
    /// Closes positions whose liquidation price lies in the stretch, at that price, ascending by
    /// key. The fee is the maintenance margin: the isolated margin is lost, never more.
    mutating func liquidate(
        _ symbol: Int, low: Price, high: Price, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        refreshEdges(symbol)
        let longs = markets[symbol].longEdge.map { low <= $0 } ?? false
        let shorts = markets[symbol].shortEdge.map { high >= $0 } ?? false
        guard longs || shorts else { return }
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol),
                held.isLiquidated(at: held.side == .long ? low : high),
                canBook(.zero, at: held.liquidationPrice, symbol, account)
            else { continue }
            liquidate(at: account, symbol, now, &events)
        }
        refreshEdges(symbol)
    }

    /// Closes what an account holds in a symbol at its liquidation price.
    mutating func liquidate(
        at account: Int, _ symbol: Int, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        guard let held = accounts[account].held(symbol) else { return }
        cancelAll(accounts[account].money.keyID, symbol, .liquidation, &events)
        let upkeep = held.contract.value(of: held.quantity, at: held.liquidationPrice)
            .times(instrument(symbol).maintenanceMargin)
        let fill = book(
            account, symbol, held.side.closing, held.quantity, held.liquidationPrice,
            leverage: held.leverage, fee: upkeep, isMaker: false,
            id: "liquidation-\(nextFill)", now)
        events.append(.liquidated(fill))
    }

    /// Keeps the list of holders after a position may have come or gone.
    mutating func noteHolding(_ account: Int, _ symbol: Int) {
        markets[symbol].edgesAreStale = true
        let key = accounts[account].money.keyID
        let holds = accounts[account].slot(symbol) != nil
        let place = firstHolder(symbol, notBelow: key)
        let listed =
            place < markets[symbol].holders.count
            && markets[symbol].holders[place] == account
        if holds, !listed { markets[symbol].holders.insert(account, at: place) }
        if !holds, listed { markets[symbol].holders.remove(at: place) }
    }

    private func firstHolder(_ symbol: Int, notBelow key: ID<APIKey>) -> Int {
        var low = 0
        var high = markets[symbol].holders.count
        while low < high {
            let middle = (low + high) / 2
            if accounts[markets[symbol].holders[middle]].money.keyID < key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private mutating func refreshEdges(_ symbol: Int) {
        guard markets[symbol].edgesAreStale else { return }
        var longEdge: Price?
        var shortEdge: Price?
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol) else { continue }
            switch held.side {
            case .long: longEdge = max(longEdge ?? held.liquidationPrice, held.liquidationPrice)
            case .short:
                shortEdge = min(shortEdge ?? held.liquidationPrice, held.liquidationPrice)
            }
        }
        markets[symbol].longEdge = longEdge
        markets[symbol].shortEdge = shortEdge
        markets[symbol].edgesAreStale = false
    }
}

/// Follows the feed in its order: pauses, resumes, new limits, fills, trades.
import Store

extension Observer {
    mutating func follow(_ picture: Picture) {
        for one in picture.trail.executions { executions[one.order] = one.at }
        var fills = picture.fills[...]
        for entry in picture.activities {
            guard let bot = entry.botID else { continue }
            switch (entry.kind, entry.what) {
            case (.order, "filled"):
                guard let seen = fills.popFirst(), seen.fill.botID == bot else {
                    report(.positionsAreTheSumOfTheirFills, "\(entry.id) tells of no fill")
                    continue
                }
                take(seen)
                if let trade = picture.trades.first(where: {
                    $0.positionID == seen.fill.positionID
                }), known[bot]?.open[seen.fill.positionID] == nil { take(trade, seen.order.keyID) }
            case (.config, "limits"): takeLimits(bot, picture, entry.at)
            default: take(entry, bot)
            }
        }
        if !fills.isEmpty {
            report(
                .positionsAreTheSumOfTheirFills, "not in the feed: \(counted(fills.count, "fill"))")
        }
    }

    private mutating func take(_ entry: Activity, _ bot: ID<Bot>) {
        switch (entry.kind, entry.what) {
        case (.command, "pause"):
            known[bot, default: KnownBot()].isPaused = true
            known[bot]?.pausedAt = entry.at
            // Alone, or behind the word of who paused on top of it.
            let streak = PauseCause.lossStreak.title
            known[bot, default: KnownBot()].isForStreak = entry.detail.hasSuffix("\(streak))")
        case (.command, "resume"): resume(bot, by: entry.actor)
        case (.risk, "daily_loss_pct"):
            known[bot, default: KnownBot()].isLatched = true
            known[bot]?.latchedAt = entry.at
        case (.error, "api"): known[bot, default: KnownBot()].resumedSinceError = false
        default: break
        }
    }

    private mutating func resume(_ bot: ID<Bot>, by actor: String) {
        var state = known[bot, default: KnownBot()]
        if state.isLatched, !Self.mayReset.contains(actor) {
            report(.killSwitchIsResetByPeopleAlone, "\(bot) was let go on by \(actor)")
        }
        // The streak that paused it would pause it again at the very next loss.
        if state.isPaused, state.isForStreak { state.losses = 0 }
        state.isPaused = false
        state.isLatched = false
        state.resumedSinceLoss = true
        state.resumedSinceError = true
        known[bot] = state
    }

    /// Who may edit limits; written down a second time on purpose.
    /// **Source** <doc:ProductRules#Roles-and-permissions>.
    private static let mayReset = Set(
        SimulatedFounding.members
            .filter { [.owner, .admin, .riskManager].contains($0.role) && !$0.isStaff }.map(\.name))

    private mutating func takeLimits(_ bot: ID<Bot>, _ picture: Picture, _ at: Instant) {
        var state = known[bot, default: KnownBot()]
        state.limitsVersion += 1
        (state.earlierLimits, state.limitsAt) = (state.limits, at)
        state.limits = picture.limits[bot]?[state.limitsVersion] ?? state.limits
        known[bot] = state
    }

    private mutating func take(_ trade: Trade, _ key: ID<APIKey>) {
        var state = known[trade.botID, default: KnownBot()]
        books[key, default: KnownBook()].tradeNets += trade.net
        if trade.net > .zero { state.losses = 0 } else if trade.net < .zero { state.losses += 1 }
        state.resumedSinceLoss = false
        known[trade.botID] = state
    }

    private mutating func take(_ seen: SeenFill) {
        let fill = seen.fill
        var state = known[fill.botID, default: KnownBot()]
        let contract = contract(of: fill.symbol)
        let value = contract.value(of: fill.quantity, at: fill.price)
        // Who buys an inverse contract has sold its value.
        let isSpent = (fill.side == .buy) != contract.isInverse
        books[seen.order.keyID, default: KnownBook()].cash += isSpent ? -value : value
        books[seen.order.keyID, default: KnownBook()].fees += fill.fee
        books[seen.order.keyID, default: KnownBook()].fills += 1
        var open = state.open[fill.positionID] ?? (fill.symbol, .zero)
        open.quantity += fill.quantity * fill.side.sign
        state.open[fill.positionID] = open.quantity.isZero ? nil : open
        known[fill.botID] = state
        if seen.order.purpose == .entry { judge(seen, state) }
    }

    /// Whether something that is known since then was so when the exchange filled an order.
    private func held(since: Instant, _ seen: SeenFill) -> Bool {
        let executed = executions[seen.order.clientOrderID] ?? seen.fill.at
        return executed > since || executed == seen.fill.at
    }

    /// What must hold at the moment when an entry fills.
    private mutating func judge(_ seen: SeenFill, _ state: KnownBot) {
        let fill = seen.fill
        let name = "\(fill.id) \(fill.symbol) of \(fill.botID) at \(fill.at)"
        if state.isPaused, held(since: state.pausedAt, seen) { report(.noEntryWhilePaused, name) }
        if state.isLatched, held(since: state.latchedAt, seen) {
            report(.noEntryWhileKillSwitchIsLatched, name)
        }
        let limits = held(since: state.limitsAt, seen) ? state.limits : state.earlierLimits
        judge(seen, state, limits, name)
    }

    private mutating func judge(
        _ seen: SeenFill, _ state: KnownBot, _ limits: RiskLimits, _ name: String
    ) {
        let fill = seen.fill
        let here = state.open.values.count { $0.symbol == fill.symbol }
        if here > limits.maxPositionsPerAsset {
            report(
                .positionsPerAssetWithinTheirLimit,
                "\(name): \(here) of \(limits.maxPositionsPerAsset)")
        }
        if state.open.count > limits.maxPositionsTotal {
            report(
                .positionsTotalWithinTheirLimit,
                "\(name): \(state.open.count) of \(limits.maxPositionsTotal)")
        }
        if seen.order.leverage > limits.maxLeverage {
            report(
                .leverageWithinItsLimit,
                "\(name): \(seen.order.leverage)x of \(limits.maxLeverage)x")
        }
        let slippage = fill.price.change(from: seen.order.decisionPrice) * fill.side.sign
        if slippage > limits.maxSlippage {
            report(
                .slippageWithinItsLimit, "\(name): \(slippage.percentText) % of "
                    + "\(limits.maxSlippage.percentText) %")
        }
    }
}

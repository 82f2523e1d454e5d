/// Compares instances, keys, bills and sleep with what the lives of the bots say of them.
import Store

extension Observer {
    mutating func check(_ seen: SeenLife, at picture: Picture) {
        let bot = seen.record
        guard var life = lives[bot.id] else { return }
        let label = bot.label
        if bot.state != life.state {
            report(
                .transitionsAreThoseOfTheTable,
                "\(label) is \(bot.state), its transitions led to \(life.state)")
        }
        let isAway = bot.phase == .sleeping || bot.phase == .waking
        if isAway, seen.holds > 0 {
            report(.neverAsleepWithAPosition, "\(label) is \(bot.phase), holds \(seen.holds)")
        }
        let isCharged = seen.instance.chargedUntil != nil && seen.instance.since != nil
        if isCharged != life.isProvisioned {
            report(
                .chargedExactlyWhileProvisioned,
                "\(label) is \(bot.state), \(isCharged ? "charged" : "not charged")")
        }
        checkAddress(bot, &life)
        checkLink(seen, &life, at: picture.at)
        checkExits(seen, &life, picture)
        life.sessions = seen.sessions
        lives[bot.id] = life
    }

    private mutating func checkExits(
        _ seen: SeenLife, _ life: inout KnownLife, _ picture: Picture
    ) {
        // A close that was sent meanwhile has begun the wait anew.
        let sent = Set(picture.orders.compactMap(\.positionID))
        var overdue: [ID<Position>: (since: Instant, quantity: Quantity)] = [:]
        for position in seen.unexited where !sent.contains(position.id) {
            // A thin book takes a position in parts: what becomes less is being closed.
            let known = life.overdue[position.id].flatMap {
                $0.quantity == position.quantity ? $0.since : nil
            }
            let since = known ?? picture.at
            overdue[position.id] = (since, position.quantity)
            guard picture.at - since > Self.exitPatience else { continue }
            report(
                .exitsAreEvaluated,
                "\(seen.record.label) \(position.id): its level is reached since \(since)")
        }
        life.overdue = overdue
    }

    /// A price level is looked at with every print; there are several in a minute.
    static let exitPatience = Span.minutes(2)

    private mutating func checkAddress(_ bot: Bot, _ life: inout KnownLife) {
        let isGone = bot.phase == .stopped
        let isNew = life.ipv4.isEmpty && life.ipv6.isEmpty
        if isGone ? !bot.ipv4.isEmpty : !isNew && (bot.ipv4, bot.ipv6) != (life.ipv4, life.ipv6) {
            report(
                .sameAddressAfterSleep,
                "\(bot.label) is \(bot.state) at \(bot.ipv4), was at \(life.ipv4)")
        }
        (life.ipv4, life.ipv6) = (bot.ipv4, bot.ipv6)
    }

    mutating func checkFleet(_ picture: Picture) {
        var holders: [ID<APIKey>: String] = [:]
        for life in picture.lives {
            guard let key = life.record.keyID else { continue }
            if let other = holders.updateValue(life.record.label, forKey: key) {
                report(.oneKeyOneBot, "\(key) is of \(other) and \(life.record.label)")
            }
        }
        for key in picture.orphans {
            report(.exchangeHoldsWhatTheBookHolds, "\(key) holds something, and no bot has it")
        }
        guard let ledger = picture.ledger else { return }
        if ledger.balance != ledger.sum {
            report(
                .ledgerSumsToTheBalance, "balance \(ledger.balance), ledger \(ledger.sum)")
        }
        for seen in picture.lives { checkUsage(seen, ledger, picture) }
    }

    private mutating func checkUsage(
        _ seen: SeenLife, _ ledger: SeenLedger, _ picture: Picture
    ) {
        guard let life = lives[seen.record.id] else { return }
        var owed = life.paidSeconds
        if let since = life.since, let until = seen.instance.chargedUntil {
            owed += (until - since).milliseconds / 1000
            // Booked every hour, but not while nobody was there to do it.
            if picture.at - max(until, picture.caughtUpAt) > .minutes(61) {
                report(.chargedExactlyWhileProvisioned, "\(seen.record.label) was paid to \(until)")
            }
        }
        let paid = ledger.seconds[seen.record.id, default: 0]
        if paid != owed {
            report(
                .chargedExactlyWhileProvisioned,
                "\(seen.record.label) was there \(owed) s, paid for \(paid) s")
        }
    }
}

/// What is looked at once a minute: the hour's bill, lost instances, who may sleep or must wake.
import Store

extension World {
    /// A bot is woken this long before its session. **Source** PRODUCT section 8.
    static let wakeLead = Span.minutes(5)
    /// Three missed heartbeats of 15 s. **Source** PRODUCT T7.
    static let missedHeartbeats = Span.seconds(45)

    func passMinute() {
        timeline.schedule(.minute, at: now.floored(to: .minutes(1)) + .minutes(1))
        guard !isCatchingUp else { return }
        if now.floored(to: .hours(1)) == now { passHour() }
        for bot in bots { sleepOrWake(bot) }
        watchBalance()
    }

    private func passHour() {
        for bot in bots {
            meter(bot)
            offerUpdate(bot)
            if bot.isReachable, compute.losesInstance(of: bot.id, in: now) {
                loseInstance(bot)
            }
        }
    }

    /// A newer version is shown; nobody gets it unasked. **Source** PRODUCT section 9.
    func offerUpdate(_ bot: BotMachine) {
        guard let newest = compute.catalog.newestVersion, newest != bot.record.version,
            newest != bot.record.availableVersion
        else { return }
        bot.record.availableVersion = newest
        journal.touch(bot: bot.id)
        tell(bot, "update", "\(newest) is ready, now \(bot.record.version)")
    }

    /// Offline when it has not been heard of for too long; another instance is asked for at once.
    func checkHeartbeat(_ bot: BotMachine) {
        guard bot.instance.isLost || bot.link.isCut, bot.instance.job == nil,
            now - (bot.record.heartbeatAt ?? now) >= Self.missedHeartbeats,
            take(.heartbeatsMissed, bot)
        else { return }
        alert(
            bot, "offline", "offline",
            "no heartbeat for \(Self.missedHeartbeats.ageText); \(bot.held.count) open"
                + (bot.link.isCut ? "; it may trade on \(bot.link.words ?? "")" : ""),
            severity: .critical)
        if bot.instance.isLost { begin(.replace, bot) }
    }

    /// Its process is gone with it, and so is what it knew.
    func loseInstance(_ bot: BotMachine) {
        bot.instance.isLost = true
        bot.isDown = true
        bot.link.running = nil
        journal.touch(instance: bot.id)
        journal.touch(link: bot.id)
    }

    private func sleepOrWake(_ bot: BotMachine) {
        if bot.record.phase == .sleeping {
            guard let wakeAt = bot.instance.wakeAt, wakeAt <= now, canPay, take(.wakeDue, bot)
            else { return }
            tell(bot, "wake", "its next session is near")
            return begin(.wake, bot)
        }
        guard bot.record.phase == .online, bot.isReachable, bot.instance.job == nil,
            !bot.isHolding,
            bot.orders.isEmpty, let template = bot.template, !template.sessions.isEmpty
        else { return }
        let calendar = SessionCalendar(template.sessions)
        guard let opening = calendar.nextOpening(after: now), opening - now > Self.wakeLead * 2
        else { return }
        guard take(.sessionsEnded, bot) else { return }
        released(bot)
        bot.instance.wakeAt = opening - Self.wakeLead
        tell(bot, "sleep", "sessions ended, flat; wakes at \((opening - Self.wakeLead).clockText)Z")
    }

    /// No wake at zero balance. **Source** PRODUCT section 16.
    var canPay: Bool { available.map(\.isPositive) ?? true }
}

extension SessionCalendar {
    /// The first minute after `now` at which a session opens; nil while one is open, and when
    /// none opens within eight days.
    func nextOpening(after now: Instant) -> Instant? {
        guard !isOpen(at: now) else { return nil }
        var at = now.floored(to: .minutes(1)) + .minutes(1)
        let end = now + .days(8)
        // A window may be shorter than a quarter of an hour: every minute is asked.
        while at < end {
            if isOpen(at: at) { return at }
            at = at + .minutes(1)
        }
        return nil
    }
}

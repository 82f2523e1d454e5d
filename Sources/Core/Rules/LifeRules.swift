/// When a bot may be deployed, started, stopped, restarted, updated or given another key.
import Store

/// Pure: facts in, a refusal or nothing out.
///
/// **Source** <doc:ProductRules#Transitions>, <doc:ProductRules#Deployment>,
/// <doc:ProductRules#API-keys>, <doc:ProductRules#Stopping-a-bot>, <doc:ProductRules#Updates>,
/// <doc:ProductRules#Restarts>.
public enum LifeRules {
    /// The table of life decides; an overlay that is under way is finished first.
    public static func allow(
        _ event: LifeEvent, _ bot: Bot, _ instance: Instance?, at now: Instant
    ) throws(Refusal) {
        guard BotTransitions.step(event, in: bot.state) != .refused else {
            throw .life(.wrongState(bot: bot.label, state: bot.state, event: event))
        }
        // A stop gives up whatever is under way.
        guard event != .stop, let job = instance?.job, let phase = instance?.phase else { return }
        let left = (instance?.phaseEndsAt ?? now) - now
        throw .life(.underWay(bot: bot.label, job, phase, left: max(left, .seconds(0))))
    }

    public static func restart(
        _ bot: Bot, _ instance: Instance?, at now: Instant
    ) throws(Refusal) {
        try allow(.restart, bot, instance, at: now)
        try restart(bot, lastRestart: instance?.restartedAt, at: now)
    }

    /// Once an hour for each bot; a staff restart uses the same hour.
    public static let restartSpacing = Span.hours(1)

    public static func restart(
        _ bot: Bot, lastRestart: Instant?, at now: Instant
    ) throws(Refusal) {
        guard bot.phase == .online || bot.phase == .error || bot.phase == .offline else {
            throw .wrongState(bot: bot.label, state: bot.phase, act: "restart")
        }
        guard let lastRestart, now < lastRestart + restartSpacing else { return }
        throw .restartCooldown(
            bot: bot.label, last: lastRestart, until: lastRestart + restartSpacing)
    }

    public static func update(_ bot: Bot, _ instance: Instance?, at now: Instant) throws(Refusal) {
        try allow(.update, bot, instance, at: now)
        guard let newer = bot.availableVersion, newer != bot.version else {
            throw .life(.noUpdate(bot: bot.label, version: bot.version))
        }
    }

    /// An update in cohorts: some of those that can be updated go first, and some follow.
    /// - Throws: what is said of the first bot where none of them can be.
    public static func cohorts(
        of bots: [(bot: Bot, instance: Instance?)], canaries: Int, at now: Instant
    ) throws(Refusal) {
        var ready = 0
        var reason: Refusal?
        for (bot, instance) in bots {
            do throws(Refusal) {
                try update(bot, instance, at: now)
                ready += 1
            } catch { reason = reason ?? error }
        }
        if ready == 0, let reason { throw reason }
        try LifeRules.canaries(canaries, of: ready)
    }

    static func canaries(_ count: Int, of ready: Int) throws(Refusal) {
        guard 1..<max(ready, 2) ~= count else { throw .life(.canaries(count, of: ready)) }
    }

    /// Refused by default while something is open: nobody would watch it. To leave it takes the
    /// label; what is closed first is confirmed as every close is.
    public static func stop(
        _ bot: Bot, _ instance: Instance?, open: [String], _ choice: OpenPositions,
        _ confirmation: Confirmation?, at now: Instant
    ) throws(Refusal) {
        try allow(.stop, bot, instance, at: now)
        guard !open.isEmpty, choice != .close else { return }
        guard choice == .leave, case .label(let confirmLabel)? = confirmation else {
            throw .life(.holds(bot: bot.label, positions: open, act: "stop"))
        }
        guard confirmLabel == bot.label else {
            throw .labelMismatch(label: bot.label, typed: confirmLabel)
        }
    }

    public static func assign(
        _ key: APIKey, to bot: Bot, open: [String], holder: Bot?
    ) throws(Refusal) {
        if let holder {
            guard holder.id != bot.id else {
                throw .nothingToChange("\(bot.label) has the key \(key.label) already")
            }
            throw .life(.keyInUse(key: key.label, bot: holder.label))
        }
        guard key.isActive else { throw .life(.keyInactive(key: key.label)) }
        try takeKey(from: bot, open: open)
    }

    /// Stands for no key where one is named.
    public static let noKey = "none"

    public static func takeKey(from bot: Bot, open: [String]) throws(Refusal) {
        guard open.isEmpty else {
            throw .life(.holds(bot: bot.label, positions: open, act: "assign-key"))
        }
    }

    /// An order that is on its way fills on the old key, where nobody would look any more.
    public static func assign(to bot: Bot, orders: Int) throws(Refusal) {
        guard orders > 0 else { return }
        throw .life(.ordersOut(bot: bot.label, orders: orders, act: "assign-key"))
    }

    /// - Parameter taken: the labels of all bots.
    public static func label(_ label: String, taken: [String]) throws(Refusal) {
        guard Label.isPlain(label) else { throw .life(.labelMalformed(label)) }
        guard !Label.isReserved(label) else { throw .life(.labelReserved(label)) }
        if let same = taken.first(where: { Label.areSame($0, label) }) {
            throw .life(.labelTaken(same))
        }
    }

    /// **Range** above 0, at most a million.
    public static func amount(_ text: String) throws(Refusal) -> Money {
        guard let amount = try? Money.parse(unsigned: text), amount <= .units(1_000_000) else {
            throw .life(.amount(text))
        }
        return amount
    }
}

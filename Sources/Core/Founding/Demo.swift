/// A demo fleet's history: simulated days through the real engine, as fast as the machine can.
import Store

public enum Demo {
    /// Days that the market runs before the bots' first, so that every indicator is warm.
    public static let warmUp = Span.days(20)

    /// Plays `days` and the hours of today up to `end` in a database that has just been created.
    /// - Parameters:
    ///   - piece: of the world, between two words of progress: a founder that says nothing for five
    ///   seconds is taken for hung, and ten thousand bots take less than that for so much. The
    ///   history is the same whatever it is.
    ///   - progress: told the share of the days that are played, 0...1.
    /// - Returns: the desk at the last instant; everything is committed.
    /// - Throws: ``LoadError``.
    @discardableResult
    public static func play(
        _ plan: FoundingPlan, days: Int, until end: Instant, in database: Database,
        piece: Span = .minutes(5), progress: (Double) -> Void = { _ in }
    ) throws(LoadError) -> Desk {
        // From midnight, so that one seed gives one history whatever the hour.
        let first = (end - Span.days(Int64(days)) - warmUp).floored(to: .days(1))
        let length = end.floored(to: .minutes(1)) - (first + warmUp)
        let world = try Founding.found(plan, in: database, at: first) { progress(0) }
        do throws(StoreError) {
            let desk = try Desk(
                world: world, database: database, owner: plan.owner, wall: world.now)
            var player = DemoPlayer(
                desk: desk, acts: plan.isDemo ? plan.bots.count : 0, piece: piece)
            try player.warmUp(by: isRecorded(plan) ? .days(0) : warmUp, progress)
            try player.play(length, progress)
            return desk
        } catch { throw .store(error) }
    }

    private static func isRecorded(_ plan: FoundingPlan) -> Bool {
        if case .recorded = plan.market { true } else { false }
    }
}

/// Drives a world through its past, committing every few hours of it, and telling in between how
/// far it is: a large fleet takes its time for an hour.
private struct DemoPlayer {
    let desk: Desk
    private var acts: [DemoAct]
    private var number = 0
    private var nextRound = Instant(milliseconds: .max)
    private static let slice = Span.hours(6)
    private let piece: Span

    init(desk: Desk, acts bots: Int, piece: Span) {
        self.desk = desk
        self.piece = piece
        self.acts = bots > 0 ? DemoScript.acts(bots: bots).sorted { $0.when < $1.when } : []
    }

    mutating func warmUp(
        by span: Span, _ progress: (Double) -> Void
    ) throws(StoreError) {
        let world = desk.world
        let end = world.now + span
        while world.now < end {
            let next = min(world.now + .days(1), end)
            while world.now < next {
                world.catchUp(to: min(world.now + piece, next))
                progress(0)
            }
            try settle()
            progress(0)
        }
        for bot in world.bots {
            bot.record.upSince = world.now
            bot.instance.since = world.now
            bot.instance.chargedUntil = world.now
            world.trading.beginDay(bot)
        }
    }

    mutating func play(_ length: Span, _ progress: (Double) -> Void) throws(StoreError) {
        let start = desk.world.now
        if !acts.isEmpty { nextRound = start + .days(1) }
        let end = start + length
        let world = desk.world
        let share = {
            Double((world.now - start).milliseconds) / Double(max(length.milliseconds, 1))
        }
        while world.now < end, !world.isOver {
            let act = acts.first.map { start + part($0.when, of: length) } ?? end
            let next = min(min(world.now + Self.slice, end), max(act, world.now))
            advance(to: next) { progress(share()) }
            try settle()
            progress(share())
            if let due = acts.first, next >= act { try take(due) }
            if world.now >= nextRound { try makeRound { progress(share()) } }
            progress(share())
        }
    }

    private func advance(to next: Instant, _ told: () -> Void) {
        while desk.world.now < next, !desk.world.isOver {
            desk.world.advance(to: min(desk.world.now + piece, next))
            told()
        }
    }

    /// Once a day somebody reads the alerts, looks at the bots that a limit has stopped, and lets
    /// them go on.
    private mutating func makeRound(_ told: () -> Void) throws(StoreError) {
        nextRound = desk.world.now.floored(to: .days(1)) + .hours(32)
        let alerts = try desk.database.read { db throws(StoreError) in try db.openNotices() }
        for alert in alerts {
            try take(.noticeAcknowledge("\(alert.id)"))
            told()
        }
        for bot in desk.world.pausedByLimits {
            try take(.resume(.named([bot.label]), reason: "looked into it; the cause is gone"))
            told()
        }
    }

    private func part(_ share: Double, of length: Span) -> Span {
        Span(milliseconds: Int64(share * Double(length.milliseconds)))
    }

    private mutating func take(_ act: DemoAct) throws(StoreError) {
        acts.removeFirst()
        guard let limits = act.command.as(SetLimitsCommand.self),
            let bot = ID<Bot>(text: limits.bot).flatMap({ desk.world.machine($0) })
        else { return try take(act.command) }
        let label = Confirmation.label(bot.record.label)
        try take(.riskSet(bot: limits.bot, limits.settings, confirmation: label))
    }

    private mutating func take(_ command: Command) throws(StoreError) {
        number += 1
        guard let owner = desk.ownerUID else { return }
        _ = try desk.take(command, key: "demo-\(number)", from: (owner, "demo"))
    }

    /// In the demo's past the wall clock is the world's.
    private func settle() throws(StoreError) {
        desk.wall = desk.world.now
        _ = try desk.settle()
    }
}

/// What must hold of a bot that the backend does not reach, of unpaid bots, and of time itself.
import Store

/// What a bot was told to do.
struct HeardConfiguration: Equatable {
    var limits: Int
    var template: String?
    var version: Int?
    var key: ID<APIKey>?
    var sessions: [SessionWindow]

    init(_ seen: SeenLife) {
        limits = seen.record.limitsVersion
        (template, version) = (seen.record.templateName, seen.record.templateVersion)
        key = seen.record.keyID
        sessions = seen.sessions
    }
}

/// Since when something has been so that should not last.
struct Overdue {
    private var since: Instant?

    /// - Returns: whether it has lasted longer than `patience`, as far as pictures tell.
    mutating func lasts(_ holds: Bool, at now: Instant, longerThan patience: Span) -> Bool {
        guard holds else {
            since = nil
            return false
        }
        since = since ?? now
        return since.map { now - $0 > patience } ?? false
    }
}

extension Observer {
    mutating func checkLink(_ seen: SeenLife, _ life: inout KnownLife, at now: Instant) {
        let bot = seen.record
        let heard = HeardConfiguration(seen)
        if seen.link.isCut, let known = life.heard, known != heard {
            report(
                .cutBotsRunWhatTheyHeardLast,
                "\(bot.label) is out of reach since \(seen.link.lostAt ?? now), yet \(heard)")
        }
        life.heard = heard
        let isUnseen = seen.link.isCut && bot.phase == .online && seen.instance.job == nil
        let isLong = seen.link.lostAt.map { now - $0 >= Deadlines.heartbeatLost } ?? false
        if life.unmissed.lasts(isUnseen && isLong, at: now, longerThan: Self.lookPatience) {
            let words = "\(bot.label) is away since \(seen.link.lostAt ?? now)"
            report(.missedHeartbeatsAreNoticed, words)
        }
        let waits = seen.link.isReturning
        if life.notHandedOver.lasts(waits, at: now, longerThan: Self.lookPatience) {
            let words = "\(seen.link.queued) wait for \(bot.label), which is back"
            report(.whatWaitedIsHandedOver, words)
        }
    }

    /// The simulation looks at heartbeats every five minutes at least.
    static let lookPatience = Span.minutes(6)

    /// What was committed is what people see, and what a start goes on from.
    mutating func checkTime(_ picture: Picture) {
        if let committed, picture.at < committed {
            report(.timeNeverGoesBack, "it was \(committed), it is \(picture.at)")
        }
        committed = picture.clock ?? committed
    }

    /// One confirmation that the desk has taken.
    mutating func take(_ one: HonouredPreview) {
        guard !one.isRight else { return }
        unshown.append(
            "\(one.shown.who) saw \(counted(one.shown.positions.count, "position")) at "
                + "\(one.shown.at), \(one.who) closed \(one.open.count) at \(one.at)")
    }

    /// What is provisioned is paid for: at zero it is wound down with the next minute.
    mutating func checkPayment(_ picture: Picture) {
        let isBroke = picture.available.map { !$0.isPositive } ?? false
        for seen in picture.lives {
            let runs = seen.instance.since != nil && seen.record.phase != .windingDown
            var overdue = lives[seen.record.id]?.unpaid ?? Overdue()
            if overdue.lasts(isBroke && runs, at: picture.at, longerThan: .minutes(2)) {
                report(.nobodyRunsUnpaid, "\(seen.record.label) is \(seen.record.state)")
            }
            lives[seen.record.id]?.unpaid = overdue
        }
    }
}

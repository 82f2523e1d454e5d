/// Follows each bot's life: its transitions, its instance, its address, and when it may enter.
import Store

/// What the trail so far says of the life of one bot.
struct KnownLife {
    var state: BotState
    /// No process of it runs, or it is being replaced.
    var isDown = false
    var hasNoProcess = false
    /// Since when a new process of it runs; what the exchange held before is not known to that.
    var isUpSince: Instant?
    /// Its link is away: it goes on by itself, online or offline.
    var isCut = false
    var isProvisioned = false
    /// Since when, as the trail says.
    var since: Instant?
    /// Whole seconds of the instances that have been released.
    var paidSeconds: Int64 = 0
    var ipv4 = ""
    var ipv6 = ""
    var sessions: [SessionWindow] = []
    var restartedAt: Instant?
    var lastRestart: ID<CommandRecord>?
    /// Since when a level has been reached that nothing acts on.
    var overdue: [ID<Position>: (since: Instant, quantity: Quantity)] = [:]
    /// The last candle that brought an entry, by symbol.
    var entries: [String: Instant] = [:]
    /// What it was told, as of the last picture.
    var heard: HeardConfiguration?
    var unmissed = Overdue()
    var notHandedOver = Overdue()
    var unpaid = Overdue()
    /// States within the picture that is looked at, each from its instant on.
    var states: [(at: Instant, mayEnter: Bool)] = []

    init(_ record: Bot, _ instance: Instance, sessions: [SessionWindow]) {
        state = record.state
        since = instance.since
        isProvisioned = instance.since != nil
        (ipv4, ipv6) = (record.ipv4, record.ipv6)
        self.sessions = sessions
    }

    var mayEnter: Bool { (state == .online || state == .offline && isCut) && !isDown }

    /// Whether at some moment of this instant it might.
    func mightEnter(at: Instant) -> Bool {
        let before = states.last { $0.at < at } ?? states.first
        return before?.mayEnter ?? mayEnter
            || states.contains { $0.at == at && $0.mayEnter }
    }
}

extension Observer {
    /// The bots as they are before anything has happened.
    mutating func begin(with world: World) {
        for bot in world.bots {
            lives[bot.id] = KnownLife(bot.record, bot.instance, sessions: bot.sessions)
        }
    }

    mutating func acknowledged(_ reply: DeskReply) {
        for command in reply.commands {
            acknowledged.insert(command.id)
            guard command.verb == "restart", command.outcome != .refused, let bot = command.botID,
                lives[bot]?.lastRestart != command.id
            else { continue }
            if let last = lives[bot]?.restartedAt, command.at - last < .hours(1) {
                early.append("\(bot) at \(last) and again at \(command.at)")
            }
            lives[bot]?.restartedAt = command.at
            lives[bot]?.lastRestart = command.id
        }
    }

    mutating func followLives(_ picture: Picture) {
        for words in early { report(.restartAtMostOnceAnHour, words) }
        early.removeAll()
        for life in picture.lives where lives[life.record.id] == nil {
            var known = KnownLife(life.record, Instance(botID: life.record.id), sessions: [])
            known.state = .deploying
            lives[life.record.id] = known
        }
        for bot in lives.keys {
            let mayEnter = lives[bot]?.mayEnter ?? false
            lives[bot]?.states = [(Instant(milliseconds: 0), mayEnter)]
        }
        var traces = picture.trail.traces[...]
        var downs = picture.trail.downs[...]
        while let next = traces.first?.at ?? downs.first?.at {
            if let down = downs.first, down.at < next || traces.isEmpty {
                downs.removeFirst()
                lives[down.bot]?.follow(down)
                note(down.bot, down.at)
            } else if let trace = traces.popFirst() {
                follow(trace)
                note(trace.bot, trace.at)
            }
        }
        for order in picture.orders where order.purpose == .entry { judge(order, picture) }
    }

    private mutating func note(_ bot: ID<Bot>, _ at: Instant) {
        let mayEnter = lives[bot]?.mayEnter ?? false
        lives[bot]?.states.append((at, mayEnter))
    }

    private mutating func follow(_ trace: LifeTrace) {
        guard var life = lives[trace.bot] else { return }
        let number = trace.transition.rawValue
        if trace.transition != .t1, life.state != trace.from {
            report(
                .transitionsAreThoseOfTheTable,
                "\(trace.bot) was \(life.state), T\(number) left \(trace.from)")
        }
        if !Self.table(trace.transition).contains(where: { $0 == trace.from && $1 == trace.to }) {
            report(
                .transitionsAreThoseOfTheTable,
                "\(trace.bot): T\(number) from \(trace.from) to \(trace.to)")
        }
        life.state = trace.to
        switch trace.transition {
        case .t2, .t15: life.provision(at: trace.at)
        case .t10 where !life.isProvisioned: life.provision(at: trace.at)
        case .t13, .t18: life.release(at: trace.at)
        case .t1, .t20: (life.ipv4, life.ipv6) = ("", "")
        default: break
        }
        lives[trace.bot] = life
    }

    /// **Source** <doc:ProductRules#Transitions>, written down a second time on purpose.
    private static func table(_ transition: Transition) -> [(BotState, BotState)] {
        let up: [BotState] = [.online, .paused]
        return switch transition {
        case .t1: [(.deploying, .deploying)]
        case .t2: up.map { (.deploying, $0) }
        case .t3: [(.deploying, .error)]
        case .t4, .t6: up.map { ($0, .paused) }
        case .t5: up.map { ($0, .online) }
        case .t7: up.map { ($0, .offline) }
        case .t8: up.map { (.offline, $0) }
        case .t9: (up + [.offline]).map { ($0, .error) }
        case .t10: up.map { (.error, $0) }
        case .t11: (up + [.offline, .error]).map { ($0, $0) }
        case .t12: up.map { ($0, $0) }
        case .t13: up.map { ($0, .sleeping) }
        case .t14: [(.sleeping, .waking)]
        case .t15: up.map { (.waking, $0) }
        case .t16: [(.waking, .error)]
        case .t17: (up + [.offline, .error, .deploying, .waking]).map { ($0, .windingDown) }
        case .t18: [(.windingDown, .stopped)]
        case .t19: [(.sleeping, .stopped)]
        case .t20: [(.stopped, .deploying)]
        }
    }

    /// What must hold when an entry is decided.
    private mutating func judge(_ order: Order, _ picture: Picture) {
        let name = "\(order.id) \(order.symbol) of \(order.botID) at \(order.createdAt)"
        guard let life = lives[order.botID],
            let seen = picture.lives.first(where: { $0.record.id == order.botID })
        else { return }
        if !life.mightEnter(at: order.createdAt) {
            report(.entriesOnlyWhileOnline, "\(name): \(life.state)")
        }
        if order.keyID.number == 0 || !seen.record.isArmed {
            report(.entriesOnlyWhileArmed, name)
        }
        if let up = life.isUpSince, seen.record.reconciledAt.map({ $0 < up }) ?? true {
            report(.entriesOnlyOnceReconciled, "\(name): its process runs since \(up)")
        }
        let isOpen = [life.sessions, seen.sessions].contains {
            SessionCalendar($0).isOpen(at: order.createdAt)
        }
        if !isOpen { report(.entriesOnlyInSessions, name) }
        let minute = order.createdAt.floored(to: .minutes(1))
        if life.entries[order.symbol] == minute {
            report(.oneOrderForOneDecision, "\(name): another one in the same minute")
        }
        lives[order.botID]?.entries[order.symbol] = minute
    }
}

extension KnownLife {
    mutating func follow(_ down: LifeDown) {
        if hasNoProcess, !down.hasNoProcess { isUpSince = down.at }
        (isDown, hasNoProcess, isCut) = (down.isDown, down.hasNoProcess, down.isCut)
    }

    mutating func provision(at now: Instant) {
        isProvisioned = true
        since = now
    }

    mutating func release(at now: Instant) {
        if let since { paidSeconds += (now - since).milliseconds / 1000 }
        isProvisioned = false
        since = nil
    }
}

/// People whom the dice lead: of every role, pressing everything, wrongly now and then.
import Store

struct RandomOperator {
    var dice: Randomness
    private var number = 0
    var who: Int64 = SimulatedFleet.owner.uid
    /// Refusals at the door of the wire, before the desk.
    private(set) var garbled: [Refusal] = []
    private var replies: [DeskReply] = []
    /// What was taken, by verb and by what was special about it.
    private(set) var deeds: [String: Int] = [:]
    /// A preview that waits for its confirmation.
    var shown: ShownPreview?
    /// Confirmations of previews that were taken.
    var honoured: [HonouredPreview] = []

    /// Whether second thoughts come: dice of their own, so that a command that waits changes
    /// nothing else.
    private var doubts: Randomness

    init(_ dice: Randomness) {
        self.dice = dice.fork(named: "operator")
        doubts = dice.fork(named: "doubts")
    }

    /// Sends at most a few commands to the fleet's desk, between two commits.
    mutating func act(on fleet: SimulatedFleet) throws(StoreError) -> [DeskReply] {
        garbled = []
        replies = []
        deeds = [:]
        honoured = []
        who = person()
        if fleet.clockAwaitsAPerson { try send(.acceptClock, to: fleet) }
        let busy = fleet.bots().filter { !$0.orders.isEmpty }
        if shown != nil, dice.chance(1, in: 3) {
            try confirm(fleet)
        } else if let halt = fleet.world.trading.halts.first, dice.chance(1, in: 3),
            let bot = halt.bots.first.flatMap({ fleet.world.machine($0) })
        {
            try send(closeAll(bot), to: fleet)
        } else if let bot = fleet.bots().first(where: \.link.isCut), dice.chance(1, in: 3) {
            try reachOut(bot, fleet)
        } else if let bot = dueForUpdate(fleet), dice.chance(1, in: 2) {
            try send(.update(bot: bot.record.label), to: fleet)
        } else if let bot = busy.first, dice.chance(1, in: 3) {
            try ambush(bot, fleet)
        } else if let bot = holder(fleet), dice.chance(1, in: 8) {
            try tighten(bot, fleet)
        } else if dice.chance(2, in: 5) {
            try press(fleet)
        }
        try thinkAgain(fleet)
        return replies
    }

    /// One command in three that waits is taken back at once.
    private mutating func thinkAgain(_ fleet: SimulatedFleet) throws(StoreError) {
        let waiting = replies.flatMap(\.commands).filter { $0.outcome == .queued }
        guard let last = waiting.last, doubts.chance(1, in: 3) else { return }
        try send(.cancel(last.id.description), to: fleet)
    }

    /// The owner mostly; one in four is somebody else.
    private mutating func person() -> Int64 {
        guard dice.chance(1, in: 4) else { return SimulatedFleet.owner.uid }
        return pick(SimulatedFounding.members.map(\.uid) + [SimulatedFounding.stranger])
    }

    private mutating func press(_ fleet: SimulatedFleet) throws(StoreError) {
        switch dice.integer(in: 0...9) {
        case 0...3: try send(command(fleet), to: fleet)
        case 4: try look(fleet.bots(), fleet)
        case 5...7: for command in life(fleet) { try send(command, to: fleet) }
        case 8: for command in mistake(fleet) { try send(command, to: fleet) }
        default: for command in paperwork() { try send(command, to: fleet) }
        }
    }

    private mutating func command(_ fleet: SimulatedFleet) throws(StoreError) -> Command {
        let bots = fleet.bots()
        let bot = pick(bots)
        if let latched = bots.first(where: { $0.record.killLatchedAt != nil }),
            dice.chance(1, in: 4)
        {
            who = SimulatedFounding.trader
            return .resume(.named([latched.record.label]), reason: "let me")
        }
        if let paused = bots.first(where: { $0.record.isPaused }), dice.chance(2, in: 5) {
            let reason = dice.chance(4, in: 5) ? "looked at it" : nil
            return .resume(.named([paused.record.label]), reason: reason)
        }
        switch dice.integer(in: 0...19) {
        case 0: return .pause(.named([bot.record.label, pick(bots).record.label]), reason: nil)
        case 1: return .resume(.all, reason: "all clear")
        case 2: return closeAll(bot)
        case 3: return limitsPreview(bot)
        case 4...5: return try closeOne(bots, fleet)
        case 6: return .closeAll(.named([bot.record.label]), confirmation: .label("wrong"))
        case 7: return assign(bots.first(where: Self.isFading) ?? bot)
        case 8: return .previewCloseAll(.all)
        case 9...10:
            let label = bot.record.label
            return .riskReset(bot: label, confirmation: .label(label))
        case 11: return .previewTemplate(bot: bot.record.label, template: "Mean Reverter")
        default: return limit(bot)
        }
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[dice.integer(in: 0...values.count - 1)]
    }

    func closeAll(_ bot: BotMachine) -> Command {
        .closeAll(.named([bot.record.label]), confirmation: .label(bot.record.label))
    }

    private mutating func limitsPreview(_ bot: BotMachine) -> Command {
        let entry = pick(Self.menu)
        return .previewLimits(
            bot: bot.record.label, [LimitSetting(entry.name, pick(entry.values))])
    }

    private mutating func closeOne(
        _ bots: [BotMachine], _ fleet: SimulatedFleet
    ) throws(StoreError) -> Command {
        let held = bots.flatMap { bot in bot.positions.map { ($0, bot.record.label) } }
        guard !held.isEmpty else { return .pause(.all, reason: "nothing is open") }
        let (position, label) = pick(held)
        let name = position.id.description
        guard dice.chance(1, in: 2) else {
            return .closePosition(name, confirmation: .label(label))
        }
        let shown = try send(.previewClose(position: name), to: fleet)
        return .closePosition(
            name, confirmation: .token(ClosePreview(shown.result)?.token ?? "none"))
    }

    /// Its positions stand against the trend that the other template follows.
    private static func isFading(_ bot: BotMachine) -> Bool {
        !bot.held.isEmpty && bot.record.templateName == "Mean Reverter"
    }

    func assign(_ bot: BotMachine) -> Command {
        let other = bot.record.templateName == "Trend Follower" ? "Mean Reverter" : "Trend Follower"
        return .assignTemplate(
            bot: bot.record.label, template: other, confirmation: .label(bot.record.label))
    }

    /// Values that make every limit reachable, and those that set it free again.
    private static let menu: [(name: String, values: [String])] = [
        ("max_positions_per_asset", ["1", "2", "3"]), ("max_positions_total", ["1", "2", "5"]),
        ("max_loss_per_trade_pct", ["0.1", "0.1", "0.2", "2"]),
        ("daily_loss_pct", ["0.5", "0.5", "0.5", "1"]), ("daily_loss_pct", ["0.5", "0.5", "5"]),
        ("daily_loss_pct", ["0.5"]),
        ("daily_loss_flatten", ["true", "false"]),
        ("consecutive_losses", ["1", "2", "5"]),
        ("consecutive_loss_cooldown_min", ["0", "30", "90"]), ("max_leverage", ["2", "3", "5"]),
        ("max_slippage_pct", ["0.01", "0.1", "0.5"]), ("api_errors_5min", ["1", "2", "3", "10"]),
    ]

    private mutating func limit(_ bot: BotMachine) -> Command {
        let entry = pick(Self.menu)
        return limit(bot, entry.name, entry.values)
    }

    mutating func limit(
        _ bot: BotMachine, _ name: String, _ values: [String]
    ) -> Command {
        .riskSet(
            bot: bot.record.label, [LimitSetting(name, pick(values))],
            confirmation: .label(bot.record.label))
    }

    /// What the wire cannot make a command of.
    mutating func garble(_ verb: String, _ arguments: JSON) {
        do throws(Refusal) { _ = try Command(verb: verb, arguments: arguments) } catch {
            garbled.append(error)
        }
    }

    /// One command in ten is sent twice under the same key, as after a lost reply; one in a
    /// hundred takes a key that another request had.
    @discardableResult
    mutating func send(
        _ command: Command, to fleet: SimulatedFleet
    ) throws(StoreError) -> DeskReply {
        if !dice.chance(1, in: 100) { number += 1 }
        let person = (who, "simulation")
        let specials = specials(command, fleet)
        let reply = try fleet.take(command, key: "key-\(number)", from: person)
        replies.append(reply)
        if Self.isTaken(reply) { for deed in [command.verb] + specials { count(deed) } }
        if dice.chance(1, in: 10) {
            replies.append(try fleet.take(command, key: "key-\(number)", from: person))
        }
        return reply
    }

    /// Something came of it, or was shown.
    static func isTaken(_ reply: DeskReply) -> Bool {
        guard reply.refusal == nil else { return false }
        return reply.commands.isEmpty || reply.commands.contains { $0.outcome != .refused }
    }

    mutating func count(_ deed: String) { deeds[deed, default: 0] += 1 }

    /// What is told of a command beside its verb.
    func specials(_ command: Command, _ fleet: SimulatedFleet) -> [String] {
        if who == SimulatedFounding.staff, command.needsReasonFromStaff {
            return ["\(command.verb) by staff"]
        }
        if let update = command.as(UpdateCommand.self) {
            return update.canaries == nil ? [] : ["update in cohorts"]
        }
        if let stop = command.as(StopCommand.self) { return ["stop, \(stop.positions.rawValue)"] }
        if let sessions = command.as(SetSessionsCommand.self) {
            return [sessions.text == nil ? "sessions back" : "sessions own"]
        }
        guard case .named(let labels)? = command.as(CloseAllCommand.self)?.bots else { return [] }
        let isHalting = fleet.world.trading.halts.contains { halt in
            halt.bots.contains { id in
                fleet.world.machine(id).map { labels.contains($0.record.label) } ?? false
            }
        }
        return isHalting ? ["close-all while a halt runs"] : []
    }
}

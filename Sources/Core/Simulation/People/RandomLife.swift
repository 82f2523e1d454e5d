/// What random people do to the life of bots, to tickets and templates, and where they err.
import Store

extension RandomOperator {
    /// Deploys, starts, stops, restarts, updates, keys, sessions, money.
    mutating func life(_ fleet: SimulatedFleet) -> [Command] {
        let bots = fleet.bots()
        let bot = pick(bots)
        let label = bot.record.label
        if let stopped = bots.first(where: { $0.record.phase == .stopped }), dice.chance(1, in: 2) {
            return [.start(bot: stopped.record.label)]
        }
        let hourAgo = fleet.world.now - .hours(1)
        if dice.chance(1, in: 5),
            let again = bots.first(where: { $0.instance.restartedAt.map { $0 > hourAgo } ?? false })
        {
            return [.restart(bot: again.record.label, reason: "once more")]
        }
        switch dice.integer(in: 0...19) {
        case 0...1: return [deploy(fleet)]
        case 2...3: return stopping(bot)
        case 4: return [.start(bot: label)]
        case 5...6: return [.restart(bot: label, reason: dice.chance(1, in: 2) ? "stuck" : nil)]
        case 7...8: return [.update(bot: label)]
        case 9: return [.assignKey(bot: label, key: spare(fleet))]
        case 10: return [.assignKey(bot: label, key: pick(bots).record.keyID?.description ?? "?")]
        case 11...14: return [.setSessions(bot: label, text: sessions(fleet.world.now))]
        case 15: return [.topUp("\(dice.integer(in: 1...20))")]
        case 16:
            return [
                .update(bot: label), .stop(bot: label, .close, confirmation: .label(label)),
            ]
        case 17:
            let scope: BotScope = dice.chance(1, in: 2) ? .all : .named(bots.map(\.record.label))
            return [.updateInCohorts(scope, canaries: dice.integer(in: 1...2))]
        case 18:
            who = SimulatedFounding.staff
            let reason = dice.chance(4, in: 5) ? "the customer asked" : nil
            return [
                pick([
                    .pause(.named([label]), reason: reason),
                    .resume(.named([label]), reason: reason),
                    .restart(bot: label, reason: reason),
                ])
            ]
        default: return [.restart(bot: label, reason: "twice"), .restart(bot: label, reason: "now")]
        }
    }

    /// What closes positions first is looked at before.
    private mutating func stopping(_ bot: BotMachine) -> [Command] {
        let stop = stop(bot)
        guard stop.as(StopCommand.self)?.positions == .close else { return [stop] }
        return [.previewStop(bot: bot.record.label), stop]
    }

    mutating func stop(_ bot: BotMachine) -> Command {
        let label = bot.record.label
        return switch dice.integer(in: 0...4) {
        case 0...1: .stop(bot: label, .refuse, confirmation: nil)
        case 2...3: .stop(bot: label, .close, confirmation: .label(label))
        default: .stop(bot: label, .leave, confirmation: .label(label))
        }
    }

    private mutating func deploy(_ fleet: SimulatedFleet) -> Command {
        // A fleet that grows for ever would only cost time.
        let isRoomLeft = fleet.bots().count < fleet.settings.botCount + 3
        let label = isRoomLeft ? "new-\(fleet.bots().count + 1)-x" : pick(fleet.bots()).record.label
        return .deploy(
            DeployRequest(
                label: label, region: pick(["tokyo", "london"]),
                key: dice.chance(2, in: 3) ? spare(fleet) : nil,
                template: dice.chance(2, in: 3) ? "Mean Reverter" : nil))
    }

    mutating func spare(_ fleet: SimulatedFleet) -> String {
        let first = fleet.settings.botCount + 1
        return "key-\(dice.integer(in: first...first + SimulatedFleet.spareKeys - 1))-x"
    }

    /// A window that opens or closes within some hours; the template's again now and then.
    private mutating func sessions(_ now: Instant) -> String? {
        guard dice.chance(3, in: 4) else { return nil }
        let hour = Int(now.inDay.milliseconds / 3_600_000)
        let from = (hour + pick([2, 3, 22, 23])) % 24
        let to = (from + pick([1, 2, 6])) % 24
        return SessionFile.print([
            SessionWindow(
                name: "Desk", days: Set(0...6), start: from * 60, end: to * 60, zone: "UTC")
        ])
    }

    /// Tickets, templates and alarms.
    mutating func paperwork() -> [Command] {
        let ticket = ID<Ticket>(Int64(dice.integer(in: 1...4))).description
        let notice = ID<Notice>(Int64(dice.integer(in: 1...5))).description
        if dice.chance(1, in: 3) { who = SimulatedFounding.staff }
        switch dice.integer(in: 0...13) {
        case 0...1:
            return [
                .ticketOpen(
                    subject: "It stands still", message: "Since noon.", .bot, .normal, bot: nil)
            ]
        case 2: return [.ticketReply(ticket, message: "And now?", asSupport: dice.chance(1, in: 2))]
        case 3: return [.ticketNote(ticket, message: "Looks like the exchange.")]
        case 4:
            who = SimulatedFounding.staff
            return [
                .ticketOpen(subject: "Seen", message: "By us.", .other, .low, bot: nil),
                .ticketAssign("ticket-1", assignee: pick(["finn", "nobody-x"])),
            ]
        case 5: return [.ticketPriority(ticket, pick(TicketPriority.allCases))]
        case 6: return [.ticketCategory(ticket, pick(TicketCategory.allCases))]
        case 7: return [.ticketResolve(ticket)]
        case 8:
            who = SimulatedFounding.staff
            return [.ticketClose(ticket), .ticketReply(ticket, message: "Done.", asSupport: true)]
        case 9:
            who = SimulatedFounding.staff
            return [.ticketResolve(ticket), .ticketReopen(ticket), .ticketReopen(ticket)]
        case 10: return [.templateCopy("Trend Follower", name: pick(["Mine", "Yours"]))]
        case 11: return [.templateDelete(pick(["Mine", "Loose Trend", "Yours"]))]
        case 12:
            let text = TemplateFile.print(SimulatedFounding.looseTrend)
            return [.templateImport(text: text, file: nil)]
        default: return [.noticeAcknowledge(notice), .noticeAcknowledge(notice)]
        }
    }

    /// What a hurried person types.
    mutating func mistake(_ fleet: SimulatedFleet) -> [Command] {
        let label = pick(fleet.bots()).record.label
        garble("frobnicate", [:])
        garble("pause", ["bots": 7])
        let wrong: [Command] = [
            .pause(.named(["nobody-x"]), reason: nil), .pause(.named(["bot-"]), reason: nil),
            .closePosition("pos-999999", confirmation: .label("x")),
            .closeAll(.all, confirmation: nil), .closeAll(.all, confirmation: .token("none")),
            .riskSet(bot: label, [LimitSetting("max_everything", "1")]),
            .riskSet(bot: label, [LimitSetting("max_leverage", "lots")]),
            .riskSet(bot: label, [LimitSetting("max_leverage", "1000")]),
            .assignTemplate(bot: label, template: "None", confirmation: nil),
            .templateDelete("Trend Follower"), .templateDelete("Loose Trend"),
            .templateCopy("Trend Follower", name: " "),
            .templateCopy("Trend Follower", name: "Mean Reverter"),
            .templateImport(text: "[", file: nil), .noticeAcknowledge("notice-99999"),
            .ticketClose("ticket-99999"), .assignKey(bot: label, key: "key-none"),
            .ticketOpen(subject: "a\nb", message: "x", .bot, .low, bot: nil),
            .ticketOpen(subject: "a", message: "", .bot, .low, bot: nil),
            .ticketOpen(
                subject: "a", message: String(repeating: "x", count: 60_000), .bot, .low,
                bot: nil),
            .deploy(DeployRequest(label: "--all", region: "tokyo")),
            .deploy(DeployRequest(label: label, region: "tokyo")),
            .deploy(DeployRequest(label: "mars-x", region: "mars")), .topUp("-5"),
            .setSessions(bot: label, text: "whenever"),
        ]
        return [pick(wrong), pick(wrong)]
    }
}

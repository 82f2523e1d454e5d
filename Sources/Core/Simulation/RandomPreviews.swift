/// Previews that people look at, and confirm at once, later, or much too late.
import Store

/// What somebody was shown.
struct ShownPreview {
    let scope: BotScope
    let token: String
    let positions: Set<String>
    /// By the wall clock.
    let at: Instant
    let who: Int64

}

/// A confirmation that was taken.
struct HonouredPreview {
    let shown: ShownPreview
    let who: Int64
    /// Open positions of the bots concerned at that moment.
    let open: Set<String>
    let at: Instant

    /// **Source** PRODUCT 17.2, written down a second time on purpose.
    var isRight: Bool {
        who == shown.who && at >= shown.at && at - shown.at <= .seconds(30)
            && open.isSubset(of: shown.positions)
    }
}

extension RandomOperator {
    /// Shows what a close of some bots would do. Half of the people confirm it at once, the
    /// others look away first, and somebody else may press in their place.
    mutating func look(_ bots: [BotMachine], _ fleet: SimulatedFleet) throws(StoreError) {
        let scope: BotScope =
            dice.chance(1, in: 10)
            ? .all : .named([pick(bots).record.label, pick(bots).record.label])
        let reply = try send(.previewCloseAll(scope), to: fleet)
        let positions = reply.result["positions"]?.elements ?? []
        shown = reply.result["preview_token"]?.text.map { token in
            ShownPreview(
                scope: scope, token: token,
                positions: Set(positions.compactMap { $0["id"]?.text }),
                at: fleet.machine.wall.utc, who: who)
        }
        if dice.chance(1, in: 2) { try confirm(fleet) }
    }

    /// Confirms what was shown, whenever that was.
    mutating func confirm(_ fleet: SimulatedFleet) throws(StoreError) {
        guard let seen = shown else { return }
        shown = nil
        if dice.chance(9, in: 10) { who = seen.who }
        let open = Self.open(seen.scope, fleet)
        let now = fleet.machine.wall.utc
        let reply = try send(
            .closeAll(seen.scope, confirmation: .token(seen.token)), to: fleet)
        guard Self.isTaken(reply) else { return }
        if now != seen.at { count("close-all of an earlier preview") }
        honoured.append(HonouredPreview(shown: seen, who: who, open: open, at: now))
    }

    private static func open(_ scope: BotScope, _ fleet: SimulatedFleet) -> Set<String> {
        let bots = fleet.bots().filter { bot in
            guard case .named(let labels) = scope else { return true }
            return labels.contains(bot.record.label)
        }
        return Set(bots.flatMap(\.positions).map(\.id.description))
    }

    static func isTaken(_ reply: DeskReply) -> Bool {
        guard reply.refusal == nil else { return false }
        return reply.commands.isEmpty || reply.commands.contains { $0.outcome != .refused }
    }

    /// Limits so tight that what is open soon meets them.
    mutating func tighten(_ bot: BotMachine, _ fleet: SimulatedFleet) throws(StoreError) {
        let settings = pick([
            ("max_loss_per_trade_pct", "0.1"), ("daily_loss_pct", "0.5"),
            ("daily_loss_pct", "0.5"), ("max_positions_total", "1"),
        ])
        let limit = LimitSetting(settings.0, settings.1)
        try send(.riskSet(bot: bot.record.label, [limit]), to: fleet)
    }

    /// What is asked of a bot that does not hear it: it waits, but for a halt.
    mutating func reachOut(_ bot: BotMachine, _ fleet: SimulatedFleet) throws(StoreError) {
        let label = bot.record.label
        let limit = LimitSetting("max_positions_total", pick(["1", "5"]))
        let commands: [Command] = [
            .pause(.named([label]), reason: nil), .resume(.named([label]), reason: "go on"),
            .riskSet(bot: label, [limit]), .riskReset(bot: label), assign(bot),
            .setSessions(bot: label, text: nil), stop(bot),
            .closeAll(.named([label]), confirmation: .label(label)),
            .assignKey(bot: label, key: spare(fleet)), .restart(bot: label, reason: "silent"),
        ]
        let reply = try send(pick(commands), to: fleet)
        if reply.commands.contains(where: { $0.outcome == .queued }) {
            count("waits for a link")
        }
    }

    /// What is told of a command beside its verb.
    func specials(_ command: Command, _ fleet: SimulatedFleet) -> [String] {
        let isStaff = who == SimulatedFounding.staff
        switch command {
        case .pause where isStaff, .resume where isStaff, .restart where isStaff:
            return ["\(command.verb) by staff"]
        case .updateInCohorts: return ["update in cohorts"]
        case .stop(_, let choice, _): return ["stop, \(choice.rawValue)"]
        case .setSessions(_, let text): return [text == nil ? "sessions back" : "sessions own"]
        case .closeAll(.named(let labels), _):
            let isHalting = fleet.world.halts.contains { halt in
                halt.bots.contains { id in
                    fleet.world.machine(id).map { labels.contains($0.record.label) } ?? false
                }
            }
            return isHalting ? ["close-all while a halt runs"] : []
        default: return []
        }
    }
}

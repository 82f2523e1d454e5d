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

    /// **Source** <doc:ProductRules#Previews>, written down a second time on purpose.
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
        shown = ClosePreview(reply.result).map { preview in
            ShownPreview(
                scope: scope, token: preview.token,
                positions: Set(preview.positions.map(\.id.description)),
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
}

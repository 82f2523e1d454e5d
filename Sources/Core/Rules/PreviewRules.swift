/// What binds a destructive act to the picture on which it was confirmed.

import Store

/// What an act would touch right now; equal in kind to what its preview showed.
public struct PreviewContent: Sendable, Equatable {
    /// `close`, `close-all`, or `risk` with the limits that would be set.
    public var verb: String
    public var botIDs: [ID<Bot>]
    public var positionIDs: [ID<Position>]
    /// Client order ids of the resting orders that would be cancelled, external ones included.
    public var orderIDs: [String]
    /// Sum of the positions' absolute values at mark.
    public var notional: CurrencySums

    public init(
        verb: String, botIDs: [ID<Bot>], positionIDs: [ID<Position>], orderIDs: [String],
        notional: CurrencySums
    ) {
        self.verb = verb
        self.botIDs = botIDs
        self.positionIDs = positionIDs
        self.orderIDs = orderIDs
        self.notional = notional
    }
}

/// Making and honouring previews. All instants are of one clock.
/// **Source** <doc:ProductRules#Previews>.
public enum PreviewRules {
    /// Share of the previewed notional by which it may move, either way.
    public static let tolerance = Rate.percent(1)

    /// - Parameter dice: 64 random bits of the caller's generator; they make the token.
    public static func make(
        _ content: PreviewContent, for person: Operator, dice: UInt64, at now: Instant
    ) -> Preview {
        Preview(
            token: token(from: dice), actorUID: person.uid, verb: content.verb,
            botIDs: content.botIDs.sorted(), positionIDs: content.positionIDs.sorted(),
            orderIDs: content.orderIDs.sorted(), notional: content.notional, createdAt: now,
            expiresAt: now + Preview.lifetime)
    }

    /// Eight letters and digits in two groups, none of them easily mistaken: `k7pd-3wxa`.
    static func token(from dice: UInt64) -> String {
        let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz")
        var rest = dice
        var text = ""
        for index in 0..<8 {
            if index == 4 { text.append("-") }
            text.append(alphabet[Int(rest % UInt64(alphabet.count))])
            rest /= UInt64(alphabet.count)
        }
        return text
    }

    /// What closing would cost: taker fees and half the spread.
    public static func expectedCost(
        of notional: CurrencySums, takerFee: Rate, halfSpread: Rate
    ) -> CurrencySums {
        notional.map { $0.times(takerFee) + $0.times(halfSpread) }
    }

    /// Honours a confirmation, or says why not. The desk deletes a preview once it was honoured.
    /// - Parameters:
    ///   - content: what the act would touch now.
    ///   - labels: of the bots in `content`.
    ///   - preview: the stored one under the confirmation's token, if there is any.
    /// - Throws: ``Refusal`` `confirmation_missing`, `label_mismatch` or `stale_preview`.
    public static func confirm(
        _ confirmation: Confirmation?, of content: PreviewContent, labels: [String],
        preview: Preview?, by person: Operator, at now: Instant
    ) throws(Refusal) {
        switch confirmation {
        case .token(let token):
            guard let preview, preview.token == token else { throw .stalePreview(.unknown) }
            try check(preview, against: content, by: person, at: now)
        case .label(let typed):
            let label = try onlyLabel(labels)
            guard typed == label else { throw .labelMismatch(label: label, typed: typed) }
        case .yes, nil: throw .confirmationMissing(.label(bot: try onlyLabel(labels)))
        }
    }

    /// A typed label speaks for one bot only.
    private static func onlyLabel(_ labels: [String]) throws(Refusal) -> String {
        guard labels.count == 1, let label = labels.first else {
            throw .confirmationMissing(.token(bots: labels.count))
        }
        return label
    }

    private static func check(
        _ preview: Preview, against content: PreviewContent, by person: Operator, at now: Instant
    ) throws(Refusal) {
        guard preview.actorUID == person.uid else { throw .stalePreview(.otherPerson) }
        guard preview.verb == content.verb else {
            throw .stalePreview(.otherAct(previewed: preview.verb))
        }
        // A clock that was set back must not keep a preview alive.
        guard now >= preview.createdAt, now <= preview.createdAt + Preview.lifetime else {
            throw .stalePreview(.tooOld(age: now - preview.createdAt))
        }
        let bots = Set(content.botIDs).subtracting(preview.botIDs).count
        let positions = Set(content.positionIDs).subtracting(preview.positionIDs).count
        let orders = Set(content.orderIDs).subtracting(preview.orderIDs).count
        guard bots + positions + orders == 0 else {
            throw .stalePreview(.grew(bots: bots, positions: positions, orders: orders))
        }
        // Of several currencies each for itself.
        for part in CurrencySums.all(of: content.notional, preview.notional) {
            let (now, then) = (content.notional[part], preview.notional[part])
            guard isWithinTolerance(now, of: then) else {
                throw .stalePreview(.moved(from: then, to: now))
            }
        }
    }

    /// Exactly on the tolerance is within it.
    private static func isWithinTolerance(_ value: Money, of previewed: Money) -> Bool {
        let moved = Int128((value - previewed).magnitude.raw) * Int128(powerOfTen(Rate.scale))
        return moved <= Int128(previewed.magnitude.raw) * Int128(tolerance.raw)
    }
}

extension CurrencySums {
    /// Every currency of one or the other, in the order of their codes.
    fileprivate static func all(of first: CurrencySums, _ second: CurrencySums) -> [Currency] {
        Set((first.parts + second.parts).map(\.currency)).sorted()
    }
}

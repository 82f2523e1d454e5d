/// What other limits or another template would do to open positions, as the engine says it and a
/// console reads it.
import Store

/// Bound to a token that confirms just this.
public struct ChangePreview: PreviewDocument {
    public var token: String
    public var expiresAt: Instant
    public var bots: [NamedBot]
    public var positions: [ExitOutlook]
    /// Limits that hold less back than before; nil where no limits are concerned.
    public var loosens: [RiskLimitName]?
    /// What it takes to do it.
    public var asks: LimitNeed.Question

    public init(
        token: String, expiresAt: Instant, bots: [NamedBot], positions: [ExitOutlook],
        loosens: [RiskLimitName]?, asks: LimitNeed.Question
    ) {
        self.token = token
        self.expiresAt = expiresAt
        self.bots = bots
        self.positions = positions
        self.loosens = loosens
        self.asks = asks
    }

    init(
        _ stored: Preview, _ bot: Bot, _ outlooks: [ExitOutlook],
        loosens: [RiskLimitName]? = nil, asks: LimitNeed.Question
    ) {
        self.init(
            token: stored.token, expiresAt: stored.expiresAt,
            bots: [NamedBot(id: bot.id, label: bot.label)], positions: outlooks,
            loosens: loosens, asks: asks)
    }

    public var need: ConfirmationNeed {
        switch asks {
        case .none: .none
        case .yes: .yes
        case .label: typedNeed
        }
    }

    public var json: JSON {
        .given(
            .text("preview_token", token), .text("expires_at", expiresAt.description),
            JSON.Member("bots", .array(bots.map(\.json))),
            JSON.Member("positions", .array(positions.map(\.json))),
            loosens.map { JSON.Member("loosens", .array($0.map { .string($0.rawValue) })) },
            .text("asks", asks.rawValue))
    }

    public init?(_ json: JSON) {
        guard let token = json["preview_token"]?.text,
            let expiresAt = json["expires_at"]?.text.flatMap(Instant.init(anyYear:)),
            let bots = json["bots"]?.values(NamedBot.init),
            let positions = json["positions"]?.values(ExitOutlook.init),
            let asks = json["asks"]?.text.flatMap(LimitNeed.Question.init(rawValue:))
        else { return nil }
        self.init(
            token: token, expiresAt: expiresAt, bots: bots, positions: positions,
            loosens: json["loosens"]?.values { $0.text.flatMap(RiskLimitName.init(rawValue:)) },
            asks: asks)
    }
}

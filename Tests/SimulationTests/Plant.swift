/// Pictures of one small bot: a sound one, and one for each invariant in which that is broken.
import Store

@testable import Core

enum Plant {
    static let now = SimulatedPast.end
    static let bot = ID<Bot>(1)

    /// One entry has filled; its position is open.
    static func sound() -> Picture {
        var picture = quiet()
        picture.activities = [entry(1, .order, "filled")]
        picture.fills = [fill(1)]
        return picture
    }

    /// The same bot when nothing has happened since.
    static func quiet() -> Picture {
        var picture = Picture(at: now)
        let fee = price("0.05")
        let wallet = Money.units(10_000) - fee
        let account = VenueAccount(
            keyID: ID(1), deposits: .units(10_000), wallet: wallet, fees: fee)
        let position = position(1)
        picture.bots = [
            SeenBot(
                record: Bot(
                    id: bot, label: "a", keyID: ID(1), templateName: "T", createdAt: now,
                    dayStartEquity: .units(10_000)),
                limits: RiskLimits(), held: [position], stored: [position],
                exchange: ["X": one], account: account, storedAccount: account, equity: wallet,
                marks: ["X": hundred], apiErrors: 0)
        ]
        return picture
    }

    static let one = Quantity(raw: 100_000_000)
    static let hundred = Price(raw: 1_000_000_000_000)
    static func price(_ text: String) -> Money { (try? Money.parse(text)) ?? .zero }

    static func entry(
        _ number: Int64, _ kind: ActivityKind, _ what: String, detail: String = "",
        actor: String = "bot"
    ) -> Activity {
        Activity(
            id: ID(number), botID: bot, at: now, kind: kind, what: what, detail: detail,
            actor: actor)
    }

    static func fill(_ number: Int64, symbol: String = "X") -> SeenFill {
        var order = Order(
            id: ID(number), botID: bot, keyID: ID(1), clientOrderID: "c\(number)",
            symbol: symbol, side: .buy, quantity: one, reduceOnly: false, purpose: .entry,
            positionID: ID(number), decisionPrice: hundred, leverage: 3, createdAt: now,
            deadline: now)
        order.filled = one
        return SeenFill(
            fill: Fill(
                id: ID(number), orderID: ID(number), botID: bot, positionID: ID(number),
                symbol: symbol, side: .buy, quantity: one, price: hundred, fee: price("0.05"),
                at: now), order: order)
    }

    static func position(_ number: Int64) -> Position {
        Position(
            id: ID(number), botID: bot, keyID: ID(1), symbol: "X", side: .long, quantity: one,
            openedQuantity: one, entryPrice: hundred, leverage: 3, margin: .zero,
            liquidationPrice: .zero, openedAt: now, bestPrice: hundred, worstPrice: hundred,
            decisionPrice: hundred, templateName: "T", templateVersion: 1, limitsVersion: 0)
    }

    static func command(_ outcome: CommandOutcome) -> CommandRecord {
        CommandRecord(
            id: ID(1), idempotencyKey: "k", verb: "close-all", botID: bot, target: "a",
            actor: "ana", actorUID: 1, role: "owner", at: now, startedAt: now,
            finishedAt: now + .seconds(1), outcome: outcome)
    }
}

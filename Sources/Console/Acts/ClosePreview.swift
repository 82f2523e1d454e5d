/// What the engine says that closing would do, bound to a token.
/// **Source** <doc:ProductRules#Previews>.
import Core
import Store

struct ClosePreview: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        var bot: String
        var id: ID<Position>?
        var symbol: String
        var side: String
        var size: String
        var unrealised: Money
    }

    let subject: CloseSubject
    let token: String
    /// Labels.
    let bots: [String]
    let positions: [Line]
    let notional: Money
    /// Taker fees and half the spread.
    let cost: Money
    let ordersToCancel: Int

    /// Reads the engine's answer; nil when it is not one.
    init?(_ json: JSON, of subject: CloseSubject) {
        guard let token = json["preview_token"]?.text,
            let notional = json["notional"]?.text.flatMap({ try? Money.parse($0) })
        else { return nil }
        self.subject = subject
        self.token = token
        self.notional = notional
        cost = json["expected_cost"]?.text.flatMap { try? Money.parse($0) } ?? .zero
        ordersToCancel = Int(json["orders_to_cancel"]?.integer ?? 0)
        bots = (json["bots"]?.elements ?? []).compactMap { $0["label"]?.text }
        positions = (json["positions"]?.elements ?? []).compactMap(Line.init)
    }

    var unrealised: Money { positions.reduce(.zero) { $0 + $1.unrealised } }
}

extension ClosePreview.Line {
    init?(_ json: JSON) {
        guard let symbol = json["symbol"]?.text, let side = json["side"]?.text,
            let size = json["size"]?.text
        else { return nil }
        self.init(
            bot: json["bot"]?.text ?? "", id: json["id"]?.text.flatMap { ID<Position>(text: $0) },
            symbol: symbol, side: side, size: size,
            unrealised: json["unrealised_pnl"]?.text.flatMap { try? Money.parse($0) } ?? .zero)
    }
}

/// What travels back for a command: each document is read as it was written.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct AnswerDocumentTests {
    private static let line = ClosePreview.Line(
        id: ID(3), bot: "trend-1", symbol: "BTC-PERP", side: .short,
        size: Quantity(raw: 200_000_000), notional: .units(120_000),
        unrealised: .units(-17))
    private static let close = ClosePreview(
        verb: "close-all", token: "k7pd-3wxa", expiresAt: Instant(milliseconds: 1_700_000_000_123),
        bots: [NamedBot(id: ID(4), label: "trend-1")], positions: [line],
        notional: CurrencySums(.units(120_000), in: .usdt),
        cost: CurrencySums(.units(72), in: .usdt), ordersToCancel: 5)
    private static let change = ChangePreview(
        token: "k7pd-3wxa", expiresAt: Instant(milliseconds: 1_700_000_000_123),
        bots: [NamedBot(id: ID(4), label: "trend-1")],
        positions: [
            ExitOutlook(
                position: ID(3), symbol: "ETH-PERP", side: .long,
                quantity: Quantity(raw: 100_000_000), changes: ["stop 1.9 -> 1.8"],
                closedBy: "daily_loss_pct")
        ], loosens: [.maxLeverage], asks: .label)
    private static let row = OutcomeRow(
        bot: ID(4), target: "trend-1", command: ID(12), verb: "pause", ticket: "ticket-9",
        outcome: .refused, changed: true, message: "it sleeps",
        fault: OutcomeRow.Fault(code: "wrong_state", message: "it sleeps", remedy: "Wait."))
    private static let closed = ClosedPositions(
        closed: [
            ClosedPositions.Close(
                position: ID(3), bot: ID(4), symbol: "BTC-PERP", side: .buy,
                size: Quantity(raw: 200_000_000), price: Price(raw: 6_000_000_000_000))
        ], commands: [row])

    private func travelled<Document: AnswerDocument>(_ document: Document) throws -> Document? {
        Document(try JSON.parse(document.json.description))
    }

    @Test func documentsSurviveTheWire() throws {
        #expect(try travelled(Self.close) == Self.close)
        #expect(try travelled(Self.change) == Self.change)
        #expect(try travelled(OutcomeRows([Self.row])) == OutcomeRows([Self.row]))
        #expect(try travelled(Self.closed) == Self.closed)
        var bare = Self.row
        (bare.bot, bare.ticket, bare.fault) = (nil, nil, nil)
        #expect(try travelled(OutcomeRows([bare])) == OutcomeRows([bare]))
    }

    /// Every member counts: without it another document is read, or none.
    @Test func noMemberIsLost() {
        everyMemberCounts(Self.close)
        everyMemberCounts(Self.change)
        everyMemberCounts(Self.closed, but: ["failed", "flat"])
        members(of: Self.line.json).forEach { json in
            #expect(ClosePreview.Line(json) != Self.line, "\(json)")
        }
        members(of: Self.row.json).forEach { json in
            #expect(OutcomeRow(json) != Self.row, "\(json)")
        }
        members(of: Self.change.positions[0].json, but: ["words"]).forEach { json in
            #expect(ExitOutlook(json) != Self.change.positions[0], "\(json)")
        }
        members(of: Self.closed.closed[0].json).forEach { json in
            #expect(ClosedPositions.Close(json) != Self.closed.closed[0], "\(json)")
        }
    }

    private func everyMemberCounts<Document: AnswerDocument>(
        _ document: Document, but derived: Set<String> = []
    ) {
        for json in members(of: document.json, but: derived) {
            #expect(Document(json) != document, "\(json)")
        }
    }

    /// An object without one of its members, for each of them.
    private func members(of json: JSON, but derived: Set<String> = []) -> [JSON] {
        guard case .object(let members) = json else { return [] }
        return members.map(\.key).filter { !derived.contains($0) }.map { key in
            .object(members.filter { $0.key != key })
        }
    }

    /// No document is taken for another one.
    @Test func eachDocumentIsItself() {
        let all = [
            Self.close.json, Self.change.json, OutcomeRows([Self.row]).json, Self.closed.json,
            .null, ["a": 1],
        ]
        for (index, json) in all.enumerated() {
            #expect((ClosePreview(json) != nil) == (index == 0))
            #expect((ChangePreview(json) != nil) == (index == 1))
            #expect((OutcomeRows(json) != nil) == (index == 2))
            #expect((ClosedPositions(json) != nil) == (index == 3))
        }
    }

    @Test func aPreviewSaysWhatItTakes() {
        var close = Self.close
        #expect(close.need == .typed("trend-1"))
        close.bots.append(NamedBot(id: ID(5), label: "mean-2"))
        #expect(close.need == .typed("close 2"))
        close.verb = "close"
        #expect(close.need == .yes)
        close.verb = "stop"
        close.positions = []
        #expect(close.need == .none)
        var change = Self.change
        #expect(change.need == .typed("trend-1"))
        change.asks = .yes
        #expect(change.need == .yes)
        change.asks = .none
        #expect(change.need == .none)
    }

    @Test func whatTheEngineSaysIsSuchADocument() throws {
        let fleet = try HaltOffice()
        let label = fleet.office.desk.world.bots[0].record.label
        let preview = try fleet.office.ask(.previewCloseAll(.named([label]))).result
        #expect(ClosePreview(preview)?.json == preview)
        #expect(ClosePreview(preview)?.bots.map(\.label) == [label])
        let limits = [LimitSetting("max_leverage", "50")]
        let told = try fleet.office.ask(.previewLimits(bot: label, limits)).result
        #expect(ChangePreview(told)?.json == told)
        #expect(ChangePreview(told)?.loosens == [.maxLeverage])
    }
}

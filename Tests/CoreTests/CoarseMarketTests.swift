/// Recorded candles that are longer than a template's: it is refused, as `replay` refuses it.

import Store
import TestKit
import Testing

@testable import Core

/// Else it would decide on candles of an hour and say that they are of five minutes.
@Suite struct CoarseMarketTests {
    private let scratch = Scratch("plutarc-coarse")

    private func desk(hours: Int64) throws -> (Desk, Database) {
        var text = "open_time_ms,open,high,low,close,volume\n"
        for index in 0..<Int64(50) {
            text += "\(1_772_409_600_000 + index * hours * 3_600_000),100,101,99,100,5\n"
        }
        let file = scratch.write("X-\(hours)h.csv", text)
        return try FoundedDesk.two(
            over: [ReplayRequest.symbol(of: file)], market: .recorded([file]),
            at: Instant(milliseconds: 0))
    }

    private func assign(_ desk: Desk, _ template: String) throws -> DeskReply {
        let bot = try #require(desk.world.bots.last).record.label
        return try desk.take(
            .assignTemplate(bot: bot, template: template, confirmation: nil), key: template,
            from: (1, "test"))
    }

    @Test(arguments: [("Mean Reverter", true), ("Range Scalper", true), ("Funding Fade", false)])
    func aTemplateOfShorterCandlesIsRefused(_ name: String, _ isTooFine: Bool) throws {
        let (desk, _) = try desk(hours: 1)
        let reply = try assign(desk, name)
        #expect(reply.refusal?.code == (isTooFine ? "template_too_fine" : nil))
        #expect((desk.world.bots.last?.record.templateName == name) != isTooFine)
    }

    @Test func aDeploymentWithItIsRefusedToo() throws {
        let (desk, database) = try desk(hours: 1)
        let symbol = desk.world.markets[0].instrument.symbol
        let spare = APIKey(
            label: "spare", exchange: "simulated", instruments: [symbol],
            createdAt: desk.world.now)
        try database.write { db throws(StoreError) in _ = try db.insert(spare) }
        let request = DeployRequest(
            label: "new-1", region: "tokyo", key: "spare", template: "Mean Reverter")
        let reply = try desk.take(.deploy(request), key: "k", from: (1, "test"))
        #expect(reply.refusal?.code == "template_too_fine")
    }

    @Test(arguments: [(1, "Trend Follower"), (4, nil)] as [(Int64, String?)])
    func aNewHomeGetsTemplatesThatItsCandlesAreShortEnoughFor(
        _ hours: Int64, _ name: String?
    ) throws {
        let (desk, _) = try desk(hours: hours)
        #expect(desk.world.bots.map(\.record.templateName) == [name, name])
        #expect(desk.world.bots.allSatisfy { $0.record.isArmed == (name != nil) })
    }
}

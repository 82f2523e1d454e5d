/// A fleet in memory, founded as of instants at which calendars do something.

import Store
import Testing

@testable import Core

@Suite struct FixtureInstantTests {
    /// A Monday's first minute, a Saturday's last, a leap day, both hours in which clocks change.
    @Test(arguments: [
        "2026-06-01T00:00:30Z", "2026-06-06T23:59:00Z", "2028-02-29T23:59:00Z",
        "2026-10-25T00:59:00Z", "2027-03-28T00:59:00Z",
    ])
    func aFleetLivesThroughIt(text: String) throws {
        let instant = try #require(Instant(text: text))
        let (desk, database) = try FoundedDesk.two(over: ["BTC-PERP"], at: instant - .minutes(2))
        desk.world.trading.reconcileAtStart()
        let berlin = """
            [session Day]
            days = mon-sun
            start = 00:00
            end = 04:00
            zone = Europe/Berlin
            """
        let reply = try desk.take(
            .setSessions(bot: "bot-1", text: berlin), key: "s", from: (1, "t"))
        #expect(reply.refusal == nil, "\(reply)")
        for _ in 0..<60 {
            desk.world.advance(to: desk.world.now + .seconds(10))
            desk.wall = desk.world.now
            _ = try desk.settle()
            for bot in desk.world.bots {
                let beat = try #require(bot.record.heartbeatAt)
                #expect(desk.world.now - beat <= .seconds(15), "\(bot.record.label)")
            }
        }
        #expect(try database.check() == [])
        let loaded = try WorldLoader.load(database)
        #expect(loaded.now == desk.world.now)
        #expect(loaded.bots.map(\.record.state) == desk.world.bots.map(\.record.state))
    }
}

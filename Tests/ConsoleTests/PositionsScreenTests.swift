/// The positions screen: sums, order, closing, going to the bot.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct PositionsScreenTests {
    private func screen(_ journey: Journey) -> PositionsScreen? {
        journey.state.top as? PositionsScreen
    }

    private func sums(_ journey: Journey) -> [FleetFigures]? {
        screen(journey).map { PositionSums($0).shown }
    }

    @Test func liveAndTestAreSummedApart() throws {
        let journey = try Journey(at: .positions)
        #expect(sums(journey)?.map(\.environment) == [.live, .testnet])
        #expect(journey.text.contains("LIVE 12 open"))
        #expect(journey.text.contains("TEST 1 open"))
    }

    @Test func theWorstStandsFirst() throws {
        let journey = try Journey(at: .positions)
        let profits = (screen(journey)?.rows ?? []).compactMap(\.unrealised)
        #expect(profits == profits.sorted())
    }

    @Test func cyclingShowsOneEnvironment() throws {
        var journey = try Journey(at: .positions)
        try journey.run("t t")
        #expect(screen(journey)?.rows.map(\.environment) == [.testnet])
        try journey.run("t")
        #expect(screen(journey)?.rows.count == 13)
    }

    @Test func closingOneTouchesOnlyThatOne() throws {
        var journey = try Journey(at: .positions)
        let id = try #require(screen(journey)?.list.cursor)
        try journey.run("x y")
        #expect(
            journey.sent == [.closePosition(id.description, confirmation: .token("k7pd-3wxa"))])
    }

    @Test func itsBotIsOneKeyAway() throws {
        var journey = try Journey(at: .positions)
        try journey.run("/LINK <enter> b")
        #expect(journey.bot?.bot == ID(10))
        try journey.run("q")
        #expect(journey.place == "positions")
    }

    @Test func closeAllIsForTheBot() throws {
        var journey = try Journey(at: .positions)
        try journey.run("/LINK <enter> X avax-trend-1 <enter>")
        #expect(
            journey.sent == [.closeAll(.named(["bot-10"]), confirmation: .token("k7pd-3wxa"))])
    }

    @Test func marksThatAFilterHidesAreMeant() throws {
        var journey = try Journey(at: .positions)
        let marked = try #require(screen(journey)?.rows.first { $0.botLabel != "avax-trend-1" })
        let place = screen(journey)?.rows.firstIndex { $0.id == marked.id } ?? 0
        try journey.run(String(repeating: "j ", count: place) + "<space> /LINK <enter>")
        #expect(screen(journey)?.rows.map(\.botLabel) == ["avax-trend-1"])
        try journey.run("X \(marked.botLabel) <enter>")
        let bot = marked.position.botID.description
        #expect(journey.sent == [.closeAll(.named([bot]), confirmation: .token("k7pd-3wxa"))])
    }

    @Test func oldMarksAskTwice() throws {
        var journey = try Journey(at: .positions)
        let greeting = EngineGreeting(
            build: "0.1.0", pid: 7, epoch: 3, worldClock: ScreenFleet.now + .minutes(5), speed: "0")
        try journey.send(.engine(.running(greeting)))
        #expect(journey.text.contains("~"))
        try journey.run("x y")
        #expect(journey.sent.isEmpty)
        try journey.run("y")
        #expect(journey.sent.count == 1)
    }

    /// Whatever a mark stands behind carries its sign where the mark is old.
    @Test func figuresOfOldMarksAreMarked() throws {
        var journey = try Journey(Size(160, 48), at: .positions, role: .owner)
        let row = try #require(screen(journey)?.rows.first)
        let sum = try #require(sums(journey)?.first)
        let figures = [
            "long ~\(sum.longNotional.grouped(0))", "short ~\(sum.shortNotional.grouped(0))",
            "net ~\(sum.netNotional.wholeSigned)", "uPnL ~\(sum.unrealised.signed)",
            "~\(row.markText)", "~\(row.notional?.money ?? "")",
        ]
        for figure in figures { #expect(!journey.text.contains(figure), "\(figure)") }
        try journey.send(.engine(.stopped("it went away")))
        for figure in figures { #expect(journey.text.contains(figure), "\(figure)") }
        #expect(row.plainText(journey.state.around).contains("mark ~\(row.markText)"))
        try journey.run("<enter>")
        let box = try #require(journey.state.overlays.last as? TextPanel)
        let notional = box.lines.first { $0.text.hasPrefix("notional") }
        #expect(notional?.text.contains("~\(row.notional?.money ?? "")") == true)
        // A bot that is flat has a day too, and it was seen long ago.
        var days = 0
        for bot in try #require(journey.state.around.fleet).rows.prefix(6) {
            let page = try Journey(
                Size(160, 48), at: .bot(bot.id, .template), role: .owner, engine: false)
            // The first line is the fleet's.
            for line in page.text.split(separator: "\n").dropFirst()
            where line.contains("   day ") {
                days += 1
                #expect(line.contains("   day ~"), "\(line)")
            }
        }
        #expect(days > 3)
    }

    /// The best price of a short lies below its entry, and is a gain all the same.
    @Test func theBestOfAShortIsAGain() throws {
        let journey = try Journey(at: .positions, role: .owner)
        for side in [Side.short, .long] {
            var row = try #require(screen(journey)?.rows.first { $0.position.side == side })
            row.position.entryPrice = try Price.parse("100")
            let (low, high) = (try Price.parse("90"), try Price.parse("105"))
            row.position.bestPrice = side == .short ? low : high
            row.position.worstPrice = side == .short ? high : low
            let lines = PositionDetails(row, journey.state.around).panel.lines.map(\.text)
            let line = try #require(lines.first { $0.hasPrefix("excursion") })
            let (best, worst) = side == .short ? ("+10.00 %", "-5.00 %") : ("+5.00 %", "-10.00 %")
            #expect(line.contains("(\(best))   worst") && line.contains("(\(worst))"), "\(line)")
        }
    }

    /// Counts and sums are those of the rows that are shown, and say so.
    @Test func aFilterIsInCountsAndSums() throws {
        var journey = try Journey(at: .positions)
        #expect(journey.text.contains("12 live  1 test"))
        try journey.run("/LINK <enter>")
        let rows = try #require(screen(journey)?.rows)
        let live = try #require(sums(journey)?.first)
        #expect(rows.count == 1 && live.unrealised == rows[0].unrealised)
        #expect(live.longNotional == rows[0].notional && live.shortNotional == .zero)
        let text = journey.text
        #expect(text.contains("1 of 13") && !text.contains("12 live"), "\(text)")
        #expect(text.contains("LIVE 1 of 12 shown"), "\(text)")
        #expect(text.contains("TEST 0 of 1 shown"), "\(text)")
        #expect(text.contains("uPnL \(live.unrealised.signed)"), "\(text)")
        try journey.run("<esc> t t")
        #expect(journey.text.contains("1 of 13"))
        #expect(journey.text.contains("TEST 1 of 1 shown"))
        #expect(sums(journey)?.first?.unrealised == .zero)
    }
}

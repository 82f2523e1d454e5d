/// Moving, finding and sorting in the fleet.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct FleetScreenTests {
    private func labels(_ journey: Journey) -> [String] {
        (journey.fleet?.rows ?? []).map(\.label)
    }

    @Test func troubleComesFirst() throws {
        let journey = try Journey()
        #expect(labels(journey).prefix(3) == ["btc-carry-03", "btc-grid-09", "avax-trend-1"])
    }

    @Test func fieldsWordsAndNegationFilter() throws {
        var journey = try Journey()
        try journey.run("/net:test")
        #expect(labels(journey) == ["doge-trend-11", "sol-scalp-07"])
        try journey.run("<space> !status:sleeping")
        #expect(labels(journey) == ["sol-scalp-07"])
        try journey.run("<^u> tpl:mean <space> !paused <space> net:live <enter>")
        #expect(labels(journey) == ["btc-grid-09", "ltc-mean-05", "xrp-mean-01"])
        #expect(journey.text.contains("3 of 14"))
        try journey.run("/ <^u> nosuchfield:x")
        #expect(labels(journey).isEmpty)
    }

    @Test func whoTypesANameMeansTheBotOfThatName() throws {
        var journey = try Journey()
        // Every bot has an id with this word in it, and one has it in its label.
        try journey.run("/bot <enter>")
        #expect(labels(journey).count == 14)
        let screen = try #require(journey.fleet)
        #expect(screen.currentBot(journey.state.around)?.label == "old-bot-00")
    }

    @Test func theCursorHoldsOnToItsBot() throws {
        var journey = try Journey()
        try journey.run("v j j j")
        let before = journey.fleet?.list.cursor
        try journey.run("s 2")
        #expect(journey.fleet?.list.cursor == before)
        try journey.run("S")
        #expect(journey.fleet?.list.cursor == before)
    }

    @Test func sortingIsKeptAcrossRuns() throws {
        var journey = try Journey()
        try journey.run("v s 6")
        #expect(journey.effects.contains(.keep(name: "fleet.view", text: "list profit descending")))
        let other = try Journey(kept: ["fleet.view": "list profit descending"])
        #expect(other.fleet?.sorting.order == .profit)
        #expect(labels(other).first == "btc-trend-01")
        #expect(other.fleet?.isCards == false)
    }

    @Test func aFilterIsThereAgainAndEscapeForgetsIt() throws {
        var journey = try Journey()
        try journey.run("/net:test <enter>")
        #expect(journey.effects.contains(.keep(name: "fleet.filter", text: "net:test")))
        var other = try Journey(kept: ["fleet.filter": "net:test"])
        #expect(labels(other).count == 2)
        try other.run("<esc>")
        #expect(labels(other).count == 14)
        #expect(other.effects.contains(.keep(name: "fleet.filter", text: nil)))
    }

    @Test func cardsMoveByRowsAndColumns() throws {
        var journey = try Journey()
        let ids = (journey.fleet?.rows ?? []).map(\.id)
        try journey.run("j")
        #expect(journey.fleet?.list.cursor == ids[3])
        try journey.run("l")
        #expect(journey.fleet?.list.cursor == ids[4])
        try journey.run("k k")
        #expect(journey.fleet?.list.cursor == ids[1])
        try journey.run("G")
        #expect(journey.fleet?.list.cursor == ids[13])
        try journey.run("g")
        #expect(journey.fleet?.list.cursor == ids[0])
    }

    @Test func marksSurviveFilterAndSort() throws {
        var journey = try Journey()
        try journey.run("<space> <space> /ltc <enter> s 2")
        #expect(journey.fleet?.list.marks.count == 2)
        #expect(journey.text.contains("2 marked"))
    }

    @Test func frozenScreensHoldStillAndCount() throws {
        var journey = try Journey()
        try journey.run("z")
        let still = journey.frame()
        try journey.send(.board(.fleet(try #require(journey.state.around.fleet))))
        #expect(journey.text.contains("FROZEN +1"))
        #expect(still.line(2) == journey.frame().line(2))
        try journey.run("z")
        #expect(!journey.text.contains("FROZEN"))
        #expect(journey.effects.contains(.refresh))
    }

    @Test func previewAndEventsAreReadOnlyWhereTheyAreSeen() throws {
        let small = try Journey(Size(80, 24))
        #expect(small.state.watched == [.fleet])
        let large = try Journey(Size(160, 48))
        #expect(large.state.watched == [.fleet, .dossier(ID(4)), .events(nil)])
    }

    @Test func copyingSendsTheText() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> y i")
        #expect(journey.effects.contains(.copy("203.0.113.17")))
    }

    @Test func everyStateHasItsOwnGlyph() {
        #expect(Set(BotState.allCases.map(\.glyph)).count == BotState.allCases.count)
        #expect(BotState.allCases.allSatisfy { $0.glyph.count == 1 && $0.glyph.utf8.count == 1 })
    }

    @Test(arguments: [(80, 20, 12), (120, 36, 15), (160, 44, 28), (300, 96, 153)])
    func theLayoutUsesTheRoom(_ columns: Int, _ rows: Int, _ cards: Int) {
        let layout = FleetLayout(Size(columns, rows), isCards: true)
        #expect(layout.grid.page == cards)
        if let preview = layout.preview {
            #expect(preview.columns >= 38)
            #expect(preview.endColumn <= columns)
            #expect(preview.column > layout.cardColumns * FleetLayout.cardWidth)
        }
    }
}

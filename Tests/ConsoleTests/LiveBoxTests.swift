/// Every open box is live, or says as of when it is.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct LiveBoxTests {
    private func price(_ text: String) -> Price { (try? Price.parse(text)) ?? .zero }

    @Test func positionDetailsFollowTheMarkAndClose() throws {
        var journey = try Journey(at: .positions, role: .owner)
        try journey.run("<enter>")
        let screen = try #require(journey.state.top as? PositionsScreen)
        var board = try #require(screen.board)
        let id = try #require(screen.list.cursor)
        let place = try #require(board.rows.firstIndex { $0.id == id })
        board.rows[place].mark?.price = price("12345.5")
        try journey.send(.board(.positions(board)))
        #expect(journey.text.contains("12,345.5"))
        board.rows.remove(at: place)
        try journey.send(.board(.positions(board)))
        #expect(journey.overlay.isEmpty && journey.said == "\(id) is closed")
    }

    @Test func agesInADetailGrowWithoutAnEngine() throws {
        var journey = try Journey(at: .positions, role: .owner, engine: false)
        try journey.run("<enter>")
        journey.pass(.hours(15))
        try journey.send(.tick)
        #expect(journey.text.contains("15h00m old"))
    }

    @Test func aComponentShowsTheNewestReading() throws {
        var journey = try Journey(Size(120, 40), at: .bot(ID(1), .template), role: .owner)
        try journey.run("<enter>")
        #expect(journey.overlay == "component")
        var dossier = try #require(journey.bot?.dossier)
        let component = try #require(dossier.breakdown?.components.first)
        dossier.breakdown?.decisions[0].readings = [
            ComponentReading(
                name: component.name, role: component.role, weight: 1, value: "9.87 newest",
                state: "long")
        ]
        try journey.send(.board(.dossier(ID(1), dossier)))
        #expect(journey.text.contains("9.87 newest"))
        dossier.breakdown?.components = []
        try journey.send(.board(.dossier(ID(1), dossier)))
        #expect(journey.overlay.isEmpty && journey.said.contains("no longer part"))
    }

    /// Boxes that stand still say as of when; the dialogs of acts as well.
    @Test(arguments: [
        (Destination.fleet, "Y"), (.positions, "Y"), (.fleet, "y"), (.positions, "y"),
        (.bot(ID(1), .template), "x"), (.fleet, "/btc-trend <enter> X"), (.positions, "x"),
        (.fleet, "<space> j <space> p"), (.fleet, "/xrp <enter> R"), (.commands(nil), "Y"),
        (.billing, "M"), (.fleet, "/avax <enter> u"),
        (.bot(ID(1), .risk), "j <enter> 3 <enter> w"), (.bot(ID(1), .template), "c G <enter>"),
    ])
    func whatStandsStillSaysAsOfWhen(_ place: Destination, _ keys: String) throws {
        var journey = try Journey(Size(120, 40), at: place, role: .owner)
        try journey.run(keys)
        #expect(!journey.overlay.isEmpty)
        #expect(journey.text.contains("as of 02:14:07Z"), "\(journey.overlay)\n\(journey.text)")
    }

    @Test func theActionsMenuLearnsThatTheEngineIsGone() throws {
        for keys in ["a", "?"] {
            var journey = try Journey(Size(120, 60), role: .owner)
            try journey.run(keys)
            #expect(!journey.text.contains("(engine stopped)") || keys == "a")
            try journey.send(.engine(.stopped("it went away")))
            #expect(journey.text.contains("engine stopped"))
        }
        var palette = try Journey(role: .owner)
        try palette.run(":resume")
        try palette.send(.engine(.stopped("it went away")))
        try palette.run("<enter>")
        #expect(palette.said == "resume: engine stopped; F5 starts one")
    }

    @Test func thePickerAsksForTheLabelOnceSomethingIsHeld() throws {
        var journey = try Journey(at: .bot(ID(5), .template), role: .owner)
        try journey.run("c")
        var fleet = try #require(journey.state.around.fleet)
        let place = try #require(fleet.rows.firstIndex { $0.id == ID(5) })
        fleet.rows[place].openPositions = 2
        try journey.send(.board(.fleet(fleet)))
        try journey.run("G <enter>")
        #expect(journey.text.contains("Type xrp-mean-01 to go on:"))
    }

    // MARK: USED of an edited limit

    private func used(_ keys: String) throws -> String {
        var journey = try Journey(Size(100, 30), at: .bot(ID(1), .risk), role: .owner)
        try journey.run(keys)
        let line = journey.text.split(separator: "\n").first { $0.contains("Max positions total") }
        return try #require(line.flatMap { $0.split(separator: "]").last }).description
    }

    @Test func usedIsOfTheLimitThatIsEdited() throws {
        #expect(try used("").contains("75 %"))
        #expect(try used("j <enter> 5").contains("60 %"), "while it is typed")
        #expect(try used("j <enter> 5 <enter>").contains("60 %"), "until it is saved")
        #expect(try used("j <enter> 5 <esc>").contains("75 %"))
    }

    // MARK: Small truths of the same screens

    @Test func aFullQuotaIsNotRed() throws {
        let journey = try Journey(Size(100, 30), at: .bot(ID(1), .risk), role: .owner)
        let frame = journey.frame()
        let row = try #require(
            (0..<frame.size.rows).first { frame.line($0).contains("Max positions per asset") })
        #expect(frame.line(row).contains("100 %"))
        let roles = (0..<frame.size.columns).map { frame[$0, row].role }
        #expect(roles.contains(.meterLow) && !roles.contains(.meterHigh))
    }

    @Test func aQuotaThatDeniedAnEntryIsNoAlarm() {
        var entry = Activity(
            at: ScreenFleet.now, kind: .risk, what: "max_positions_per_asset",
            detail: "BTC-PERP: 1 open of 1 allowed on this asset", severity: .warning)
        #expect(entry.role == .textDim && entry.textRole == .text)
        entry.what = "max_slippage_pct"
        #expect(entry.role == .kindError && entry.textRole == .messageWarn)
    }

    @Test func clocksGiveWayToTheTabs() throws {
        for columns in 20...100 {
            let journey = try Journey(Size(columns, 24), at: .bot(ID(1), .template), role: .owner)
            guard journey.text.contains("[ Template ]") else { continue }
            let tabs = Canvas(Size(columns, 1))
            Tabs(BotTab.allCases.map(\.title)).draw(in: tabs)
            let names = tabs.frame.text
            #expect(journey.text.contains("\n\(names)"), "\(columns): \(names)")
        }
    }

    @Test func theTemplateTabOpensOnWhatIsHeld() throws {
        var journey = try Journey(at: .bot(ID(1), .template), role: .owner)
        var dossier = try #require(journey.bot?.dossier)
        var decision = try #require(dossier.breakdown?.decisions.first?.decision)
        decision.symbol = "AAA-PERP"
        dossier.breakdown?.decisions.insert(DecisionRow(decision), at: 0)
        var fresh = BotScreen(ID(1))
        fresh.receive(.dossier(ID(1), dossier), journey.state.around)
        #expect(fresh.template.symbolIndex > 0)
        dossier.positions = []
        fresh = BotScreen(ID(1))
        fresh.receive(.dossier(ID(1), dossier), journey.state.around)
        #expect(fresh.template.symbolIndex == 0)
        try journey.run("l")
    }

    /// In the words of `why`: what blocks the side of the score says which side that is.
    @Test func aReadingSaysWhichSideItBlocks() throws {
        for (side, words) in [(Side.short, "BLOCKS SHORT"), (.long, "allows long")] {
            var journey = try Journey(
                Size(80, 30), at: .bot(ID(1), .template), role: .owner)
            var dossier = try #require(journey.bot?.dossier)
            let component = try #require(
                dossier.breakdown?.components.first { $0.role == .filter })
            for index in dossier.breakdown?.decisions.indices ?? 0..<0 {
                dossier.breakdown?.decisions[index].decision.side = side
                dossier.breakdown?.decisions[index].readings = [
                    ComponentReading(
                        name: component.name, role: component.role, weight: 1, value: "0.3 %",
                        state: "pass long")
                ]
            }
            try journey.send(.board(.dossier(ID(1), dossier)))
            #expect(journey.text.contains(words), "\(journey.text)")
            #expect(!journey.text.contains("pass long"))
        }
    }

    @Test func pricesHaveTheDecimalsOfTheirTick() throws {
        var journey = try Journey(Size(200, 40), at: .positions, role: .owner)
        let screen = try #require(journey.state.top as? PositionsScreen)
        var board = try #require(screen.board)
        board.rows[0].grid = SymbolGrid(prices: 3, sizes: 1)
        let position = board.rows[0].position
        try journey.send(.board(.positions(board)))
        #expect(journey.text.contains(position.entryPrice.grouped(3)))
        #expect(journey.text.contains(" \(position.quantity.text(decimals: 1)) "))
    }
}

/// The list kit: where items stand, which are seen, what is meant, how orders are kept.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct ListKitTests {
    // MARK: Places

    private static let cards = ListGrid(
        area: Rect(2, 3, 60, 12), first: Rect(1, 0, 20, 4), columns: 2, rows: 3, scroll: .pages)

    @Test func rowsStandUnderTheirHeader() {
        let grid = ListGrid.table(Rect(0, 4, 50, 6))
        #expect(grid.page == 5)
        #expect(grid.cell(0) == Rect(0, 1, 50, 1) && grid.cell(4) == Rect(0, 5, 50, 1))
        #expect(ListGrid.table(Rect(0, 0, 0, 0)).page == 0)
    }

    @Test func cardsStandBesideEachOther() {
        #expect(Self.cards.page == 6)
        #expect(Self.cards.cell(3) == Rect(21, 4, 20, 4))
        let spaced = ListGrid(area: Rect(0, 0, 30, 9), first: Rect(0, 0, 30, 3), rows: 2, gap: 1)
        #expect(spaced.cell(1) == Rect(0, 4, 30, 3))
        let led = ListGrid(area: Rect(0, 0, 9, 5), first: Rect(0, 0, 9, 1), rows: 4, lead: 1)
        #expect(led.cell(0).rows == 2 && led.cell(1) == Rect(0, 2, 9, 1))
    }

    @Test func whatIsSeenFollowsTheCursor() {
        var state = TableState<Int>()
        let ids = Array(0..<20)
        state.follow(ids, page: 6)
        state.select(9, among: ids)
        func reading(_ grid: ListGrid) -> ListReading<Int> {
            ListReading(ids, state, on: grid) { "item \($0)" }
        }
        #expect(reading(Self.cards).seen == 6..<12)
        #expect(reading(Self.cards).place(of: 9) == Rect(23, 7, 20, 4))
        #expect(reading(Self.cards).place(of: 5) == nil)
        let rows = reading(.table(Rect(0, 2, 30, 5)))
        #expect(rows.seen == 6..<10 && rows.place(of: 9) == Rect(0, 6, 30, 1))
        let top = ListGrid(
            area: Rect(0, 0, 9, 3), first: Rect(0, 0, 9, 1), rows: 3, scroll: .cursor(fills: true))
        #expect(reading(top).seen == 9..<12)
        state.select(19, among: ids)
        #expect(reading(top).seen == 17..<20)
        #expect(rows.lines.count == 20 && rows.lines[3] == "item 3")
    }

    /// What the list says of places is where the picture has them.
    @Test(arguments: [Place.fleet, .positions, .audit, .commands(nil)], [80, 160])
    func theCursorRestsWhereItsItemStands(_ place: Place, _ columns: Int) throws {
        for script in ["", "jj", "G", "v j", "G k"] {
            var journey = try Journey(Size(columns, 24), at: place, role: .owner)
            if place == .audit {
                try journey.send(.board(.audit(before: nil, SupportFixture.audit)))
            }
            try journey.run(script)
            let screen = try #require(journey.state.top as? any ListScreen)
            #expect(try rests(screen, journey, moved: 0), "\(place) after \(script)")
            // A place one row off is noticed.
            #expect(try !rests(screen, journey, moved: 8), "\(place) after \(script)")
        }
    }

    private func rests(
        _ screen: some ListScreen, _ journey: Journey, moved: Int
    ) throws -> Bool {
        let reading = screen.reading(journey.state.around)
        let index = try #require(reading.ids.firstIndex { $0 == screen.list.cursor })
        let place = try #require(reading.place(of: index))
        let size = journey.state.around.size
        let body = ScreenLayout(size).body
        let frame = view(journey.state, in: size, .unicode)
        let cursor = try #require(frame.cursor)
        return Rect(
            body.column + place.column, body.row + place.row + moved, place.columns, place.rows
        ).contains(cursor)
    }

    // MARK: What is meant

    @Test func hiddenMarksAreMeantToo() {
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        #expect(!list.isRead && list.targets.isEmpty)
        list.show(all: [1, 2, 3], on: grid)
        #expect(list.targets == [1])
        _ = list.handle(.mark, on: grid)
        list.show([2, 3], on: grid)
        #expect(list.targets == [1] && list.cursor == 2 && list.markedWords == "   1 marked")
        let isTaken = list.handle(.closeTop, on: grid)
        #expect(isTaken && list.targets == [2] && list.markedWords.isEmpty)
        let isTakenAgain = list.handle(.closeTop, on: grid)
        #expect(!isTakenAgain)
    }

    @Test func anEmptyListSaysWhy() {
        let words = EmptyWords(reading: ["reading"], none: ["none"], noMatch: ["no match"])
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        #expect(list.emptyWords(words) == ["reading"])
        list.show(all: [], on: grid)
        #expect(list.emptyWords(words) == ["none"])
        list.know([1])
        #expect(list.emptyWords(words) == ["no match"])
        #expect(list.emptyWords(words, isWhole: false) == ["reading"])
    }

    // MARK: Orders

    @Test func anOrderIsKeptByItsName() {
        var sorting = Sorting(kept: "cards label descending", else: FleetOrder.trouble)
        #expect(sorting.order == .label && sorting.isDescending)
        #expect(sorting.words == "sort label v")
        let unknown = sorting.choose("nonsense")
        #expect(!unknown && sorting.order == .label)
        let known = sorting.choose("profit")
        #expect(known && sorting.isDescending, "the best come first")
        sorting.reverse()
        #expect(sorting.kept == ["profit"])
        #expect(Sorting(kept: nil, else: FleetOrder.trouble).kept == ["trouble"])
    }

    @Test func everyOrderHasItsKeyInTheMenu() {
        for menu in [
            Sorting(FleetOrder.trouble).menu, Sorting(PositionOrder.profit).menu,
            Sorting(TicketOrder.queue).menu,
        ] {
            #expect(menu.entries.allSatisfy { $0.key != nil })
            #expect(menu.entries.filter { $0.note == "now" }.count == 1)
        }
    }

    /// A range that was given up does not reach to where the next one begins.
    @Test(arguments: ["V <esc>", "V U", "V <space> k"]) func aRangeThatIsLeftIsOver(
        _ leaving: String
    ) throws {
        var journey = try Journey(at: .fleet)
        try journey.run("\(leaving) j j j V")
        #expect(journey.text.contains("1 marked"), "\(journey.text)")
    }

    // MARK: Text

    /// `y` and `Y` take the same words.
    @Test func aCopiedRowIsALineOfThePlainText() throws {
        for place in [Place.fleet, .positions] {
            var journey = try Journey(Size(160, 40), at: place, role: .owner)
            try journey.run("j y r")
            let copied = journey.effects.compactMap { effect -> String? in
                if case .copy(let text) = effect { text } else { nil }
            }
            let text = try #require(copied.last)
            try journey.run("Y")
            let panel = try #require(journey.state.overlays.last as? TextPanel)
            #expect(panel.lines.map(\.text).contains(text), "\(place)")
        }
    }
}

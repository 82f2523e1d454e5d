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
    @Test(arguments: [Destination.fleet, .positions, .audit, .commands(nil)], [80, 160])
    func theCursorRestsWhereItsItemStands(_ place: Destination, _ columns: Int) throws {
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

    /// What is done to several is done in the order in which they are seen.
    @Test func targetsStandAsOnTheScreen() {
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        list.show(all: [1, 2, 3, 4], on: grid)
        list.show([4, 3, 2, 1], on: grid)
        _ = list.handle(.invertMarks, on: grid)
        #expect(list.targets == [4, 3, 2, 1])
        list.show([3, 2], on: grid)
        #expect(list.targets == [3, 2, 1, 4], "those that a filter hides come last")
    }

    /// Cursor on 3: no filter that is only looked at takes it away.
    @Test func theCursorComesBackToItsRow() {
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        list.show(all: [1, 2, 3, 4], on: grid)
        list.select(3)
        list.show([], on: grid)
        #expect(list.cursor == nil)
        list.show([1, 4], on: grid)
        #expect(list.cursor == 4, "it stands somewhere")
        list.show([1, 3, 4], on: grid)
        #expect(list.cursor == 3)
        // One has moved: that row is meant.
        list.show([1, 4], on: grid)
        _ = list.handle(.first, on: grid)
        list.show([1, 2, 3, 4], on: grid)
        #expect(list.cursor == 1)
        // It is gone for good: the row in its place.
        list.show([], on: grid)
        list.show(all: [2, 3, 4], on: grid)
        #expect(list.cursor == 2)
        // The filter was taken with a row under the cursor.
        list.show([4], on: grid)
        list.settle()
        list.show([2, 3, 4], on: grid)
        #expect(list.cursor == 4)
        list.show([], on: grid)
        list.settle()
        list.show([2, 3, 4], on: grid)
        #expect(list.cursor == 4, "nothing was taken where nothing matched")
    }

    /// A name that is typed has the cursor while it is looked at, and no longer.
    @Test func aNameThatIsSoughtIsLeftAgain() {
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        list.show(all: [1, 2, 3, 4], on: grid)
        list.filter = "x"
        list.show([1, 3], on: grid)
        list.seek(3)
        list.show([1, 3], on: grid)
        #expect(list.cursor == 3, "the next board moves nothing")
        list.filter = ""
        list.show([1, 2, 3, 4], on: grid)
        #expect(list.cursor == 1)
    }

    @Test(arguments: ["/zzzz <esc>", "/zzzz <enter> <esc>", "/b <esc>", "/zzzz <^u> <enter>"])
    func aFilterThatIsGivenUpMovesNothing(_ script: String) throws {
        for place in [Destination.fleet, .positions] {
            var journey = try Journey(at: place, role: .owner)
            try journey.run("j j j")
            let list = try #require(journey.state.top as? any SortedScreen)
            let before = cursor(of: list)
            try journey.run(script)
            let after = try #require(journey.state.top as? any SortedScreen)
            #expect(cursor(of: after) == before, "\(place)")
        }
    }

    /// The first letters of a field are no name: the cursor is back once the field stands there.
    @Test func aFieldIsNoNameThatIsSought() throws {
        var journey = try Journey(at: .fleet, role: .owner)
        let before = try cursor(of: journey)
        try journey.run("/net")
        let meanwhile = try cursor(of: journey)
        try journey.run(":live")
        #expect(try cursor(of: journey) == before && meanwhile != before)
    }

    private func cursor(of journey: Journey) throws -> String {
        let list = try #require(journey.state.top as? any SortedScreen)
        return cursor(of: list)
    }

    private func cursor(of screen: some ListScreen) -> String {
        screen.list.cursor.map { "\($0)" } ?? ""
    }

    /// A key means the row that is seen: no board takes the cursor back from it.
    @Test func aKeyThatWasPressedHoldsTheRow() throws {
        var journey = try Journey(Size(100, 30), role: .owner)
        try journey.run("v j j /zzzz <enter>")
        let before = try #require(journey.state.around.fleet)
        var fleet = before
        fleet.rows[11].bot.label = "zzzz-1"
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.fleet?.list.current?.label == "zzzz-1")
        try journey.run("y <esc>")
        fleet.rows[3].bot.label = "zzzz-2"
        fleet.rows[2].bot.label = "zzzz-3"
        fleet.rows[4].bot.label = "zzzz-4"
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.fleet?.rows.count == 4)
        #expect(journey.fleet?.list.current?.label == "zzzz-1")
    }

    @Test func aFilterThatIsTakenKeepsWhatItFound() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/doge <enter> <esc>")
        #expect(journey.fleet?.list.current?.label.hasPrefix("doge") == true)
    }

    @Test func anEmptyListSaysWhy() {
        let words = EmptyWords(reading: ["reading"], none: ["none"], noMatch: ["no match"])
        var list = RowList<Int, Int> { $0 }
        let grid = ListGrid.table(Rect(0, 0, 20, 9))
        #expect(list.lines(of: words) == ["reading"])
        list.show(all: [], on: grid)
        #expect(list.lines(of: words) == ["none"])
        list.know([1])
        #expect(list.lines(of: words) == ["no match"])
        #expect(list.lines(of: words, isWhole: false) == ["reading"])
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
            #expect(Set(menu.entries.map(\.key)).count == menu.entries.count)
            #expect(menu.entries.filter { $0.note == "now" }.count == 1)
        }
    }

    /// More orders than there are digits have letters, and none of them moves in the menu.
    @Test func orderAfterTheNinthHasAKeyToo() {
        let keys = Many.allCases.compactMap(\.key)
        #expect(keys.count == Many.allCases.count && Set(keys).count == keys.count)
        #expect(Many.allCases[9].key == .character("0") && Many.allCases[10].key == .character("a"))
        #expect(keys.allSatisfy { Keymap().command(of: $0, in: .menu) == nil })
    }

    private enum Many: String, RowOrder {
        case a, b, c, d, e, f, g, h, i, j, k, l

        var title: String { rawValue }

        func sorted(_ rows: [Int], isDescending: Bool, _ around: Surroundings) -> [Int] { rows }
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
        for place in [Destination.fleet, .positions] {
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

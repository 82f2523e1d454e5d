/// Tables: which columns stay, the cursor that follows its item, marks.
import Core
import Testing

@testable import Console

@Suite struct TablePartTests {
    private let table = Table([
        TableColumn(id: "bot", title: "BOT", width: 8, isFlexible: true),
        TableColumn(id: "pnl", title: "uPnL", width: 9, alignment: .right),
        TableColumn(id: "region", title: "REGION", width: 9, rank: 2),
        TableColumn(id: "age", title: "AGE", width: 4, alignment: .right, rank: 1),
    ])

    private func rows(_ ids: [Int]) -> [TableRow<Int>] {
        ids.map { id in
            TableRow(
                id,
                [TableCell("bot-\(id)"), TableCell("+1,2\(id)", .gain), TableCell("eu"),
                    TableCell("9s")])
        }
    }

    @Test func columnsLeaveByRankAndTheRestIsShared() {
        #expect(table.layout(60).map(\.index) == [0, 1, 2, 3])
        #expect(table.layout(60).map(\.width) == [8 + 24, 9, 9, 4])
        #expect(table.layout(30).map(\.index) == [0, 1, 3])
        #expect(table.layout(22).map(\.index) == [0, 1])
        #expect(table.layout(5).map(\.index) == [0])
    }

    /// A column comes when those before it have their texts whole.
    @Test func textsAreWholeBeforeAnotherColumnComes() {
        #expect(table.layout(30, longest: [13, 6, 2, 2]).map(\.width) == [17, 9])
        #expect(table.layout(31, longest: [13, 6, 2, 2]).map(\.width) == [13, 9, 4])
        #expect(table.layout(22, longest: [40, 6, 2, 2]).map(\.width) == [9, 9])
        #expect(table.layout(70, longest: [40, 6, 2, 2]).map(\.width) == [42, 9, 9, 4])
    }

    /// The lists of the console, with the longest texts of a row and the columns that name it.
    private static let lists: [(table: Table, longest: [Int], names: [String])] = [
        (AuditScreen.table, [6, 15, 16, 12, 15, 24, 40, 9], ["verb", "target"]),
        (CommandsScreen.table, [15, 15, 24, 20, 9, 6, 60], ["verb", "target", "outcome"]),
        (BillingScreen.ledgerTable, [15, 9, 13, 24, 7, 60], ["amount", "bot"]),
        (BillingScreen.costTable, [24, 30, 7, 7, 9, 11], ["bot", "used"]),
        (TicketList.columns, [6, 6, 60, 17, 6, 4, 20, 12, 24], ["id", "subject"]),
    ]

    private static func lost(_ list: (table: Table, longest: [Int], names: [String])) -> [String] {
        [120, 80, 60, 40].flatMap { cells -> [String] in
            let layout = list.table.layout(cells, longest: list.longest)
            let shown = Set(layout.map { list.table.columns[$0.index].id })
            return list.names.filter { !shown.contains($0) }.map { "\($0) at \(cells)" }
        }
    }

    @Test func whatNamesARowNeverLeaves() throws {
        for list in Self.lists {
            #expect(Self.lost(list).isEmpty, "\(list.table.columns.map(\.title))")
        }
        // A name that may leave is noticed.
        var list = try #require(Self.lists.first)
        let target = try #require(list.table.columns.firstIndex { $0.id == "target" })
        list.table.columns[target].rank = 1
        #expect(Self.lost(list).contains("target at 80"))
    }

    @Test func rowsHeaderAndCursorAreDrawn() {
        var state = TableState<Int>(sort: TableSort(column: "pnl", isDescending: true))
        state.follow([1, 2], page: 2)
        _ = state.handle(.mark, [1, 2], page: 2)
        let canvas = Canvas(Size(22, 3), .ascii)
        table.draw(in: canvas, rows: rows([1, 2]), state: state)
        #expect(canvas.frame.line(0) == "   BOT           uPnLv")
        #expect(canvas.frame.text.contains(" x bot-1"))
        #expect(canvas.frame.text.contains(">  bot-2"))
        #expect(canvas.frame[5, 2].ground == .selection)
        #expect(canvas.frame[5, 1].ground == .background)
        #expect(canvas.frame.cursor == Point(0, 2))
    }

    @Test func numbersAreNeverCut() {
        let narrow = Table([TableColumn(id: "n", title: "N", width: 4, alignment: .right)])
        var state = TableState<Int>()
        state.follow([1], page: 1)
        let canvas = Canvas(Size(8, 2))
        narrow.draw(in: canvas, rows: [TableRow(1, [TableCell("123456")])], state: state)
        #expect(canvas.frame.text.contains("####"))
    }

    @Test func cursorFollowsItsItemWhenRowsMove() {
        var state = TableState<Int>()
        state.follow([1, 2, 3], page: 3)
        _ = state.handle(.down, [1, 2, 3], page: 3)
        state.follow([9, 8, 3, 2, 1], page: 3)
        #expect(state.cursor == 2)
        #expect(state.firstRow(of: [9, 8, 3, 2, 1], page: 3) == 1)
    }

    @Test func cursorOfAVanishedItemStaysInItsPlace() {
        var state = TableState<Int>()
        state.follow([1, 2, 3], page: 3)
        state.select(3, among: [1, 2, 3])
        state.follow([1, 2], page: 3)
        #expect(state.cursor == 2)
        state.follow([], page: 3)
        #expect(state.cursor == nil)
    }

    @Test func marksSurviveSortingAndFilteringButNotTheItemsEnd() {
        var state = TableState<Int>()
        state.follow([1, 2, 3], page: 3)
        _ = state.handle(.mark, [1, 2, 3], page: 3)
        state.follow([3, 2], page: 3, hidden: [1])
        #expect(state.marks == [1])
        #expect(state.cursor == 2)
        state.follow([3, 2], page: 3)
        #expect(state.marks.isEmpty)
    }

    @Test func rangesAndInversionMark() {
        let ids = Array(1...6)
        var state = TableState<Int>()
        state.follow(ids, page: 6)
        _ = state.handle(.down, ids, page: 6)
        _ = state.handle(.markRange, ids, page: 6)
        _ = state.handle(.pageDown, ids, page: 3)
        _ = state.handle(.markRange, ids, page: 6)
        #expect(state.marks == [2, 3, 4, 5])
        _ = state.handle(.invertMarks, ids, page: 6)
        #expect(state.marks == [1, 6])
        _ = state.handle(.unmark, ids, page: 6)
        #expect(state.marks.isEmpty && state.cursor == 5)
    }

    @Test func movingStopsAtTheEnds() {
        let ids = Array(0..<100)
        var state = TableState<Int>()
        state.follow(ids, page: 10)
        _ = state.handle(.up, ids, page: 10)
        #expect(state.cursor == 0)
        _ = state.handle(.last, ids, page: 10)
        #expect(state.cursor == 99 && state.firstRow(of: ids, page: 10) == 90)
        _ = state.handle(.halfPageUp, ids, page: 10)
        #expect(state.cursor == 94 && state.firstRow(of: ids, page: 10) == 90)
        _ = state.handle(.first, ids, page: 10)
        #expect(state.cursor == 0 && state.firstRow(of: ids, page: 10) == 0)
        let isTaken = state.handle(.closeAll, ids, page: 10)
        #expect(!isTaken)
    }
}

/// What every list has of the kit: one reading for cursor, copies and text; columns said once.
import Core
import Store
import Testing

@testable import Console

@Suite struct ListScreenTests {
    // MARK: One reading

    /// The hardware cursor rests where the reading has the item under the cursor.
    private func rests(_ place: Rect?, _ state: ConsoleState, moved: Int = 0) throws -> Bool {
        let size = state.around.size
        let body = ScreenLayout(size).body
        let cursor = try #require(view(state, in: size, .unicode).cursor)
        let place = try #require(place)
        return Rect(
            body.column + place.column, body.row + place.row + moved, place.columns, place.rows
        ).contains(cursor)
    }

    private func cursorPlace(_ screen: some ListScreen, _ around: Surroundings) -> Rect? {
        let reading = screen.reading(around)
        return reading.ids.firstIndex { $0 == screen.list.cursor }.flatMap(reading.place)
    }

    @Test(arguments: [Size(80, 24), Size(130, 40), Size(50, 30)], [1, 2, 3])
    func ticketsRestWhereTheyStand(_ size: Size, _ steps: Int) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member, size)
        for _ in 1..<steps { console.press(.down) }
        let screen = try #require(console.support)
        let place = cursorPlace(screen, console.state.around)
        #expect(try rests(place, console.state))
        #expect(try !rests(place, console.state, moved: 9))
    }

    @Test(arguments: ["", "j j", "G", "/kind:usage <enter> j"], [80, 200])
    func ledgerRowsRestWhereTheyStand(_ script: String, _ columns: Int) throws {
        var journey = try Journey(Size(columns, 30), at: .billing, role: .owner)
        try journey.run(script)
        let screen = try #require(journey.state.top as? BillingScreen)
        #expect(try rests(cursorPlace(screen, journey.state.around), journey.state))
    }

    /// A line that says that another day begins moves the events below it, and hides no cursor.
    @Test(arguments: ["", "j j j j j j", "G", "G k k", "G k k k k k k k"], [13, 16, 24])
    func eventsRestWhereTheyStand(_ script: String, _ rows: Int) throws {
        var journey = try Journey(Size(80, rows), at: .bot(ID(1), .activity), role: .owner)
        try journey.run(script)
        let dossier = try #require(journey.bot?.dossier)
        let activity = try #require(journey.bot?.activity)
        let content = BotLayout(journey.state.around.body).content
        let reading = activity.reading(dossier, in: content, journey.state.around)
        let index = try #require(reading.ids.firstIndex { $0 == activity.list.cursor })
        #expect(try rests(reading.place(of: index), journey.state))
        // Nothing is drawn below the list, and as many as there is room for.
        let lines = reading.seen.count + reading.grid.headLines(
            from: reading.first, to: reading.seen.last ?? 0)
        #expect(lines <= reading.grid.rows)
    }

    @Test func daysOfTheFeedHaveTheirLine() {
        var state = TableState<Int>()
        let ids = Array(0..<8)
        let grid = ListGrid(
            area: Rect(0, 2, 20, 5), first: Rect(0, 0, 20, 1), rows: 5, heads: [2, 3])
        state.follow(ids, page: grid.page)
        func reading() -> ListReading<Int> { ListReading(ids, state, on: grid) { "\($0)" } }
        #expect(reading().seen == 0..<3)
        #expect(reading().cell(1) == Rect(0, 1, 20, 1) && reading().cell(2) == Rect(0, 3, 20, 1))
        #expect(reading().place(of: 2) == Rect(0, 5, 20, 1) && reading().place(of: 3) == nil)
        state.select(3, among: ids)
        #expect(reading().seen == 1..<4 && reading().place(of: 3) == Rect(0, 6, 20, 1))
        state.scroll(ids, on: grid)
        state.select(2, among: ids)
        #expect(reading().seen == 1..<4, "going up within what is seen scrolls nothing")
        state.select(7, among: ids)
        #expect(reading().seen == 4..<8)
    }

    /// `y` offers the event under the cursor, `Y` all of them in the same words.
    @Test func anEventIsCopiedAsItIsRead() throws {
        var journey = try Journey(at: .bot(ID(1), .activity), role: .owner)
        try journey.run("j j y e")
        let copied = journey.effects.compactMap { effect -> String? in
            if case .copy(let text) = effect { text } else { nil }
        }
        try journey.run("Y")
        let panel = try #require(journey.state.overlays.last as? TextPanel)
        #expect(copied.last?.contains("max_positions_total") == true)
        // The bot stands above.
        #expect(panel.lines.map(\.text)[4] == copied.last)
    }

    /// Components have the cursor by what they are; so many rows a window shows.
    @Test(arguments: ["", "j j", "G", "G k"], [12, 16, 24, 40])
    func componentsRestWhereTheyStand(_ script: String, _ rows: Int) throws {
        var journey = try Journey(Size(100, rows), at: .bot(ID(1), .template), role: .owner)
        try journey.run(script)
        let tab = try #require(journey.bot?.template)
        let dossier = try #require(journey.bot?.dossier)
        let around = journey.state.around
        let reading = tab.reading(dossier, in: BotLayout(around.body).content, around)
        let index = try #require(reading.ids.firstIndex { $0 == tab.list.cursor })
        if !reading.seen.isEmpty { #expect(try rests(reading.place(of: index), journey.state)) }
        try journey.run("y e")
        let copied = journey.effects.contains { effect in
            if case .copy(let text) = effect { text == reading.words(index) } else { false }
        }
        #expect(copied)
    }

    @Test func aTicketIsCopiedAsARow() throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        console.press(.character("y"), .character("r"))
        let copied = console.effects.compactMap { effect -> String? in
            if case .copy(let text) = effect { text } else { nil }
        }
        let screen = try #require(console.support)
        #expect(copied == [screen.reading(console.state.around).words(0)])
    }

    // MARK: Columns

    /// What stands in a cell is found by typing it, and by the name of its column.
    private func everyCellIsFound<Row>(
        _ columns: [ListColumn<Row>], _ rows: [Row], _ around: Surroundings
    ) {
        let fields = columns.fields(around)
        for row in rows {
            for cell in columns.cells(row, around) where cell.text != "-" && !cell.text.isEmpty {
                let word = FilterExpression("\"\(cell.text)\"")
                #expect(fields.matches(row, word), "\(cell.text) is not found")
            }
        }
    }

    @Test func whatIsSeenIsFound() throws {
        let around = try Journey(at: .positions, role: .owner).state.around
        let positions = try #require(
            try Journey(at: .positions, role: .owner).state.top as? PositionsScreen)
        let shown = positions.columns.all.filter { $0.head.id != "net" }
        everyCellIsFound(shown, positions.rows, around)
        everyCellIsFound(AuditScreen.columns, SupportFixture.audit.rows, around)
        everyCellIsFound(
            CommandsScreen.columns.filter { $0.head.id != "took" }, SupportFixture.commands.rows,
            around)
        let bill = try #require(
            try Journey(at: .billing, role: .owner).state.top as? BillingScreen)
        everyCellIsFound(LedgerEntry.columns([:]), bill.rows, around)
    }

    /// The arrow stands behind the title, not in its last letter.
    @Test func theTitleOfTheSortedColumnIsWhole() throws {
        var journey = try Journey(Size(160, 30), at: .positions, role: .owner)
        try journey.run("s 6")
        #expect(journey.text.contains(" LEV"), "\(journey.text)")
        try journey.run("1 v s 5")
        #expect(journey.text.contains(" POS"))
        let table = Table([TableColumn(id: "p", title: "POS", width: 3, alignment: .right)])
        #expect(table.withArrow(TableSort(column: "p")).columns[0].width == 4)
        #expect(table.withArrow(TableSort(column: "q")) == table && table.withArrow(nil) == table)
    }

    // MARK: Empty lists

    /// Each says what to do next; without that second line it would say only that nothing is there.
    @Test(arguments: [
        (Destination.fleet, "plutarc demo"), (.positions, "1 shows the fleet"),
        (.audit, "1 shows the fleet"), (.commands(nil), "a shows what can be asked"),
        (.support, "N new ticket"),
    ])
    func anEmptyListSaysWhatToDoNext(_ place: Destination, _ words: String) throws {
        let journey = try Journey(at: place, role: .owner, isEmpty: true)
        #expect(journey.text.contains(words), "\(journey.text)")
        // The words stand where a screen reader is.
        let frame = view(journey.state, in: journey.state.around.size, .unicode)
        #expect(frame.cursor != nil)
    }

    @Test(arguments: [
        (Destination.fleet, "No bot matches /zzzz"), (.positions, "No position matches /zzzz"),
        (.billing, "No ledger row matches /zzzz"),
        (.bot(ID(1), .activity), "No event matches /zzzz"),
    ])
    func aListWithoutAMatchNamesFilterAndKeys(_ place: Destination, _ words: String) throws {
        var journey = try Journey(at: place, role: .owner)
        try journey.run("/zzzz <enter>")
        #expect(journey.text.contains(words) && journey.text.contains("Esc clears the filter"))
    }

    /// Keys stand in it as the table has them, whatever was bound anew.
    @Test func anEmptyListNamesTheKeysOfTheTable() throws {
        var journey = try Journey(at: .support, role: .owner, isEmpty: true)
        journey.use(
            Keymap(Binding.defaults.map { binding in
                var binding = binding
                if binding.command == .newTicket, binding.context == .support {
                    binding.keys = [.function(9)]
                }
                return binding
            }))
        #expect(journey.text.contains("F9 new ticket: ask support"))
        let keys = Keymap([]).names(in: .support)
        #expect(keys[.newTicket] == ":\(KeyCommand.newTicket.rawValue)")
    }

    /// Where tickets are there, but none that is asked for, the way to a new one stands too.
    @Test func ticketsThatAreAllClosedSayHowToAskAgain() throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        var board = SupportFixture.board
        for index in board.rows.indices { board.rows[index].ticket.status = .closed }
        console.send(.board(.tickets(board)))
        let text = console.frame().text
        #expect(text.contains("No open tickets.") && text.contains("t shows others, N new ticket"))
        // Keys about a ticket take no room from it in the footer.
        let footer = text.split(whereSeparator: \.isNewline).last ?? ""
        #expect(footer.contains("Enter open  JK") && footer.contains("N new ticket"), "\(footer)")
    }

    /// A line that is longer than the pane goes on below, and loses no word.
    @Test func longWordsGoOnInTheNextLine() {
        let words = EmptyWords(
            "the fleet", "bot", none: ["There is nothing to be seen here.", "Press n to begin."],
            filter: "x", Keymap().names(in: .fleet))
        let canvas = Canvas(Size(20, 8))
        EmptyWords.draw(words.none, in: canvas)
        let text = canvas.frame.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text == "There is nothing to be seen here. Press n to begin.")
        #expect(canvas.frame.cursor == Point(2, 1))
    }
}

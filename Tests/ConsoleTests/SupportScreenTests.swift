/// Moving about in tickets, changing them, and text that tries to act.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct SupportScreenTests {
    private func console(_ person: Operator = SupportFixture.member) -> ScriptedConsole {
        ScriptedConsole(.support, as: person)
    }

    private func current(_ console: ScriptedConsole) -> Int64? {
        console.support?.list.cursor?.number
    }

    @Test func openTicketsComeFirstAndClosedOnesWhenAsked() {
        var console = console()
        #expect(!console.frame().text.contains("Winding Down"))
        console.press(.character("t"))
        #expect(console.frame().text.contains("Winding Down"))
        #expect(!console.frame().text.contains("Charged while asleep"))
        console.press(.character("t"))
        #expect(console.frame().text.contains("Charged while asleep"))
    }

    /// A command of another day has its date, and money stands in groups.
    @Test func theContextTellsDaysAndGroupsMoney() {
        let context = TicketContext(
            thread: SupportFixture.thread(for: SupportFixture.member),
            reader: SupportFixture.member, commands: SupportFixture.commands.rows)
        let lines = context.lines.map(\.words)
        #expect(lines.contains { $0.hasPrefix("08-23 21:14:07Z risk-set") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("01:54:07Z resume") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("equity ") && $0.hasSuffix(" 10,640.02") })
        #expect(lines.contains("  short 0.05 BTCUSDT @ 62,010"), "\(lines)")
    }

    @Test func cursorHoldsOnToItsTicketWhenRowsMove() {
        var console = console()
        console.press(.character("j"))
        #expect(current(console) == 39)
        var board = SupportFixture.board
        board.rows.insert(
            SupportFixture.row(50, "Newest", .urgent, .open, quiet: 0), at: 0)
        console.send(.board(.tickets(board)))
        #expect(current(console) == 39)
    }

    @Test func filterKnowsFieldsAndNot() {
        var console = console()
        console.press(.character("/"))
        console.type("waits:you !cat:bot")
        console.press(.enter)
        #expect(console.support?.rows.isEmpty == true)
        console.press(.character("/"), .control("u"))
        console.type("pri:low !to:st1")
        console.press(.enter)
        #expect(
            console.support?.rows.map(\.ticket.id.number) == [18])
        console.press(.escape)
        #expect(console.support?.filter == "")
    }

    @Test func countdownStandsWhereATicketIsAboutToClose() {
        let row = SupportFixture.board.rows.first { $0.ticket.id.number == 18 }
        // Quiet for 7300 minutes of the 10080 of seven days.
        #expect(
            row?.waits(for: SupportFixture.member, now: SupportFixture.now).words
                == "closes in 1d22h")
        let open = SupportFixture.board.rows[1]
        #expect(open.closesAt == nil)
        #expect(
            open.waits(for: SupportFixture.staff, now: SupportFixture.now).words == "waiting you")
        #expect(
            open.waits(for: SupportFixture.member, now: SupportFixture.now).words
                == "waiting staff")
    }

    @Test func threadCountsAsReadWhenItIsEntered() {
        var console = console()
        #expect(
            console.support?.seen.unread(SupportFixture.board.rows[0].ticket, reader: "op1")
                == 3)
        console.press(.enter)
        #expect(console.kept["seen-tickets"] == "42:4")
        #expect(
            SeenMessages("42:4").unread(SupportFixture.board.rows[0].ticket, reader: "op1")
                == 0)
    }

    @Test func whatArrivesInTheOpenThreadIsRead() {
        var console = console()
        console.press(.enter)
        var thread = SupportFixture.thread(for: SupportFixture.member)
        thread.row.ticket.messageCount = 5
        thread.entries.append(SupportFixture.entry("op1", 0, "one more"))
        console.send(.board(.thread(ID(42), thread)))
        console.send(.tick)
        #expect(console.kept["seen-tickets"] == "42:5")
    }

    @Test func messagesAreSteppedThrough() {
        var console = console(SupportFixture.staff)
        console.press(.character("K"))
        #expect(console.support?.pane.message == 3)
        console.press(.character("K"), .character("K"), .character("K"), .character("K"))
        #expect(console.support?.pane.message == 0)
        console.press(.character("J"))
        #expect(console.support?.pane.message == 1)
    }

    @Test func escapeGoesUpOneThingAtATime() {
        var console = console()
        console.press(.enter, .character("Z"), .escape)
        #expect(console.support?.isZoomed == false)
        #expect(console.support?.focus == .thread)
        console.press(.escape)
        #expect(console.support?.focus == .list)
    }

    @Test func orderIsChosenAndReversed() {
        var console = console()
        func ids() -> [Int64] {
            console.support?.rows.map(\.ticket.id.number) ?? []
        }
        #expect(ids() == [42, 39, 31, 18])
        console.press(.character("s"), .character("3"))
        #expect(ids() == [18, 42, 31, 39])
        console.press(.character("S"))
        #expect(ids() == [39, 31, 42, 18])
    }

    @Test func nothingIsMarked() {
        var console = console()
        console.press(.space)
        #expect(console.support?.list.marks.isEmpty == true)
        #expect(console.said.contains("one at a time here"))
    }

    @Test func threadIsCopiedWithItsNotesMarked() {
        var console = console(SupportFixture.staff)
        console.press(.character("y"), .character("t"))
        let copied = console.effects.compactMap {
            if case .copy(let text) = $0 { text } else { nil }
        }
        #expect(copied.count == 1)
        #expect(copied.first?.contains("\n* woo gateway") == true)
    }

    @Test func priorityIsChosenFromAMenu() {
        var console = console()
        console.press(.character("P"), .character("u"))
        #expect(console.sent == [.ticketPriority("ticket-42", .urgent)])
    }

    @Test func staffAssignAmongThoseWhoAnswer() {
        var console = console(SupportFixture.staff)
        console.press(.character("A"), .down, .enter)
        #expect(console.sent == [.ticketAssign("ticket-42", assignee: "st2")])
        var member = self.console()
        member.press(.character("A"))
        #expect(member.state.overlays.isEmpty)
    }

    @Test func memberClosesAfterAQuestion() {
        var console = console()
        console.press(.character("E"), .enter)
        #expect(console.sent.isEmpty)
        console.press(.character("E"), .character("y"))
        #expect(console.sent == [.ticketClose("ticket-42")])
    }

    @Test func staffResolveOrClose() {
        var console = console(SupportFixture.staff)
        console.press(.character("E"), .enter)
        #expect(console.sent.isEmpty)
        console.press(.character("E"), .character("r"), .character("y"))
        #expect(console.sent == [.ticketResolve("ticket-42")])
    }

    @Test func closedTicketIsOpenedAgain() {
        var console = console()
        console.press(.character("t"), .character("E"), .character("y"))
        #expect(console.sent == [.ticketReopen("ticket-9")])
    }

    @Test func readOnlyModeRefusesEveryChange() {
        var console = console(SupportFixture.staff)
        console.press(.character(":"))
        console.type("ro")
        console.press(.enter)
        for key in "riNPAE" { console.press(.character(key)) }
        #expect(console.support?.writing == nil)
        #expect(console.state.overlays.isEmpty)
        #expect(console.said.contains("read-only"))
    }

    @Test func membersSeeNoNotes() {
        let member = console()
        #expect(!member.frame(Size(160, 48)).text.contains("INC-204. Do not restart"))
        let staff = console(SupportFixture.staff)
        let lines = staff.frame(Size(160, 48)).text.split(separator: "\n")
        let noteLines = lines.filter {
            $0.contains("woo gateway") || $0.contains("Do not restart")
        }
        #expect(noteLines.count == 2)
        #expect(noteLines.allSatisfy { $0.contains("* woo") || $0.contains("* Do not") })
    }

    // MARK: Hostile text

    static let payloads = [
        "\u{1B}[2J\u{1B}[H", "\u{1B}]52;c;ZXZpbA==\u{07}", "\u{1B}]0;owned\u{07}",
        "\u{05}\u{07}", "\u{7F}\u{7F}", "\u{9B}31m\u{90}x\u{9C}", "\u{85}\u{2028}\u{2029}",
        "abc\u{08}\u{08}\u{08}xyz", "real\rfake", "a\tb\u{0B}c\u{0C}",
        "\u{202E}desrever\u{202C}", "\u{2066}x\u{2069}\u{200F}",
        "zero\u{200B}\u{200D}\u{FEFF}width", "\u{E0041}\u{E007F}tags", "v\u{FE0F}\u{FE0E}s",
        "soft\u{AD}hyphen", "\u{115F}\u{3164}\u{FFA0}",
        "e" + String(repeating: "\u{301}", count: 20), "\u{301}\u{302}first", "漢字漢字漢字",
        "👩‍👩‍👧‍👦👍🏽", "\u{E000}\u{F8FF}", "\u{0378}", "%s%n${x}`id`",
        "* internal note  st1\n| * fake\nst1 [Plutarc staff]", "=cmd|'/c calc'!A1",
        String(repeating: "long ", count: 400), String(repeating: "漢", count: 300),
    ]

    /// Everything outside the cells of the text is as it is with plain text, and no cell acts.
    @Test(arguments: payloads.indices) func hostileTextCannotLeaveItsCells(_ index: Int) {
        let payload = Self.payloads[index]
        for size in [Size(80, 24), Size(160, 48)] {
            for glyphs in [GlyphSet.ascii, .unicode] {
                check(frame(payload, size, glyphs), frame("plain", size, glyphs))
            }
        }
    }

    private func frame(_ text: String, _ size: Size, _ glyphs: GlyphSet) -> Frame {
        var console = ScriptedConsole(.support, as: SupportFixture.staff, size)
        var board = SupportFixture.board
        board.rows[0].ticket.subject = text
        board.rows[0].ticket.openedBy = text
        board.rows[0].botLabel = text
        console.send(.board(.tickets(board)))
        var thread = SupportFixture.thread(for: SupportFixture.staff)
        thread.row = board.rows[0]
        thread.entries[0].body = text
        thread.entries[0].author = text
        console.send(.board(.thread(ID(42), thread)))
        return console.frame(size, glyphs)
    }

    private func check(_ frame: Frame, _ plain: Frame) {
        let acting = frame.cells.filter { cell in
            !cell.isTail && !cell.scalars.allSatisfy { Untrusted.visible($0) == $0 }
        }
        #expect(acting.isEmpty)
        // Header, footer and, where there are panes, their frames are untouched.
        #expect(frame.line(0) == plain.line(0))
        #expect(frame.line(frame.size.rows - 1) == plain.line(frame.size.rows - 1))
        guard frame.size.columns >= 120 else { return }
        let edges = (2..<frame.size.rows - 2).flatMap { row in
            [0, 49, 50, 123, 124, 159].map { Point($0, row) }
        }
        #expect(edges.allSatisfy { frame[$0.column, $0.row] == plain[$0.column, $0.row] })
    }

    @Test func messageCannotDrawAHeadOrANote() {
        let body = "st1 [Plutarc staff]\n* internal note  st1\n| * not one"
        let layout = ThreadLayout(
            [SupportFixture.entry("op1", 1, body)], columns: 60)
        let canvas = Canvas(Size(60, 10), .ascii)
        ThreadView(
            layout: layout, scroll: .end, current: nil, isFocused: false,
            now: SupportFixture.now
        ).draw(in: canvas)
        for row in 1...3 {
            #expect(canvas.frame.line(row).hasPrefix("  "))
            #expect(canvas.frame[2, row].role == .ticketCustomer)
        }
    }
}

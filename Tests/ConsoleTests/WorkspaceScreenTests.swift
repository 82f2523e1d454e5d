/// The audit and command histories: filters, older pages, staff badges.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct WorkspaceScreenTests {
    @Test func auditIsForThoseWhoMayReadIt() {
        var console = ScriptedConsole(.support, as: SupportFixture.viewer)
        console.press(.character("4"))
        #expect(console.state.top?.name == "support")
        #expect(console.said.contains("owner/admin/risk_manager only"))
    }

    @Test func filterFindsActorsAndOutcomes() {
        var console = ScriptedConsole(.audit, as: SupportFixture.member)
        console.press(.character("/"))
        console.type("outcome:refused")
        console.press(.enter)
        #expect(console.frame().text.contains("1 of 4"))
        console.press(.character("/"), .control("u"))
        console.type("!role:staff risk-set")
        console.press(.enter)
        #expect(console.frame().text.contains("2 of 4"))
    }

    @Test func olderPageIsReadAtTheEnd() {
        var console = ScriptedConsole(.audit, as: SupportFixture.member)
        var page = SupportFixture.audit
        page.rows = page.rows.map { row in
            var row = row
            row.id = ID(row.id.number + 100)
            return row
        }
        var fresh = ConsoleState(size: Size(80, 24), session: "t", at: .audit)
        fresh.around.person = SupportFixture.member
        _ = fresh.update(.board(.audit(before: nil, page)), at: SupportFixture.now)
        _ = fresh.update(.key(.character("G")), at: SupportFixture.now)
        #expect(fresh.wants.contains(.audit(before: ID(101))))
        _ = fresh.update(
            .board(.audit(before: ID(101), SupportFixture.audit)), at: SupportFixture.now)
        #expect(!fresh.wants.contains(.audit(before: ID(101))))
        #expect(view(fresh, in: Size(80, 24), .ascii).text.contains("8 rows read"))
        // The fixture's own chain begins at row 1: nothing older is asked for.
        console.press(.character("G"))
        #expect(!console.state.wants.contains(.audit(before: ID(1))))
    }

    /// Updates are held back, not what one asks for oneself: else the end is never reached.
    @Test func olderPagesAreReadWhileUpdatesAreHeldBack() {
        var page = SupportFixture.audit
        for index in page.rows.indices { page.rows[index].id = ID(200 - Int64(index)) }
        var state = ConsoleState(size: Size(80, 24), session: "t", at: .audit)
        state.around.person = SupportFixture.member
        func send(_ event: ConsoleEvent) { _ = state.update(event, at: SupportFixture.now) }
        send(.board(.audit(before: nil, page)))
        send(.key(.character("z")))
        send(.key(.character("G")))
        let last = page.rows.last?.id
        #expect(state.wants.contains(.audit(before: last)))
        send(.board(.audit(before: last, SupportFixture.audit)))
        #expect(!state.wants.contains(.audit(before: last)))
        #expect(view(state, in: Size(80, 24), .ascii).text.contains("8 rows read"))
        send(.board(.audit(before: nil, SupportFixture.audit)))
        #expect(view(state, in: Size(80, 24), .ascii).text.contains("8 rows read"))
    }

    @Test func staffCarryTheirBadgeAndReason() {
        var console = ScriptedConsole(.commands(ID(9)), as: SupportFixture.member)
        console.press(.down)
        let text = console.frame().text
        #expect(text.contains("[staff] st1"))
        #expect(text.contains("st1 [Plutarc staff]"))
        #expect(text.contains("INC-204 is over"))
    }

    @Test func waitingCommandSaysWhenItExpires() {
        let console = ScriptedConsole(.commands(ID(9)), as: SupportFixture.member)
        #expect(console.frame().text.contains("expires in 41s"))
    }

    @Test func unknownFieldIsAnError() {
        var console = ScriptedConsole(.commands(nil), as: SupportFixture.member)
        console.press(.character("/"))
        console.type("colour:red")
        console.press(.enter)
        #expect(console.frame().text.contains("!! there is no field \"colour\""))
    }

    /// A narrow box has no column of names: no word of a value is cut.
    @Test(arguments: [24, 28, 35])
    func aNarrowDetailCutsNoWord(_ columns: Int) {
        let console = ScriptedConsole(
            .audit, as: SupportFixture.member, Size(columns, 30))
        let text = console.frame(Size(columns, 30)).text
        #expect(text.contains("what: risk-set") || text.contains("what: pause"), "\(text)")
    }

    @Test(arguments: SupportScreenTests.payloads.indices)
    func hostileAuditRowCannotLeaveItsCells(_ index: Int) {
        let payload = SupportScreenTests.payloads[index]
        var board = SupportFixture.audit
        board.rows[0].target = payload
        board.rows[0].reason = payload
        board.rows[0].actor = payload
        var state = ConsoleState(size: Size(80, 24), session: "t", at: .audit)
        state.around.person = SupportFixture.member
        _ = state.update(.board(.audit(before: nil, board)), at: SupportFixture.now)
        let frame = view(state, in: Size(80, 24), .unicode)
        let acting = frame.cells.filter { cell in
            !cell.isTail && !cell.scalars.allSatisfy { Untrusted.visible($0) == $0 }
        }
        #expect(acting.isEmpty)
        #expect((13..<22).allSatisfy { "┐│┘".unicodeScalars.contains(frame[79, $0].first) })
    }

    /// Through the database and the reader, as on a terminal.
    @Test(arguments: [("support", "PRI"), ("audit", "chain whole"), ("commands", "OUTCOME")])
    func screensArePrintedFromADatabase(_ name: String, _ words: String) throws {
        let reader = BoardReader(
            over: try FleetFixture.database(), owner: FleetFixture.owner)
        let text = try ScreenPrinter.text(
            name, size: Size(80, 24), reader: reader, at: FleetFixture.now, glyphs: .ascii)
        #expect(text?.contains(words) == true)
        let tickets = try reader.tickets()
        #expect(tickets.supportNames == ["ana"])
        if name == "support", let subject = tickets.rows.first?.ticket.subject {
            #expect(text?.contains(subject) == true)
        }
    }

    /// The ledger is a list: what is typed behind `/` filters it and is no row of commands.
    @Test func theLedgerIsFiltered() throws {
        var journey = try Journey(at: .billing, role: .owner)
        let all = try journey.row("ledger rows")
        #expect(all.contains("13 ledger rows, 7 days"))
        try journey.run("/usage")
        #expect(journey.overlay.isEmpty && journey.place == "billing")
        try journey.run("<enter>")
        let usage = try journey.row("ledger rows")
        #expect(usage.contains("/usage") && usage.contains(" of 13 ledger rows"), "\(usage)")
        #expect(!journey.text.contains(" top-up "), "\(journey.text)")
        try journey.run("<esc> /usd:>0 <enter>")
        #expect(journey.text.contains(" top-up ") && !journey.text.contains(" usage "))
        try journey.run("<esc> /bot:nobody <enter>")
        #expect(journey.text.contains("0 of 13 ledger rows"))
        #expect(journey.text.contains("No ledger row matches /bot:nobody"))
        try journey.run("<esc> /colour:red")
        #expect(journey.text.contains("there is no field \"colour\""))
        let kept = try Journey(at: .billing, role: .owner, kept: ["billing.filter": "usd:>0"])
        #expect(kept.text.contains("/usd:>0") && !kept.text.contains(" usage "))
    }

    @Test func aBalanceHasItsThousandsApart() throws {
        var journey = try Journey(at: .billing, role: .owner)
        let reader = BoardReader(over: try ScreenFleet.database(), owner: ScreenFleet.owner)
        guard case .billing(var board) = try BoardRequest.billing.read(reader) else {
            Issue.record("no bill was read")
            return
        }
        board.balance = try Money.parse("8303.12")
        try journey.send(.board(.billing(board)))
        #expect(journey.text.contains("Balance   8,303.12 USD"))
        try journey.run("M 1000 <enter>")
        #expect(journey.text.contains("8,303.12 -> 9,303.12 USD"), "\(journey.text)")
    }

    /// Where there is no list, `/` is not in the footer, and what is typed behind it does nothing.
    @Test(arguments: [BotTab.template, .risk], [nil, ScreenSafeguard.filterTakesText])
    func whereNothingIsFilteredTextIsNoCommand(_ tab: BotTab, _ off: ScreenSafeguard?) throws {
        var journey = try Journey(
            Size(160, 40), at: .bot(ID(1), tab), role: .owner, off: off.map { [$0] } ?? [])
        #expect(!journey.text.contains("/ filter"))
        try journey.run("/apa")
        #expect(journey.overlay.isEmpty == (off == nil), "\(journey.overlay)")
        guard off == nil else { return }
        try journey.run("<enter>")
        #expect(journey.said == "there is nothing to filter here")
        #expect(journey.sent.isEmpty && journey.place == "bot" && journey.overlay.isEmpty)
    }
}

extension Journey {
    /// The line of the picture that holds the words.
    fileprivate func row(_ words: String) throws -> String {
        let lines = text.split(separator: "\n").map(String.init)
        return try #require(lines.first { $0.contains(words) })
    }
}

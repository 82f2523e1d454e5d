/// Replies, notes, new tickets and their drafts, key by key.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct SupportWritingTests {
    private func console(
        _ person: Operator = SupportFixture.member, kept: [String: String] = [:]
    ) -> ScriptedConsole {
        ScriptedConsole(.support, as: person, kept: kept)
    }

    @Test func replyIsSentOnlyAfterTheQuestion() {
        var console = console()
        console.press(.character("r"))
        console.type("Yes, close")
        console.press(.enter)
        console.type("now.")
        #expect(console.sent.isEmpty)
        console.press(.control("x"))
        #expect(console.sent.isEmpty)
        console.press(.character("y"))
        #expect(
            console.sent == [
                .ticketReply("ticket-42", message: "Yes, close\nnow.", asSupport: false)
            ])
    }

    @Test func typeAheadCannotSend() {
        var console = console()
        console.press(.character("r"))
        console.type("half a thought")
        console.press(.control("x"), .character("y"), pause: .milliseconds(10))
        #expect(console.sent.isEmpty)
        console.press(.character("y"))
        #expect(console.sent.count == 1)
    }

    /// No more is said of a draft than what is known of the disk.
    @Test func aDraftThatIsNotOnDiskIsNotSaidToBe() {
        var console = console()
        console.diskProblem = "/x: No space left on device"
        console.press(.character("r"))
        console.type("half")
        #expect(console.said.contains("not on disk"))
        #expect(console.frame().text.contains("draft NOT on disk"))
        #expect(!console.frame().text.contains("draft kept"))
        console.press(.escape)
        #expect(console.said.contains("it is not on disk: /x"))
        console.diskProblem = nil
        console.press(.character("r"))
        console.type(" more")
        #expect(console.frame().text.contains("draft kept"))
        console.press(.escape)
        #expect(console.said == "The draft is kept.")
    }

    @Test func aPasteThatDoesNotFitIsRefusedInWords() {
        var console = console()
        console.press(.character("r"))
        // As much as the engine takes, and not a byte more.
        let most = TextRules.maxBody
        console.send(.paste(String(repeating: "x", count: most + 1)))
        #expect(console.said == "\(most + 1) bytes and \(most) fit: nothing was taken")
        console.send(.paste("family: 👨‍👩‍👧"))
        console.press(.control("x"), .character("y"))
        #expect(
            console.sent
                == [.ticketReply("ticket-42", message: "family: 👨‍👩‍👧", asSupport: false)])
    }

    @Test func emptyReplyIsNotSent() {
        var console = console()
        console.press(.character("r"), .space, .control("x"), .character("y"))
        #expect(console.sent.isEmpty)
    }

    @Test func noteLeavesAsANoteAndNeverAsAReply() {
        var console = console(SupportFixture.staff)
        console.press(.character("i"))
        console.type("r i y do not restart")
        // No key of the composer changes what is written.
        console.press(.tab, .function(6), .backTab)
        console.press(.control("x"), .character("y"))
        #expect(console.sent == [.ticketNote("ticket-42", message: "r i y do not restart")])
    }

    @Test func draftOfANoteIsNotOfferedAsAReply() {
        var console = console(SupportFixture.staff)
        console.press(.character("i"))
        console.type("internal")
        console.press(.escape)
        #expect(console.kept == ["draft-note-ticket-42": "internal", "seen-tickets": "42:4"])
        console.press(.character("r"))
        guard case .message(let composer) = console.support?.writing else {
            Issue.record("no composer")
            return
        }
        #expect(!composer.isNote)
        #expect(composer.text.isEmpty)
    }

    @Test func onlySupportWritesNotes() {
        var console = console(SupportFixture.member)
        console.press(.character("i"))
        #expect(console.support?.writing == nil)
        #expect(console.said == "i internal note: support only")
    }

    @Test func viewerMayReadAndNotWrite() {
        var console = console(SupportFixture.viewer)
        for key in "rNPE" { console.press(.character(key)) }
        #expect(console.support?.writing == nil)
        #expect(console.state.overlays.isEmpty)
        #expect(console.said.contains("owner/admin/risk_manager/trader only"))
    }

    @Test func ownerWhoActsForSupportChoosesTheSide() {
        var console = console(SupportFixture.owner)
        console.press(.character("r"))
        console.type("as support")
        console.press(.control("x"), .character("y"))
        #expect(
            console.sent.last == .ticketReply("ticket-42", message: "as support", asSupport: true))
        console.answer(.done)
        console.press(.character("r"))
        console.type("as member")
        console.press(.function(6), .control("x"), .character("y"))
        #expect(
            console.sent.last == .ticketReply("ticket-42", message: "as member", asSupport: false))
    }

    @Test func draftIsKeptAtEveryKeyAndOfferedAgain() {
        var first = console()
        first.press(.character("r"))
        first.type("half")
        #expect(first.kept["draft-reply-ticket-42"] == "half")
        // The line drops here; another console starts with what was kept.
        var second = console(kept: first.kept)
        #expect(second.frame().text.contains("1 draft"))
        second.press(.character("r"))
        second.type(" more")
        second.press(.control("x"), .character("y"))
        #expect(
            second.sent == [.ticketReply("ticket-42", message: "half more", asSupport: false)])
    }

    @Test func refusedReplyStaysInItsField() {
        var console = console()
        console.press(.character("r"))
        console.type("hello")
        console.press(.control("x"), .character("y"))
        console.answer(.refused, "ticket-42 is closed")
        #expect(console.support?.writing?.draft == "hello")
        #expect(console.state.around.kept["draft-reply-ticket-42"] == "hello")
        console.press(.control("x"), .character("y"))
        #expect(console.sent.count == 2)
    }

    @Test func sentReplyLeavesNoDraft() {
        var console = console()
        console.press(.character("r"))
        console.type("hello")
        console.press(.control("x"), .character("y"))
        console.answer(.done)
        #expect(console.support?.writing == nil)
        #expect(console.state.around.kept["draft-reply-ticket-42"] == nil)
    }

    @Test func pasteIsTextAndNothingElse() {
        var console = console()
        console.send(.paste("N\u{18}y"))
        #expect(console.support?.writing == nil)
        console.press(.character("r"))
        console.send(.paste("line one\nline two\u{1B}[2J\u{18}y"))
        #expect(console.sent.isEmpty)
        #expect(console.support?.writing?.draft == "line one\nline two\u{1B}[2J\u{18}y")
        #expect(console.frame().text.contains("line two?[2J?y"))
    }

    @Test func editorTakesAndGivesBackTheText() {
        var console = console()
        console.press(.character("r"))
        console.type("short")
        console.press(.function(4))
        #expect(console.effects.contains(.edit(tag: "draft-reply-ticket-42", text: "short")))
        console.send(.edited(tag: "draft-reply-ticket-42", text: "a long text\nof two lines"))
        #expect(console.support?.writing?.draft == "a long text\nof two lines")
        console.send(.edited(tag: "draft-reply-ticket-42", text: nil))
        #expect(console.support?.writing?.draft == "a long text\nof two lines")
    }

    @Test func formOpensATicketAboutABot() {
        var console = console()
        console.press(.character("N"))
        console.type("Fees")
        console.press(.tab, .character("b"), .tab, .character("h"), .tab)
        console.type("btc-t")
        console.press(.tab)
        console.type("Fees are double.")
        console.press(.control("x"), .character("y"))
        #expect(
            console.sent == [
                .ticketOpen(
                    subject: "Fees", message: "Fees are double.", .bot, .high,
                    bot: "btc-trend-01")
            ])
        console.answer(.done)
        #expect(console.support?.writing == nil)
        #expect(console.state.around.kept["draft-new"] == nil)
    }

    @Test func formSaysWhatIsMissing() {
        var console = console()
        console.press(.character("N"), .control("x"))
        #expect(console.said == "The subject is missing.")
        console.type("Subject")
        console.press(.control("x"))
        #expect(console.said == "The text is missing.")
        #expect(console.sent.isEmpty)
    }

    @Test func draftOfATicketComesBackAsItWas() {
        var fields = TicketFields()
        fields.subject = "Colon: in it"
        fields.category = .apiKey
        fields.priority = .urgent
        fields.bot = "btc-grid-09"
        fields.text = "Subject: no head of mine\n\nlast"
        #expect(TicketFields(draft: fields.draft) == fields)
        #expect(TicketFields(draft: "no head: here\nat all").text == "no head: here\nat all")
    }

    @Test func helpTwiceAsksAHumanFromHere() {
        var console = ScriptedConsole(.commands(ID(9)), as: SupportFixture.member)
        console.press(.character("?"), .character("?"))
        guard case .ticket(let form) = console.support?.writing else {
            Issue.record("no form")
            return
        }
        #expect(form.fields.bot == "btc-grid-09")
        #expect(form.fields.text.contains("screen: Commands > btc-grid-09"))
    }

    @Test func logOfTheBotIsAttachedToTheReply() {
        var console = console()
        console.press(.character("L"))
        let draft = console.support?.writing?.draft ?? ""
        #expect(draft.contains("last commands of btc-grid-09"))
        #expect(draft.contains("close-all by op1: queued, bot offline (command-77)"))
    }
}

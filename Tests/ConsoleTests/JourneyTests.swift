/// Key scripts against the state: what an operator does from key to command.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct JourneyTests {
    @Test func pauseAsksOnceAndOffersItsUndo() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> p")
        #expect(journey.overlay == "question")
        #expect(journey.text.contains("Pause btc-trend-01 (LIVE, 3 positions kept)?"))
        #expect(journey.sent.isEmpty)
        try journey.run("y")
        #expect(journey.sent == [.pause(.named(["bot-1"]), reason: nil)])
        #expect(journey.text.contains("Pausing btc-trend-01: sending"))
        try journey.answer(.done, "btc-trend-01: paused; 3 positions kept")
        #expect(journey.said == "btc-trend-01: paused; 3 positions kept")
        #expect(journey.text.contains("u resume  (10s)"))
        try journey.run("u")
        #expect(journey.sent.last == .resume(.named(["bot-1"]), reason: nil))
    }

    @Test func theOfferEndsAfterTenSeconds() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> p y")
        try journey.answer(.done, "paused")
        journey.pass(.seconds(11))
        try journey.send(.tick)
        try journey.run("u")
        #expect(journey.sent.count == 1)
        #expect(journey.said.contains("not paused"))
    }

    @Test func typeAheadAnswersNoQuestion() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> py")
        #expect(journey.overlay == "question")
        #expect(journey.sent.isEmpty)
    }

    @Test func enterNeverConfirms() throws {
        var journey = try Journey(at: .positions)
        try journey.run("x <enter>")
        #expect(journey.sent.isEmpty)
        #expect(journey.overlay.isEmpty)
        // Danger never gets the focus: Tab says what confirms, and Enter still cancels.
        try journey.run("x <tab>")
        #expect(journey.text.contains("y confirms"))
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty)
        #expect(journey.overlay.isEmpty)
    }

    @Test func closeAllNeedsTheTypedLabelAndGoesUnderItsToken() throws {
        var journey = try Journey()
        try journey.run("/btc-grid <enter> X")
        #expect(journey.overlay == "close-all")
        #expect(journey.text.contains("4 positions"))
        #expect(journey.text.contains("Cancels 2 resting orders first."))
        #expect(journey.text.contains("OFFLINE"))
        try journey.run("y <enter>")
        #expect(journey.sent.isEmpty)
        try journey.run("<bksp> btc-grid-09 <enter>")
        #expect(
            journey.sent == [
                .closeAll(.named(["bot-7"]), confirmation: .token("k7pd-3wxa"))
            ])
    }

    @Test func closingSeveralNeedsTheirCount() throws {
        var journey = try Journey()
        try journey.run("<space> <space> X")
        #expect(journey.text.contains("Type close 2 to go on:"))
        try journey.run("close <space> 2 <enter>")
        let close = try #require(journey.sent.last?.as(CloseAllCommand.self))
        guard case .named(let names) = close.bots, case .token? = close.confirmation else {
            Issue.record("\(journey.sent)")
            return
        }
        #expect(names.count == 2)
    }

    @Test func aPasteConfirmsNothing() throws {
        var journey = try Journey()
        try journey.run("/btc-grid <enter> X")
        try journey.send(.paste("btc-grid-09"))
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty)
        #expect(journey.said.contains("paste was refused"))
    }

    @Test func aPreviewIsVoidAfterThirtySeconds() throws {
        var journey = try Journey(at: .positions)
        try journey.run("x")
        journey.pass(.seconds(31))
        try journey.send(.tick)
        #expect(journey.text.contains("[ Look again ]"))
        try journey.run("y")
        #expect(journey.sent.isEmpty)
        #expect(journey.overlay == "close-position")
        try journey.run("y")
        #expect(journey.sent.count == 1)
    }

    @Test func aStalePreviewIsLookedAtAgain() throws {
        var journey = try Journey(at: .positions)
        try journey.run("x y")
        try journey.answer(.refused, "the preview is void: the set grew", code: "stale_preview")
        #expect(journey.overlay == "close-position")
        #expect(journey.said.contains("the set grew"))
    }

    /// What the engine shows late opens under no fingers that went on to something else.
    @Test(arguments: ["x", "X"]) func aLatePreviewOpensUnderNoOtherKeys(_ key: String) throws {
        var journey = try Journey(at: .positions)
        journey.isPrompt = false
        try journey.run(key)
        journey.pass(.seconds(9))
        try journey.run("j")
        try journey.answerPreviews()
        #expect(journey.overlay.isEmpty)
        #expect(journey.said == "Asking what would close took 9s: ask again to see it")
        // Whoever waits, or asks once more, sees it; so does whoever pressed on at once.
        try journey.run("\(key)")
        journey.pass(.seconds(60))
        try journey.run("j \(key)")
        try journey.answerPreviews()
        #expect(journey.overlay.hasPrefix("close"))
        try journey.run("<esc> \(key) j")
        try journey.answerPreviews()
        #expect(journey.overlay.hasPrefix("close"))
    }

    @Test func theDialogClosesWhenThePositionIsGone() throws {
        var journey = try Journey(at: .positions)
        try journey.run("x")
        let empty = try Journey(at: .positions, isEmpty: true)
        let screen = try #require(empty.state.top as? PositionsScreen)
        try journey.send(.board(.positions(try #require(screen.board))))
        #expect(journey.overlay.isEmpty)
        #expect(journey.said.contains("nothing is left to close"))
    }

    @Test func markedBotsArePausedTogetherAndTheSkippedAreNamed() throws {
        var journey = try Journey()
        try journey.run("/eth-mean <enter> p")
        #expect(journey.said.contains("already paused"))
        try journey.run("/ <^u> mean <enter> * p")
        #expect(journey.overlay == "pause-marked")
        #expect(journey.text.contains("Skipped:"))
        #expect(journey.text.contains("eth-mean-02 is already paused"))
        try journey.run("y")
        let pause = try #require(journey.sent.last?.as(PauseCommand.self))
        guard case .named(let names) = pause.bots, pause.reason == nil else {
            Issue.record("\(journey.sent)")
            return
        }
        #expect(!names.contains("bot-2"))
    }

    /// The header counts them: a key shows them, and leads to the bot.
    @Test func alertsHaveAKey() throws {
        var journey = try Journey()
        let alarms = try #require(journey.state.around.fleet?.alarms)
        let first = try #require(alarms.first)
        try journey.run("!")
        #expect(journey.overlay == "alerts")
        #expect(journey.text.contains("Alerts \(alarms.count)"), "\(journey.text)")
        let word = try #require(first.message.split(separator: " ").first)
        #expect(journey.text.contains(word), "\(journey.text)")
        try journey.run("<enter>")
        #expect(journey.overlay.isEmpty)
        #expect((journey.bot != nil) == (first.botID != nil))
    }

    /// A list that is cut says how many more there are.
    @Test func skippedBotsThatAreNotNamedAreCounted() throws {
        var journey = try Journey(Size(80, 40))
        try journey.run("* u")
        #expect(journey.overlay == "resume-marked")
        let text = journey.text
        try journey.run("y")
        guard case .named(let names)? = journey.sent.last?.as(ResumeCommand.self)?.bots else {
            Issue.record("\(journey.sent)")
            return
        }
        let all = try #require(journey.state.around.fleet?.rows.count)
        #expect(text.contains("and \(all - names.count - 5) more"), "\(text)")
    }

    @Test func aKillSwitchIsResetWithAReasonOnly() throws {
        var journey = try Journey()
        try journey.run("/avax <enter> u")
        #expect(journey.overlay == "reason")
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty)
        try journey.run("calm <space> again <enter>")
        #expect(journey.sent == [.resume(.named(["bot-10"]), reason: "calm again")])
    }

    @Test func aTraderMayNotResetTheKillSwitch() throws {
        var journey = try Journey(role: .trader)
        try journey.run("/avax <enter> u")
        #expect(journey.overlay.isEmpty)
        #expect(journey.said.contains("may not reset it"))
    }

    @Test func aTraderClosesNothingAndIsToldWhoMay() throws {
        var journey = try Journey(role: .trader)
        try journey.run("X")
        #expect(journey.effects.allSatisfy { if case .submit = $0 { false } else { true } })
        #expect(journey.said == "X close-all: owner/admin/risk_manager only")
        #expect(journey.text.contains("X close-all.."))
        try journey.resize(160, 30)
        #expect(journey.text.contains("X close-all.. (owner/admin/risk_manager only)"))
    }

    @Test func readOnlyChangesNothing() throws {
        var journey = try Journey(isReadOnly: true)
        try journey.run("p X u")
        #expect(journey.sent.isEmpty)
        #expect(journey.said.contains("read-only"))
        #expect(journey.text.contains("READ-ONLY"))
    }

    @Test func withoutAnEngineKeysSayWhy() throws {
        var journey = try Journey(engine: false)
        try journey.run("u")
        #expect(journey.said.contains("engine stopped; F5 starts one"))
        #expect(journey.text.contains("engine stopped"))
    }

    @Test func errorsStayUntilAKey() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> p y")
        try journey.answer(.refused, "no", code: "wrong_state")
        journey.pass(.seconds(60))
        try journey.send(.tick)
        #expect(journey.text.contains("!!  no"))
        try journey.run("j")
        #expect(!journey.text.contains("!!  no"))
    }

    @Test func qBacksOutAndAsksAtTheRoot() throws {
        var journey = try Journey()
        try journey.run("<enter>")
        #expect(journey.place == "bot")
        try journey.run("q")
        #expect(journey.place == "fleet")
        try journey.run("q")
        #expect(journey.overlay == "question")
        try journey.run("n q y")
        #expect(journey.effects.last == .quit(.person))
    }

    @Test func escapeClosesOneThingAndNeverQuits() throws {
        var journey = try Journey()
        try journey.run("<space> /e <enter> a <esc>")
        #expect(journey.overlay.isEmpty)
        #expect(journey.fleet?.filter == "e")
        try journey.run("<esc>")
        #expect(journey.fleet?.filter == "")
        #expect(journey.fleet?.list.marks.count == 1)
        try journey.run("<esc>")
        #expect(journey.fleet?.list.marks.isEmpty == true)
        try journey.run("<esc> <esc>")
        #expect(!journey.effects.contains(.quit(.person)))
    }

    @Test func interruptTwiceOffersToQuit() throws {
        var journey = try Journey()
        try journey.run("<^c> <^c>")
        #expect(journey.overlay == "question")
    }

    @Test func hangupAndSignalsEndWithTheirStatus() throws {
        var journey = try Journey()
        try journey.send(.hangup)
        #expect(journey.effects.last == .quit(.hangup))
        try journey.send(.signal(15))
        #expect(journey.effects.last == .quit(.signal(15)))
        #expect(QuitReason.hangup.status == 129)
        #expect(QuitReason.signal(15).status == 143)
    }

    @Test func aPasteIsNoCommand() throws {
        var journey = try Journey()
        try journey.send(.paste("Xpq"))
        #expect(journey.overlay.isEmpty)
        #expect(journey.said.contains("dropped"))
        try journey.run("/")
        try journey.send(.paste("btc\n"))
        #expect(journey.fleet?.filter == "btc")
    }
}

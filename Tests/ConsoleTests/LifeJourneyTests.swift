/// The acts on a bot's life by keys: deploy, start, stop, restart, update, key, sessions, billing.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct LifeJourneyTests {
    // MARK: Deploy

    @Test func deployIsChosenFromListsButForItsName() throws {
        var journey = try Journey(role: .trader)
        try journey.run("a D")
        #expect(journey.overlay == "deploy")
        // Key: none, spare-bitmex, spare-paper; the exchange of the chosen one gives the distance.
        try journey.run("new-01 <tab> j")
        #expect(journey.text.contains("spare-bitmex"))
        #expect(!journey.text.contains("key-btc-1"))
        try journey.run("<tab> j j")
        try journey.run("<tab>")
        #expect(journey.text.contains("2 ms to bitmex"))
        #expect(journey.text.contains("165 ms to bitmex"))
        try journey.run("j j <enter>")
        #expect(journey.overlay == "deploy-confirm")
        #expect(journey.sent.isEmpty)
        #expect(journey.text.contains("paper london, 0.040 USD an hour"))
        try journey.run("y")
        #expect(
            journey.sent == [
                .deploy(
                    DeployRequest(
                        label: "new-01", region: "london", provider: "paper", key: "key-13",
                        template: SystemTemplates.all[1].name))
            ] || journey.sent.count == 1)
        let request = try #require(journey.sent.first?.as(DeployCommand.self)?.request)
        #expect(request.label == "new-01" && request.provider == "paper")
        #expect(request.key != nil && request.template != nil)
    }

    @Test func aNameIsEnough() throws {
        var journey = try Journey(role: .trader)
        try journey.run("a D bare-01 <^x> y")
        #expect(
            journey.sent == [
                .deploy(DeployRequest(label: "bare-01", region: "tokyo", provider: "paper"))
            ])
    }

    @Test func namesAreCheckedBeforeTheDialog() throws {
        var journey = try Journey(role: .owner)
        try journey.run("a D <^x>")
        #expect(journey.said.contains("is no label"))
        try journey.run("xrp-mean-01 <^x>")
        #expect(journey.said.contains("named \"xrp-mean-01\" already"))
        #expect(journey.overlay == "deploy")
        try journey.run("<esc>")
        #expect(journey.overlay.isEmpty && journey.sent.isEmpty)
    }

    @Test func aStoppedBotIsStartedAgain() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/old-bot <enter> a S")
        #expect(journey.text.contains("Start old-bot-00"))
        try journey.run("y")
        #expect(journey.sent == [.start(bot: "bot-14")])
    }

    // MARK: Stop

    @Test func aFlatBotIsStoppedAfterOneQuestion() throws {
        var journey = try Journey(role: .trader)
        try journey.run("/xrp <enter> a T y")
        #expect(journey.sent == [.stop(bot: "bot-5", .refuse, confirmation: nil)])
    }

    @Test func aStopTellsWhatItLeavesAndDefaultsToNothing() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> a T")
        #expect(journey.overlay == "stop")
        #expect(journey.text.contains("Would leave 3 positions unattended:"))
        for symbol in ["BTC-PERP", "ETH-PERP", "SOL-PERP"] {
            #expect(journey.text.contains(symbol))
        }
        try journey.run("<enter>")
        #expect(journey.overlay.isEmpty && journey.sent.isEmpty)
        #expect(journey.said == "btc-trend-01 goes on running")
    }

    @Test func closeThenStopAndLeaveOpenAskForTheLabel() throws {
        var journey = try Journey()
        let label = Core.Confirmation.label("btc-trend-01")
        try journey.run("/btc-trend <enter> a T c")
        #expect(journey.overlay == "stop-close")
        #expect(journey.text.contains("BTC-PERP"))
        try journey.run("y <enter> <bksp> btc-trend-01 <enter>")
        #expect(journey.sent == [.stop(bot: "bot-1", .close, confirmation: label)])
        try journey.run("a T l btc-trend-01 <enter>")
        #expect(journey.sent.last == .stop(bot: "bot-1", .leave, confirmation: label))
    }

    @Test func aTraderMayNotCloseByStopping() throws {
        var journey = try Journey(role: .trader)
        try journey.run("/btc-trend <enter> a T c")
        #expect(journey.overlay == "stop")
        #expect(journey.said.contains("owner/admin/risk_manager only"))
    }

    // MARK: Restart, update, key

    @Test func restartIsRefusedWithinItsHourWithTheTime() throws {
        var journey = try Journey(role: .admin)
        try journey.run("/ltc-mean <enter> R")
        #expect(journey.overlay.isEmpty)
        #expect(journey.said == "R restart: ready in 30:00")
        try journey.run("a")
        #expect(journey.text.contains("ready in 30:00"))
        try journey.run("<esc>")
        try journey.run("<esc> /xrp <enter> R y")
        #expect(journey.sent == [.restart(bot: "bot-5", reason: nil)])
    }

    @Test func restartIsForOwnerAndAdmin() throws {
        var journey = try Journey(role: .trader)
        try journey.run("/xrp <enter> R")
        #expect(journey.said.contains("owner/admin only"))
        #expect(journey.sent.isEmpty)
    }

    @Test func staffGiveAReasonForARestart() throws {
        var journey = try Journey(isStaff: true)
        try journey.run("/xrp <enter> R")
        #expect(journey.overlay == "reason")
        try journey.run("hangs <enter>")
        #expect(journey.sent == [.restart(bot: "bot-5", reason: "hangs")])
        try journey.run("a T")
        #expect(journey.sent.count == 1)
        #expect(journey.said.contains("only"))
    }

    @Test func anUpdateIsOfferedWhereThereIsOne() throws {
        var journey = try Journey(role: .admin)
        try journey.run("/btc-trend <enter> a U")
        #expect(journey.text.contains("From 1.8.2 to 1.9.0"))
        try journey.run("y <esc> /xrp <enter> a U")
        #expect(journey.sent == [.update(bot: "bot-1")])
        #expect(journey.said == "update..: runs the newest version")
    }

    @Test func aKeyIsPickedFromTheFreeOnes() throws {
        var journey = try Journey(role: .admin)
        try journey.run("/xrp <enter> a A")
        #expect(journey.overlay == "keys")
        #expect(journey.text.contains("spare-bitmex"))
        #expect(journey.text.contains("2 ms from tokyo"))
        try journey.run("j <enter>")
        #expect(journey.text.contains("key-xrp-5 -> spare-paper"))
        try journey.run("y")
        #expect(journey.sent.last?.as(AssignKeyCommand.self)?.bot == "bot-5")
        try journey.run("<esc> /btc-trend <enter> a A")
        #expect(journey.said == "API key..: only while it is flat")
        #expect(journey.sent.count == 1)
    }

    /// As `assign-key BOT none` does; a bot without a key has none to take away.
    @Test func aKeyIsTakenAwayFromAFlatBot() throws {
        var journey = try Journey(role: .admin)
        try journey.run("/xrp <enter> a A G <enter>")
        #expect(journey.text.contains("key-xrp-5 -> no key"))
        #expect(journey.text.contains("It trades no more until it has another one."))
        #expect(journey.sent.isEmpty)
        try journey.run("y")
        #expect(journey.sent == [.assignKey(bot: "bot-5", key: LifeRules.noKey)])
        try journey.run("a A G")
        var fleet = try #require(journey.state.around.fleet)
        let place = try #require(fleet.rows.firstIndex { $0.label == "xrp-mean-01" })
        fleet.rows[place].key = nil
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.overlay == "keys" && !journey.text.contains("it trades no more"))
        fleet.rows[place].openPositions = 1
        try journey.send(.board(.fleet(fleet)))
        try journey.run("<enter>")
        #expect(journey.said == "xrp-mean-01: a key changes only while it is flat")
        #expect(journey.sent.count == 1)
    }

    // MARK: Sessions

    @Test func sessionsAreWrittenWithWhatTheyMean() throws {
        var journey = try Journey(role: .trader)
        try journey.run("/xrp <enter> a Z")
        #expect(journey.overlay == "sessions")
        #expect(journey.text.contains("[session Tokyo]"))
        // 02:14 UTC on a Monday: eleven in Tokyo.
        #expect(journey.text.contains("Open now."))
        #expect(journey.text.contains("sleeps Mon 0"))
        try journey.run("x")
        #expect(journey.text.contains("line:5: zone"))
        try journey.run("<^x>")
        #expect(journey.overlay == "sessions" && journey.sent.isEmpty)
        try journey.run("<bksp> <^x>")
        #expect(journey.overlay == "sessions")
        #expect(journey.text.contains("Sessions of xrp-mean-01"))
        try journey.run("y")
        let own = try #require(journey.sent.last?.as(SetSessionsCommand.self))
        let text = try #require(own.text)
        #expect(own.bot == "bot-5" && text.hasPrefix("[session Tokyo]\ndays = "))
    }

    @Test func sessionsNeedTheRightToConfigure() throws {
        var journey = try Journey(role: .riskManager)
        try journey.run("/xrp <enter> a Z")
        #expect(journey.overlay == "actions")
        #expect(journey.said.contains("only"))
    }

    // MARK: Billing

    @Test func theBalanceIsSeenAndToppedUpByTheOwner() throws {
        var journey = try Journey(role: .owner)
        try journey.run("B")
        #expect(journey.place == "billing")
        #expect(journey.text.contains("Balance   49.44 USD"))
        #expect(journey.text.contains("Runway"))
        try journey.run("G")
        #expect(journey.text.contains("top-up"))
        try journey.run("M x <enter>")
        #expect(journey.said.contains("\"x\" is not a decimal number"))
        try journey.run("M 250 <enter>")
        #expect(journey.text.contains("49.44 -> 299.44 USD"))
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty)
        try journey.run("M 250 <enter> y")
        #expect(journey.sent == [.topUp("250")])
    }

    @Test func theBillIsForThoseWhoMaySeeIt() throws {
        var admin = try Journey(role: .admin)
        try admin.run("B M")
        #expect(admin.place == "billing")
        #expect(admin.overlay.isEmpty)
        #expect(admin.said.contains("owner only"))
        var trader = try Journey(role: .trader)
        try trader.run("B")
        #expect(trader.place == "fleet")
        #expect(trader.said.contains("owner/admin only"))
        try trader.run(":bill <enter>")
        #expect(trader.place == "fleet")
    }

    // MARK: A halt under way

    @Test func aHaltIsSeenOnEveryScreen() throws {
        var journey = try Journey()
        var fleet = try #require(journey.state.around.fleet)
        fleet.halt = HaltProgress(
            bots: 20, flat: 12, positionsLeft: 31, startedAt: fleet.now, actor: "op1")
        try journey.send(.board(.fleet(fleet)))
        for keys in ["1", "2", "3", "4"] {
            try journey.run(keys)
            try journey.send(.board(.fleet(fleet)))
            #expect(journey.text.contains("HALT 12/20 flat · 31 positions left"), "\(keys)")
        }
    }

    // MARK: A preview that has become void

    @Test func aVoidPreviewClosesNothingAndLooksAgain() throws {
        var journey = try Journey()
        try journey.run("/btc-trend <enter> X")
        journey.pass(.seconds(30))
        try journey.send(.tick)
        #expect(journey.text.contains("[ Look again ]"))
        try journey.run("btc-trend-01")
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty)
        #expect(journey.overlay == "close-all")
        #expect(!journey.text.contains("30 s are over"))
        try journey.run("btc-trend-01 <enter>")
        #expect(journey.sent.count == 1)
        // The engine says that the set grew: the console looks again and asks again.
        try journey.answer(.refused, "the preview is void: the set grew", code: "stale_preview")
        #expect(journey.overlay == "close-all")
        #expect(journey.sent.count == 1)
    }
}

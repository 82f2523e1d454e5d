/// What a change of limits asks for while positions are open, and what answers it.
import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Risk-limits>.
@Suite struct LimitConfirmationTests {
    private let office: LifeOffice
    private let label: String

    init() throws {
        office = try LifeOffice(bots: 6)
        label = try office.holder()
    }

    private func set(
        _ values: [(String, String)], _ confirmation: Core.Confirmation? = nil
    ) throws -> DeskReply {
        let settings = values.map { LimitSetting($0.0, $0.1) }
        return try office.ask(.riskSet(bot: label, settings, confirmation: confirmation))
    }

    private func preview(_ values: [(String, String)]) throws -> JSON {
        let settings = values.map { LimitSetting($0.0, $0.1) }
        return try office.ask(.previewLimits(bot: label, settings)).result
    }

    private static let looser = [
        ("max_leverage", "50"), ("max_positions_per_asset", "20"), ("max_positions_total", "100"),
        ("max_loss_per_trade_pct", "50"), ("daily_loss_pct", "50"), ("consecutive_losses", "50"),
        ("consecutive_loss_cooldown_min", "1"), ("max_slippage_pct", "5"),
        ("api_errors_5min", "100"),
    ]

    @Test func whatLoosensNeedsTheLabel() throws {
        for one in Self.looser {
            #expect(try preview([one])["asks"] == "label", "\(one)")
            for confirmation in [nil, Core.Confirmation.yes] {
                let refusal = try set([one], confirmation).refusal
                #expect(refusal?.code == "confirmation_missing", "\(one)")
                #expect(refusal?.headline.contains("this loosens \(one.0)") == true)
                #expect(refusal?.remedy.contains("--confirm-label") == true)
            }
            let wrong = try set([one], .label("another")).refusal
            #expect(wrong == .labelMismatch(label: label, typed: "another"))
        }
        #expect(try office.bot(label).limitsVersion == 0)
        #expect(try set(Self.looser, .label(label)).refusal == nil)
        #expect(try office.machine(label).limits.maxLeverage == 50)
    }

    @Test func whatHoldsBackMoreNeedsAPlainYes() throws {
        let tighter = [("max_leverage", "2"), ("consecutive_loss_cooldown_min", "0")]
        #expect(try preview(tighter)["asks"] == "yes")
        let refusal = try set(tighter).refusal
        #expect(refusal?.code == "confirmation_missing")
        #expect(refusal?.remedy == "Confirm with --yes.")
        #expect(try set(tighter, .yes).refusal == nil)
        // From "until a person resumes" to some minutes is looser.
        #expect(try preview([("consecutive_loss_cooldown_min", "1440")])["asks"] == "label")
        let version = try office.bot(label).limitsVersion
        let again = try set([("max_leverage", "2")])
        #expect(again.refusal == nil && !again.changed)
        #expect(try office.bot(label).limitsVersion == version, "no version for no change")
    }

    @Test func whatWouldCloseSomethingNeedsTheLabel() throws {
        let bot = try office.machine(label)
        bot.record.dayStartEquity = office.desk.world.trading.equity(bot) * 2
        bot.record.killLatchedAt = office.desk.world.now
        let flatten = [("daily_loss_flatten", "true")]
        let told = try preview(flatten)
        #expect(told["asks"] == "label")
        #expect(told["positions"]?.elements?.first?["closed_by"] == "daily_loss_pct")
        let refusal = try set(flatten, .yes).refusal
        #expect(refusal?.headline.contains("CLOSES AT ONCE") == true)
        #expect(bot.isHolding)
        let done = try office.command(set(flatten, .label(label)))
        #expect(done.message.contains("CLOSES AT ONCE: daily_loss_pct"), "\(done.message)")
    }

    /// Nobody looks at the loss of a trade while the bot has no process; the label is asked for
    /// all the same, since it closes later.
    @Test func whatABotThatDoesNotRunWouldCloseIsClosedLater() throws {
        let bot = try office.machine(label)
        try lose(bot)
        let tight = [("max_loss_per_trade_pct", "0.1")]
        #expect(try preview(tight)["positions"]?.elements?.first?["closed_by"]?.text != nil)
        office.desk.world.fleet.loseInstance(bot)
        #expect(!bot.runsExitRules && bot.isHolding)
        let told = try preview(tight)
        let position = try #require(told["positions"]?.elements?.first)
        let words = try #require(position["words"]?.text)
        #expect(position["closed_by"]?.isNull == true && told["asks"] == "label")
        #expect(words.contains("unwatched until its bot runs again"), "\(words)")
        #expect(words.hasSuffix("then closed by max_loss_per_trade_pct"), "\(words)")
        let refusal = try #require(try set(tight, .yes).refusal).headline
        #expect(refusal.contains("then closed by") && !refusal.contains("AT ONCE"), "\(refusal)")
        let done = try office.command(set(tight, .label(label)))
        #expect(!done.message.contains("AT ONCE"), "\(done.message)")
        #expect(bot.held.allSatisfy { $0.position.exitReason == nil })
    }

    /// The kill switch closes at the exchange, whether or not the bot runs.
    @Test func theKillSwitchWaitsForNoBot() throws {
        let bot = try office.machine(label)
        bot.record.dayStartEquity = office.desk.world.trading.equity(bot) * 2
        bot.record.killLatchedAt = office.desk.world.now
        office.desk.world.fleet.loseInstance(bot)
        let flatten = [("daily_loss_flatten", "true")]
        let position = try #require(preview(flatten)["positions"]?.elements?.first)
        #expect(position["closed_by"] == "daily_loss_pct")
        _ = try set(flatten, .label(label))
        #expect(bot.held.allSatisfy { $0.position.exitReason != nil })
    }

    /// A plain yes says what binds at once and what does not.
    @Test func aPlainYesTellsWhatWaits() throws {
        let tighter = [("max_leverage", "2")]
        #expect(try set(tighter).refusal?.headline.hasSuffix("bind at once") == true)
        office.desk.world.fleet.loseInstance(try office.machine(label))
        let words = try #require(try set(tighter).refusal).headline
        #expect(words.hasSuffix("bind at once, the loss of one trade once it runs again"))
    }

    /// What it does not hear of yet closes nothing yet: neither limits nor a template.
    @Test func aBotOutOfReachHearsOfItLater() throws {
        let bot = try office.machine(label)
        try office.cut(label, for: .minutes(5))
        #expect(bot.runsExitRules)
        #expect(
            try set([("max_leverage", "2")]).refusal?.headline
                .hasSuffix("bind once it is in reach again") == true)
        try lose(bot)
        let told = try preview([("max_loss_per_trade_pct", "0.1")])
        let words = try #require(told["positions"]?.elements?.first?["words"]?.text)
        #expect(words.contains("not before its bot is in reach again"), "\(words)")
        #expect(!words.contains("AT ONCE") && told["asks"] == "label")
        let other =
            bot.record.templateName == "Mean Reverter" ? "Trend Follower" : "Mean Reverter"
        let refusal = try office.ask(
            .assignTemplate(bot: label, template: other, confirmation: nil)
        ).refusal?.headline ?? ""
        #expect(refusal.contains("take over once it is in reach again"), "\(refusal)")
        #expect(!refusal.contains("AT ONCE"))
    }

    /// Far on the wrong side of its entry: a tight limit is passed, a stop not looked at yet.
    private func lose(_ bot: BotMachine) throws {
        let held = bot.held[0]
        let last = try #require(office.desk.world.markets[held.symbol].lastPrice)
        let isLong = held.position.side == .long
        bot.held[0].position.entryPrice = Price(raw: isLong ? last.raw * 2 : last.raw / 2)
    }

    @Test func aTokenConfirmsWhatWasShownAndOnce() throws {
        let change = [("max_leverage", "50")]
        let token = try #require(preview(change)["preview_token"]?.text)
        #expect(
            try set([("max_leverage", "60")], .token(token)).refusal
                == .stalePreview(.otherAct(previewed: "risk max_leverage=50")))
        #expect(try set(change, .token(token)).refusal == nil)
        #expect(try set([("max_leverage", "50")], .token(token)).refusal == nil, "nothing changes")
        #expect(
            try set([("max_leverage", "60")], .token(token)).refusal == .stalePreview(.unknown))
    }

    @Test func aResetIsAskedTheSame() throws {
        #expect(try set([("max_leverage", "2")], .yes).refusal == nil)
        let refusal = try office.ask(.riskReset(bot: label)).refusal
        #expect(refusal?.headline.contains("max_leverage") == true)
        #expect(try office.ask(.riskReset(bot: label, confirmation: .label(label))).refusal == nil)
    }

    @Test func aFlatBotAsksNothing() throws {
        let flat = try #require(
            office.desk.world.bots.first { !$0.isHolding }?.record.label)
        let reply = try office.ask(.riskSet(bot: flat, [LimitSetting("max_leverage", "50")]))
        #expect(reply.refusal == nil)
    }

    /// It was confirmed when it was asked for; the token is gone by the time the bot hears it.
    @Test func whatWaitsForALinkIsConfirmedOnce() throws {
        try office.cut(label, for: .minutes(5))
        let change = [("max_leverage", "50")]
        #expect(try set(change).refusal?.code == "confirmation_missing")
        let token = try #require(preview(change)["preview_token"]?.text)
        let reply = try set(change, .token(token))
        #expect(try office.command(reply).outcome == .queued)
        try office.pass(.minutes(6))
        let heard = try office.command(reply)
        #expect(heard.outcome == .done, "\(heard.message)")
        #expect(try office.machine(label).limits.maxLeverage == 50)
    }

    @Test func aRightComesBeforeARange() throws {
        let viewer = Member(
            uid: 5, name: "vi", role: .viewer, joinedAt: office.desk.world.now)
        try office.database.write { db throws(StoreError) in _ = try db.insert(viewer) }
        try office.reopenDesk()
        let wild = [LimitSetting("max_leverage", "9999")]
        let refusal = try office.ask(.riskSet(bot: label, wild), from: 5).refusal
        #expect(refusal?.code == "not_permitted")
        #expect(refusal?.remedy == "Ask an Owner, Admin or Risk Manager.")
    }

    @Test func withoutTheGuardNothingIsAsked() throws {
        office.desk.world.disarmed = [.limitsAreConfirmed]
        #expect(try set(Self.looser).refusal == nil)
    }
}

/// A confirmation that is given, where nothing asks for one: it holds, or nothing is done.
@Suite struct GivenConfirmationTests {
    private let office: LifeOffice
    private let flat: String
    /// Another one than it has.
    private let template: String

    init() throws {
        office = try LifeOffice(bots: 3)
        let bot = try #require(office.desk.world.bots.first { !$0.isHolding })
        flat = bot.record.label
        template = bot.record.templateName == "Mean Reverter" ? "Trend Follower" : "Mean Reverter"
    }

    private func acts(on bot: String, _ given: Core.Confirmation?) -> [Command] {
        let limit = [LimitSetting("max_leverage", "2")]
        return [
            .riskSet(bot: bot, limit, confirmation: given),
            .assignTemplate(bot: bot, template: template, confirmation: given),
            .riskReset(bot: bot, confirmation: given),
            .stop(bot: bot, .refuse, confirmation: given),
            .stop(bot: bot, .close, confirmation: given),
            .stop(bot: bot, .leave, confirmation: given),
        ]
    }

    @Test func aWrongLabelStopsWhatNeedsNone() throws {
        for act in acts(on: flat, .label("another")) {
            let refusal = try office.ask(act).refusal
            #expect(refusal == .labelMismatch(label: flat, typed: "another"), "\(act)")
        }
        let bot = try office.bot(flat)
        #expect(bot.state == .online && bot.limitsVersion == 0)
        for act in acts(on: flat, .label(flat)) {
            #expect(try office.ask(act).refusal == nil, "\(act)")
        }
        // Of one that is gone already, too.
        let again = Command.stop(bot: flat, .close, confirmation: .label("another"))
        #expect(try office.ask(again).refusal?.code == "label_mismatch")
    }

    @Test func anothersTokenStopsItAndIsKept() throws {
        let other = try #require(office.labels.first { $0 != flat })
        let limit = [LimitSetting("max_leverage", "2")]
        let shown = try office.ask(.previewLimits(bot: other, limit)).result
        let token = try #require(shown["preview_token"]?.text)
        for act in acts(on: flat, .token(token)) where act.verb != ResetLimitsCommand.verb {
            #expect(try office.ask(act).refusal?.code == "stale_preview", "\(act)")
        }
        #expect(try office.bot(flat).state == .online)
        let right = Command.riskSet(bot: other, limit, confirmation: .token(token))
        #expect(try office.ask(right).refusal == nil)
        let stop = try office.ask(.previewStop(bot: flat)).result["preview_token"]?.text
        let act = Command.stop(bot: flat, .close, confirmation: .token(try #require(stop)))
        #expect(try office.ask(act).refusal == nil)
    }

    /// It was typed when the bot had that label.
    @Test func whatWaitsHoldsAfterARename() throws {
        try office.cut(flat, for: .minutes(5))
        let limit = [LimitSetting("max_leverage", "2")]
        let waiting = try [
            Command.riskSet(bot: flat, limit, confirmation: .label(flat)),
            .assignTemplate(bot: flat, template: template, confirmation: .label(flat)),
        ].map { try office.ask($0) }
        #expect(try office.ask(.rename(bot: flat, label: "renamed-1")).refusal == nil)
        try office.pass(.minutes(6))
        for reply in waiting {
            let row = try office.command(reply)
            #expect(row.outcome == .done, "\(row.message)")
        }
    }

    @Test func withoutTheGuardAWrongOneIsIgnored() throws {
        office.desk.world.disarmed = [.givenConfirmationHolds]
        for given in [Core.Confirmation.label("another"), .token("none")] {
            let limit = [LimitSetting("max_leverage", given == .token("none") ? "2" : "4")]
            let act = Command.riskSet(bot: flat, limit, confirmation: given)
            #expect(try office.ask(act).refusal == nil)
        }
    }
}

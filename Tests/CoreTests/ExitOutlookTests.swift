/// What a swap of template or limits is said to do to open positions, and then does.

import Store
import Testing

@testable import Core

@Suite struct ExitOutlookTests {
    /// A bot that holds a position, behind a desk.
    private func desk() throws -> (Desk, BotMachine) {
        let (desk, _) = try FoundedDesk.warm(symbols: 3, days: 2)
        let world = desk.world
        let bot = try #require(world.bots.first { $0.record.templateName == "Mean Reverter" })
        world.advance(to: world.now + .minutes(1))
        world.trading.submit(
            OrderDraft(
                symbol: bot.instruments[0], side: .buy,
                quantity: world.markets[bot.instruments[0]].instrument.lot * 10,
                reduceOnly: false, purpose: .entry,
                decisionPrice: try #require(world.markets[bot.instruments[0]].lastPrice),
                leverage: 3, reason: "entry"), for: bot)
        world.advance(to: world.now + .seconds(30))
        try #require(
            bot.held.count == 1, "\(world.journal.orders.map { ($0.status, $0.reason) })")
        return (desk, bot)
    }

    private func ask(_ desk: Desk, _ command: Command) throws -> DeskReply {
        try desk.take(command, key: command.verb, from: (1, "test"))
    }

    @Test func aTemplateTellsTheLevelsThatItThenSets() throws {
        let (desk, bot) = try desk()
        let before = bot.held[0].levels
        let report = try ask(
            desk, .previewTemplate(bot: bot.record.label, template: "Momentum Pullback"))
        let told = try #require(report.result["positions"]?.elements?.first)
        let words = try #require(told["words"]?.text)
        #expect(bot.held[0].levels == before, "a preview changes nothing")
        _ = try ask(
            desk,
            .assignTemplate(
                bot: bot.record.label, template: "Momentum Pullback",
                confirmation: .label(bot.record.label)))
        let after = bot.held[0].levels
        let instrument = desk.world.markets[bot.held[0].symbol].instrument
        let stop = try #require(
            ExitOutlook.change("stop", before.stop?.price, after.stop?.price, instrument)
                ?? ExitOutlook.change(
                    "target", before.target?.price, after.target?.price, instrument))
        #expect(words.contains(stop), "\(words)")
        #expect(words.hasPrefix("\(bot.held[0].position.symbol) long "))
    }

    /// What the preview said would close at once is not called held afterwards.
    @Test func theOutcomeSaysWhatThePreviewSaid() throws {
        let (desk, bot) = try desk()
        let last = try #require(desk.world.markets[bot.held[0].symbol].lastPrice)
        // Far under its entry: any stop is passed.
        bot.held[0].position.entryPrice = Price(raw: last.raw * 2)
        bot.held[0].position.decisionPrice = Price(raw: last.raw * 2)
        let label = bot.record.label
        let report = try ask(
            desk, .previewTemplate(bot: label, template: "Momentum Pullback"))
        let told = try #require(report.result["positions"]?.elements?.first)
        let rule = try #require(told["closed_by"]?.text, "\(told)")
        let done = try ask(
            desk,
            .assignTemplate(
                bot: label, template: "Momentum Pullback", confirmation: .label(label)))
        let message = try #require(done.commands.first?.message)
        #expect(message.contains(": CLOSES AT ONCE: \(rule)"), "\(message)")
        #expect(!message.contains("now hold"), "\(message)")
    }

    @Test func theRefusalNamesThePositions() throws {
        let (desk, bot) = try desk()
        let report = try ask(
            desk,
            .assignTemplate(
                bot: bot.record.label, template: "Momentum Pullback", confirmation: nil))
        #expect(report.refusal != nil)
        #expect(report.refusal?.headline.contains("\(bot.held[0].position.symbol) long") == true)
        #expect(report.refusal?.headline.contains("target ") == true, "\(report)")
    }

    /// What closes at once is no position for which nothing changes.
    @Test func whatClosesAtOnceIsToldAlone() throws {
        let (_, bot) = try desk()
        let position = bot.held[0].position
        let closes = ExitOutlook(position, changes: [], closedBy: "daily_loss_pct").words
        #expect(closes.hasSuffix(": CLOSES AT ONCE: daily_loss_pct"))
        let both = ExitOutlook(position, changes: ["stop 2 -> 1"], closedBy: "x").words
        #expect(both.hasSuffix(": stop 2 -> 1; CLOSES AT ONCE: x"))
        let none = ExitOutlook(position, changes: [], closedBy: nil).words
        #expect(none.hasSuffix(": nothing changes for it"))
    }

    /// A rule without a price is a change too, though no level moves.
    @Test func rulesWithoutAPriceAreTold() throws {
        var before = SystemTemplates.meanReverter
        before.components = ["Hard Stop Loss", "Time Stop"].map { ComponentSpec($0, .exit) }
        var after = before
        after.components[1].parameters["candles"] = "5"
        #expect(
            ExitRuleChanges(from: before, to: after).closeRules == ["Time Stop 48 -> 5 candles"])
        after.components[1] = ComponentSpec("Signal Flip", .exit)
        #expect(
            ExitRuleChanges(from: before, to: after).closeRules
                == ["Signal Flip Exit comes", "Time Stop goes"])
        #expect(
            ExitRuleChanges(from: after, to: before).closeRules.contains(
                "Time Stop comes (48 candles)"))
        #expect(ExitRuleChanges(from: before, to: before).areNone, "the anti-test")
        #expect(ExitRuleChanges(from: before, to: before).closeRules.isEmpty)
    }

    /// Stop and target of the same template stay, and its Time Stop is another one.
    @Test func thePreviewNamesTheTimeStop() throws {
        let (desk, bot) = try desk()
        let template = try #require(bot.template)
        let world = desk.world
        func words(_ next: Template) throws -> String {
            let past = try Past(of: bot.instruments, for: next, in: world, desk.database)
            return try world.trading.outlooks(of: bot, under: next) { past[$0] }[0].words
        }
        #expect(try !words(template).contains("Time Stop"), "the anti-test")
        var next = template
        let index = try #require(next.components.firstIndex { $0.name == "Time Stop" })
        next.components[index].parameters["candles"] = "5"
        let told = try words(next)
        #expect(told.contains("Time Stop 48 -> 5 candles"), "\(told)")
        #expect(!told.contains("nothing changes"), "\(told)")
    }

    @Test func limitsTellWhereTheLossOfATradeLies() throws {
        let (desk, bot) = try desk()
        let position = bot.held[0].position
        let half = [LimitSetting("max_loss_per_trade_pct", "0.5")]
        let report = try ask(desk, .previewLimits(bot: bot.record.label, half))
        let words = report.result["positions"]?.elements?.first?["words"]?.text ?? ""
        let level = try #require(desk.world.trading.lossLevel(bot, bot.held[0], .basisPoints(50)))
        #expect(words.contains("-> \(level)"), "\(words)")
        #expect(!words.contains("CLOSES"))
        #expect(bot.limits.maxLossPerTrade != .basisPoints(50))
        let set = try ask(desk, .riskSet(bot: bot.record.label, half, confirmation: .yes))
        let message = set.commands.first?.message ?? ""
        #expect(message.contains(position.symbol), "\(message)")
    }
}

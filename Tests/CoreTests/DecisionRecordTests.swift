/// Records of whole runs: each decides the same again, and entries happen where they say so.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

/// One bot over recorded candles with its decision records kept.
struct RecordedRun {
    let world: World
    let template: Template
    let entries: [(at: Instant, facts: DecisionFacts)]

    init(
        _ file: String, _ template: Template, limits: RiskLimits = RiskLimits(),
        change: (World) -> Void = { _ in }
    ) throws {
        var request = ReplayRequest(file: file, template: template)
        request.limits = limits
        world = try World.replaying(request)
        world.journal = Journal(scope: [.replay, .decisions])
        change(world)
        _ = world.replay()
        self.template = template
        var entries: [(at: Instant, facts: DecisionFacts)] = []
        for entry in world.journal.decisionLog.entries {
            let bytes = world.journal.decisionLog.facts(of: entry)
            entries.append((entry.at, try #require(DecisionFacts(bytes: bytes))))
        }
        self.entries = entries
    }

    /// When entry orders were sent.
    var ordersAt: [Instant] {
        world.journal.orders.filter { $0.purpose == .entry }.map(\.createdAt).sorted()
    }

    func expectAgreement() {
        #expect(!entries.isEmpty)
        var wrong = 0
        for entry in entries {
            let again = entry.facts.redecide(template)
            if again.map({ entry.facts.agrees(with: $0) }) != true { wrong += 1 }
        }
        #expect(wrong == 0, "\(wrong) of \(entries.count) records decide otherwise")
        #expect(entries.filter(\.facts.entered).map(\.at) == ordersAt)
    }
}

@Suite struct DecisionRecordTests {
    private let scratch = Scratch("decisions")

    /// A wild walk, so that entries, exits and blockers all happen.
    private func file(_ minutes: Int = 5, count: Int = 4000, seed: UInt64 = 5) -> String {
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (index, bar) in StrategyCandles.walk(count, seed: seed, step: 0.006).enumerated() {
            let prices = [bar.open, bar.high, bar.low, bar.close].map { $0.text(decimals: 2) }
            let time = 1_770_000_000_000 / 86_400_000 * 86_400_000 + index * minutes * 60_000
            text += "\(time),\(prices.joined(separator: ",")),\(bar.volume.text(decimals: 2))\n"
        }
        return scratch.write("walk-\(minutes)-\(seed).csv", text)
    }

    private func eager(_ change: (inout Template) -> Void = { _ in }) -> Template {
        var template = Template(
            name: "eager", timeframe: .fifteenMinutes, mode: .weighted,
            components: [
                ComponentSpec("EMA Cross", .signal, weight: 2, ["fast": "5", "slow": "12"]),
                ComponentSpec("Rate of Change", .signal),
                ComponentSpec("ADX / DMI", .filter, ["min": "15"]),
                ComponentSpec("Distance from moving average", .guardRole),
                ComponentSpec("Hard Stop Loss", .exit), ComponentSpec("Take Profit", .exit),
            ])
        change(&template)
        return template
    }

    @Test func everyRecordDecidesTheSameAgain() throws {
        let file = file()
        for template in [eager()] + SystemTemplates.all where template.timeframe != .oneMinute {
            try RecordedRun(file, template).expectAgreement()
        }
        let run = try RecordedRun(file, eager())
        #expect(run.entries.count(where: \.facts.entered) > 10)
    }

    @Test(.enabled(if: Shared.isThere, "no shared folder"))
    func everyRecordOfRealCandlesDecidesTheSameAgain() throws {
        var runs = 0
        for url in Shared.files("market-data/candles", ending: ".csv") {
            for template in SystemTemplates.all.prefix(3) {
                do {
                    try RecordedRun(url.path, template).expectAgreement()
                    runs += 1
                } catch ReplayError.tooCoarse { continue }
            }
        }
        #expect(runs > 0)
    }

    @Test func eachCandleOfTheTimeframeLeavesOneRecord() throws {
        let run = try RecordedRun(file(), eager())
        #expect(run.entries.count == 4000 / 3)
        #expect(Set(run.entries.map(\.at)).count == run.entries.count)
        #expect(run.entries.allSatisfy { $0.at == $0.at.floored(to: .minutes(15)) })
    }

    @Test func changedFactsDecideOtherwise() throws {
        let run = try RecordedRun(file(), eager())
        let entered = try #require(run.entries.first { $0.facts.entered }).facts
        func again(_ change: (inout DecisionFacts) -> Void) -> Redecision? {
            var facts = entered
            change(&facts)
            return facts.redecide(run.template)
        }
        #expect(again { _ in }?.obstacles == [])
        #expect(again { $0.verdicts[0] = .block }?.obstacles == [.component(2)])
        #expect(again { $0.votes[0] = .neutral }?.obstacles.first == .score)
        #expect(again { $0.head.isWarm = false }?.obstacles == [.warmUp])
        #expect(again { $0.head.bot.isPaused = true }?.obstacles == [.paused])
        #expect(again { $0.head.denied = .init(.maxLeverage) }?.obstacles == [.limit(.maxLeverage)])
        var timid = run.template
        timid.threshold = 1
        #expect(entered.redecide(timid)?.obstacles.first == .score)
        timid.components.removeFirst()
        #expect(entered.redecide(timid) == nil)
    }

    @Test func limitsAreTheBlockerWhereTheStrategyWantsToEnter() throws {
        let run = try RecordedRun(file(), eager(), limits: RiskLimits(maxLeverage: 2))
        run.expectAgreement()
        let asked = run.entries.filter(\.facts.head.asked)
        #expect(asked.count > 10 && run.ordersAt.isEmpty)
        #expect(asked.allSatisfy { $0.facts.head.outcome == .limit(.maxLeverage) })
        let quiet = run.entries.filter { !$0.facts.head.asked }
        #expect(quiet.allSatisfy { $0.facts.head.denied == [] && !$0.facts.entered })
    }

    @Test func everyLimitThatStandsAgainstAnEntryIsNamed() throws {
        let poor = eager { $0.sizing = .notional(Money(raw: 1)) }
        let run = try RecordedRun(file(), poor, limits: RiskLimits(maxLeverage: 2))
        run.expectAgreement()
        let asked = try #require(run.entries.first { $0.facts.head.asked })
        #expect(asked.facts.head.denied.all == [.maxLeverage, .size])
        let again = asked.facts.redecide(run.template)
        #expect(again?.obstacles == [.limit(.maxLeverage), .limit(.size)])
    }

    @Test func aPausedBotsRecordsSayWhatWouldHaveHappened() throws {
        let run = try RecordedRun(file(), eager()) { world in
            for bot in world.bots { world.trading.pause(bot, cause: .person, until: nil) }
        }
        run.expectAgreement()
        let wanted = run.entries.filter(\.facts.head.asked)
        #expect(wanted.count > 10 && run.ordersAt.isEmpty)
        #expect(wanted.allSatisfy { $0.facts.head.outcome == .paused })
        #expect(wanted.allSatisfy { $0.facts.redecide(run.template)?.obstacles == [.paused] })
    }

    /// Phases of an update in which the bot still runs: no entry, and the record says why.
    @Test func aBotThatItsProviderWorksOnSaysSo() throws {
        let run = try RecordedRun(file(), eager()) { world in
            for bot in world.bots { bot.instance.job = .update }
        }
        run.expectAgreement()
        let wanted = run.entries.filter(\.facts.head.asked)
        #expect(wanted.count > 10 && run.ordersAt.isEmpty)
        #expect(wanted.allSatisfy { $0.facts.head.outcome == .busy })
    }

    @Test func aBotThatOnlyListensLeavesNoRecord() throws {
        var request = ReplayRequest(file: file(), template: eager())
        request.limits = RiskLimits()
        let world = try World.replaying(request)
        world.journal = Journal(scope: [.replay, .decisions])
        world.catchUp(to: world.now + .days(2))
        #expect(world.journal.decisionLog.entries.isEmpty)
        let plain = try World.replaying(request)
        _ = plain.replay()
        #expect(plain.journal.decisionLog.entries.isEmpty, "a replay keeps no records")
    }
}

/// Losses in a row and exchange errors: thresholds, cool-downs, windows.
import Store
import Testing

@testable import Core

@Suite struct LossStreakTests {
    private func trade(_ bench: WorldBench, at exit: Double) {
        bench.print(100)
        bench.enter()
        bench.print(exit)
        if let position = bench.held.first {
            bench.world.trading.closePosition(position.id, of: bench.bot, command: ID(1))
        }
    }

    private func bench(_ losses: Int, cooldown: Int = 60, after count: Int) throws -> WorldBench {
        let limits = RiskLimits(
            consecutiveLosses: losses, consecutiveLossCooldownMinutes: cooldown)
        let bench = try WorldBench(limits: limits)
        for _ in 0..<count { trade(bench, at: 99) }
        return bench
    }

    @Test(arguments: [(2, false), (3, true)]) func aStreakPausesAtItsLimit(
        _ count: Int, _ pauses: Bool
    ) throws {
        let bench = try bench(3, after: count)
        #expect(bench.bot.record.consecutiveLosses == count)
        #expect(bench.paused == (pauses ? .lossStreak : nil))
        #expect(bench.feed.contains("consecutive_losses") == pauses)
    }

    @Test func aWinningTradeResetsTheStreakAndAnEvenOneLeavesIt() throws {
        let bench = try bench(5, after: 2)
        trade(bench, at: 100)
        #expect(bench.bot.record.consecutiveLosses == 2)
        #expect(bench.paused == nil)
        trade(bench, at: 101)
        #expect(bench.bot.record.consecutiveLosses == 0)
    }

    @Test func theCooldownEndsByItselfToTheMillisecond() throws {
        let bench = try bench(1, cooldown: 30, after: 1)
        let end = bench.world.now + .minutes(30)
        #expect(bench.bot.record.resumeAt == end)
        bench.world.advance(to: end - .milliseconds(1))
        #expect(bench.paused == .lossStreak)
        bench.world.advance(to: end)
        #expect(bench.paused == nil)
        #expect(bench.bot.record.consecutiveLosses == 0)
    }

    @Test func withoutACooldownAPersonMustResume() throws {
        let bench = try bench(1, cooldown: 0, after: 1)
        bench.world.advance(to: bench.world.now + .days(3))
        #expect(bench.paused == .lossStreak)
    }

    @Test(arguments: [(3, false), (2, true)]) func aLimitSetToThePresentStreakPausesAtOnce(
        _ limit: Int, _ pauses: Bool
    ) throws {
        let bench = try bench(5, after: 2)
        bench.world.trading.setLimits(bench.bot, RiskLimits(consecutiveLosses: limit), version: 1)
        #expect((bench.paused == .lossStreak) == pauses)
    }

    /// Changes apply live; 0 is until a person resumes.
    /// **Source** <doc:ProductRules#Losing-streak>.
    @Test(arguments: [(90, 90), (10, 20), (45, 45)] as [(Int, Int64)])
    func aCooldownUnderWayEndsByTheLimitsInForce(_ minutes: Int, _ end: Int64) throws {
        let bench = try bench(1, cooldown: 60, after: 1)
        let start = bench.world.now
        bench.world.advance(to: start + .minutes(20))
        let limits = RiskLimits(
            consecutiveLosses: 1, consecutiveLossCooldownMinutes: minutes)
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        #expect(bench.bot.record.resumeAt == start + .minutes(end))
        bench.world.advance(to: start + .minutes(end) - .milliseconds(1))
        if end > 20 { #expect(bench.paused == .lossStreak) }
        bench.world.advance(to: start + .minutes(end))
        #expect(bench.paused == nil)
    }

    @Test func aCooldownSetToNoneUnderWayNeedsAPerson() throws {
        let bench = try bench(1, cooldown: 60, after: 1)
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(consecutiveLosses: 1, consecutiveLossCooldownMinutes: 0),
            version: 1)
        bench.world.advance(to: bench.world.now + .days(1))
        #expect(bench.paused == .lossStreak)
        // And back: the cool-down begins with the limit that knows one.
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(consecutiveLosses: 1, consecutiveLossCooldownMinutes: 5),
            version: 2)
        bench.world.advance(to: bench.world.now + .minutes(5))
        #expect(bench.paused == nil)
    }

    /// Who pauses or closes on top of it adds a name to the cause; a resume resets the streak.
    @Test(arguments: [PauseCause.person, .staff, .closeAll], [Set<Safeguard>(), [.ruleCauseStays]])
    func aPersonsPauseLeavesTheCauseOfTheRule(_ cause: PauseCause, _ off: Set<Safeguard>) throws {
        let bench = try bench(2, after: 2)
        bench.world.disarmed = off
        bench.world.trading.pause(bench.bot, cause: cause, until: nil, by: "ada")
        #expect(bench.bot.record.pausedBy == "ada" && bench.bot.record.resumeAt == nil)
        #expect((bench.paused == .lossStreak) == off.isEmpty)
        #expect((bench.bot.record.pauseWords == "by ada; losing streak") == off.isEmpty)
        bench.world.trading.resume(bench.bot, words: "go on", by: "ada")
        #expect((bench.bot.record.consecutiveLosses == 0) == off.isEmpty)
    }

    /// What a person has paused for good is not resumed by a limit that is set.
    @Test func aCooldownThatAPersonTookOverDoesNotBeginAgain() throws {
        let bench = try bench(1, cooldown: 60, after: 1)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil, by: "ada")
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(consecutiveLosses: 1, consecutiveLossCooldownMinutes: 5),
            version: 1)
        bench.world.advance(to: bench.world.now + .days(1))
        #expect(bench.paused == .lossStreak && bench.bot.record.resumeAt == nil)
    }

    // MARK: - Exchange errors

    private func errors(_ bench: WorldBench, _ count: Int) {
        for _ in 0..<count { bench.world.trading.countAPIError(bench.bot, .unreachable) }
    }

    @Test(arguments: [(9, false, BotState.online), (10, true, .paused), (29, true, .paused),
        (30, true, .error)])
    func errorsPauseAtTheThresholdAndStopAtThreeTimesIt(
        _ count: Int, _ pauses: Bool, _ state: BotState
    ) throws {
        let bench = try WorldBench()
        errors(bench, count)
        #expect((bench.paused == .apiErrors) == pauses)
        #expect(bench.bot.record.state == state)
    }

    @Test func errorsAreForgottenAfterFiveMinutes() throws {
        let bench = try WorldBench()
        errors(bench, 9)
        bench.world.advance(to: bench.world.now + .minutes(5))
        errors(bench, 9)
        #expect(bench.paused == nil)
        errors(bench, 1)
        #expect(bench.paused == .apiErrors)
    }

    @Test(arguments: [(4, false), (3, true)]) func aThresholdSetToThePresentErrorsPausesAtOnce(
        _ limit: Int, _ pauses: Bool
    ) throws {
        let bench = try WorldBench()
        errors(bench, 3)
        bench.world.trading.setLimits(bench.bot, RiskLimits(apiErrors: limit), version: 1)
        #expect((bench.paused == .apiErrors) == pauses)
    }

    /// Paused plus alert; a bot that was paused is told of too.
    /// **Source** <doc:ProductRules#Exchange-errors>.
    @Test func errorsOfABotThatIsPausedAlreadyAreAnAlertOnce() throws {
        let bench = try WorldBench()
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        errors(bench, 12)
        #expect(bench.paused == .person)
        #expect(bench.world.journal.notices.map(\.kind) == ["api_errors"])
    }

    /// Else the cool-down would end the error's pause as well.
    @Test func errorsTakeOverACooldown() throws {
        let bench = try bench(1, after: 1)
        errors(bench, 10)
        #expect(bench.paused == .apiErrors)
        bench.world.advance(to: bench.world.now + .hours(2))
        #expect(bench.paused == .apiErrors)
    }

    @Test func aBotInErrorRecoversToItsPauseOnceTheExchangeAnswers() throws {
        let bench = try WorldBench()
        errors(bench, 30)
        bench.world.advance(to: bench.world.now + .minutes(6))
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.bot.record.state == .paused)
    }
}

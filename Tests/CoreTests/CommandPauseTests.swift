/// Pause, resume and restart by people: flags, latches, cool-downs.

import Core
import Store
import Testing

@Suite struct CommandPauseTests {
    static let now = Instant(milliseconds: 1_700_000_000_000)
    static let trader = CommandSamples.person(.trader)
    static let risk = CommandSamples.person(.riskManager)

    static func bot(
        _ phase: BotState = .online, paused cause: PauseCause? = nil, latched: Bool = false,
        resumeAt: Instant? = nil
    ) -> Bot {
        Bot(
            id: ID(1), label: "trend-1", phase: phase, isPaused: cause != nil, pauseCause: cause,
            killLatchedAt: latched ? now : nil, resumeAt: resumeAt, createdAt: now,
            consecutiveLosses: 5)
    }

    static let pausable: [BotState] = [.deploying, .online, .offline, .error, .sleeping, .waking]

    @Test(arguments: pausable) func pauseSetsTheFlagInEveryLivingState(
        _ phase: BotState
    ) throws {
        let paused = try PauseByPerson.pause(Self.bot(phase), by: Self.trader)
        #expect(paused.isPaused)
        #expect(paused.pauseCause == .person)
        #expect(paused.phase == phase)
    }

    @Test(arguments: [BotState.stopped, .windingDown]) func pausingABotThatIsGoneIsRefused(
        _ phase: BotState
    ) {
        #expect(throws: Refusal.wrongState(bot: "trend-1", state: phase, act: "pause")) {
            try PauseByPerson.pause(Self.bot(phase), by: Self.trader)
        }
    }

    @Test(arguments: PauseCause.allCases) func pausingTwiceIsRefused(_ cause: PauseCause) {
        #expect(throws: Refusal.alreadyPaused(bot: "trend-1", cause: cause)) {
            try PauseByPerson.pause(Self.bot(paused: cause), by: Self.trader)
        }
    }

    /// It ends no more by itself, and its cause stays: a resume resets the streak.
    @Test func pauseTakesOverACoolDown() throws {
        let cooling = Self.bot(paused: .lossStreak, resumeAt: Self.now + .minutes(60))
        let paused = try PauseByPerson.pause(cooling, by: CommandSamples.staff)
        #expect(paused.resumeAt == nil)
        #expect(paused.pauseCause == .lossStreak)
        let resumed = try PauseByPerson.resume(paused, by: Self.trader, reason: nil)
        #expect(resumed.consecutiveLosses == 0)
    }

    @Test(arguments: PauseCause.allCases) func resumeClearsThePause(_ cause: PauseCause) throws {
        let bot = Self.bot(paused: cause, resumeAt: Self.now)
        let resumed = try PauseByPerson.resume(bot, by: Self.trader, reason: nil)
        #expect(!resumed.isPaused)
        #expect(resumed.pauseCause == nil)
        #expect(resumed.resumeAt == nil)
        #expect(resumed.consecutiveLosses == (cause == .lossStreak ? 0 : 5))
    }

    @Test func resumingARunningBotIsRefused() {
        #expect(throws: Refusal.notPaused(bot: "trend-1")) {
            try PauseByPerson.resume(Self.bot(), by: Self.risk, reason: "r")
        }
    }

    @Test(arguments: [
        (CommandSamples.person(.owner), true), (CommandSamples.person(.admin), true),
        (CommandSamples.person(.riskManager), true), (CommandSamples.person(.trader), false),
        (CommandSamples.staff, false),
    ])
    func killSwitchIsResetByTheRiskPermissionAlone(
        _ person: Operator, _ mayReset: Bool
    ) throws {
        let latched = Self.bot(paused: .killSwitch, latched: true)
        guard mayReset else {
            let refused = Refusal.killSwitchLatched(
                bot: "trend-1", since: Self.now, name: person.name)
            #expect(throws: refused) {
                try PauseByPerson.resume(latched, by: person, reason: "r")
            }
            return
        }
        #expect(try PauseByPerson.resume(latched, by: person, reason: "r").killLatchedAt == nil)
        for reason in [nil, "", "  "] as [String?] {
            let refused = Refusal.reasonRequired(act: "resume", why: .killSwitch(bot: "trend-1"))
            #expect(throws: refused) {
                try PauseByPerson.resume(latched, by: person, reason: reason)
            }
        }
    }

    @Test func restartWithinTheHourIsRefused() throws {
        let last = Self.now
        let until = last + .hours(1)
        #expect(throws: Refusal.restartCooldown(bot: "trend-1", last: last, until: until)) {
            try LifeRules.restart(
                Self.bot(), lastRestart: last, at: until - .milliseconds(1))
        }
        try LifeRules.restart(Self.bot(), lastRestart: last, at: until)
        try LifeRules.restart(Self.bot(.error), lastRestart: nil, at: last)
        #expect(throws: Refusal.self) {
            try LifeRules.restart(Self.bot(.sleeping), lastRestart: nil, at: last)
        }
    }
}

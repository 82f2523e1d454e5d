/// Words of states that are seen before a person acts.
import Core
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct StateWordsTests {
    private static func fleet(_ change: (inout FleetBoard) -> Void) throws -> Journey {
        var journey = try Journey(role: .owner)
        var fleet = try #require(journey.state.around.fleet)
        change(&fleet)
        try journey.send(.board(.fleet(fleet)))
        return journey
    }

    @Test func theRunwayIsInTheHeaderOnceItIsShort() throws {
        for (alarm, words) in [(1, "RUNWAY <24h"), (2, "RUNWAY <6h"), (4, "RUNWAY <15m")] {
            #expect(try Self.fleet { $0.billingAlarm = alarm }.text.contains(words))
        }
        #expect(try Self.fleet { $0.billingAlarm = 5 }.text.contains("RUNWAY used up"))
        #expect(try !Self.fleet { $0.billingAlarm = 0 }.text.contains("RUNWAY"))
    }

    @Test func anErrorBeforeAnyInstanceIsNotBilled() throws {
        var row = try #require(try Journey(role: .owner).state.around.fleet?.rows.first)
        row.bot.phase = .error
        row.instance = Instance(botID: row.id)
        #expect(!row.isBilled)
        row.instance?.since = ScreenFleet.now
        #expect(row.isBilled)
    }

    @Test func anUnarmedBotSaysSoAndWhatIsMissing() throws {
        var row = try #require(
            try Journey(role: .owner).state.around.fleet?.rows.first { $0.state == .online })
        row.clocks.heartbeatAt = ScreenFleet.now
        row.bot.templateName = nil
        let around = try Journey(role: .owner).state.around
        #expect(row.trouble(around)?.text == "UNARMED: no template")
        row.bot.keyID = nil
        #expect(row.trouble(around)?.text == "UNARMED: no key/template")
    }

    @Test func aJobFitsACard() throws {
        for job in ComputeJob.allCases {
            for phase in job.phases {
                var instance = Instance(botID: ID(1))
                instance.job = job
                instance.phase = phase
                instance.phaseEndsAt = ScreenFleet.now + .seconds(59)
                let view = try #require(JobView(instance, now: ScreenFleet.now))
                #expect(view.shortWords.utf8.count <= 24, "\(view.shortWords)")
                #expect(view.shortWords.contains(phase.rawValue))
            }
        }
    }
}

/// Updates in cohorts: canaries, a time of watching, the rest or the way back.

import Store
import Testing

@testable import Core

@Suite struct RolloutTests {
    /// The new version fails its check, on whichever bot it comes.
    private struct BadVersion: ComputeProvider {
        let inner: any ComputeProvider
        var catalog: ComputeCatalog { inner.catalog }
        func answer(to request: ComputeRequest) -> ComputeAnswer {
            let answer = inner.answer(to: request)
            guard request.job == .update, request.phase == .replacing else { return answer }
            return ComputeAnswer(at: answer.at, failure: "the new version failed its check")
        }
        func addresses(of bot: ID<Bot>, number: Int, taken: Set<String>) -> ComputeAddresses {
            inner.addresses(of: bot, number: number, taken: taken)
        }
        func losesInstance(of bot: ID<Bot>, in hour: Instant) -> Bool { false }
        func outage(of bot: ID<Bot>, in hour: Instant) -> NetworkOutage? { nil }
    }

    private func office(_ bots: Int = 4) throws -> LifeOffice {
        let office = try LifeOffice(bots: bots, [LifeOffice.withUpdate])
        try office.pass(.hours(1))
        return office
    }

    private func versions(_ office: LifeOffice) throws -> [String] {
        try office.labels.map { try office.bot($0).version }
    }

    private func rows(_ reply: DeskReply, _ office: LifeOffice) throws -> [CommandRecord] {
        try reply.commands.map { command in
            let row = try office.database.read { db throws(StoreError) in
                try db.command(command.id)
            }
            return try #require(row)
        }
    }

    @Test func theRestFollowsOnceTheCanariesStayedWell() throws {
        let office = try office()
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        #expect(reply.commands.map(\.outcome) == [.running, .queued, .queued, .queued])
        #expect(Set(reply.commands.compactMap(\.botID)).count == 4)
        try office.pass(.minutes(3))
        #expect(try versions(office).count { $0 == "1.1.0" } == 1)
        try office.restart()
        try office.pass(.minutes(7))
        #expect(try versions(office).count { $0 == "1.1.0" } == 1)
        #expect(try rows(reply, office).map(\.outcome) == [.done, .queued, .queued, .queued])
        try office.pass(.minutes(6))
        #expect(try versions(office) == Array(repeating: "1.1.0", count: 4))
        #expect(try rows(reply, office).allSatisfy { $0.outcome == .done })
        #expect(office.desk.world.fleet.rollout?.rollout.stage == .done)
    }

    @Test func theQuietestGoFirst() throws {
        let office = try office(6)
        let busy = try office.holder()
        // By its number it would be among the first.
        let first = try #require(office.labels.first)
        if busy != first {
            let one = try #require(try office.machine(busy).held.first)
            try office.machine(first).held = [one]
        }
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        let canary = try #require(reply.commands.first { $0.outcome == .running })
        #expect(try !office.machine(canary.target).isHolding)
        #expect(canary.target != first)
    }

    @Test func aCanaryThatFailsItsCheckStopsTheOthers() throws {
        let office = try office()
        office.desk.world.fleet.compute = BadVersion(inner: office.desk.world.fleet.compute)
        let reply = try office.ask(.updateInCohorts(.all, canaries: 2))
        try office.pass(.minutes(4))
        #expect(Set(try versions(office)) == ["1.0.0"])
        #expect(try rows(reply, office).allSatisfy { $0.outcome == .failed })
        #expect(try rows(reply, office).last?.message.hasPrefix("not updated: a canary") == true)
        #expect(try office.labels.allSatisfy { try office.bot($0).state == .online })
        let ended = try office.database.read { db throws(StoreError) in
            try db.audit(limit: 100).filter { $0.verb == "update" && $0.outcome == "failed" }
        }
        #expect(Set(ended.map(\.target)) == Set(office.labels))
    }

    @Test func aFailedCheckBringsTheOldVersionBack() throws {
        let office = try office(1)
        let label = try #require(office.labels.first)
        let address = try office.bot(label).ipv4
        office.desk.world.fleet.compute = BadVersion(inner: office.desk.world.fleet.compute)
        let reply = try office.ask(.update(bot: label))
        try office.pass(.minutes(4))
        #expect(try office.command(reply).outcome == .failed)
        #expect(try office.command(reply).message.contains("1.0.0 again"))
        let bot = try office.bot(label)
        #expect(bot.version == "1.0.0")
        #expect(bot.availableVersion == "1.1.0")
        #expect(bot.state == .online)
        #expect(bot.ipv4 == address)
    }

    @Test func aCanaryThatFallsIllTakesTheVersionBack() throws {
        let office = try office()
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        try office.pass(.minutes(3))
        let canary = try #require(reply.commands.first?.target)
        #expect(try office.bot(canary).version == "1.1.0")
        office.desk.world.fleet.apply(.criticalError, to: try office.machine(canary))
        try office.pass(.minutes(3))
        #expect(Set(try versions(office)) == ["1.0.0"])
        #expect(try office.bot(canary).state == .online)
        #expect(try rows(reply, office).dropFirst().allSatisfy { $0.outcome == .failed })
        #expect(office.desk.world.fleet.rollout?.rollout.stage == .rolledBack)
        // The next attempt is free to begin.
        #expect(try office.ask(.updateInCohorts(.all, canaries: 1)).refusal == nil)
    }

    /// Its provider is at work on it already when it is missed: it goes back after that.
    @Test func aCanaryWhoseInstanceIsLostGoesBackToo() throws {
        let office = try office()
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        try office.pass(.minutes(3))
        let canary = try #require(reply.commands.first?.target)
        try #require(try office.bot(canary).version == "1.1.0")
        office.desk.world.fleet.loseInstance(try office.machine(canary))
        try office.pass(.minutes(1))
        #expect(office.desk.world.fleet.rollout?.rollout.stage == .rolledBack)
        #expect(try office.instance(canary).job == .replace)
        try office.restart()
        try office.pass(.minutes(6))
        #expect(try office.bot(canary).version == "1.0.0")
        #expect(try office.bot(canary).availableVersion == "1.1.0")
        #expect(try office.bot(canary).state == .online)
    }

    @Test func aCanaryThatSleepsWakesWithTheOldVersion() throws {
        let office = try office()
        let reply = try office.ask(.updateInCohorts(.all, canaries: 2))
        try office.pass(.minutes(3))
        let asleep = try #require(reply.commands.first?.target)
        let ill = reply.commands[1].target
        let noon = SessionDeskTests.own.replacing("02:00", with: "13:00")
            .replacing("01:00", with: "12:00")
        try office.ask(.setSessions(bot: asleep, text: noon))
        try office.pass(.minutes(2))
        try #require(try office.bot(asleep).state == .sleeping)
        try #require(try office.bot(asleep).version == "1.1.0")
        office.desk.world.fleet.apply(.criticalError, to: try office.machine(ill))
        try office.pass(.minutes(3))
        #expect(try office.bot(asleep).state == .sleeping)
        #expect(Set(try versions(office)) == ["1.0.0"])
    }

    /// Nobody could watch it while no engine ran.
    @Test func aRolloutUnderWayIsShownHoweverLongAgoItBegan() throws {
        let office = try office()
        try office.ask(.updateInCohorts(.all, canaries: 1))
        try office.pass(.minutes(3))
        office.desk.world.catchUp(to: office.desk.world.now + .days(2))
        _ = try office.desk.settle()
        let board = try BoardReader(over: office.database, owner: (1000, "ada")).fleet()
        #expect(board.rollout?.rollout.stage == .watching)
    }

    @Test func oneAtATimeAndNotMoreCanariesThanBots() throws {
        let office = try office()
        #expect(
            try office.ask(.updateInCohorts(.all, canaries: 4)).refusal?.code == "bad_canaries")
        try office.ask(.updateInCohorts(.all, canaries: 1))
        #expect(
            try office.ask(.updateInCohorts(.all, canaries: 1)).refusal?.code
                == "rollout_under_way")
    }
}

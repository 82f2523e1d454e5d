/// Taking back what has not begun.
import Store
import Testing

@testable import Core

@Suite struct CancelTests {
    private func cut() throws -> (LifeOffice, String) {
        let office = try LifeOffice(bots: 1)
        let label = try #require(office.labels.first)
        try office.cut(label, for: .minutes(5))
        return (office, label)
    }

    private func id(_ reply: DeskReply) throws -> String {
        try #require(reply.commands.first?.id.description)
    }

    @Test func whatWaitsForALinkNeverHappens() throws {
        let (office, label) = try cut()
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        let limits = try office.ask(.riskSet(bot: label, [LimitSetting("max_leverage", "3")]))
        let cancel = try office.ask(.cancel(id(pause)))
        #expect(cancel.refusal == nil)
        #expect(try office.command(cancel).outcome == .done)
        let row = try office.command(pause)
        #expect(row.outcome == .refused)
        #expect(row.errorCode == "cancelled")
        #expect(row.message == "cancelled by ada before it began")
        #expect(!row.changed)
        #expect(try office.link(label).words == "config 1 (2 waits)")
        #expect(try office.link(label).wantsPause == nil)
        try office.restart()
        try office.pass(.minutes(6))
        #expect(try office.bot(label).state == .online)
        #expect(try office.command(limits).outcome == .done)
        let link = try office.link(label)
        #expect(link.running == link.wanted && link.queued == 0)
    }

    @Test func theLastPauseThatStillWaitsIsWanted() throws {
        let (office, label) = try cut()
        try office.ask(.pause(.named([label]), reason: nil))
        let resume = try office.ask(.resume(.named([label]), reason: nil))
        #expect(try office.link(label).wantsPause == false)
        try office.ask(.cancel(id(resume)))
        #expect(try office.link(label).wantsPause == true)
        try office.pass(.minutes(6))
        #expect(try office.bot(label).state == .paused)
    }

    /// The link is back, and the desk has not handed over yet: nothing else would.
    @Test func theLastOneThatIsTakenBackFreesTheBot() throws {
        let (office, label) = try cut()
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        let world = office.desk.world
        world.advance(to: world.now + .minutes(6))
        let bot = try office.machine(label)
        #expect(bot.link.isReturning)
        try office.ask(.cancel(id(pause)))
        #expect(!bot.link.isReturning)
        try office.pass(.minutes(1))
        #expect(try office.bot(label).state == .online)
        #expect(bot.entryBlocker == nil)
    }

    @Test func aBotLeavesTheCohortThatHasNotBegun() throws {
        let office = try LifeOffice(bots: 3, [LifeOffice.withUpdate])
        try office.pass(.hours(1))
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        let waiting = try #require(reply.commands.first { $0.outcome == .queued })
        try office.ask(.cancel(waiting.id.description))
        try office.pass(.minutes(20))
        let versions = try office.labels.map { try office.bot($0).version }
        #expect(versions.count { $0 == "1.1.0" } == 2)
        #expect(office.desk.world.fleet.rollout?.rollout.stage == .done)
        let left = try #require(office.desk.world.bots.first { $0.id == waiting.botID })
        #expect(left.record.version == "1.0.0")
    }

    @Test func whatHasBegunOrIsOverStays() throws {
        let (office, label) = try cut()
        let done = try office.ask(.topUp("5"))
        #expect(
            try office.ask(.cancel(id(done))).refusal
                == .notWaiting(command: id(done), outcome: .done))
        let stop = try office.ask(.restart(bot: label, reason: nil))
        #expect(
            try office.ask(.cancel(id(stop))).refusal
                == .notWaiting(command: id(stop), outcome: .running))
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        if try office.command(pause).outcome == .queued {
            #expect(try office.ask(.cancel(id(pause))).refusal == nil)
            #expect(try office.ask(.cancel(id(pause))).refusal?.code == "not_waiting")
        }
        for name in ["command-999", "banana", "command-"] {
            #expect(try office.ask(.cancel(name)).refusal == .noSuch(.command, name))
        }
    }

    /// It takes the right that the command itself needs, whoever asked for it.
    @Test func theRightIsThatOfTheCommand() throws {
        let (office, label) = try cut()
        let people = [(UInt8(5), WorkspaceRole.trader), (6, .riskManager), (7, .viewer)]
        try office.database.write { db throws(StoreError) in
            for (uid, role) in people {
                _ = try db.insert(
                    Member(
                        uid: Int64(uid), name: role.rawValue, role: role,
                        joinedAt: office.desk.world.now))
            }
        }
        try office.reopenDesk()
        let limits = try office.ask(.riskSet(bot: label, [LimitSetting("max_leverage", "3")]))
        let template = try office.ask(
            .assignTemplate(bot: label, template: "Momentum Pullback", confirmation: .label(label)))
        for (uid, command) in [(Int64(5), limits), (6, template), (7, limits), (7, template)] {
            let refusal = try office.ask(.cancel(id(command)), from: uid).refusal
            #expect(refusal?.code == "not_permitted", "\(uid)")
        }
        #expect(try office.ask(.cancel(id(limits)), from: 6).refusal == nil)
        #expect(try office.ask(.cancel(id(template)), from: 5).refusal == nil)
    }
}

/// Commands end in the transaction that writes down what they brought about, whoever commits it.

import Store
import Testing

@testable import Core

/// The world has gone on, and another command comes before the turn in which that is settled; then
/// the engine is killed. Every acknowledged command has exactly one outcome.
@Suite struct EndedCommandTests {
    /// A restart that is over in the world, and a command that came before that was settled.
    private static func overtaken() throws -> (LifeOffice, label: String, restart: DeskReply) {
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        let restart = try office.ask(.restart(bot: label, reason: nil))
        office.desk.world.advance(to: office.desk.world.now + .minutes(2))
        try office.ask(.topUp("5"))
        return (office, label, restart)
    }

    @Test func aJobThatHasEndedBeforeAnotherCommandCame() throws {
        let (office, label, restart) = try Self.overtaken()
        try office.restart()
        #expect(try office.instance(label).job == nil)
        #expect(try office.command(restart).outcome == .done)
    }

    @Test func aJobThatWasGivenUpForAnotherCommand() throws {
        let office = try LifeOffice([LifeOffice.withUpdate])
        let label = try #require(office.labels.first)
        try office.pass(.hours(1))
        let update = try office.ask(.update(bot: label))
        try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.restart()
        #expect(try office.command(update).outcome == .failed)
        #expect(try office.command(update).message.hasPrefix("given up for"))
    }

    @Test func aCohortThatHasBegun() throws {
        let office = try LifeOffice(bots: 2, [LifeOffice.withUpdate])
        try office.pass(.hours(1))
        let reply = try office.ask(.updateInCohorts(.all, canaries: 1))
        office.desk.world.advance(to: office.desk.world.now + .minutes(14))
        try office.ask(.topUp("5"))
        try office.restart()
        try office.pass(.minutes(5))
        let rows = try reply.commands.map { try office.command(DeskReply(commands: [$0])) }
        #expect(rows.map(\.outcome) == [.done, .done])
        #expect(rows.allSatisfy { $0.startedAt != nil })
    }

    /// What ended in the commit of another command is told of with the next turn, once.
    @Test func theyAreToldOfOnce() throws {
        let (office, _, restart) = try Self.overtaken()
        #expect(try office.desk.settle().map(\.id) == restart.commands.map(\.id))
        #expect(try office.desk.settle().isEmpty)
    }
}

/// Deploying, stopping, restarting and updating bots through the one door.

import Store
import Testing

@testable import Core

@Suite struct LifeDeskTests {
    private static let request = Command.deploy(DeployRequest(label: "new-1", region: "tokyo"))

    @Test func aDeployedBotComesOnlineAndIsChargedFromThen() throws {
        let office = try LifeOffice()
        let reply = try office.ask(Self.request)
        #expect(try office.bot("new-1").state == .deploying)
        #expect(try office.instance("new-1").since == nil)
        #expect(try office.command(reply).outcome == .running)
        try office.pass(.minutes(1))
        let bot = try office.bot("new-1")
        #expect(bot.state == .online)
        #expect(bot.ipv4.hasPrefix("198.1"))
        #expect(bot.missing == "key and template")
        let row = try office.command(reply)
        #expect(row.outcome == .done)
        #expect(try office.instance("new-1").since == row.finishedAt)
    }

    @Test func aDeploymentSurvivesAKilledEngine() throws {
        let office = try LifeOffice()
        let reply = try office.ask(Self.request)
        try office.pass(.seconds(15))
        let before = try office.instance("new-1")
        try office.restart()
        #expect(try office.instance("new-1").phase == before.phase)
        #expect(try office.instance("new-1").phaseEndsAt == before.phaseEndsAt)
        try office.pass(.minutes(1))
        #expect(try office.bot("new-1").state == .online)
        #expect(try office.command(reply).outcome == .done)
    }

    @Test func aFailedDeploymentIsAnErrorThatCostsNothing() throws {
        let office = try LifeOffice([("failure_one_in = 0", "failure_one_in = 1")])
        let reply = try office.ask(Self.request)
        try office.pass(.minutes(2))
        #expect(try office.bot("new-1").state == .error)
        #expect(try office.instance("new-1").since == nil)
        #expect(try office.command(reply).outcome == .failed)
        let bot = try office.bot("new-1").id
        let rows = try office.database.read { db throws(StoreError) in
            try db.ledger(since: Instant(milliseconds: 0), limit: 100)
        }
        #expect(!rows.contains { $0.botID == bot })
    }

    @Test func labelRegionAndKeyAreChecked() throws {
        let office = try LifeOffice()
        let taken = try #require(office.desk.world.bots.first).record.label
        func code(_ request: DeployRequest) throws -> String? {
            try office.ask(.deploy(request)).refusal?.code
        }
        #expect(try code(DeployRequest(label: taken, region: "tokyo")) == "label_taken")
        #expect(try code(DeployRequest(label: "a  b", region: "tokyo")) == "bad_label")
        #expect(try code(DeployRequest(label: "a", region: "mars")) == "no_such_region")
        #expect(
            try code(DeployRequest(label: "a", region: "tokyo", provider: "x"))
                == "no_such_region")
        #expect(
            try code(DeployRequest(label: "a", region: "tokyo", key: "key-1")) == "key_in_use")
        #expect(
            try code(DeployRequest(label: "a", region: "tokyo", key: "key-9")) == "no_such_key")
    }

    @Test func aKeyIsTakenAwayFromAFlatBot() throws {
        let office = try LifeOffice()
        let label = try #require(office.desk.world.bots.first?.record.label)
        let key = try #require(try office.bot(label).keyID)
        let take = Command.assignKey(bot: label, key: "none")
        #expect(try office.ask(take).refusal == nil)
        #expect(try office.bot(label).keyID == nil)
        #expect(try office.bot(label).missing == "key")
        let again = try office.ask(take)
        #expect(again.refusal == nil && !again.changed && again.isFinal)
        try office.restart()
        try office.pass(.minutes(10))
        #expect(try office.bot(label).keyID == nil)
        #expect(try office.machine(label).traded.isEmpty)
        // What it had is not lost.
        #expect(try office.bot(label).killLatchedAt == nil)
        #expect(try !office.bot(label).isPaused)
        #expect(try office.ask(.assignKey(bot: label, key: "\(key)")).refusal == nil)
        #expect(try office.bot(label).keyID == key)
    }

    @Test func aKeyIsNotTakenFromWhoeverHolds() throws {
        let office = try LifeOffice(bots: 6)
        let label = try office.holder()
        let refusal = try office.ask(.assignKey(bot: label, key: "none")).refusal
        #expect(refusal?.code == "open_positions")
        #expect(try office.bot(label).keyID != nil)
    }

    @Test func aStoppedBotLeavesNothingBehindAndCanStartAgain() throws {
        let office = try LifeOffice()
        try office.ask(Self.request)
        try office.pass(.minutes(1))
        let address = try office.bot("new-1").ipv4
        let stop = try office.ask(.stop(bot: "new-1", .refuse, confirmation: nil))
        #expect(try office.bot("new-1").state == .windingDown)
        #expect(try office.instance("new-1").since != nil)
        try office.pass(.minutes(1))
        #expect(try office.bot("new-1").state == .stopped)
        #expect(try office.command(stop).outcome == .done)
        #expect(try office.bot("new-1").ipv4.isEmpty)
        #expect(try office.instance("new-1").since == nil)
        let id = try office.bot("new-1").id
        let past = try office.database.read { db throws(StoreError) in
            try db.deployments(of: id)
        }
        #expect(past.map(\.ipv4) == [address])
        #expect(try office.ask(.restart(bot: "new-1", reason: nil)).refusal?.code == "wrong_state")
        try isUnchanged(office, .stop(bot: "new-1", .refuse, confirmation: nil), .stopped)
        try office.ask(.start(bot: "new-1"))
        try office.pass(.minutes(1))
        #expect(try office.bot("new-1").state == .online)
        try isUnchanged(office, .start(bot: "new-1"), .online)
    }

    /// What is so already is done, and changes nothing.
    private func isUnchanged(
        _ office: LifeOffice, _ command: Command, _ state: BotState
    ) throws {
        let reply = try office.ask(command)
        #expect(reply.refusal == nil)
        #expect(try office.command(reply).outcome == .done)
        #expect(reply.commands.map(\.changed) == [false])
        #expect(try office.bot("new-1").state == state)
    }

    /// Whatever word named the bot, its row tells which one it was; so do rows of tickets.
    @Test func whatWasSoAlreadyNamesItsBot() throws {
        let office = try LifeOffice()
        let bot = try #require(office.desk.world.bots.first).record
        let template = try #require(bot.templateName)
        let key = try #require(bot.keyID)
        let name = bot.id.description
        let asked: [Command] = [
            .assignTemplate(bot: name, template: template, confirmation: nil),
            .setSessions(bot: name, text: nil), .assignKey(bot: name, key: "\(key)"),
            .riskReset(bot: name), .rename(bot: name, label: bot.label),
        ]
        for command in asked {
            let reply = try office.ask(command)
            #expect(reply.refusal == nil && !reply.changed, "\(command.verb)")
            let row = try office.command(reply)
            #expect(row.botID == bot.id && row.target == bot.label, "\(command.verb)")
            #expect(OutcomeRow(row).json["bot"]?.text == name)
        }
        try office.ask(.ticketOpen(subject: "s", message: "m", .bot, .normal, bot: nil))
        let ticket = try office.command(office.ask(.ticketPriority("#1", .normal)))
        #expect(!ticket.changed && ticket.target == "ticket-1")
    }

    /// A clock that nobody doubts is not accepted: it counted before.
    @Test func aClockThatNobodyDoubtsChangesNothing() throws {
        let reply = try LifeOffice().ask(.acceptClock)
        #expect(reply.refusal == nil && !reply.changed)
        #expect(reply.commands.map(\.message) == ["the clock was not in doubt"])
    }

    /// What is so already when a bot hears what waited for it is done as well.
    @Test func whatWaitedForNothingIsDone() throws {
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        try office.cut(label, for: .minutes(5))
        let first = try office.ask(.assignKey(bot: label, key: "none"))
        let second = try office.ask(.assignKey(bot: label, key: "none"))
        try office.pass(.minutes(6))
        #expect(try office.command(first).changed)
        let row = try office.command(second)
        #expect(row.outcome == .done && !row.changed, "\(row.message)")
    }

    /// Asked for twice, it is done, and the second time nothing changes.
    @Test func ticketsAndAlertsThatAreSoAlreadyAreDone() throws {
        let office = try LifeOffice()
        try office.ask(.ticketOpen(subject: "s", message: "m", .bot, .normal, bot: nil))
        let notices = try office.database.read { db throws(StoreError) in try db.openNotices() }
        let alert = try #require(notices.last).id.description
        let asked: [(Command, String)] = [
            (.ticketClose("ticket-1"), "ticket-1 is closed already"),
            (.ticketReopen("ticket-1"), "ticket-1 is not closed, it is open"),
            (.noticeAcknowledge(alert), "acknowledged already, by ada"),
        ]
        for (command, words) in asked {
            #expect(try office.ask(command).commands.map(\.changed) == [true])
            let again = try office.ask(command)
            #expect(again.refusal == nil)
            #expect(again.commands.map(\.outcome) == [.done])
            #expect(again.commands.map(\.changed) == [false])
            let message = again.commands.first?.message ?? ""
            #expect(message.hasPrefix(words), "\(message)")
        }
    }

    /// What shows a ticket and what changes it find the same one by a name.
    @Test func aTicketHasTheSameNamesForReadingAndWriting() throws {
        let office = try LifeOffice()
        for subject in ["one", "two"] {
            try office.ask(.ticketOpen(subject: subject, message: "m", .bot, .normal, bot: nil))
        }
        for name in ["ticket-2", "2", "#2", "02", "+2", "ticket-02", "ticket-", "t", "#", "3"] {
            let found = try office.database.read { db throws(StoreError) in
                try db.findTicket(name)
            }
            let reply = try office.ask(.ticketPriority(name, .high))
            switch found {
            case .none: #expect(reply.refusal?.code == "no_such_ticket", "\(name)")
            case .several: #expect(reply.refusal?.code == "ambiguous", "\(name)")
            case .one(let ticket):
                #expect(reply.commands.map(\.target) == [ticket.id.description], "\(name)")
                #expect(ticket.id == ID(2), "\(name)")
            }
            #expect((found.match != nil) == ["ticket-2", "2", "#2"].contains(name), "\(name)")
        }
    }

    @Test func aStopDuringADeploymentEndsItWithoutACharge() throws {
        let office = try LifeOffice()
        let deploy = try office.ask(Self.request)
        try office.pass(.seconds(5))
        try office.ask(.stop(bot: "new-1", .refuse, confirmation: nil))
        try office.pass(.minutes(1))
        #expect(try office.bot("new-1").state == .stopped)
        #expect(try office.command(deploy).outcome == .failed)
    }

    @Test func aRestartIsRefusedWithinTheHourAlsoAfterAKilledEngine() throws {
        let office = try LifeOffice()
        let label = try #require(office.desk.world.bots.first).record.label
        let restart = Command.restart(bot: label, reason: nil)
        let first = try office.ask(restart)
        #expect(try office.ask(restart).refusal?.code == "under_way")
        try office.pass(.minutes(1))
        #expect(try office.command(first).outcome == .done)
        #expect(try office.ask(restart).refusal?.code == "restart_cooldown")
        try office.restart()
        try office.pass(.minutes(58))
        #expect(try office.ask(restart).refusal?.code == "restart_cooldown")
        try office.pass(.minutes(1))
        #expect(try office.ask(restart).refusal == nil)
    }

    @Test func anUpdateKeepsTheAddressAndThePauseFlag() throws {
        let office = try LifeOffice([LifeOffice.withUpdate])
        let label = try #require(office.desk.world.bots.first).record.label
        #expect(try office.ask(.update(bot: label)).refusal?.code == "no_update")
        try office.pass(.hours(1))
        #expect(try office.bot(label).availableVersion == "1.1.0")
        try office.ask(.pause(.named([label]), reason: nil))
        let address = try office.bot(label).ipv4
        let update = try office.ask(.update(bot: label))
        try office.pass(.seconds(30))
        #expect(try office.instance(label).job == .update)
        #expect(try office.bot(label).state == .paused)
        try office.pass(.seconds(95))
        #expect(try office.command(update).outcome == .done)
        let bot = try office.bot(label)
        #expect(bot.version == "1.1.0")
        #expect(bot.availableVersion == nil)
        #expect(bot.ipv4 == address)
        #expect(bot.isPaused)
    }

    @Test func aKeyMovesOnlyToABotThatIsFlatAndOnlyWhenItIsFree() throws {
        let office = try LifeOffice()
        let label = try #require(office.desk.world.bots.first).record.label
        try office.ask(Self.request)
        #expect(
            try office.ask(.assignKey(bot: "new-1", key: "key-1")).refusal?.code == "key_in_use")
        try office.addSpareKey("ETH-PERP")
        try office.ask(.assignKey(bot: "new-1", key: "spare"))
        #expect(try office.bot("new-1").keyID != nil)
        #expect(try office.bot(label).keyID == ID(1))
    }
}

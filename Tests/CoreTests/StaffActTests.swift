/// What support staff may do to bots, with which traces, and of what the owner is told.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Staff>.
@Suite struct StaffActTests {
    static let uid: Int64 = 7

    private func office() throws -> (LifeOffice, String) {
        let office = try LifeOffice(
            staff: Member(uid: Self.uid, name: "st1", role: .viewer, isStaff: true,
                joinedAt: Instant(milliseconds: 0)))
        return (office, try #require(office.desk.world.bots.first).record.label)
    }

    private func notices(_ office: LifeOffice) throws -> [Notice] {
        try office.database.read { db throws(StoreError) in
            try db.openNotices().filter { $0.kind == "staff" }
        }
    }

    @Test func eachActIsBadgedCarriesItsReasonAndTellsTheOwner() throws {
        let (office, label) = try office()
        let acts: [(Command, String)] = [
            (.pause(.named([label]), reason: "exchange incident INC-204"), "pause"),
            (.resume(.named([label]), reason: "it is over"), "resume"),
            (.restart(bot: label, reason: "it hangs"), "restart"),
        ]
        for (number, (command, verb)) in acts.enumerated() {
            let reply = try office.ask(command, from: Self.uid)
            #expect(reply.refusal == nil, "\(verb)")
            let row = try office.command(reply)
            #expect(row.isStaff && row.actor == "st1" && row.role == "staff")
            #expect(row.reason == command.reason)
            let told = try notices(office)
            #expect(told.count == number + 1)
            #expect(
                told.first?.message
                    == "Plutarc staff st1: \(verb): \(command.reason ?? "")")
            #expect(told.first?.botID == row.botID)
        }
        // The next page of the owner: on top of the alerts, until somebody takes note.
        let board = try BoardReader(over: office.database, owner: (1000, "ada")).alerts()
        #expect(board.rows.count == 3)
        let first = try #require(board.rows.first).notice
        #expect(
            try office.ask(.noticeAcknowledge("\(first.id)"), from: Self.uid).refusal != nil)
        #expect(try office.ask(.noticeAcknowledge("\(first.id)")).refusal == nil)
        #expect(try notices(office).count == 2)
    }

    @Test func aPauseByStaffSaysSoAndSurvivesAKilledEngine() throws {
        let (office, label) = try office()
        try office.ask(.pause(.named([label]), reason: "look"), from: Self.uid)
        try office.restart()
        #expect(try office.bot(label).pauseCause == .staff)
        #expect(try notices(office).count == 1)
    }

    /// The answer names no positions to who may not see them.
    @Test(arguments: [true, false]) func theAnswerOfAPauseIsForTheReader(asks: Bool) throws {
        let office = try LifeOffice(
            bots: 6,
            staff: Member(uid: Self.uid, name: "st1", role: .viewer, isStaff: true,
                joinedAt: Instant(milliseconds: 0)))
        let label = try office.holder()
        let count = try office.machine(label).held.count
        let reply = try office.ask(
            .pause(.named([label]), reason: "look"), from: asks ? Self.uid : 1000)
        let words = try office.command(reply).message
        let all = "paused; \(HoldingWords.kept(count))exits still run"
        #expect(words == (asks ? "paused; exits still run" : all))
    }

    @Test func withoutAReasonNothingIsDone() throws {
        let (office, label) = try office()
        for command in [
            Command.pause(.named([label]), reason: nil), .pause(.all, reason: "  "),
            .restart(bot: label, reason: nil),
        ] {
            #expect(
                try office.ask(command, from: Self.uid).refusal?.code == "reason_required")
        }
        #expect(try !office.bot(label).isPaused)
        #expect(try notices(office).isEmpty)
    }

    @Test func staffNeitherCloseNorUpdateNorConfigure() throws {
        let (office, label) = try office()
        let position = "position-1"
        let refused: [Command] = [
            .closePosition(position, confirmation: .label(label)),
            .closeAll(.named([label]), confirmation: .label(label)), .previewCloseAll(.all),
            .update(bot: label), .stop(bot: label, .refuse, confirmation: nil),
            .start(bot: label), .deploy(DeployRequest(label: "x", region: "tokyo")),
            .assignKey(bot: label, key: "key-1"),
            .assignTemplate(bot: label, template: "Mean Reverter", confirmation: nil),
            .setSessions(bot: label, text: nil), .riskReset(bot: label),
            .riskSet(bot: label, [LimitSetting("max_leverage", "3")]), .topUp("5"),
        ]
        for command in refused {
            let refusal = try office.ask(command, from: Self.uid).refusal
            #expect(refusal?.exitStatus == 3, "\(command.verb): \(String(describing: refusal))")
        }
        #expect(try notices(office).isEmpty)
    }

    /// Their restart uses the hour of the bot, and a latched kill switch stays latched.
    @Test func staffShareTheHourAndResetNoKillSwitch() throws {
        let (office, label) = try office()
        try office.ask(.restart(bot: label, reason: "it hangs"), from: Self.uid)
        try office.pass(.minutes(2))
        let again = try office.ask(.restart(bot: label, reason: nil))
        #expect(again.refusal?.code == "restart_cooldown")
        let machine = office.desk.world.bots[0]
        machine.record.killLatchedAt = office.desk.world.now
        machine.record.isPaused = true
        machine.record.pauseCause = .killSwitch
        let refusal = try office.ask(
            .resume(.named([label]), reason: "please"), from: Self.uid
        ).refusal
        #expect(refusal?.code == "kill_switch_latched")
    }

    /// An owner who acts for support where nobody is listed leaves no such notice.
    @Test func actsOfMembersTellNobody() throws {
        let office = try LifeOffice()
        let label = try #require(office.desk.world.bots.first).record.label
        try office.ask(.pause(.named([label]), reason: "mine"))
        #expect(try notices(office).isEmpty)
    }
}

/// A bot's own sessions: what they replace, when it sleeps and wakes by them, and what is refused.

import Store
import Testing

@testable import Core

@Suite struct SessionDeskTests {
    /// From 01:00 to 02:00 UTC each day; the world starts at 00:00:07.
    static let own = """
        [session Early]
        days = mon-sun
        start = 01:00
        end = 02:00
        zone = UTC
        """

    private func label(_ office: LifeOffice) throws -> String {
        try #require(office.desk.world.bots.first).record.label
    }

    private func notices(_ office: LifeOffice, _ kind: String) throws -> [Notice] {
        try office.database.read { db throws(StoreError) in
            try db.openNotices().filter { $0.kind == kind }
        }
    }

    @Test func aBotSleepsAndWakesByItsOwnSessions() throws {
        let office = try LifeOffice()
        let label = try label(office)
        let machine = try #require(office.desk.world.bots.first)
        #expect(machine.traded.allSatisfy { $0.isOpen(at: office.desk.world.now) })
        let reply = try office.ask(.setSessions(bot: label, text: Self.own))
        #expect(reply.refusal == nil)
        // Entries wait for its own session, whatever the template says.
        #expect(machine.traded.allSatisfy { !$0.isOpen(at: office.desk.world.now) })
        #expect(machine.traded.allSatisfy { $0.isOpen(at: office.desk.world.now + .hours(1)) })
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .sleeping)
        #expect(try office.instance(label).wakeAt?.clockText == "00:55:00")
        try office.restart()
        #expect(office.desk.world.bots.first?.ownSessions?.map(\.name) == ["Early"])
        try office.pass(.minutes(51))
        #expect(try office.bot(label).state == .sleeping)
        try office.pass(.minutes(7))
        #expect(try office.bot(label).state == .online)
        #expect(try office.instance(label).wakeAt == nil)
        try office.pass(.minutes(62))
        let isHolding = try office.machine(label).isHolding
        #expect(try office.bot(label).state == (isHolding ? .online : .sleeping))
        #expect(try notices(office, "wake").isEmpty)
        #expect(try office.database.check().isEmpty)
    }

    @Test func whatSleepsWakesByTheSessionsThatAreSetMeanwhile() throws {
        let office = try LifeOffice()
        let label = try label(office)
        try office.ask(.setSessions(bot: label, text: Self.own))
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .sleeping)
        let later = Self.own.replacing("01:00", with: "01:30")
        try office.ask(.setSessions(bot: label, text: later))
        #expect(try office.instance(label).wakeAt?.clockText == "01:25:00")
        // Without any session it runs around the clock: it wakes at once.
        try office.ask(.setSessions(bot: label, text: nil))
        try office.pass(.minutes(5))
        #expect(try office.bot(label).state == .online)
        #expect(try office.bot(label).sessions == nil)
        #expect(try notices(office, "wake").isEmpty)
    }

    /// A session passed while no engine ran, or nobody paid: the next one is what it wakes for.
    @Test func noBotIsWokenForASessionThatHasPassed() throws {
        let office = try LifeOffice()
        let label = try label(office)
        try office.ask(.setSessions(bot: label, text: Self.own))
        try office.pass(.minutes(2))
        try #require(try office.bot(label).state == .sleeping)
        let world = office.desk.world
        world.catchUp(to: world.now + .hours(30))
        world.trading.reconcileAtStart()
        for _ in 0..<8 {
            try office.pass(.seconds(30))
            #expect(try office.bot(label).state == .sleeping)
        }
        #expect(try office.instance(label).since == nil)
        let wakeAt = try #require(try office.instance(label).wakeAt)
        #expect(wakeAt.clockText == "00:55:00")
        #expect(wakeAt > world.now)
        while world.now < wakeAt + .minutes(4) { try office.pass(.minutes(10)) }
        #expect(try office.bot(label).state == .online)
    }

    /// Into a session that is open it is woken at once, however late.
    @Test func aBotIsWokenLateIntoASessionThatIsOpen() throws {
        let office = try LifeOffice()
        let label = try label(office)
        try office.ask(.setSessions(bot: label, text: Self.own))
        try office.pass(.minutes(2))
        let world = office.desk.world
        world.catchUp(to: world.now.floored(to: .days(1)) + .minutes(75))
        world.trading.reconcileAtStart()
        try office.pass(.minutes(5))
        #expect(try office.bot(label).state == .online)
    }

    /// Sessions on a bot that has no template: sleep and wake go by them all the same.
    @Test func aBotWithoutATemplateSleepsToo() throws {
        let office = try LifeOffice()
        try office.ask(.deploy(DeployRequest(label: "new-1", region: "tokyo")))
        try office.pass(.minutes(1))
        try office.ask(.setSessions(bot: "new-1", text: Self.own))
        try office.pass(.minutes(2))
        #expect(try office.bot("new-1").state == .sleeping)
    }

    @Test func sessionsOutliveATemplateThatComesLater() throws {
        let office = try LifeOffice()
        let label = try label(office)
        try office.ask(.setSessions(bot: label, text: Self.own))
        try office.ask(
            .assignTemplate(bot: label, template: "Session Breakout", confirmation: nil))
        let machine = try #require(office.desk.world.bots.first)
        #expect(machine.sessions.map(\.name) == ["Early"])
        #expect(machine.traded.allSatisfy { !$0.isOpen(at: office.desk.world.now) })
        try office.ask(.setSessions(bot: label, text: nil))
        #expect(machine.sessions.count == SystemTemplates.all.first {
            $0.name == "Session Breakout"
        }?.sessions.count)
    }

    @Test func textsThatCannotBeReadAreRefusedWithTheirLine() throws {
        let office = try LifeOffice()
        let label = try label(office)
        func headline(_ text: String) throws -> String {
            let refusal = try office.ask(.setSessions(bot: label, text: text)).refusal
            #expect(refusal?.code == "bad_sessions")
            #expect(refusal?.exitStatus == 2)
            return refusal?.headline ?? ""
        }
        #expect(try headline("").contains("no session"))
        #expect(try headline("[template]\nname = x").hasPrefix("sessions:1: [template] is not"))
        #expect(try headline(Self.own.replacing("UTC", with: "Mars")).hasPrefix("sessions:5: zone"))
        #expect(try headline(Self.own.replacing("01:00", with: "25:00")).hasPrefix("sessions:3: "))
        #expect(try headline(Self.own.replacing("mon-sun", with: "noday")).contains("days"))
        #expect(try headline(String(repeating: "# more\n", count: 2000)).contains("longer"))
        #expect(try office.bot(label).sessions == nil)
        try office.ask(.setSessions(bot: label, text: Self.own))
        let again = try office.ask(.setSessions(bot: label, text: Self.own))
        #expect(again.refusal == nil && !again.changed && again.isFinal)
    }

    @Test(arguments: zip(WorkspaceRole.allCases, [true, true, false, true, false]))
    func sessionsNeedTheRightToConfigure(_ role: WorkspaceRole, _ may: Bool) throws {
        let command = Command.setSessions(bot: "a", text: nil)
        let person = CommandSamples.person(role)
        #expect((try? Gate.check(command, for: person)) != nil || !may)
        if !may { #expect(throws: Refusal.self) { try Gate.check(command, for: person) } }
        #expect(throws: Refusal.self) { try Gate.check(command, for: CommandSamples.staff) }
    }

    /// Two minutes before the session, once; a wake that fails says so at once.
    @Test func aWakeThatIsLateOrFailsIsAnAlarm() throws {
        let late = try LifeOffice()
        let label = try label(late)
        try late.ask(.setSessions(bot: label, text: Self.own))
        try late.pass(.minutes(55))
        try late.pass(.seconds(10))
        #expect(try late.bot(label).state == .waking)
        late.desk.world.bots[0].instance.phaseEndsAt = late.desk.world.now + .hours(9)
        try late.pass(.minutes(2))
        #expect(try notices(late, "wake").isEmpty)
        try late.pass(.minutes(5))
        let alarms = try notices(late, "wake")
        #expect(alarms.map(\.at.clockText) == ["00:58:00"])
        #expect(alarms.first?.message.contains("2 minutes before its session") == true)

        let failing = try LifeOffice([("failure_one_in = 0", "failure_one_in = 1")])
        try failing.ask(.setSessions(bot: label, text: Self.own))
        try failing.pass(.minutes(58))
        #expect(try failing.bot(label).state == .waking)
        #expect(try notices(failing, "wake").count == 1)
        // Asked again until the session ends at 02:00, with the one alert standing.
        try failing.pass(.minutes(58))
        #expect(try failing.bot(label).state == .waking)
        try failing.pass(.minutes(10))
        #expect(try failing.bot(label).state == .error)
        #expect(try notices(failing, "wake").allSatisfy { $0.acknowledgedAt == nil })
    }

    @Test func aSleeperThatCannotBePaidIsAnAlarmToo() throws {
        let office = try LifeOffice()
        let label = try label(office)
        try office.ask(.setSessions(bot: label, text: Self.own))
        try office.pass(.minutes(2))
        let left = try office.balance()
        office.desk.world.fleet.charge(Usage(bot: ID(1), place: "x", hourly: left, seconds: 3600))
        try office.pass(.hours(1))
        #expect(try office.bot(label).state == .sleeping)
        #expect(try notices(office, "wake").map(\.at.clockText) == ["00:58:00"])
    }

    @Test func thePlanTellsTheNextSleeps() throws {
        let sessions = try SessionFile.parse(Self.own, file: "t")
        let midnight = Instant(year: 2026, month: 3, day: 10)
        let plan = SessionPlan(sessions, at: midnight, count: 2)
        #expect(!plan.isOpen)
        #expect(
            plan.sleeps == [
                PlannedSleep(
                    sleepsAt: midnight, wakesAt: midnight + .minutes(55),
                    opensAt: midnight + .hours(1)),
                PlannedSleep(
                    sleepsAt: midnight + .hours(2), wakesAt: midnight + .days(1) + .minutes(55),
                    opensAt: midnight + .days(1) + .hours(1)),
            ])
        // A pause of ten minutes is not slept through.
        let short = Self.own + "\n" + Self.own.replacing("Early", with: "Next")
            .replacing("02:00", with: "03:00").replacing("01:00", with: "02:10")
        let joined = SessionPlan(try SessionFile.parse(short, file: "t"), at: midnight + .hours(1))
        #expect(joined.isOpen)
        #expect(joined.sleeps.first?.sleepsAt == midnight + .hours(3))
    }
}

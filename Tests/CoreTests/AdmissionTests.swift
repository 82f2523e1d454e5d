/// Who finds a place at the engine's socket, and who gives his up.

import Foundation
import Store
import Testing

@testable import Core

/// **Source** <doc:SafetyRules#Connections-at-the-socket>.
@Suite struct AdmissionTests {
    @Test func rightsMakeTheStanding() {
        let people = TrialDoor.admission
        for uid in [TrialDoor.owner, TrialDoor.admin, TrialDoor.manager] {
            #expect(people.standing(of: uid) == .closer)
        }
        for uid in TrialDoor.traders + TrialDoor.viewers + [TrialDoor.helper] {
            #expect(people.standing(of: uid) == .member)
        }
        for uid in TrialDoor.strangers + [.max] {
            #expect(people.standing(of: uid) == .stranger)
            #expect(Permission.allCases.allSatisfy { !people.holds($0, uid) })
        }
        #expect(people.holds(.botsPause, TrialDoor.traders[0]))
        #expect(people.holds(.botsPause, TrialDoor.helper))
        #expect(!people.holds(.botsPause, TrialDoor.viewers[0]))
    }

    /// Before any world is loaded: the members of the last commit, and whoever the list names.
    @Test func theDoorKnowsPeopleBeforeTheFleet() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        #expect(Admission.early(in: home).standing(of: home.owner) == .closer)
        let database = try Database(creating: home.path(of: .database))
        let known = try #require(getpwnam("bin")).pointee.pw_uid
        try database.write { db throws(StoreError) in
            try db.insert(
                Member(uid: 5, name: "eve", role: .riskManager, joinedAt: FoundedDesk.start))
            try db.insert(
                Member(
                    uid: 6, name: "old", role: .viewer, isStaff: true,
                    joinedAt: FoundedDesk.start))
        }
        let without = Admission.early(in: home)
        #expect(without.standing(of: home.owner) == .closer)
        #expect(without.standing(of: 5) == .closer)
        #expect(without.standing(of: 6) == .member)
        try "bin\n".write(
            toFile: scratch.path + "/staff", atomically: true, encoding: .utf8)
        let listed = Admission.early(in: home)
        #expect(listed.standing(of: 6) == .stranger)
        #expect(listed.standing(of: known) == .member)
    }

    /// When the machine has no descriptor left, those leave who have less right: who is silent
    /// for longest first.
    @Test(arguments: [true, false]) func whoMayCloseIsNotTurnedAway(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .roomIsMade)
        let stranger = Visitor(TrialDoor.strangers[0], at: trial.door)
        let quiet = Visitor(TrialDoor.viewers[0], at: trial.door, .seconds(99))
        let late = Visitor(TrialDoor.viewers[1], at: trial.door)
        #expect(!trial.door.makeRoom(for: TrialDoor.strangers[1]))
        #expect(trial.door.makeRoom(for: TrialDoor.owner) == isOn)
        #expect(stranger.refusals() == (isOn ? ["too_many_connections"] : []))
        #expect(stranger.isGone == isOn)
        #expect(!trial.door.makeRoom(for: TrialDoor.traders[0]))
        #expect(trial.door.makeRoom(for: TrialDoor.admin) == isOn)
        _ = quiet.refusals()
        _ = late.refusals()
        #expect(quiet.isGone == isOn)
        #expect(!late.isGone)
    }

    /// The attack of the night: silent connections from everybody who may not close.
    @Test(arguments: [true, false]) func nobodyShutsTheOwnerOut(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .shares)
        var crowd: [Visitor] = []
        let others = TrialDoor.strangers + TrialDoor.traders + TrialDoor.viewers
        for uid in others { for _ in 0..<32 { crowd.append(Visitor(uid, at: trial.door)) } }
        var owners: [Visitor] = []
        for uid in [TrialDoor.owner, TrialDoor.admin] {
            for _ in 0..<8 { owners.append(Visitor(uid, at: trial.door)) }
        }
        _ = trial.serve()
        #expect((trial.places(of: [TrialDoor.owner, TrialDoor.admin]) == 16) == isOn)
        guard isOn else { return }
        #expect(trial.places(of: TrialDoor.strangers) == 8)
        #expect(trial.places(of: TrialDoor.traders + TrialDoor.viewers) == 40)
        #expect(trial.door.count == SocketShares.inAll)
        #expect(owners.allSatisfy { $0.refusals().isEmpty && !$0.isGone })
        let sentAway = crowd.filter { $0.refusals() == ["too_many_connections"] && $0.isGone }
        #expect(sentAway.count == crowd.count - 48)
        // And then the command.
        owners[0].command("close-all")
        #expect(trial.serve().map(\.isUrgent) == [true])
    }

    @Test func aFullShareGivesUpItsOwnLongestSilent() throws {
        let trial = try TrialDoor()
        let uid = TrialDoor.viewers[0]
        let others = [TrialDoor.owner, TrialDoor.strangers[0]].map {
            Visitor($0, at: trial.door, .milliseconds(1))
        }
        let own = (0..<24).map { Visitor(uid, at: trial.door, .milliseconds(10 + Int64($0))) }
        own[0].say(#"{"type":"ping"}"#)
        _ = trial.serve(at: .milliseconds(40))
        let last = Visitor(uid, at: trial.door, .milliseconds(50))
        _ = trial.serve(at: .milliseconds(50))
        #expect(own[1].refusals() == ["too_many_connections"])
        for other in others + [own[0], own[2], last] { #expect(other.refusals().isEmpty) }
        #expect(trial.places(of: [uid]) == 24)
    }

    /// What was said in this turn is still to be answered: newcomers make room for each other.
    @Test func whoHasJustSpokenStays() throws {
        let trial = try TrialDoor()
        let uid = TrialDoor.strangers[0]
        let own = (0..<4).map { _ in Visitor(uid, at: trial.door, .milliseconds(10)) }
        for one in own { one.command("pause") }
        #expect(trial.serve(at: .milliseconds(10)).count == 4)
        let more = (0..<9).map { _ in Visitor(uid, at: trial.door, .milliseconds(10)) }
        _ = trial.serve(at: .milliseconds(10))
        #expect(own.count { $0.refusals().isEmpty } == 3)
        #expect(more.count { $0.refusals().isEmpty } == 1)
    }

    /// Whoever has one place does not lose it to somebody who has many.
    @Test func aCrowdTakesFromItself() throws {
        let trial = try TrialDoor()
        let quiet = Visitor(TrialDoor.traders[2], at: trial.door, .milliseconds(1))
        var crowd: [Visitor] = []
        for uid in TrialDoor.traders.prefix(2) {
            for _ in 0..<24 { crowd.append(Visitor(uid, at: trial.door, .milliseconds(9))) }
        }
        _ = trial.serve(at: .milliseconds(9))
        #expect(quiet.refusals().isEmpty)
        #expect(trial.places(of: TrialDoor.traders) == 40)
        #expect(trial.places(of: [TrialDoor.traders[2]]) == 1)
    }

    /// Closers may use what is free, and give it back to whom it belongs.
    @Test func whatIsBorrowedIsGivenBack() throws {
        let trial = try TrialDoor()
        let closers = [TrialDoor.owner, TrialDoor.admin, TrialDoor.manager]
        let many = closers.flatMap { uid in (0..<24).map { _ in Visitor(uid, at: trial.door) } }
        #expect(trial.places(of: closers) == SocketShares.inAll)
        let guests = TrialDoor.strangers + TrialDoor.viewers + TrialDoor.traders
        let others = guests.flatMap { uid in (0..<9).map { _ in Visitor(uid, at: trial.door) } }
        _ = trial.serve()
        #expect(trial.places(of: TrialDoor.strangers) == 8)
        #expect(trial.places(of: TrialDoor.viewers + TrialDoor.traders) == 40)
        #expect(trial.places(of: closers) == 16)
        #expect(closers.allSatisfy { trial.places(of: [$0]) >= 5 })
        #expect(many.count + others.count > SocketShares.inAll)
    }

    @Test(arguments: [true, false]) func whoDoesNotGreetHasToGo(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .greetingInTime)
        let silent = Visitor(TrialDoor.owner, at: trial.door, .seconds(5))
        let noisy = Visitor(TrialDoor.viewers[0], at: trial.door, .seconds(5))
        let polite = Visitor(TrialDoor.viewers[1], at: trial.door, .seconds(5))
        noisy.say(#"{"type":"ping"}"#)
        polite.say(#"{"type":"hello","protocol":1}"#)
        _ = trial.serve(at: .milliseconds(6_500))
        #expect(trial.door.patience(at: Visitor.wall(.milliseconds(6_500))) == .milliseconds(500))
        _ = trial.serve(at: .milliseconds(6_999))
        #expect(trial.door.count == 3)
        _ = trial.serve(at: .milliseconds(7_000))
        #expect(polite.refusals().isEmpty)
        for one in [silent, noisy] {
            #expect((one.refusals() == ["late_greeting"]) == isOn)
            #expect(one.isGone == isOn)
        }
    }

    /// A greeting that came while the engine was busy is not late.
    @Test func aGreetingThatWaitedIsInTime() throws {
        let trial = try TrialDoor()
        let visitor = Visitor(TrialDoor.owner, at: trial.door, .seconds(5))
        visitor.say(#"{"type":"hello","protocol":1}"#)
        #expect(trial.serve(at: .seconds(60)).count == 1)
        #expect(visitor.refusals().isEmpty)
    }

    /// Something of ours was still unread when the engine hung up.
    @Test(arguments: [true, false]) func theReasonArrives(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .lastWordArrives)
        let first = Visitor(TrialDoor.strangers[0], at: trial.door, .milliseconds(1))
        first.say(#"{"type":"hello","protocol":1}"#)
        let more = (0..<4).map { _ in
            Visitor(TrialDoor.strangers[0], at: trial.door, .milliseconds(2))
        }
        trial.door.sweep(at: Visitor.wall(.milliseconds(2)))
        #expect(more.count == 4 && trial.door.count == 4)
        var buffer = [UInt8](repeating: 0, count: 1000)
        let length = recv(first.socket.descriptor, &buffer, buffer.count, 0)
        #expect((length > 0) == isOn)
        // A client of this release finds it in either case.
        #expect(isOn || first.refusals() == ["too_many_connections"])
    }
}

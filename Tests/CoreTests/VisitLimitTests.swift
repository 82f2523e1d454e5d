/// How much one account may say, and who is spared the limit.

import Store
import Testing

@testable import Core

/// **Source** <doc:SafetyRules#Bounds-of-the-socket>.
@Suite struct VisitLimitTests {
    /// So many commands in one instant, on as many connections as it needs.
    private func send(
        _ count: Int, _ verb: String, by visitor: Visitor, to trial: TrialDoor,
        answer: JSON? = nil
    ) -> Int {
        var passed = 0
        for index in 0..<count {
            visitor.command(verb, id: index)
            guard index % 10 == 9 || index == count - 1 else { continue }
            for arrival in trial.serve() {
                passed += 1
                if let answer { trial.door.count(answer, to: arrival, at: Self.now) }
            }
        }
        return passed
    }

    private static let now = Visitor.wall(.seconds(100))

    /// The exemption is for whoever may do it: a verb alone opens nothing.
    @Test(arguments: [true, false]) func onlyTheRightSparesTheLimit(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .rightBeforeExemption)
        let cases: [(UInt32, String)] = [
            (TrialDoor.viewers[0], "pause"), (TrialDoor.traders[0], "close"),
            (TrialDoor.traders[1], "close-all"), (TrialDoor.traders[2], "close-all-preview"),
        ]
        for (uid, verb) in cases {
            let visitor = Visitor(uid, at: trial.door)
            let passed = send(60, verb, by: visitor, to: trial)
            #expect((passed == 20) == isOn, "\(uid) \(verb): \(passed)")
            #expect((visitor.refusals().count { $0 == "rate_limited" } == 40) == isOn)
        }
    }

    @Test func whoHoldsTheRightIsSpared() throws {
        let trial = try TrialDoor()
        let cases: [(UInt32, String)] = [
            (TrialDoor.owner, "close-all"), (TrialDoor.owner, "close-all-preview"),
            (TrialDoor.manager, "close"), (TrialDoor.traders[0], "pause"),
            (TrialDoor.helper, "pause"),
        ]
        for (uid, verb) in cases {
            let visitor = Visitor(uid, at: trial.door)
            _ = send(60, "resume", by: visitor, to: trial)
            #expect(send(5, "resume", by: visitor, to: trial) == 0)
            #expect(send(900, verb, by: visitor, to: trial) == 900, "\(uid) \(verb)")
        }
    }

    /// A stranger is served neither first nor beyond the limit, and then not at all.
    @Test func aStrangerIsSentAway() throws {
        let trial = try TrialDoor()
        let stranger = Visitor(TrialDoor.strangers[0], at: trial.door)
        let owner = Visitor(TrialDoor.owner, at: trial.door)
        stranger.command("close-all")
        owner.command("pause")
        let arrivals = trial.serve()
        #expect(arrivals.map(\.peer.uid) == [owner.uid, stranger.uid])
        #expect(arrivals.map(\.isUrgent) == [true, false])
        #expect(send(60, "pause", by: stranger, to: trial) == 19)
        #expect(stranger.refusals() == ["rate_limited"])
        #expect(stranger.isGone)
    }

    /// What was refused, or sent once more, is counted like any other command.
    @Test(
        arguments: [
            EngineMessage.refused(.garbled).json,
            EngineMessage.accepted(ID(1)).json(changed: false),
        ], [true, false])
    func whatDidNothingIsCounted(answer: JSON, isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .idleIsCounted)
        let visitor = Visitor(TrialDoor.traders[0], at: trial.door)
        let passed = send(200, "pause", by: visitor, to: trial, answer: answer)
        // The reserve and the limit itself; messages that are read together count together.
        #expect((40...50 ~= passed) == isOn, "\(passed)")
        #expect((visitor.refusals().contains("rate_limited")) == isOn)
    }

    /// Ten that are read in one turn cost ten: a token that has
    /// come in since the last turn does not pay for them all.
    @Test(arguments: [true, false]) func whatComesInOneTurnIsCountedWhole(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .idleIsCounted)
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        visitor.say(#"{"type":"hello","protocol":1}"#)
        _ = trial.serve(at: .seconds(100))
        var passed = 0
        for turn in Int64(0)..<200 {
            let now = Span.seconds(100) + .milliseconds(50 * turn)
            for id in 0..<10 { visitor.command("pause", id: id) }
            for arrival in trial.serve(at: now) {
                passed += 1
                let answer = EngineMessage.refused(.garbled).json
                trial.door.count(answer, to: arrival, at: Visitor.wall(now))
            }
            _ = visitor.refusals()
        }
        // Ten seconds of both limits, each with a second's worth at once.
        #expect((passed < 500) == isOn, "\(passed)")
        // A close that does something comes through all the same.
        #expect(send(100, "close-all", by: visitor, to: trial) == 100)
    }

    private static let thousand = EngineMessage.accepted(ID(1)).json(changed: false, idle: 1000)

    /// Rows that one request may write in a minute, when each says of a thousand bots that nothing
    /// was to be done.
    private func rowsInAMinute(_ verb: String, _ trial: TrialDoor) -> Int {
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        var rows = 0
        for tenth in Int64(0)..<600 {
            let now = Span.seconds(100) + .milliseconds(100 * tenth)
            for id in 0..<5 { visitor.command(verb, id: id) }
            for arrival in trial.serve(at: now) {
                rows += 1000
                trial.door.count(Self.thousand, to: arrival, at: Visitor.wall(now))
            }
            _ = visitor.refusals()
        }
        return rows
    }

    /// A pause of a thousand paused bots is a thousand rows: it closes both ways for a while.
    @Test(arguments: ["pause", "resume"], [true, false])
    func rowsThatSayNothingAreCounted(verb: String, isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .idleRowsAreCounted)
        let rows = rowsInAMinute(verb, trial)
        #expect((rows < 60_000) == isOn, "\(rows)")
        // The close has a reserve of its own.
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        #expect(send(100, "close-all", by: visitor, to: trial) == 100)
    }

    /// Who owed much and was quiet owes nothing after a while.
    @Test func debtsEnd() throws {
        let trial = try TrialDoor()
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        for _ in 0..<10 {
            visitor.command("resume")
            for arrival in trial.serve() {
                trial.door.count(Self.thousand, to: arrival, at: Self.now)
            }
        }
        visitor.command("resume")
        #expect(trial.serve().isEmpty)
        visitor.command("resume")
        #expect(trial.serve(at: .seconds(104)).count == 1)
    }

    /// Pausing without end stops no close of the same account.
    @Test func eachVerbHasItsOwnReserve() throws {
        let trial = try TrialDoor()
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        let nothing = EngineMessage.refused(.garbled).json
        _ = send(500, "pause", by: visitor, to: trial, answer: nothing)
        #expect(send(100, "close-all", by: visitor, to: trial) == 100)
        #expect(send(100, "close-all-preview", by: visitor, to: trial) == 100)
    }

    /// Reading costs time: a stranger gets no more of it than anybody else's command.
    @Test(arguments: [true, false]) func strangersAreCountedUnread(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .strangersAreCountedUnread)
        let stranger = Visitor(TrialDoor.strangers[0], at: trial.door)
        var heard: [String] = []
        for _ in 0..<12 {
            for _ in 0..<5 { stranger.say("[" + String(repeating: " ", count: 900)) }
            _ = trial.serve()
            heard += stranger.refusals()
        }
        #expect((heard.last == "rate_limited") == isOn)
        #expect((heard.count { $0 == "garbled" } == 20) == isOn)
    }

    /// Noise of one program does not keep another of the same account from greeting.
    @Test func aGreetingIsNotCounted() throws {
        let trial = try TrialDoor()
        let noisy = Visitor(TrialDoor.owner, at: trial.door)
        for _ in 0..<30 {
            for _ in 0..<10 { noisy.say(#"{"type":"ping"}"#) }
            _ = trial.serve()
        }
        #expect(noisy.refusals() == ["rate_limited"])
        let other = Visitor(TrialDoor.owner, at: trial.door)
        other.say(#"{"type":"hello","protocol":1}"#)
        #expect(trial.serve().count == 1)
    }
}

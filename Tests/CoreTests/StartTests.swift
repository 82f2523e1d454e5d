/// A start in pieces: progress, what is taken meanwhile, and in which order it is carried out.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct StartTests {
    // MARK: Pieces

    /// Every phase, bot by bot and stride by stride, as its progress told it.
    private func phases(_ bench: StartBench) throws -> [StartProgress] {
        var seen: [StartProgress] = []
        try bench.turn {
            guard let progress = bench.engine.progress else { return true }
            if seen.last != progress { seen.append(progress) }
            return false
        }
        return seen
    }

    @Test func aStartTellsHowFarItIs() throws {
        let seen = try phases(try StartBench(absence: .hours(30)))
        let loading = seen.filter { $0.phase == .loading }
        #expect(loading.contains(StartProgress(.loading, done: 1, of: 3)))
        #expect(loading.contains(StartProgress(.loading, done: 2, of: 3)))
        let catchUp = seen.filter { $0.phase == .catchingUp && $0.total > 0 }
        #expect(catchUp.count > 3)
        #expect(catchUp.map(\.done) == catchUp.map(\.done).sorted())
        #expect(catchUp.allSatisfy { $0.total == 1800 })
    }

    @Test func withoutSlicesNobodyIsHeardMeanwhile() throws {
        let bench = try StartBench(absence: .hours(30), switchedOff: [.slices])
        #expect(try phases(bench).count < 3)
    }

    /// Where a stride ends changes nothing of what happens.
    @Test func aWorldIsTheSameHoweverItIsCutUp() throws {
        func prices(_ off: Set<StartSafeguard>) throws -> [String] {
            let bench = try StartBench(absence: .hours(30), switchedOff: off)
            try bench.turn { bench.isTrading }
            return try bench.database.read { db throws(StoreError) in
                try db.candles(of: InstrumentID("BTC-PERP", on: .simulated))
                    .map { "\($0.openTime) \($0.close)" }
                    + db.markets().map(\.state)
            }
        }
        #expect(try prices([]) == prices([.slices]))
    }

    @Test func aLoadInPiecesIsAWholeLoad() throws {
        let bench = try StartBench(absence: .seconds(0))
        let whole = try WorldLoader.load(bench.database, weather: .fair)
        try bench.turn { bench.isTrading }
        let world = bench.engine.world
        #expect(world.bots.map(\.record.label) == whole.bots.map(\.record.label))
        for (one, other) in zip(world.bots, whole.bots) {
            #expect(one.positions.map(\.id) == other.positions.map(\.id))
            for (left, right) in zip(one.traded, other.traded) {
                #expect(left.strategy.snapshotText() == right.strategy.snapshotText())
            }
        }
    }

    /// A commit that finds no room takes what it held with it: whatever is written or told after
    /// it would be of a close that is not on disk.
    @Test func nothingIsWrittenAfterACommitThatFailed() throws {
        let bench = try StartBench(absence: .minutes(10))
        try bench.turn { bench.engine.progress?.phase == .catchingUp }
        let told = try bench.activityCount()
        bench.engine.failure = .store(.full)
        bench.engine.world.note("engine", "after the end")
        #expect(throws: LoadError.self) { try bench.turn() }
        bench.engine.settle()
        #expect(!bench.isTrading)
        #expect(try bench.activityCount() == told)
    }

    /// A log that is too long is told of before the catch-up is over.
    @Test(arguments: [true, false]) func aStartKeepsTheLogInSight(isOn: Bool) throws {
        let bench = try StartBench(
            absence: .hours(30), switchedOff: isOn ? [] : [.logInSight], logAlarmBytes: 0)
        func isTold() throws -> Bool {
            try bench.database.read { db throws(StoreError) in
                try db.openNotices().contains { $0.kind == "log" }
            }
        }
        try bench.turn { try isTold() || bench.isTrading }
        #expect(try isTold() == isOn)
        #expect(bench.isTrading == !isOn)
    }

    // MARK: Before the fleet is loaded

    @Test func aPauseIsAcceptedAndHoldsBeforeAnythingElse() throws {
        let bench = try StartBench(absence: .days(1))
        let clock = bench.engine.world.now
        #expect(bench.ask(.pause(.all, reason: nil))?["type"]?.text == "accepted")
        #expect(try bench.rows().map(\.outcome) == [.queued, .queued, .queued])
        let audit = try bench.database.read { db throws(StoreError) in
            try db.audit(limit: 3).map(\.outcome)
        }
        #expect(audit == ["queued", "queued", "queued"])
        try bench.turn { try bench.rows().allSatisfy(\.outcome.isFinal) }
        #expect(bench.engine.world.now == clock, "the market went on before the pause")
        #expect(try bench.bots().allSatisfy { $0.isPaused && $0.pauseCause == .person })
        try bench.turn { bench.isTrading }
        let rows = try bench.rows()
        #expect(rows.allSatisfy { $0.outcome == .done && $0.message.contains("paused") })
        let chain = try bench.database.read { db throws(StoreError) in try AuditWalk.verify(db) }
        #expect(chain.fault == nil)
    }

    @Test func withoutTheGuardAPauseWaitsForTheFleet() throws {
        let bench = try StartBench(switchedOff: [.killLaneEarly])
        #expect(bench.ask(.pause(.all, reason: nil)) == nil)
        #expect(try bench.rows().isEmpty)
    }

    @Test func withoutTheGuardTheMarketGoesOnBeforeThePause() throws {
        let bench = try StartBench(absence: .days(1), switchedOff: [.killLaneFirst])
        let clock = bench.engine.world.now
        bench.ask(.pause(.all, reason: nil))
        try bench.turn { try bench.rows().allSatisfy(\.outcome.isFinal) }
        #expect(bench.engine.world.now > clock)
    }

    @Test func fourCallersAreAllAccepted() throws {
        let bench = try StartBench()
        for number in 1...4 {
            let answer = bench.ask(.pause(.all, reason: nil), key: "caller-\(number)")
            #expect(answer?["type"]?.text == "accepted")
        }
        try bench.turn { bench.isTrading }
        #expect(try bench.rows().count == 12)
        #expect(try bench.rows().allSatisfy { $0.outcome == .done })
    }

    /// The command that a repetition of the request is told; nothing changes by it.
    private func repeated(_ bench: StartBench) -> JSON? {
        let answer = bench.ask(.pause(.all, reason: nil), key: "k")
        #expect(answer?["type"]?.text == "accepted" && answer?["changed"] == false)
        return answer?["command_id"]
    }

    @Test func theSameKeyIsTheSameCommandBeforeAndAfter() throws {
        let bench = try StartBench()
        let first = bench.ask(.pause(.all, reason: nil), key: "k")
        #expect(repeated(bench) == first?["command_id"])
        try bench.turn { bench.isLoaded }
        #expect(repeated(bench) == first?["command_id"])
        try bench.turn { bench.isTrading }
        #expect(repeated(bench) == first?["command_id"])
        #expect(try bench.rows().count == 3)
        let other = bench.ask(.closeAll(.all, confirmation: nil), key: "k")
        #expect(other?["error"]?["code"]?.text == "key_reused")
    }

    /// A preview made before the engine died confirms while the next one starts; it is not asked
    /// again when it is carried out, however long the start took.
    @Test(arguments: [true, false]) func aConfirmationThatHeldIsNotAskedAgain(
        holds: Bool
    ) throws {
        let bench = try StartBench(
            absence: .hours(1), switchedOff: holds ? [] : [.confirmationHolds])
        let preview = bench.ask(.previewCloseAll(.all))
        let token = try #require(preview?["result"]?["preview_token"]?.text, "\(preview ?? .null)")
        #expect(preview?["result"]?["positions"]?.elements?.count == 6)
        let answer = bench.ask(.closeAll(.all, confirmation: .token(token)))
        #expect(answer?["type"]?.text == "accepted", "\(answer ?? .null)")
        // Used once.
        let again = bench.ask(.closeAll(.all, confirmation: .token(token)))
        #expect(again?["error"]?["code"]?.text == "stale_preview")
        bench.pass(.minutes(5))
        try bench.turn { bench.isTrading }
        try bench.turn { try bench.rows().allSatisfy(\.outcome.isFinal) }
        let closes = try bench.rows().filter { $0.verb == "close-all" && $0.botID != nil }
        #expect(closes.count == 3)
        #expect(closes.allSatisfy { $0.outcome == .done } == holds)
        #expect(try bench.positions().isEmpty == holds)
    }

    @Test func aLabelConfirmsOneBotAndOnePosition() throws {
        let bench = try StartBench(absence: .hours(2))
        let bots = try bench.bots()
        let clock = bench.engine.world.now
        let position = try #require(try bench.positions().last)
        let label = try #require(bots.first { $0.id == position.botID }?.label)
        let wrong = bench.ask(.closePosition("\(position.id)", confirmation: .label("else")))
        #expect(wrong?["error"]?["code"]?.text == "label_mismatch")
        #expect(
            bench.ask(.closePosition("\(position.id)", confirmation: .label(label)))?["type"]?.text
                == "accepted")
        #expect(
            bench.ask(
                .closeAll(.named([bots[0].label]), confirmation: .label(bots[0].label)))?[
                    "type"]?.text == "accepted")
        try bench.turn { bench.isTrading }
        #expect(try bench.trades().count == 3)
        #expect(try bench.trades().allSatisfy { $0.closedAt < clock + .seconds(90) })
        #expect(try bench.bots()[0].isPaused)
    }

    @Test func rulesAndRightsHoldBeforeTheFleetIsThere() throws {
        let bench = try StartBench()
        let stranger = bench.ask(.pause(.all, reason: nil), uid: 4242)
        #expect(stranger?["error"]?["code"]?.text == "not_a_member")
        let unknown = bench.ask(.pause(.named(["nobody"]), reason: nil))
        #expect(unknown?["error"]?["code"]?.text == "no_such_bot")
        let bare = bench.ask(.closeAll(.all, confirmation: nil))
        #expect(bare?["error"]?["code"]?.text == "confirmation_missing")
        #expect(bench.ask(.resume(.all, reason: nil)) == nil, "it waits for the fleet")
        try bench.turn { bench.isTrading }
        #expect(try bench.bots().allSatisfy { !$0.isPaused })
    }

    // MARK: Engines that die while they start

    /// - Parameter off: the safeguard whose absence brings about the opposite.
    @Test(arguments: [nil, StartSafeguard.startIsNoAge]) func aStartIsNoAge(
        off: StartSafeguard?
    ) throws {
        let bench = try StartBench()
        bench.ask(.pause(.all, reason: nil))
        bench.pass(.minutes(20))
        try bench.turn()
        // Killed in the twentieth minute of its start; the next one is there a second later.
        try bench.restart(outage: .seconds(1), switchedOff: off.map { [$0] } ?? [])
        try bench.turn { bench.isTrading }
        let wanted: CommandOutcome = off == nil ? .done : .expired
        #expect(try bench.rows().allSatisfy { $0.outcome == wanted })
        #expect(try bench.bots().allSatisfy { $0.isPaused == (off == nil) })
    }

    @Test(arguments: [nil, StartSafeguard.oldOnesExpire]) func anOldOneNeverFiresUnasked(
        off: StartSafeguard?
    ) throws {
        let bench = try StartBench()
        let bots = try bench.bots()
        bench.ask(.closeAll(.named([bots[0].label]), confirmation: .label(bots[0].label)))
        try bench.restart(
            after: .hours(2), outage: .hours(2), switchedOff: off.map { [$0] } ?? [])
        try bench.turn { bench.isTrading }
        try bench.turn { try bench.rows().allSatisfy(\.outcome.isFinal) }
        #expect(try bench.rows().map(\.outcome) == [off == nil ? .expired : .done])
        #expect(try bench.positions().count == (off == nil ? 6 : 4))
        let notices = try bench.database.read { db throws(StoreError) in try db.openNotices() }
        let told = notices.filter { $0.kind == "commands" }.map(\.message)
        #expect(told.contains { $0.contains("1 command (close-all) expired") } == (off == nil))
    }

    @Test(arguments: [nil, StartSafeguard.rightsAgain]) func whoHasLostTheRightIsNotObeyed(
        off: StartSafeguard?
    ) throws {
        let bench = try StartBench()
        let id = try bench.database.write { db throws(StoreError) in
            try db.insert(
                Member(uid: 77, name: "tom", role: .trader, joinedAt: StartBench.founded))
        }
        try bench.restart()
        #expect(bench.ask(.pause(.all, reason: nil), uid: 77)?["type"]?.text == "accepted")
        try bench.database.write { db throws(StoreError) in
            try db.save(
                Member(
                    id: id, uid: 77, name: "tom", role: .viewer, joinedAt: StartBench.founded))
        }
        try bench.restart(outage: .seconds(1), switchedOff: off.map { [$0] } ?? [])
        try bench.turn { bench.isTrading }
        #expect(try bench.bots().allSatisfy { $0.isPaused == (off != nil) })
    }

    // MARK: While it catches up

    @Test func aPauseDuringTheCatchUpHoldsAtOnce() throws {
        let bench = try StartBench(absence: .days(3))
        try bench.turn { bench.engine.progress?.done ?? 0 > 200 }
        let clock = bench.engine.world.now
        #expect(bench.ask(.pause(.all, reason: nil))?["type"]?.text == "accepted")
        #expect(bench.engine.world.now == clock)
        #expect(try bench.bots().allSatisfy(\.isPaused))
        #expect(bench.ask(.resume(.all, reason: nil)) == nil)
    }

    @Test func aStandstillIsCaughtUpWithInPieces() throws {
        let bench = try StartBench()
        try bench.turn { bench.isTrading }
        bench.pass(.hours(60))
        bench.engine.resumed(after: .hours(60), at: bench.wall)
        #expect(bench.engine.progress?.phase == .catchingUp)
        #expect(try phases(bench).count > 3)
        #expect(bench.wall.utc - bench.engine.world.now < .minutes(1))
    }
}

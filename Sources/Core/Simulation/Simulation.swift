/// Some days of one seed: bots trade, people interfere, things fail, every commit is looked at.
import Store

/// What a seed's run came to.
public struct SimulationResult: Sendable {
    public let seed: UInt64
    /// Seed, step, instant and what must not be; the same seed and plan show it again.
    public var violations: [String] = []
    public var tally = SimulationTally()
    /// A hash over every fill, trade, command and the head of the audit chain.
    public var digest = ""
    /// World time that was played.
    public var played = Span.days(0)
}

public struct Simulation {
    /// How many laws are checked after every commit.
    public static var lawCount: Int { Invariant.allCases.count }

    private let plan: SimulationPlan
    let fleet: SimulatedFleet
    var observer = Observer()
    var camera = Camera()
    var result: SimulationResult
    var person: RandomOperator
    var dice: Randomness
    var step = 0
    /// The store refuses what the world does: there is no way on.
    var isBroken = false

    init(seed: UInt64, _ plan: SimulationPlan = SimulationPlan()) throws {
        let settings = FleetSettings(seed: seed, plan)
        self.plan = plan
        fleet = try SimulatedFleet(settings)
        dice = settings.dice.fork(named: "slices")
        person = RandomOperator(settings.dice)
        result = SimulationResult(seed: seed)
        observer.begin(with: fleet.world)
    }

    /// Plays one seed to its end, in virtual time.
    /// - Throws: what the store throws.
    public static func run(
        seed: UInt64, _ plan: SimulationPlan = SimulationPlan()
    ) throws -> SimulationResult {
        var simulation = try Simulation(seed: seed, plan)
        return try simulation.run()
    }

    mutating func run() throws -> SimulationResult {
        let start = fleet.world.now
        let end = start + .days(Int64(plan.days))
        try look()
        while fleet.world.now < end, !isBroken, !isCaught { try turn(to: min(nextInstant(), end)) }
        if !isBroken { try finish() }
        result.digest = try digest()
        result.played = fleet.world.now - start
        return result
    }

    /// What a test of the tests waits for.
    private var isCaught: Bool { !plan.disarmed.isEmpty && !result.violations.isEmpty }

    private mutating func turn(to target: Instant) throws {
        try misfortune()
        fleet.play(to: target)
        if isDue(fleet.settings.crashes, .crashes) { try fleet.crash() }
        // Their words are for people, and cost more than the rest of a commit.
        if fleet.settings.seed % 10 != 0 { fleet.world.journal.decisions.removeAll() }
        var ended: [CommandRecord] = []
        do throws(StoreError) {
            ended = try fleet.settle()
            // Nothing moves between the two commits of a turn: one picture shows both.
            for reply in try person.act(on: fleet) { take(reply) }
            for refusal in person.garbled { result.tally.take(refusal) }
            result.tally.deeds.merge(person.deeds, uniquingKeysWith: +)
            for one in person.honoured { observer.take(one) }
        } catch { try stopped(by: error) }
        fleet.database.simulateCut(afterSteps: nil)
        try look(ended: ended)
    }

    private mutating func take(_ reply: DeskReply) {
        result.tally.take(reply)
        observer.acknowledged(reply)
    }

    /// At odd moments, often just after a close, while orders are on their way, and now and then
    /// just before one; more often while somebody hesitates, or a bot is out of reach.
    private mutating func nextInstant() -> Instant {
        let now = fleet.world.now
        if person.shown != nil, dice.chance(1, in: 2) {
            return now + .seconds(Int64(dice.integer(in: 1...60)))
        }
        if fleet.bots().contains(where: \.link.isCut), dice.chance(1, in: 3) {
            return now + .seconds(Int64(dice.integer(in: 30...240)))
        }
        guard dice.chance(1, in: 2) else {
            return now + .seconds(Int64(dice.integer(in: 30...2700)))
        }
        let close = now.floored(to: .minutes(15)) + .minutes(15)
        let early = close - .seconds(Int64(dice.integer(in: 1...50)))
        if dice.chance(1, in: 4), early > now { return early }
        return close + .milliseconds(Int64(dice.integer(in: 0...100)))
    }

    private mutating func look(ended: [CommandRecord] = []) throws {
        step += 1
        let picture = try camera.shoot(fleet, ended: ended, withHistory: step % 100 == 0)
        take(observer.look(at: picture))
        result.tally.take(picture)
    }

    mutating func take(_ found: [Violation]) {
        for violation in found where result.violations.count < 20 {
            result.violations.append(
                "seed \(result.seed) step \(step) \(fleet.world.now): \(violation)")
        }
    }

    /// What is under way gets an hour to end; then the whole home is checked.
    private mutating func finish() throws {
        try fleet.database.simulateFullDisk(false)
        let end = fleet.world.now + .hours(1)
        while fleet.world.now < end,
            !fleet.isAtRest || fleet.world.bots.contains(where: { $0.link.queued > 0 })
        {
            fleet.play(to: fleet.world.now + .minutes(1))
            try look(ended: try fleet.settle())
        }
        let picture = try camera.shoot(fleet, withHistory: true)
        take(observer.look(at: picture))
        for command in picture.commands ?? [] where !command.outcome.isFinal {
            take([
                Violation(
                    invariant: .closesEndFlat,
                    words: "\(command.id) \(command.verb) never ended")
            ])
        }
        for problem in try fleet.database.check() {
            take([Violation(invariant: .positionsAreTheSumOfTheirFills, words: problem)])
        }
    }

    private func digest() throws -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let text = try fleet.database.read { db throws(StoreError) in
            let fills = try db.fills(limit: .max).map { "\($0)" }
            let trades = try db.trades().map { "\($0)" }
            let commands = try db.commands(limit: .max).map { "\($0)" }
            return (fills + trades + commands).joined() + (try db.auditHead().hash)
        }
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

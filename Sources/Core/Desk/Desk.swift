/// The one door: permission, rule, change and audit in one transaction, or a refusal.
import Store

/// What the desk answers to one request.
public struct DeskReply: Sendable {
    /// One entry for each thing that was asked for: its command, what became of it.
    public var commands: [CommandRecord]
    /// Set when nothing at all was done.
    public var refusal: Refusal?
    /// What a preview or an import found; null otherwise.
    public var result: JSON = .null
    /// Its sender has sent it before.
    public var isRepeated = false

    /// Everything asked for has its outcome.
    public var isFinal: Bool { commands.allSatisfy(\.outcome.isFinal) }

    /// Whether the request did anything, if only for one bot of many.
    public var changed: Bool { !isRepeated && commands.contains(where: \.changed) }

    /// Rows that were written to say that nothing was done.
    var idleRows: Int { isRepeated ? 0 : commands.count { !$0.changed } }
}

/// Takes requests one at a time between two events of the world.
public final class Desk {
    public private(set) var world: World
    /// Set until the fleet is there: what cannot wait for it is drawn up from the last commit.
    private(set) var lastCommit: CommittedFleet?
    /// Nothing, but in a test of the tests.
    var switchedOff: Switches<StartSafeguard> = []
    let database: Database
    var operators: Operators
    var workspace: Workspace
    var auditHead: AuditHead
    /// Histories whose pages are damaged: nothing more is written there.
    var broken: Set<History> = []
    /// Histories that are not written for want of room on the disk.
    var leftOut: Set<History> = []
    /// The one that is written just now; nil for what is none.
    var part: History?
    /// Why commands cannot be written down, or not with their audit.
    var unrecorded: String?
    /// A deed has changed the world in the transaction at hand: it cannot be called undone.
    var hasActed = false
    /// The journal of the transaction at hand, once it is written.
    var gathered: Journal?
    /// The Unix account that owns the home.
    let ownerUID: Int64?
    var dice: Randomness
    /// Where the last step of pruning ended; nil between two rounds.
    var pruned: DecisionSeriesNumber?
    var refusals = RefusalRuns()
    /// When the last preview that was made is void; nil where none is kept. An earlier engine
    /// may have left some.
    var previewsEnd: Instant?
    /// What has waited is drawn again.
    var isHandingOver = false
    /// Commands that earlier engines have accepted and not ended.
    var inherited: Set<ID<CommandRecord>> = []
    /// Commands whose ends are written down, until somebody is told of them.
    var endedCommands: [CommandRecord] = []
    /// The wall clock of this turn, for the audit; the engine sets it.
    public var wall: Instant
    /// Whether that clock can be right.
    var clock: ClockWatch
    /// An earlier engine may have left an alarm about it.
    var clockAlarmMayBeOpen = true

    public init(
        world: World, database: Database, owner: (uid: Int64, name: String), wall: Instant
    ) throws(StoreError) {
        self.world = world
        self.database = database
        self.wall = wall
        previewsEnd = wall + Preview.lifetime
        var damage: String?
        let facts = try database.read { db throws(StoreError) in
            (
                try db.members(), try db.existingWorkspace(),
                try db.sparing(nil, &damage) { () throws(StoreError) in
                    try db.lastAuditEntry()
                }
            )
        }
        ownerUID = owner.uid
        operators = Operators(members: facts.0, owner: owner)
        workspace = facts.1
        clock = ClockWatch(kept: facts.1.machineClock)
        auditHead = facts.2.map(AuditHead.init(of:)) ?? .empty
        dice = Randomness(seed: UInt64(bitPattern: facts.1.seed)).fork(named: "desk")
            .fork(named: String(wall.milliseconds))
        // No row can follow one that cannot be read.
        if let damage { note(damage, in: .audit) }
    }

    /// A desk that opens before its fleet is loaded: it takes pauses and closes, durably, and
    /// carries them out once ``enter(_:)`` has brought the fleet.
    public convenience init(
        before database: Database, owner: (uid: Int64, name: String), wall: Instant
    ) throws(StoreError) {
        let (workspace, fleet) = try database.read { db throws(StoreError) in
            (try db.existingWorkspace(), try CommittedFleet(db))
        }
        let empty = World(
            settings: WorldSettings(generation: workspace.generation, epoch: database.epoch),
            markets: [], at: workspace.clock)
        try self.init(world: empty, database: database, owner: owner, wall: wall)
        lastCommit = fleet
    }

    /// The fleet is there. What was said before it came is still to be written, and what keeps it
    /// from opening anything holds.
    func enter(_ world: World) {
        world.journal.notices = self.world.journal.notices + world.journal.notices
        world.journal.endedNotices = self.world.journal.endedNotices + world.journal.endedNotices
        world.journal.activities = self.world.journal.activities + world.journal.activities
        world.trading.adoptStops(of: self.world.trading)
        self.world = world
        lastCommit = nil
    }

    /// Permission, rule, change, command row and audit row in one transaction.
    /// A refusal is audited too. - Throws: ``StoreError`` after which the engine must stop:
    /// what the world believes and what the disk holds may differ.
    /// Where a damaged database cannot take it down nothing is done, but for a pause or a close:
    /// that is, and its sender hears that it is not on record.
    public func take(
        _ command: Command, key: String, from peer: (uid: Int64, session: String)
    ) throws(StoreError) -> DeskReply {
        hasActed = false
        do throws(StoreError) { return try takeWhole(command, key: key, from: peer) } catch {
            guard case .damaged(let what) = error, !hasActed else { throw error }
            world.trading.stopEntries(damage: [what])
            return DeskReply(commands: [], refusal: .damaged(what, isDone: false))
        }
    }

    private func takeWhole(
        _ command: Command, key: String, from peer: (uid: Int64, session: String)
    ) throws(StoreError) -> DeskReply {
        let (person, stranger) = who(peer)
        if let stranger { return try refuse(command, key: key, by: person, stranger) }
        if !command.isPreview { try checkRecord(of: command) }
        if let known = try known(command, key: key, by: person) { return known }
        let plan: Plan
        do { plan = try draw(command, by: person) } catch Refusal.nothingToChange(let words) {
            // Asked for twice: done, and nothing changed by it.
            plan = Plan(deeds: [unchanged(command, words)])
        } catch let refusal as Refusal {
            return try refuse(command, key: key, by: person, refusal)
        } catch let error as StoreError {
            throw error
        } catch {
            return try refuse(
                command, key: key, by: person,
                .badRequest(field: command.verb, problem: "could not be understood"))
        }
        let reply = try carryOut(putOff(plan, command), command, key: key, by: person)
        guard let damage = unrecorded, !plan.deeds.isEmpty else { return reply }
        return DeskReply(commands: [], refusal: .damaged(damage, isDone: true))
    }

    /// Who may not give a command at all hears that, and not what is wrong with its fields.
    func lackOfRight(to verb: String, _ peer: (uid: Int64, session: String)) -> Refusal? {
        let (person, stranger) = who(peer)
        if let stranger { return stranger }
        do throws(Refusal) { try Gate.check(verb: verb, for: person) } catch { return error }
        return nil
    }

    /// What a command will do: rights first, then what the command itself draws up.
    /// - Throws: ``Refusal``, or ``StoreError`` when a look into the store fails.
    func draw(_ command: Command, by person: Operator) throws -> Plan {
        try Gate.check(command, for: person)
        if let lastCommit { return try drawEarly(command, in: lastCommit, by: person) }
        return try command.body.plan(at: self, by: person)
    }

    /// The member behind a Unix account, else a stranger and the refusal that is due to one.
    func who(_ peer: (uid: Int64, session: String)) -> (Operator, Refusal?) {
        do throws(Refusal) {
            return (try operators.resolve(uid: peer.uid, session: peer.session), nil)
        } catch { return (.stranger(peer), error) }
    }

    /// A retry after a lost reply is not a second command.
    /// **Source** <doc:SafetyRules#One-command-for-one-key>.
    func earlier(
        _ command: Command, key: String, by person: Operator
    ) throws(StoreError) -> DeskReply? {
        guard world.isOn(.sameKeySameCommand) else { return nil }
        let rows = try database.read { db throws(StoreError) in
            var rows: [CommandRecord] = []
            while let row = try db.command(
                of: person.uid, idempotencyKey: Self.key(key, rows.count))
            {
                rows.append(row)
            }
            return rows
        }
        guard let first = rows.first else { return nil }
        let kept = [false, true].map { command.keptArguments(refused: $0) }
        guard first.verb == command.verb, kept.contains(first.arguments) else {
            return DeskReply(commands: [], refusal: .keyReused(key))
        }
        return DeskReply(commands: rows, isRepeated: true)
    }

    /// Writes what the world has gathered, and the ends of commands that came with it; the
    /// caller's transaction commits both. Between two, a kill would leave commands open for ever.
    func record(_ db: Writing) throws(StoreError) {
        workspace.clock = world.now
        workspace.machineClock = clock.believed
        try world.write(to: db, without: broken.union(leftOut)) { self.part = $0 }
        gathered = world.journal
        world.journal = Journal(scope: world.journal.scope)
        workspace.entriesStopped = world.trading.entryStopWords
        try db.save(workspace)
        if broken.contains(.commands) { return forgetEnds() }
        part = .commands
        try startCommands(db)
        try endCommands(db)
        part = nil
    }

    func chain(_ entry: AuditEntry, _ db: Writing) throws(StoreError) {
        guard !broken.contains(.audit) else { return }
        let before = part
        part = .audit
        let next = AuditChain.chained(entry, after: auditHead)
        try db.insert(next)
        auditHead = AuditHead(of: next)
        part = before
    }
}

/// `init` and `demo`: new homes.

import Core
import Glibc
import Store

enum FoundingCommands {
    static let actions: [String: CommandAction] = ["init": initialise, "demo": demo]

    /// `plutarc demo [--speed X]`: beside the default home, created on first use, then opened.
    @Sendable static func demo(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let pace = try EngineCommands.pace(context.call)
        // Nobody waits for a history whose screen there is not.
        try ConsoleApp.expectScreen(context.call[.view])
        let path =
            context.call[.home] == nil ? try context.homePath() + "-demo" : try context.homePath()
        // No option that was given names this home.
        context.output.home = NamedHome(path: path)
        if !HomeAccess.isFounded(path) {
            let founded = try found(.demo, at: path, context)
            for line in founded.lines { context.output.note(line) }
        }
        let home = try HomeAccess.open(path, for: .console)
        try expect(pace, of: home, context)
        let owner = (uid: Int64(home.owner), name: UserNames.name(of: home.owner))
        let reader = try reported { () throws(StoreError) in
            try BoardReader(
                path: home.path(of: .database), owner: owner, for: Int64(getuid()))
        }
        var options = try ConsoleOptions(context, home: home, reader: reader)
        if pace != .real { options.engineOptions = ["--speed", pace.text] }
        return try ConsoleApp.run(options)
    }

    /// An engine that runs there already keeps its speed; who asks for another one hears it here.
    private static func expect(
        _ pace: Pace, of home: Home, _ context: CommandContext
    ) throws(CommandFailure) {
        guard context.call.has(.speed),
            let client = try? EngineClient.connect(
                to: home, build: ProgramVersion.text, within: EngineConnection.callLimit)
        else { return }
        defer { client.close() }
        try EngineCommands.expect(pace, of: client.greeting)
    }

    /// `plutarc init [--demo] [--bots N] [--seed S] [--days D] [--market sim|FILE.csv…]`.
    @Sendable static func initialise(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        let wish = FoundingWish(
            isDemo: call.has(.demo), bots: try call.integer(.bots, in: 0...10_000),
            seed: try call.integer(.seed, in: 0...Int.max),
            days: try call.integer(.days, in: 1...3650), market: try market(call))
        let path = try context.homePath()
        let founded = try found(wish, at: path, context)
        context.output.stands(
            "\(path) is a home now",
            remedy: "Look at it: plutarc --home \(shellQuoted(path)) status.")
        try context.output.result(json: founded.json) { founded.lines }
        return .done
    }

    private static func market(_ call: Invocation) throws(CommandFailure) -> MarketPlan {
        let named = call.values(of: .market)
        if named.isEmpty || named == ["sim"] { return .model }
        guard named.allSatisfy({ $0.hasSuffix(".csv") }) else {
            throw .usage(
                "--market: \"\(named.joined(separator: " "))\" is neither sim nor candle files",
                remedy: "Write --market sim, or --market FILE.csv FILE.csv.")
        }
        var files: [String] = []
        do throws(HomeError) {
            for name in named { files.append(try HomePath.absolute(name)) }
        } catch { throw CommandFailure(error) }
        try check(files.map(ReplayRequest.symbol(of:)))
        return .recorded(files)
    }

    /// Keys and bots are named after a market, and a file may have any name.
    private static func check(_ symbols: [String]) throws(CommandFailure) {
        for symbol in symbols
        where !Label.isPlain(symbol) || symbol.contains(" ") || symbol.utf8.count > 40 {
            throw CommandFailure(
                .usage, "bad_market", "no market can be named \"\(symbol)\", after its file",
                remedy: "Rename the file: at most 40 ASCII letters, digits and - _ . : and .csv.")
        }
    }

    /// Creates a home and plays its past, under the lease as an engine would.
    static func found(
        _ wish: FoundingWish, at path: String, _ context: CommandContext
    ) throws(CommandFailure) -> FoundedHome {
        // A demo that is there is only looked at.
        try context.expectChangesAllowed()
        let home = try HomeAccess.create(path)
        guard !home.has(.database) else { throw exists(path) }
        // Before the lease, which would be left in a folder that is refused.
        try HomeAccess.housed { () throws(HomeError) in
            try home.expectNoRemains(founding: true)
        }
        let lease = try HomeAccess.lease(home)
        defer { lease.release() }
        // Somebody else may have founded it between the look and the lease.
        guard !home.has(.database) else { throw exists(path) }
        try HomeAccess.housed { () throws(HomeError) in try home.beginFounding() }
        do throws(LeaseError) { try lease.enter(epoch: 0, at: WallClock.read()) } catch {
            throw CommandFailure(error)
        }
        do throws(CommandFailure) {
            let founded = try play(wish, home, lease, context)
            try HomeAccess.housed { () throws(HomeError) in try home.finishFounding() }
            return founded
        } catch {
            // Half a home would be worse than none.
            home.forgetUnfinished()
            throw error
        }
    }

    private static func exists(_ path: String) -> CommandFailure {
        CommandFailure(
            .refused, "home_exists", "\(path) is a home already",
            remedy: "Open it with plutarc --home \(shellQuoted(path)), or name another folder.")
    }

    /// The database is closed again when this ends, well or not.
    private static func play(
        _ wish: FoundingWish, _ home: Home, _ lease: Lease, _ context: CommandContext
    ) throws(CommandFailure) -> FoundedHome {
        let wall = WallClock.read()
        var plan = try wish.plan(owner: home.owner)
        plan.machineClock = wall.reading
        let database = try reported { () throws(StoreError) in
            try Database(creating: home.path(of: .unfinished))
        }
        let progress = Progress(context.output, "playing \(counted(wish.playedDays, "day"))")
        let heart = FoundingHeart(lease)
        do throws(LoadError) {
            if wish.playedDays > 0 {
                try Demo.play(
                    plan, days: wish.playedDays, until: wall.utc, in: database,
                    progress: {
                        progress.show($0)
                        heart.beat()
                    })
            } else {
                _ = try Founding.found(
                    plan, in: database, at: wall.utc.floored(to: .minutes(1)), beat: heart.beat)
            }
        } catch { throw HomeAccess.failure(error) }
        progress.end()
        return try reported { () throws(StoreError) in
            try database.checkpointIfNeeded(isIdle: true)
            return try database.read { db throws(StoreError) in
                try FoundedHome(path: home.path, db)
            }
        }
    }
}

/// A founder beats like an engine: else the next who comes would take it for one that hangs.
private final class FoundingHeart {
    private let lease: Lease
    private var beatAt: Span?

    init(_ lease: Lease) { self.lease = lease }

    func beat() {
        let wall = WallClock.read()
        if let beatAt, wall.boot - beatAt < .milliseconds(500) { return }
        beatAt = wall.boot
        _ = try? lease.beat(at: wall)
    }
}

/// What somebody asked of `init`.
struct FoundingWish {
    var isDemo: Bool
    var bots: Int?
    var seed: Int?
    var days: Int?
    var market: MarketPlan

    /// A history with storms, tripped limits and trades of both templates in the usual two weeks.
    private static let usualSeed = 8

    static let demo = FoundingWish(isDemo: true, market: .model)

    init(
        isDemo: Bool, bots: Int? = nil, seed: Int? = nil, days: Int? = nil, market: MarketPlan
    ) {
        self.isDemo = isDemo
        self.bots = bots
        self.seed = seed
        self.days = days
        self.market = market
    }

    /// Simulated days; none for a home that is to start empty.
    var playedDays: Int { isDemo ? days ?? 14 : days ?? 0 }

    func plan(owner uid: UInt32) throws(CommandFailure) -> FoundingPlan {
        let symbols =
            switch market {
            case .model: MarketListing.all.map(\.instrument.symbol)
            case .recorded(let files): files.map(ReplayRequest.symbol(of:))
            }
        let count = bots ?? (isDemo ? 14 : 0)
        let generation: String
        do throws(RandomnessError) { generation = try Crypto.randomHex(bytes: 2) } catch {
            throw CommandFailure(.failed, "no_randomness", error.headline, remedy: error.remedy)
        }
        return FoundingPlan(
            name: "personal", generation: generation, seed: Int64(seed ?? Self.usualSeed),
            market: market,
            bots: BotPlan.fleet(count, over: symbols),
            owner: (Int64(uid), UserNames.name(of: uid)), isDemo: isDemo)
    }
}

/// What was made, counted from the rows.
struct FoundedHome {
    let json: JSON
    let lines: [String]

    init(path: String, _ db: Reading) throws(StoreError) {
        let bots = try db.bots().count
        let trades = try db.trades(limit: .max).count
        let positions = try db.positions().count
        let tickets = try db.tickets().count
        json = [
            "home": .string(path), "bots": .int(bots), "trades": .int(trades),
            "positions": .int(positions), "tickets": .int(tickets),
        ]
        lines = [
            "\(path): \(counted(bots, "bot")), \(counted(trades, "closed trade")), "
                + "\(counted(positions, "open position")), \(counted(tickets, "ticket"))"
        ]
    }
}

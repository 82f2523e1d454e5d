/// `engine run|start|stop|status`: the process that owns a home.

import Core
import Glibc
import Store

enum EngineCommands {
    static let actions: [String: CommandAction] = ["engine": engine]

    @Sendable static func engine(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        if context.call.has(.unit) { return try unit(context) }
        switch context.optionalOperand(0) ?? "status" {
        case "run": return try run(context)
        case "start": return try start(context)
        case "stop": return try stop(context)
        case "status": return try status(context)
        case let word:
            throw .usage(
                "engine: \"\(word)\" is none of run, start, stop, status",
                remedy: "Write plutarc engine run, or see plutarc help engine.")
        }
    }

    private static func unit(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let path = try context.homePath()
        let name = path.split(separator: "/").last.map(String.init) ?? "personal"
        try context.output.lines(
            Output.lines(of: SystemdUnit.text(program: programPath(), workspace: name)))
        return .done
    }

    private static func programPath() -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, 4095)
        let bytes = buffer[..<max(0, length)].map { UInt8(bitPattern: $0) }
        guard length > 0, let path = String(validating: bytes, as: UTF8.self) else {
            return "/usr/local/bin/plutarc"
        }
        return path
    }

    static func pace(_ call: Invocation) throws(CommandFailure) -> Pace {
        guard let text = call[.speed] else { return .real }
        do throws(NumberError) { return try Pace(parsing: text) } catch {
            throw .number(
                "--speed", error,
                "Write a factor above 0 and at most 1000000, as --speed 60, or --speed max.")
        }
    }

    /// In the foreground until a signal, the end of its time, or a failure of the store.
    private static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let pace = try pace(context.call)
        let lifetime = try context.call.span(.forSpan)
        let path = try context.homePath()
        ProcessHygiene.prepareEngine(arguments: CommandLine.arguments)
        let home = try HomeAccess.open(path, for: .engine)
        ProcessHygiene.adoptModes(of: home)
        guard home.has(.database) else { throw .noDatabase(in: home) }
        let isLaunched = context.environment(EngineLauncher.launchedVariable) != nil
        let lease = try HomeAccess.engineLease(home, isLaunched: isLaunched)
        var isInPeace = false
        defer { lease.release(keepingEntry: !isInPeace) }
        let end = try drive(
            home, lease, pace, lifetime, acceptsClock: context.call.has(.acceptClock))
        switch end {
        case .stopped, .signal(SIGTERM), .signal(SIGINT): isInPeace = true
        case .signal(let number):
            lease.release()
            // The exit status says which it was.
            if context.output.isJSON { context.output.failure(.endedBySignal) }
            exit(128 + number)
        case .leaseLost(let error): throw CommandFailure(error)
        }
        return try tellEnd(of: lease.holder, context.output)
    }

    /// Nothing for people, who see it end; a script is owed a document.
    private static func tellEnd(
        of holder: LeaseHolder, _ output: Output
    ) throws(CommandFailure) -> ExitStatus {
        output.stands("the engine has stopped", remedy: "Look at it: plutarc engine status.")
        try output.result(json: json(holder, running: false)) { [] }
        return .done
    }

    private static func drive(
        _ home: Home, _ lease: Lease, _ pace: Pace, _ lifetime: Span?, acceptsClock: Bool
    ) throws(CommandFailure) -> EngineLoop.End {
        let admission = Admission.early(in: home)
        let loop = try HomeAccess.connected { () throws(ConnectionError) in
            try EngineLoop(
                home: home, lease: lease, signals: try? SignalDescriptor(), admission: admission)
        }
        let opening = OpeningService(
            home: home, build: ProgramVersion.text, speed: pace.text, admission: admission)
        let engine: Engine
        do throws(CommandFailure) {
            let database = try opened(home, lease) { loop.glance(opening, $0) }
            engine = try made(home, database, lease, pace, lifetime)
            if acceptsClock { try acceptClock(engine) }
        } catch {
            // A signal ends the opening as it ends everything later: in peace.
            guard let end = loop.end else { throw closing(loop, error) }
            loop.close()
            return end
        }
        let end = loop.run(engine)
        if let failure = engine.failure { throw HomeAccess.failure(failure) }
        return end
    }

    private static func opened(
        _ home: Home, _ lease: Lease, _ report: @escaping StartReport
    ) throws(CommandFailure) -> Database {
        let database = try reported { () throws(StoreError) in
            let reserve = DiskReserve(home: home)
            let database = try opened(reserve) { () throws(StoreError) in
                try Database(
                    opening: home.path(of: .database), report: report, moreLaws: lease.laws)
            }
            if let room = reserve.room { _ = reserve.makeRoom(in: database, room.sizes) }
            try database.raiseEpoch(waiting: report)
            return database
        }
        do throws(LeaseError) {
            try lease.enter(epoch: database.epoch, at: WallClock.read())
        } catch { throw CommandFailure(error) }
        return database
    }

    /// On a full disk: the index beside the log needs a few blocks.
    private static func opened(
        _ reserve: DiskReserve, _ open: () throws(StoreError) -> Database
    ) throws(StoreError) -> Database {
        for _ in 0..<DiskReserve.attempts {
            do throws(StoreError) { return try open() } catch .full {
                guard reserve.giveMorsel() else { throw .full }
            }
        }
        return try open()
    }

    private static func made(
        _ home: Home, _ database: Database, _ lease: Lease, _ pace: Pace, _ lifetime: Span?
    ) throws(CommandFailure) -> Engine {
        lease.work?.takeOver()
        do throws(LoadError) {
            return try Engine(
                home: home, database: database, pace: pace, wall: WallClock.read(),
                build: ProgramVersion.text, outage: lease.outage, lifetime: lifetime,
                delay: startDelay, work: lease.work)
        } catch { throw HomeAccess.failure(error) }
    }

    private static func acceptClock(_ engine: Engine) throws(CommandFailure) {
        let refusal = try reported { () throws(StoreError) in
            try engine.acceptClock(by: geteuid())
        }
        if let refusal { throw CommandFailure(refusal) }
    }

    /// Whoever waits at the socket hears why no engine comes of it.
    private static func closing(_ loop: EngineLoop, _ failure: CommandFailure) -> CommandFailure {
        loop.close(
            because: WireError(
                code: failure.code, message: failure.message, remedy: failure.remedy))
        return failure
    }

    /// A test may have a start last; a release build has no such switch.
    private static var startDelay: StartDelay {
        #if DEBUG
            if let text = getenv("PLUTARC_START_SECONDS"),
                let seconds = Int64(String(cString: text)), (0...3600).contains(seconds)
            {
                return StartDelay(.seconds(seconds))
            }
        #endif
        return .none
    }

    private static func start(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let home = try HomeAccess.existing(context)
        let pace = try pace(context.call)
        let client = try HomeAccess.started(home, pace, context.output)
        defer { client.close() }
        let greeting = client.greeting
        if context.call.has(.speed) { try expect(pace, of: greeting) }
        let word = context.call.has(.acceptClock) ? try acceptClock(client) : nil
        context.output.stands(
            "engine \(greeting.pid) runs", remedy: "Look at it: plutarc engine status.")
        try context.output.result(json: json(greeting)) {
            ["engine \(greeting.pid) runs \(home.path), build \(greeting.build)"]
                + [word].compactMap(\.self)
        }
        return .done
    }

    /// One that runs already keeps the speed that it was started with.
    static func expect(_ pace: Pace, of greeting: EngineGreeting) throws(CommandFailure) {
        guard greeting.speed != pace.text else { return }
        throw CommandFailure(
            .refused, "engine_has_speed",
            "engine \(greeting.pid) runs already, at speed \(greeting.speed): "
                + "--speed \(pace.text) was not taken",
            remedy: "Stop it first: plutarc engine stop.")
    }

    /// The engine that runs takes it as a command, whoever started it.
    private static func acceptClock(
        _ client: EngineClient
    ) throws(CommandFailure) -> String? {
        let key: String
        do throws(RandomnessError) { key = try Crypto.randomHex() } catch {
            throw CommandFailure(.failed, "no_randomness", error.headline, remedy: error.remedy)
        }
        let command = Command.acceptClock
        let request = CommandRequest(key: key, verb: command.verb, args: command.arguments)
        let answer = try HomeAccess.connected { () throws(ConnectionError) in
            try client.perform(request)
        }
        switch answer {
        case .accepted: return nil
        case .outcome(let report): return report.message
        case .refused(let error): throw CommandFailure(error)
        }
    }

    private static func stop(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let home = try HomeAccess.existing(context)
        let was: Bool
        do throws(LaunchError) { was = try EngineLauncher.stop(in: home) } catch {
            throw CommandFailure(error)
        }
        context.output.stands(
            "no engine runs any more", remedy: "Look at it: plutarc engine status.")
        try context.output.result(json: ["running": false, "stopped": .bool(was)]) {
            [was ? "the engine of \(home.path) has stopped" : "no engine ran in \(home.path)"]
        }
        return .done
    }

    private static func status(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let home = try HomeAccess.existing(context)
        let status: Lease.Status
        do throws(LeaseError) { status = try Lease.status(in: home) } catch {
            throw CommandFailure(error)
        }
        let told: (JSON, String) =
            switch status {
            case .free: (json(nil, running: false), "no engine runs in \(home.path)")
            case .held(let holder?): (json(holder, running: true), words(holder, home))
            case .held(nil): unread(Lease.listener(in: home)?.pid)
            }
        try context.output.result(json: told.0) { [context.output.named(told.1)] }
        return .done
    }

    private static func words(_ holder: LeaseHolder, _ home: Home) -> String {
        "engine \(holder.process.pid) runs since \(holder.since), epoch \(holder.epoch)"
            + (holder.start.map { "; it is starting: \($0.words)" } ?? "")
            + (holder.silence(at: WallClock.read()).map {
                "; \(LeaseHolder.words(ofSilence: $0)): "
                    + LeaseHolder.remedy(asking: home.foreignOwner)
            } ?? "")
    }

    /// The lease is held, and what is in it cannot be read.
    private static func unread(_ pid: Int32?) -> (JSON, String) {
        (
            json(nil, running: true, pid),
            (pid.map { "engine \($0) runs" } ?? "an engine runs")
                + "; what it wrote into engine.lease cannot be read"
        )
    }

    private static func json(
        _ holder: LeaseHolder?, running: Bool, _ pid: Int32? = nil
    ) -> JSON {
        [
            "running": .bool(running),
            "pid": (holder?.process.pid ?? pid).map { .int($0) } ?? .null,
            "since": .optional(holder?.since.description),
            "epoch": holder.map { .int($0.epoch) } ?? .null, "build": .optional(holder?.build),
            "starting": .optional(holder?.start?.words),
            "lag_ms": .span(holder?.age(at: WallClock.read())),
        ]
    }

    private static func json(_ greeting: EngineGreeting) -> JSON {
        [
            "running": true, "pid": .int(greeting.pid), "since": .null,
            "epoch": .int(greeting.epoch), "build": .string(greeting.build),
            "speed": .string(greeting.speed),
        ]
    }
}

/// Starts an engine in the background when none answers, as tmux starts its server.

import Glibc
import Store

/// Starts and stops the engine of a home. Any number of launchers at once end with one engine:
/// the lease lets one of the new processes in, and all launchers find that one.
public enum EngineLauncher {
    /// Connects to the engine of a home; starts one when nobody answers and the home is ours.
    /// One that is starting is waited for while it gets on.
    /// - Parameters:
    ///   - options: after `engine run --home DIR`, such as `--speed 60`; no relative paths.
    ///   - program: this one, unless a test says otherwise.
    ///   - mayLaunch: false where an engine is only to be joined.
    ///   - started: only to one whose start is over.
    ///   - isBetween: an engine was there, and said that it ends.
    ///   - limit: for the whole of it.
    ///   - glance: called a few times a second with how far a start is; false gives up.
    public static func ensure(
        in home: Home, build: String, options: [String] = [], bells: Bool = false,
        program: String = "/proc/self/exe", mayLaunch: Bool = true,
        started: Bool = false, isBetween: Bool = false, within limit: Span = .seconds(30),
        glance: (StartProgress?) -> Bool = { _ in true }
    ) throws(LaunchError) -> EngineClient {
        let deadline = Deadline(after: limit)
        // An organisation's engine runs under its own account; its operators cannot start it.
        let isOurs = mayLaunch && home.foreignOwner == nil
        let launch = { () throws(LaunchError) in try spawn(home, options, program) }
        var search = EngineSearch(home, launch: isOurs ? launch : nil)
        if isBetween { search.expectAnother() }
        while true {
            var greeted: StartProgress?
            do throws(ConnectionError) {
                let client = try EngineClient.connect(
                    to: home, build: build, bells: bells,
                    within: min(deadline.remaining, .seconds(1)))
                greeted = client.greeting.start
                guard started, greeted != nil else { return client }
                client.close()
            } catch .noEngine, .lost, .timedOut {
                // Not yet, or not any more.
            } catch .refused(let word) where word.isStopping {
                search.expectAnother()
            } catch {
                throw .connection(error)
            }
            var progress = greeted
            if progress == nil { progress = try search.look() }
            guard !deadline.hasPassed, glance(progress) else {
                if let progress { throw .starting(progress) }
                throw search.failure
            }
            Poller.pause(.milliseconds(20))
        }
    }

    /// Asks the engine of a home to end, and waits until it has.
    /// - Returns: whether there was one.
    @discardableResult
    public static func stop(in home: Home, within limit: Span = .seconds(10))
        throws(LaunchError) -> Bool
    {
        let status: Lease.Status
        do throws(LeaseError) { status = try Lease.status(in: home) } catch { throw .lease(error) }
        guard case .held(let holder) = status else { return false }
        guard let process = holder?.process ?? Lease.listener(in: home) else {
            throw .lease(.held(nil))
        }
        switch process.end(with: SIGTERM, waiting: limit) {
        case .ended, .absent: return true
        case .notPermitted: throw .notPermitted(pid: process.pid)
        case .remains: throw .remains(pid: process.pid)
        }
    }

    /// Nil while it runs. A process that somebody else reaped counts as ended.
    static func exitStatus(of child: pid_t) -> Int32? {
        var status: Int32 = 0
        switch waitpid(child, &status, WNOHANG) {
        case 0: return nil
        case child: return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        default: return 1
        }
    }

    /// Set for an engine that a command or a console started: nobody sits before it.
    public static let launchedVariable = "PLUTARC_LAUNCHED"

    /// A session of its own: neither a dropped SSH line nor ^Z reaches it.
    /// **Source** <doc:SafetyRules#A-process-of-its-own>.
    static func spawn(
        _ home: Home, _ options: [String], _ program: String
    ) throws(LaunchError) -> pid_t {
        let log: Int32
        do throws(SystemFailure) { log = try EngineLog.open(in: home) } catch {
            throw .log(path: home.path(of: .log), error)
        }
        defer { close(log) }
        let launch = ChildProcess(
            program: program,
            arguments: ["plutarc", "engine", "run", "--home", home.path] + options,
            output: log,
            setting: [
                "SWIFT_BACKTRACE": ProcessHygiene.silentBacktrace, launchedVariable: "1",
            ],
            dropping: ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"])
        do throws(SystemFailure) { return try launch.spawn() } catch { throw .system(error) }
    }
}

/// An engine that has been started and is not waited for: a console has a screen to keep alive.

import Glibc
import Store

/// Ask ``failure()`` now and then, and try to connect meanwhile.
public struct EngineLaunch {
    private let home: Home
    private let child: pid_t
    private let deadline: Deadline

    init(home: Home, child: pid_t, within limit: Span) {
        self.home = home
        self.child = child
        deadline = Deadline(after: limit)
    }

    /// Why no engine will come of it; nil while there is hope.
    public func failure() -> LaunchError? {
        if let status = EngineLauncher.exitStatus(of: child),
            (try? Lease.status(in: home)) == .free
        {
            return .ended(status: status, log: EngineLog.tail(in: home))
        }
        return deadline.hasPassed ? .silent(log: EngineLog.tail(in: home)) : nil
    }
}

extension EngineLauncher {
    /// Starts an engine of a home that is ours, and returns at once.
    /// - Parameter options: after `engine run --home DIR`, such as `--speed 60`.
    public static func begin(
        in home: Home, options: [String] = [], program: String = "/proc/self/exe",
        within limit: Span = .seconds(10)
    ) throws(LaunchError) -> EngineLaunch {
        guard home.owner == geteuid() else { throw .link(.noEngine(home: home.path)) }
        let child = try spawn(home, options, program)
        return EngineLaunch(home: home, child: child, within: limit)
    }
}

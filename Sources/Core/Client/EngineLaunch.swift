/// An engine that has been started and is not waited for: a console has a screen to keep alive.

import Glibc
import Store

/// Ask ``look()`` now and then, and try to connect meanwhile.
public struct EngineLaunch {
    private var search: EngineSearch

    init(
        home: Home, child: pid_t, mark: EngineLog.Mark,
        launch: @escaping () throws(LaunchError) -> pid_t
    ) {
        search = EngineSearch(home, child: child, mark: mark, launch: launch)
    }

    /// - Returns: how far the start is, where that is known.
    /// - Throws: ``LaunchError`` when no engine will come of it. One that beats or moves is
    ///   never given up.
    public mutating func look() throws(LaunchError) -> StartProgress? { try search.look() }
}

extension EngineLauncher {
    /// Starts an engine of a home that is ours, and returns at once.
    /// - Parameter options: after `engine run --home DIR`, such as `--speed 60`.
    public static func begin(
        in home: Home, options: [String] = [], program: String = "/proc/self/exe"
    ) throws(LaunchError) -> EngineLaunch {
        if let owner = home.foreignOwner {
            throw .connection(.noEngine(home: home.path, owner: owner))
        }
        let launch = { () throws(LaunchError) in try spawn(home, options, program) }
        let mark = EngineLog.mark(in: home)
        return EngineLaunch(home: home, child: try launch(), mark: mark, launch: launch)
    }
}

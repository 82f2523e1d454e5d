/// An engine's start in one go, for tests of what comes after it.

import Core

extension Engine {
    /// Turns until it trades.
    /// - Throws: ``LoadError``.
    public func startWhole(at wall: WallClock = .read()) throws {
        while progress != nil {
            _ = turn(at: wall)
            if let failure { throw failure }
        }
    }
}

/// The desk looks at the clocks with every turn, and stops entries while they cannot be right.
import Store

extension Desk {
    /// Looks at the clocks, once a turn. While they cannot be right nothing is opened, and the
    /// world does not catch up with them; exits and closes go on.
    func watchClock(_ wall: WallClock) {
        self.wall = wall.utc
        guard world.isOn(.clockWatch) else { return }
        let isSeeded = workspace.market == Market.modelSource
        clock.look(at: wall.reading, world: isSeeded ? world.now : nil)
        if clock.doubt == nil { endClockAlarm() }
        guard let news = clock.news(isTold: world.trading.entryStops[.clock] != nil) else { return }
        // One wrong clock after the other is one alarm: the newest.
        world.endNotices(of: EntryStop.clock.rawValue)
        world.trading.stopEntries(.clock, because: news.words(world: world.now, at: wall.utc))
        clockAlarmMayBeOpen = true
    }

    private func endClockAlarm() {
        world.trading.allowEntries(.clock)
        guard clockAlarmMayBeOpen, !switchedOff.contains(.olderAlarms) else { return }
        clockAlarmMayBeOpen = false
        world.endNotices(of: EntryStop.clock.rawValue)
    }
}

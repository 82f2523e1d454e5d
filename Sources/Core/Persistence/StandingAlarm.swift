/// Alarms that say how things stand.

/// One open alert of such a kind is enough, however often an engine starts and finds the same.
enum StandingAlarm {
    /// The reserve on the disk of the home is in use.
    static let reserve = "disk_reserve"

    static let all: Set<String> = [
        EntryStop.diskFull.rawValue, EntryStop.damage.rawValue, reserve,
    ]
}

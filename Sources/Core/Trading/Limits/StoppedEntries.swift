/// Facts about the machine stop the entries of the whole fleet, and allow them again.
import Store

extension Trading {
    /// From now on nothing is opened: not what is decided, not what is on its way. Alerts once,
    /// and again only when the words change.
    /// - Parameter words: what was found and what to do, one or two sentences.
    func stopEntries(_ why: EntryStop, because words: String) {
        guard entryStops[why] != words else { return }
        entryStops[why] = words
        for bot in bots { cancelEntries(bot) }
        alarm(why.rawValue, about: "entries stopped", "no position is opened: \(words)")
    }

    /// The same for a database in which something was found while the engine runs.
    /// What was found first stands: each part of a damaged file has words of its own.
    func stopEntries(damage problems: [String]) {
        guard let first = problems.first, entryStops[.damage] == nil else { return }
        let more = problems.count > 1 ? "; and \(problems.count - 1) more" : ""
        stopEntries(
            .damage,
            because: "the database is damaged or altered: \(first)\(more). Close what is open; "
                + "plutarc check names everything; then stop the engine and put a sound copy in "
                + "its place.")
    }

    /// The reason is gone. Other reasons, where there are some, stand.
    func allowEntries(_ why: EntryStop) {
        guard entryStops.removeValue(forKey: why) != nil else { return }
        note("entries allowed", "\(why.title): over")
        endNotices(of: why.rawValue)
    }

    /// What keeps another fleet from opening anything keeps this one from it too.
    func adoptStops(of other: Trading) {
        entryStops.merge(other.entryStops) { $1 }
        guard isEntryStopped else { return }
        for bot in bots { cancelEntries(bot) }
    }

    /// Why a bot may not open anything now, in words; nil when it may.
    func entryBlocker(_ bot: BotMachine) -> String? {
        if let blocker = bot.entryBlocker(without: disarmed) { return blocker }
        guard isEntryStopped else { return nil }
        return EntryStop.allCases.first { entryStops[$0] != nil }?.title
    }

    /// Stands behind the answer to whoever wants a bot to trade; empty while it may.
    var entryStopClause: String {
        guard isEntryStopped else { return "" }
        let titles = EntryStop.allCases.filter { entryStops[$0] != nil }.map(\.title)
        return "; no position is opened: \(titles.joined(separator: ", "))"
    }

    /// Whether one of these facts stands.
    @inline(__always) var isEntryStopped: Bool { !entryStops.isEmpty && isOn(.entryStop) }

    /// All reasons that stand, for whoever reads the home; nil when there is none.
    var entryStopWords: String? {
        let words = EntryStop.allCases.compactMap { entryStops[$0] }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

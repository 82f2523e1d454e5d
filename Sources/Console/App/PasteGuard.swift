/// Tells typed keys from a paste whose brackets the terminal did not send.

/// Eight or more printable keys that arrive together where no field is open are a paste, not
/// commands; runs of moving keys are not. **Source** TUI lesson 24.
struct PasteGuard {
    static let least = 8
    private var events: [TerminalEvent]

    /// - Parameter events: all that was read at once.
    init(_ events: [TerminalEvent]) { self.events = events.reversed() }

    /// The next event; nil when all are taken.
    /// - Parameter takesText: whether a field is open now, after the events before.
    mutating func next(takesText: Bool) -> ConsoleEvent? {
        if !takesText, let paste = takePaste() { return .paste(paste) }
        switch events.popLast() {
        case .key(let key): return .key(key)
        case .paste(let text): return .paste(text)
        case .resize(let size): return .resize(size)
        case .focus(let has): return .focus(has)
        case .hangup: return .hangup
        case nil: return nil
        }
    }

    private mutating func takePaste() -> String? {
        var text = ""
        for event in events.reversed() {
            guard case .key(.character(let character)) = event else { break }
            text.append(character)
        }
        // `/` and `:` open a field: what follows them is typed into it.
        guard text.count >= Self.least, let first = text.first, first != "/", first != ":",
            Set(text).subtracting("hjklgGJKnN []<>").count >= 4
        else { return nil }
        events.removeLast(text.count)
        return text
    }
}

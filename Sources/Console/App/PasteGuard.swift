/// What was read and waits to be handled; tells typed keys from a paste without brackets.
import Core
import Store

/// Eight or more printable keys that arrive together where no field is open are a paste, not
/// commands; runs of moving keys are not. A paste goes on while its rest comes without a pause.
struct PasteGuard {
    static let least = 8
    /// A longer pause ends a paste: what comes after it is typed.
    static let pause = Span.milliseconds(100)

    private var events: [TerminalEvent] = []
    private var place = 0
    /// For each event: what a paste that begins there would need.
    private var runs: [Run] = []
    /// When a paste reached the end of what was read; nil: what came last was no paste.
    private var openSince: Span?
    private let continues: Bool
    /// How many events were looked at, for the test that the work for each is the same.
    private(set) var looks = 0

    /// The printable keys from one event on.
    private struct Run {
        /// Index behind the last.
        var end: Int
        /// Different keys that move nothing, counted to four.
        var others: Set<Character>
    }

    /// - Parameter continues: a test of the tests ends every paste with its read.
    init(continues: Bool = true) { self.continues = continues }

    var isEmpty: Bool { place == events.count }

    /// Adds what was read at once, behind what waits still.
    mutating func add(_ more: [TerminalEvent], at now: Span) {
        guard !more.isEmpty else { return }
        (events, place) = (events[place...] + more, 0)
        measure()
        if let since = openSince, !continues || now - since > Self.pause { openSince = nil }
    }

    /// From the back, so that each event is looked at once.
    private mutating func measure() {
        runs = Array(repeating: Run(end: events.count, others: []), count: events.count)
        for index in events.indices.reversed() {
            looks += 1
            guard let character = Self.pasted(events[index]) else {
                runs[index].end = index
                continue
            }
            if index + 1 < events.count { runs[index] = runs[index + 1] }
            if runs[index].others.count < 4, !Self.moving.contains(character) {
                runs[index].others.insert(character)
            }
        }
    }

    private static let moving = Set("hjklgGJKnN []<>\n\t")

    /// What an event would be in a paste: lines are pasted with their ends.
    private static func pasted(_ event: TerminalEvent) -> Character? {
        switch event {
        case .key(.character(let character)): character
        case .key(.enter): "\n"
        case .key(.tab): "\t"
        default: nil
        }
    }

    /// The next event; nil when all are taken.
    /// - Parameter takesText: whether a field is open now, after the events before.
    mutating func next(takesText: Bool, at now: Span = .seconds(0)) -> ConsoleEvent? {
        guard !isEmpty else { return nil }
        if !takesText, let paste = takePaste(now) { return .paste(paste) }
        openSince = nil
        defer { place += 1 }
        switch events[place] {
        case .key(let key): return .key(key)
        case .paste(let text): return .paste(text)
        case .resize(let size): return .resize(size)
        case .focus(let has): return .focus(has)
        case .notice(let text): return .notice(text)
        case .background(let ground): return .background(ground)
        case .hangup: return .hangup
        }
    }

    private mutating func takePaste(_ now: Span) -> String? {
        let run = runs[place]
        guard let first = Self.pasted(events[place]) else { return nil }
        let isRest = openSince != nil && place == 0
        // `/` and `:` open a field: what follows them is typed into it.
        let isPaste =
            run.end - place >= Self.least && first != "/" && first != ":" && run.others.count >= 4
        guard isPaste || isRest else { return nil }
        var text = ""
        for event in events[place..<run.end] {
            looks += 1
            if let character = Self.pasted(event) { text.append(character) }
        }
        place = run.end
        openSince = isEmpty ? now : nil
        return text
    }
}

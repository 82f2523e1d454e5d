/// What was read and waits to be handled; tells typed keys from a paste without brackets.
import Core
import Store

/// Eight or more printable keys that arrive together where no field is open are a paste, not
/// commands; runs of moving keys are not. In a field their letters are typed, but Enter and Tab
/// among them are text: a paste submits nothing. A paste goes on while its rest comes without a
/// pause.
struct InputQueue {
    static let least = 8
    /// A longer pause ends a paste: what comes after it is typed.
    static let pause = Span.milliseconds(100)

    private var events: [TerminalEvent] = []
    private var place = 0
    /// For each event: what a paste that begins there would need.
    private var runs: [Run] = []
    /// When a paste reached the end of what was read; nil: what came last was no paste.
    private var openSince: Span?
    /// Index behind a burst of letters that is being typed into a field.
    private var typedEnd = 0
    private let off: Switches<InputSafeguard>
    /// How many events were looked at, for the test that the work for each is the same.
    private(set) var looks = 0

    /// The printable keys from one event on.
    private struct Run {
        /// Index behind the last.
        var end: Int
        /// Different keys that move nothing, counted to four.
        var others: Set<Character>
        /// Enter or Tab, and anything else, is among them.
        var hasBreak = false
        var hasText = false
    }

    /// - Parameter off: rules that a test of the tests leaves out.
    init(off: Switches<InputSafeguard> = []) { self.off = off }

    var isEmpty: Bool { place == events.count }

    /// Adds what was read at once, behind what waits still.
    mutating func add(_ more: [TerminalEvent], at now: Span) {
        guard !more.isEmpty else { return }
        (events, place, typedEnd) = (events[place...] + more, 0, 0)
        measure()
        let ends = off.contains(.pasteGoesOn)
        if let since = openSince, ends || now - since > Self.pause { openSince = nil }
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
            let isBreak = character == "\n" || character == "\t"
            if isBreak { runs[index].hasBreak = true } else { runs[index].hasText = true }
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
        if let paste = takesText ? takeLines(now) : takePaste(now) { return .paste(paste) }
        if place >= typedEnd { openSince = nil }
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
        return isPaste || isRest ? take(run, now) : nil
    }

    /// In a field: a burst with its lines as one text. Enter alone in a read is the person's.
    private mutating func takeLines(_ now: Span) -> String? {
        let run = runs[place]
        let count = run.end - place
        let isRest = openSince != nil && place == 0 && count > 1
        guard isRest || (count >= Self.least && run.hasText) else { return nil }
        if run.hasBreak, !off.contains(.linesInFieldAreText) { return take(run, now) }
        typedEnd = run.end
        openSince = run.end == events.count ? now : nil
        return nil
    }

    private mutating func take(_ run: Run, _ now: Span) -> String {
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

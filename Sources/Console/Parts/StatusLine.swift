/// The message line: what just happened, with a word in front so that colour is not needed.
import Core
import Store

struct StatusLine: Equatable, Sendable {
    enum Level: Int, Comparable, Sendable {
        case info, ok, warn, error, critical

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// What leads the text: <doc:ConsoleRules#The-message-line>.
        var sign: String {
            switch self {
            case .info: ""
            case .ok: "ok"
            case .warn: "!"
            case .error, .critical: "!!"
            }
        }

        var role: Role {
            switch self {
            case .info: .messageInfo
            case .ok: .messageOk
            case .warn: .messageWarn
            case .error: .messageError
            case .critical: .messageCritical
            }
        }
    }

    struct Message: Equatable, Sendable {
        var level: Level
        var text: String
        /// Stands at the right end: what one may do about it (`u resume`).
        var offer: String
        var at: Instant
        /// Nobody needs to see it any more: a key went by it, or the answer to a later key.
        var isSeen = false
        /// It tells of the state that the engine is in, and is over with it.
        var isOfEngine = false
        /// What became of a command that nobody answered, told long after its key: the key that
        /// reads anew does not take it away, nor does one that came too soon to have seen it.
        var isLate = false
    }

    /// Messages go by themselves after six seconds; errors stay until a key.
    static let life = Span.seconds(6)
    /// Offers of undo stay for ten seconds.
    static let offerLife = Span.seconds(10)

    /// What nobody asked for leaves an answer as grave as itself this long.
    static let readingTime = Span.seconds(2)

    /// The newest last; F8 shows them.
    private(set) var history: [Message] = []

    /// Shows the answer to a key: what stood there goes.
    mutating func show(
        _ level: Level, _ text: String, offer: String = "", isLate: Bool = false, at now: Instant
    ) {
        for index in history.indices where !history[index].isLate { history[index].isSeen = true }
        history.append(Message(level: level, text: text, offer: offer, at: now, isLate: isLate))
        trim()
    }

    /// Tells what nobody asked for. An answer that is graver, or as grave and new, stays before it.
    mutating func tell(
        _ level: Level, _ text: String, ofEngine isOfEngine: Bool = false, at now: Instant
    ) {
        let message = Message(
            level: level, text: text, offer: "", at: now, isOfEngine: isOfEngine)
        if let place = shown(at: now), keeps(history[place], before: level, at: now) {
            history.insert(message, at: place)
        } else {
            history.append(message)
        }
        trim()
    }

    /// The engine is in another state: what was told of the one before is over.
    mutating func engineChanged() {
        for index in history.indices where history[index].isOfEngine {
            history[index].isSeen = true
        }
    }

    /// A key was pressed: an error that has been seen goes.
    /// - Parameter leaves: whether the key could mean something else than to wait.
    mutating func keyPressed(leaves: Bool = true, at now: Instant) {
        guard let place = shown(at: now), history[place].level >= .error else { return }
        let isRead = leaves && now - history[place].at >= Self.readingTime
        if !history[place].isLate || isRead { history[place].isSeen = true }
    }

    /// What is to be seen now; nil when the line is empty.
    func current(at now: Instant) -> Message? { shown(at: now).map { history[$0] } }

    private func shown(at now: Instant) -> Int? {
        history.lastIndex { message in
            guard !message.isSeen else { return false }
            let life = message.offer.isEmpty ? Self.life : Self.offerLife
            return message.level >= .error || now - message.at < life
        }
    }

    private func keeps(_ shown: Message, before level: Level, at now: Instant) -> Bool {
        shown.level == level ? now - shown.at < Self.readingTime : shown.level > level
    }

    private mutating func trim() {
        if history.count > 200 { history.removeFirst(history.count - 200) }
    }

    func draw(in canvas: Canvas, _ row: Int, at now: Instant) {
        guard let message = current(at: now) else { return }
        let room = canvas.columns - 2 - (message.offer.isEmpty ? 0 : message.offer.count + 2)
        var text = message.text
        if !message.level.sign.isEmpty { text = "\(message.level.sign)  \(text)" }
        canvas.text(
            1, row, TextWidth.truncated(Untrusted.display(text), to: room), message.level.role)
        canvas.textRight(canvas.columns - 1, row, message.offer, .footerKey)
    }
}

extension Surroundings {
    /// What the message line says now. While a command is on its way its own line stands before
    /// what was told of the engine, which it carries too: that it waits must not be hidden.
    var message: StatusLine.Message? {
        guard var message = status.current(at: wall) else { return nil }
        guard message.isOfEngine else { return message }
        if !pending.isEmpty, !off.contains(.waitStandsFirst) { return nil }
        // Told once, and true for as long as it stands there.
        if engine.isSilent { message.text = silenceWords }
        return message
    }
}

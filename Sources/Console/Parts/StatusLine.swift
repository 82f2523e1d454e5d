/// The message line: what just happened, with a word in front so that colour is not needed.
import Core
import Store

struct StatusLine: Equatable, Sendable {
    enum Level: Int, Comparable, Sendable {
        case info, ok, warn, error, critical

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// What leads the text (TUI.md 4b).
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
    }

    /// Messages go by themselves after six seconds; errors stay until a key.
    static let life = Span.seconds(6)
    /// Offers of undo stay for ten seconds.
    static let offerLife = Span.seconds(10)

    /// The newest last; F8 shows them.
    private(set) var history: [Message] = []
    private var isDismissed = true

    mutating func show(_ level: Level, _ text: String, offer: String = "", at now: Instant) {
        history.append(Message(level: level, text: text, offer: offer, at: now))
        if history.count > 200 { history.removeFirst(history.count - 200) }
        isDismissed = false
    }

    /// A key was pressed: an error that has been seen goes.
    mutating func keyPressed() {
        if let last = history.last, last.level >= .error { isDismissed = true }
    }

    /// What is to be seen now; nil when the line is empty.
    func current(at now: Instant) -> Message? {
        guard !isDismissed, let last = history.last else { return nil }
        if last.level >= .error { return last }
        let life = last.offer.isEmpty ? Self.life : Self.offerLife
        return now - last.at < life ? last : nil
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

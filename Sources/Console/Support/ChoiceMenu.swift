/// A small menu over a screen: one of a few commands, or none of them.
import Core
import Store

/// The first entry that has the focus is the one that changes nothing; a letter chooses at once.
struct ChoiceMenu: Equatable, Sendable {
    struct Choice: Equatable, Sendable {
        var key: Character
        var label: String
        /// Nil: leave everything as it is.
        var command: Command?
        /// Why it cannot be chosen now; nil when it can.
        var refusal: String?

        init(_ key: Character, _ label: String, _ command: Command?, refusal: String? = nil) {
            self.key = key
            self.label = label
            self.command = command
            self.refusal = refusal
        }
    }

    enum Result: Equatable, Sendable {
        case open, cancelled
        case chosen(Command)
        case refused(String)
    }

    let title: String
    let choices: [Choice]
    private(set) var current: Int
    private let openedAt: Instant

    init(title: String, choices: [Choice], current: Int = 0, at now: Instant) {
        self.title = title
        self.choices = choices
        self.current = min(max(0, current), max(0, choices.count - 1))
        openedAt = now
    }

    mutating func handle(_ key: Key, at now: Instant) -> Result {
        switch key {
        case .escape: return .cancelled
        case .down, .character("j"), .tab: current = min(current + 1, choices.count - 1)
        case .up, .character("k"), .backTab: current = max(0, current - 1)
        case .enter: return choose(current, now)
        case .character(let letter):
            guard let index = choices.firstIndex(where: { $0.key == letter }) else { return .open }
            current = index
            return choose(index, now)
        default: break
        }
        return .open
    }

    /// Type-ahead cannot choose.
    private func choose(_ index: Int, _ now: Instant) -> Result {
        guard choices.indices.contains(index), now - openedAt >= Dialog.guardTime else {
            return .open
        }
        let choice = choices[index]
        if let refusal = choice.refusal { return .refused(refusal) }
        return choice.command.map { .chosen($0) } ?? .cancelled
    }

    func draw(in canvas: Canvas) {
        let widest = choices.map { TextWidth.of(words($0)) }.max() ?? 0
        let columns = max(widest, TextWidth.of(Untrusted.display(title))) + 8
        let size = Size(min(columns, canvas.columns), choices.count + 3)
        let box = canvas[canvas.bounds.centred(size)].on(.dialog)
        box.fill(nil, " ", .dialog)
        let inner = box.box(title: title, isFocused: true)
        for (row, choice) in choices.enumerated() {
            let isOff = choice.refusal != nil
            inner.text(1, row, row == current ? ">" : " ", .textStrong)
            inner.text(3, row, String(choice.key), isOff ? .disabled : .footerKey)
            inner.text(
                5, row, words(choice), isOff ? .disabled : .text, cells: inner.columns - 6)
            guard row == current else { continue }
            inner.lay(.selection, under: Rect(0, row, inner.columns, 1))
            inner.rest(1, row)
        }
        inner.text(1, choices.count, "Enter choose  Esc cancel", .inputHint)
    }

    private func words(_ choice: Choice) -> String {
        choice.label + (choice.refusal.map { " (\($0))" } ?? "")
    }
}

/// Puts what ncurses reads together into events: keys, whole pastes, focus.
import Core

/// Codes below are ncurses' own (`KEY_…` of ncurses.h), repeated here because only the terminal
/// itself knows ncurses; a test of the terminal compares them.
struct TerminalInput: Sendable {
    private var collected: [TerminalEvent] = []
    private var paste: String.UnicodeScalarView?
    private var pasteCount = 0
    /// What arrived inside the brackets since the last ``events()``: how many, and the newest.
    private var batch = (count: 0, newest: UInt32(0))
    /// The terminal answered that it knows mode 2026 (synchronised output).
    private(set) var knowsSynchronisedOutput = false

    /// Where our own codes begin: above KEY_MAX.
    private enum Code {
        static let pasteBegins: Int32 = 600
        static let pasteEnds: Int32 = 601
        static let focused: Int32 = 602
        static let unfocused: Int32 = 603
        static let synchronised: Int32 = 604
        static let ignored: Int32 = 605
    }

    /// Longer pastes are cut: nothing here takes more text than this, in scalars.
    static let maxPaste = 65_536

    /// Sequences that terminfo does not list, or lists for other terminals only.
    static let sequences: [(String, Int32)] = [
        ("\u{1B}[200~", Code.pasteBegins), ("\u{1B}[201~", Code.pasteEnds),
        ("\u{1B}[I", Code.focused), ("\u{1B}[O", Code.unfocused),
        ("\u{1B}[?2026;1$y", Code.synchronised), ("\u{1B}[?2026;2$y", Code.synchronised),
        ("\u{1B}[?2026;0$y", Code.ignored), ("\u{1B}[?2026;3$y", Code.ignored),
        ("\u{1B}[?2026;4$y", Code.ignored),
        ("\u{1B}[A", 0o403), ("\u{1B}[B", 0o402), ("\u{1B}[C", 0o405), ("\u{1B}[D", 0o404),
        ("\u{1B}OA", 0o403), ("\u{1B}OB", 0o402), ("\u{1B}OC", 0o405), ("\u{1B}OD", 0o404),
        ("\u{1B}[H", 0o406), ("\u{1B}[F", 0o550), ("\u{1B}OH", 0o406), ("\u{1B}OF", 0o550),
        ("\u{1B}[1~", 0o406), ("\u{1B}[4~", 0o550), ("\u{1B}[5~", 0o523), ("\u{1B}[6~", 0o522),
        ("\u{1B}[3~", 0o512), ("\u{1B}[2~", 0o513), ("\u{1B}[Z", 0o541),
        ("\u{1B}OP", 0o411), ("\u{1B}OQ", 0o412), ("\u{1B}OR", 0o413), ("\u{1B}OS", 0o414),
    ]

    private static let keys: [Int32: Key] = [
        0o402: .down, 0o403: .up, 0o404: .left, 0o405: .right, 0o406: .home, 0o407: .backspace,
        0o512: .delete, 0o513: .insert, 0o522: .pageDown, 0o523: .pageUp, 0o527: .enter,
        0o541: .backTab, 0o550: .end,
    ]

    /// A key code from ncurses or one of our own.
    mutating func take(code: Int32) {
        switch code {
        case Code.pasteBegins:
            paste = paste ?? String.UnicodeScalarView()
            pasteCount = 0
        case Code.pasteEnds: endPaste()
        case Code.focused: collected.append(.focus(true))
        case Code.unfocused: collected.append(.focus(false))
        case Code.synchronised: knowsSynchronisedOutput = true
        case 0o411...0o424: add(.function(Int(code - 0o410)))
        default: if let key = Self.keys[code] { add(key) }
        }
    }

    /// A character, as a scalar value.
    mutating func take(_ value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return }
        if paste != nil {
            batch = (batch.count + 1, value)
            if pasteCount < Self.maxPaste { paste?.append(scalar) }
            pasteCount += 1
            return
        }
        if value < 0x20 || value == 0x7F { return add(.controlByte(value)) }
        if value < 0xA0, value > 0x7F { return }
        if TextWidth.of(scalar) == 0, case .key(.character(let base))? = collected.last {
            // A mark belongs to the character typed before it.
            let joined = String(base) + String(scalar)
            if joined.count == 1, let character = joined.first {
                collected[collected.count - 1] = .key(.character(character))
                return
            }
        }
        add(.character(Character(scalar)))
    }

    /// Everything complete; a paste that has not ended stays.
    ///
    /// Esc that arrives alone is a person's: it ends a paste whose end bracket was lost, so that no
    /// bracket swallows all keys. Esc among pasted text stays text and sets no keys free.
    mutating func events() -> [TerminalEvent] {
        if paste != nil, batch.count == 1, batch.newest == 0x1B {
            paste?.removeLast()
            endPaste()
        }
        batch = (0, 0)
        defer { collected.removeAll(keepingCapacity: true) }
        return collected
    }

    private mutating func add(_ key: Key) {
        if paste == nil { collected.append(.key(key)) }
    }

    private mutating func endPaste() {
        guard let text = paste else { return }
        paste = nil
        var lines = ""
        for character in String(text) {
            lines.append(character == "\r" || character == "\r\n" ? "\n" : character)
        }
        collected.append(.paste(lines))
    }
}

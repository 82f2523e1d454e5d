/// A key as the program sees it, whatever bytes the terminal sent for it.

enum Key: Hashable, Sendable {
    case character(Character)
    /// ^A is `.control("a")`. ^I, ^M and ^[ arrive as Tab, Enter and Escape.
    case control(Character)
    /// F1…F12.
    case function(Int)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case enter, escape, tab, backTab, backspace, delete, insert

    static let space = Key.character(" ")

    /// The name in hints and help: `j`, `^D`, `F5`, `Spc`, `PgDn`.
    var name: String {
        switch self {
        case .character(" "): "Spc"
        case .character(let character): String(character)
        case .control(let letter): "^" + letter.uppercased()
        case .function(let number): "F\(number)"
        default: Self.named.first { $0.key == self }?.name ?? "?"
        }
    }

    /// Reads a name as ``name`` writes it; a few usual spellings besides.
    init?(name: String) {
        if name.count == 1, let character = name.first {
            self = .character(character)
            return
        }
        let lower = name.lowercased()
        if let known = Self.named.first(where: { $0.name.lowercased() == lower }) {
            self = known.key
        } else if let other = Self.otherNames[lower] {
            self = other
        } else if name.first == "^", name.count == 2, let letter = lower.last, letter.isASCII {
            self = .control(letter)
        } else if lower.first == "f", let number = Int(lower.dropFirst()), 1...12 ~= number {
            self = .function(number)
        } else {
            return nil
        }
    }

    private static let named: [(key: Key, name: String)] = [
        (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"),
        (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.enter, "Enter"),
        (.escape, "Esc"), (.tab, "Tab"), (.backTab, "S-Tab"), (.backspace, "Bksp"),
        (.delete, "Del"), (.insert, "Ins"),
    ]

    private static let otherNames: [String: Key] = [
        "space": .space, "spc": .space, "shift-tab": .backTab, "backspace": .backspace,
        "delete": .delete, "insert": .insert, "pageup": .pageUp, "pagedown": .pageDown,
        "escape": .escape, "return": .enter, "equals": .character("="),
        "semicolon": .character(";"), "hash": .character("#"),
    ]

    /// The key for a control byte below 0x20 or DEL.
    static func controlByte(_ byte: UInt32) -> Key {
        switch byte {
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0: .control(" ")
        case 1...26: .control(Character(Unicode.Scalar(UInt8(byte) + 0x60)))
        default: .control(Character(Unicode.Scalar(UInt8(byte & 0x1F) + 0x40)))
        }
    }
}

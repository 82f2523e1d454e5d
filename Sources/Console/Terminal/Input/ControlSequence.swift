/// A control sequence that has arrived whole, and which key or report it is.

/// Its bytes behind ESC. What is not known here is nobody's key: it is dropped, never played.
struct ControlSequence: Equatable, Sendable {
    enum Meaning: Equatable, Sendable {
        case key(Key)
        case focus(Bool)
        case pasteBegins
        /// The terminal knows mode 2026: frames may appear at once.
        case knowsSynchronisedOutput
    }

    let bytes: [UInt8]
    /// The key that terminfo names for it.
    private let key: Key?

    init(bytes: [UInt8], _ key: Key? = nil) {
        self.bytes = bytes
        self.key = key
    }

    /// What it means; nil for what is dropped.
    var meaning: Meaning? {
        if let key { return .key(key) }
        guard let introducer = bytes.first, let final = bytes.last, bytes.count > 1 else {
            return nil
        }
        switch introducer {
        case UInt8(ascii: "["): return control(Array(bytes.dropFirst().dropLast()), final)
        case UInt8(ascii: "O"): return singleShift(Array(bytes.dropFirst().dropLast()), final)
        default: return nil
        }
    }

    // MARK: CSI

    private func control(_ middle: [UInt8], _ final: UInt8) -> Meaning? {
        if middle == [UInt8(ascii: "[")] { return Self.consoleFunction(final).map { .key($0) } }
        let text = String(decoding: middle, as: UTF8.self)
        if final == UInt8(ascii: "y") {
            return ["?2026;1$", "?2026;2$"].contains(text) ? .knowsSynchronisedOutput : nil
        }
        guard let numbers = Self.numbers(middle) else { return nil }
        switch final {
        case UInt8(ascii: "~"): return tilde(numbers)
        // rxvt marks Ctrl, Shift and both so.
        case UInt8(ascii: "^"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            return numbers.count == 1 ? Self.editing[numbers[0]].map { .key($0) } : nil
        case UInt8(ascii: "I"): return middle.isEmpty ? .focus(true) : nil
        case UInt8(ascii: "O"): return middle.isEmpty ? .focus(false) : nil
        case UInt8(ascii: "Z"): return Self.isModifier(numbers) ? .key(.backTab) : nil
        default: return letter(final, numbers)
        }
    }

    /// Arrows, Home and End are themselves under every modifier. F1 to F4 are not: a modified F3
    /// looks like the report of where the cursor is.
    private func letter(_ final: UInt8, _ numbers: [Int]) -> Meaning? {
        if let key = Self.moving[final] { return Self.isModifier(numbers) ? .key(key) : nil }
        guard numbers.isEmpty else { return nil }
        return (Self.functions[final] ?? Self.shiftedArrows[final]).map { .key($0) }
    }

    private func tilde(_ numbers: [Int]) -> Meaning? {
        guard let number = numbers.first, numbers.count <= 2 else { return nil }
        if number == 200, numbers.count == 1 { return .pasteBegins }
        if let key = Self.editing[number] { return .key(key) }
        guard numbers.count == 1 || numbers[1] == 1 else { return nil }
        return Self.numberedFunctions.firstIndex(of: number).map { .key(.function($0 + 1)) }
    }

    /// None, or `1` and a modifier.
    private static func isModifier(_ numbers: [Int]) -> Bool {
        numbers.count <= 2 && (numbers.first ?? 1) <= 1
    }

    /// Decimal parameters, an empty one as 0; nil for private ones, sub-parameters, intermediates.
    private static func numbers(_ bytes: [UInt8]) -> [Int]? {
        if bytes.isEmpty { return [] }
        var result = [0]
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                result[result.count - 1] = min(result[result.count - 1] * 10 + Int(byte - 48), 9999)
            case UInt8(ascii: ";"): result.append(0)
            default: return nil
            }
        }
        return result
    }

    // MARK: SS3

    /// Some terminals put the modifier between `O` and the letter.
    private func singleShift(_ middle: [UInt8], _ final: UInt8) -> Meaning? {
        guard let numbers = Self.numbers(middle) else { return nil }
        if let key = Self.moving[final] ?? Self.shiftedArrows[final] { return .key(key) }
        guard numbers.isEmpty else { return nil }
        if final == UInt8(ascii: "M") { return .key(.enter) }
        return Self.functions[final].map { .key($0) }
    }

    /// `ESC [ [ A`: what the Linux console sends for F1.
    private static func consoleFunction(_ final: UInt8) -> Key? {
        let number = Int(final) - 0x40
        return 1...5 ~= number ? .function(number) : nil
    }

    private static let moving: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
        UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    ]
    private static let shiftedArrows: [UInt8: Key] = [
        UInt8(ascii: "a"): .up, UInt8(ascii: "b"): .down, UInt8(ascii: "c"): .right,
        UInt8(ascii: "d"): .left,
    ]
    private static let functions: [UInt8: Key] = [
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
        UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
    ]
    private static let editing: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
    /// F1 to F12 in their order.
    private static let numberedFunctions = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
}

extension Key {
    /// Names in terminfo of what keys send.
    static let capabilities: [(String, Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
            ("khome", .home), ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown),
            ("kich1", .insert), ("kdch1", .delete), ("kbs", .backspace), ("kcbt", .backTab),
            ("kent", .enter),
        ] + (1...12).map { ("kf\($0)", .function($0)) }
}

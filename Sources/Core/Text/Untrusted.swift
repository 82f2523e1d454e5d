/// Makes text that people or other programs wrote safe to show on a terminal.

import Glibc

/// Text from outside (labels, ticket messages, venue errors) may carry control sequences, reorder a
/// line, hide characters or pile up marks (<doc:SafetyRules#Text-from-outside>). What this type
/// returns can do none of that: everything that would act or hide is replaced by a visible mark.
/// Each kind of way out has one function: ``display(_:maxCells:)`` for people, ``escaped(_:)`` for
/// files that are read back, and ``JSON`` escapes the same characters by itself.
public enum Untrusted {
    /// Combining marks that are kept on one base character.
    public static let maxMarks = 2

    /// One line, safe to show, at most `maxCells` cells wide; cut with `~`.
    ///
    /// Line breaks show as marks; text with lines goes through ``lines(_:maxCells:)``.
    public static func display(_ text: String, maxCells: Int = .max) -> String {
        let clean = cleaned(text)
        return maxCells == .max ? clean : TextWidth.truncated(clean, to: maxCells)
    }

    /// Many lines, each safe to show and wrapped to `maxCells` cells. CR LF and CR end a line too.
    public static func lines(_ text: String, maxCells: Int) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
            .flatMap { TextWidth.wrapped(cleaned(String($0)), to: maxCells) }
    }

    /// Whether `text` may be an identifier that people compare: ASCII letters, digits, `-_.:/`.
    public static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
                    UInt8(ascii: "/"): true
                default: false
                }
            }
    }

    /// Everything is let out as it is: only a debug build can be told to, so that a test sees that
    /// it would notice.
    static let isOff: Bool = {
        #if DEBUG
            return getenv("PLUTARC_RAW") != nil
        #else
            return false
        #endif
    }()

    /// What stands for a scalar on the screen; nil when it is left out.
    ///
    /// C0 and DEL become their control pictures (␛), other invisible or acting scalars U+FFFD,
    /// every kind of blank a blank. Emoji presentation selectors are left out: they change the
    /// width that terminals give the character before them, and nothing that one reads.
    public static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20..<0x7F: return scalar
        case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: return "\u{2421}"
        case 0xFE0E, 0xFE0F: return nil
        default: break
        }
        if scalar.properties.isDefaultIgnorableCodePoint { return replacement }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
            .paragraphSeparator:
            return replacement
        case .spaceSeparator: return " "
        default: return scalar
        }
    }

    /// Whether a scalar shows on a screen as what it is.
    public static func isShown(_ scalar: Unicode.Scalar) -> Bool { visible(scalar) == scalar }

    /// Whether a scalar is let out as it is; of the others a file or a document has an escape.
    static func isLetOut(_ scalar: Unicode.Scalar) -> Bool { isOff || isShown(scalar) }

    /// The text for a file that ``unescaped(_:)`` reads back: line breaks stay, every other scalar
    /// that acts or hides is written as `\u{200B}`.
    public static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" || isLetOut(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return result
    }

    /// Reads ``escaped(_:)`` back. What it would never have written stays as it stands.
    public static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(0x5C) else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "\\", let (hidden, after) = escape(at: rest) {
                result.append(hidden)
                rest = after
            } else {
                result.append(scalar)
                rest.removeFirst()
            }
        }
        return String(result)
    }

    /// The scalar behind `\u{…}` at the start, and what follows it.
    private static func escape(
        at text: Substring.UnicodeScalarView
    ) -> (Unicode.Scalar, Substring.UnicodeScalarView)? {
        guard text.starts(with: "\\u{".unicodeScalars) else { return nil }
        let digits = text.dropFirst(3).prefix { $0 != "}" && $0.isASCII }
        guard digits.count <= 6, text.dropFirst(3 + digits.count).first == "}",
            let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value),
            scalar != "\n", !isShown(scalar)
        else { return nil }
        return (scalar, text.dropFirst(4 + digits.count))
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    private static func cleaned(_ text: String) -> String {
        if isOff || text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        var marks = 0
        var hasBase = false
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if joinsEmoji(scalars, index) || tellsFlag(scalars, index) { continue }
            guard let shown = visible(scalar) else { continue }
            if isSkinTone(shown), hasBase { continue }
            if TextWidth.of(shown) == 0 {
                // A mark without a base would sit on whatever stands left of the text.
                if !hasBase { result.append("\u{25CC}") }
                hasBase = true
                marks += 1
                if marks > maxMarks { continue }
            } else {
                marks = 0
                hasBase = true
            }
            result.append(shown)
        }
        return String(result)
    }

    /// A joiner between two emoji: terminals show the sequence as one or as its parts; without the
    /// joiner widths agree, and nothing is hidden.
    private static func joinsEmoji(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        guard scalars[index].value == 0x200D, index + 1 < scalars.count else { return false }
        let before = scalars[..<index].last { $0.value != 0xFE0F && !isSkinTone($0) }
        return before.map(isPicture) ?? false && isPicture(scalars[index + 1])
    }

    /// The letters behind a black flag that say whose it is (`gbeng` and an end): a screen shows
    /// the flag, and letters that are few and closed hide nothing. Any others are shown as marks.
    private static func tellsFlag(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        guard isTag(scalars[index]) else { return false }
        let before = scalars[..<index].suffix(mostTags).reversed().prefix(while: isTag).count
        let start = index - before
        guard start > 0, scalars[start - 1].value == 0x1F3F4 else { return false }
        let tags = scalars[start...].prefix(mostTags + 1).prefix(while: isTag)
        return (4...mostTags).contains(tags.count) && tags.last?.value == 0xE007F
            && tags.dropLast().allSatisfy(isFlagLetter)
    }

    /// Six letters of a region and the end.
    private static let mostTags = 7

    private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
        (0xE0020...0xE007F).contains(scalar.value)
    }

    private static func isFlagLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0xE0061...0xE007A).contains(scalar.value) || (0xE0030...0xE0039).contains(scalar.value)
    }

    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0xFF && scalar.properties.isEmoji
    }

    /// Skin tones join the emoji before them in some terminals only; without them widths agree.
    private static func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F3FB...0x1F3FF).contains(scalar.value)
    }
}

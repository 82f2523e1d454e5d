/// What stands for a character where the terminal can show ASCII only (LANG=C, `--ascii`).
import Core

enum ASCIIText {
    /// The nearest ASCII character, or `?`. Latin letters lose their marks.
    static func scalar(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        if let known = symbols[scalar] { return known }
        return letters[Character(scalar)] ?? "?"
    }

    /// A whole text, as long as the original in cells.
    static func text(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            for _ in 0..<TextWidth.of(scalar) { result.append(self.scalar(for: scalar)) }
        }
        return String(result)
    }

    private static let symbols: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{2018}": "'", "\u{2019}": "'", "\u{201C}": "\"", "\u{201D}": "\"", "–": "-", "—": "-",
        "−": "-", "…": "~", "·": ".", "•": "*", "×": "x", "→": ">", "←": "<", "↑": "^", "↓": "v",
        "▲": "^", "▼": "v", "▶": ">", "◀": "<", "█": "#", "░": ".", "●": "*", "○": "o", "✓": "v",
        "─": "-", "━": "=", "│": "|", "┃": "#", "°": "o", "±": "+", "≤": "<", "≥": ">", "≈": "~",
        "ß": "s", "ø": "o", "Ø": "O", "æ": "a", "Æ": "A", "ð": "d", "þ": "t", "ł": "l", "Ł": "L",
        "đ": "d", "ı": "i", "€": "E", "£": "L", "¥": "Y", "¿": "?", "¡": "!", "«": "<", "»": ">",
        "σ": "s",
    ]

    /// Every ASCII letter under every usual mark. `Character` compares by canonical equivalence, so
    /// the pair "e" and acute finds the one scalar "é".
    private static let letters: [Character: Unicode.Scalar] = {
        var result: [Character: Unicode.Scalar] = [:]
        let marks = Array(0x300...0x30C) + [0x30F, 0x311, 0x31B, 0x323, 0x326, 0x327, 0x328]
        for base in Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars) {
            for mark in marks {
                var pair = String.UnicodeScalarView([base])
                if let mark = Unicode.Scalar(UInt32(mark)) { pair.append(mark) }
                result[Character(String(pair))] = base
            }
        }
        return result
    }()
}

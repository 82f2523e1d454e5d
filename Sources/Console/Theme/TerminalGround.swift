/// What a terminal's own background is like, as far as it has said so.

/// A theme without a background of its own takes the half that holds on it.
enum TerminalGround: String, CaseIterable, Sendable {
    /// It was not asked, or did not answer: only what holds on dark and light is used.
    case unknown
    case dark, light

    /// Asks for the background; the answer comes whenever it comes.
    static let question = "\u{1B}]11;?\u{1B}\\"

    /// Reads the text of an OSC answer: `11;rgb:1e1e/1e1e/2e2e`, `11;#1e1e2e`.
    /// - Parameter text: what stands between `ESC ]` and the end of the sequence.
    init?(answer text: some StringProtocol) {
        guard text.hasPrefix("11;"), let colour = Self.colour(text.dropFirst(3)) else { return nil }
        // Where black and white text read equally well.
        self = colour.luminance < 0.179 ? .dark : .light
    }

    private static func colour(_ text: some StringProtocol) -> RGB? {
        if let rgb = RGB(hex: text) { return rgb }
        guard let colon = text.firstIndex(of: ":"), text[..<colon].hasPrefix("rgb") else {
            return nil
        }
        let parts = text[text.index(after: colon)...]
            .split(separator: "/", omittingEmptySubsequences: false)
        let levels = parts.prefix(3).compactMap { level($0) }
        guard levels.count == 3, parts.count <= 4 else { return nil }
        return RGB(levels[0], levels[1], levels[2])
    }

    /// One to four hexadecimal digits, of which the highest counts most.
    private static func level(_ digits: some StringProtocol) -> UInt8? {
        guard (1...4).contains(digits.utf8.count),
            digits.allSatisfy({ $0.isHexDigit && $0.isASCII }),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        let most = UInt32(1) << (4 * UInt32(digits.utf8.count)) - 1
        return UInt8(value * 255 / most)
    }
}

/// How long words from people may be.

/// Bounds on what a request may carry; bytes are UTF-8.
public enum TextRules {
    /// Bytes of a message or a note.
    public static let maxBody = 16 * 1024
    /// Bytes of an id, a label, a name.
    public static let maxName = 256
    /// Bytes of a reason.
    public static let maxReason = 1024
    /// Terminal cells of a ticket's subject.
    public static let maxSubjectCells = 120

    /// Something other than blanks.
    public static func says(_ text: String?) -> Bool {
        text.map { !trimmed($0).isEmpty } ?? false
    }

    /// Without blanks and line ends around it.
    public static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

/// Foreign words cut to a length that a status line bears, and to bytes that a row bears: one
/// character may be built of any number of marks.
func cut(_ text: String) -> String {
    let short = text.count > 60 ? String(text.prefix(59)) + "…" : text
    guard short.utf8.count > 240 else { return short }
    return String(decoding: short.utf8.prefix(237), as: UTF8.self) + "…"
}

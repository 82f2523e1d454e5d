/// How many terminal cells a text takes, and how to cut, pad and wrap it to a number of cells.

/// Counts by grapheme cluster and in cells, never in characters or bytes.
///
/// The input is taken as text that ``Untrusted/display(_:maxCells:)`` may already have cleaned:
/// control characters count one cell, the width of the mark that replaces them.
public enum TextWidth {
    /// Cells of one scalar: 0, 1 or 2.
    public static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if value >= 0x1100, ScalarWidths.contains(ScalarWidths.wide, value) { return 2 }
        return ScalarWidths.contains(ScalarWidths.zero, value) ? 0 : 1
    }

    /// Cells of one grapheme cluster; none for one that stands on the cell before it, as a mark or
    /// a Hangul final without a letter of its own.
    public static func of(_ character: Character) -> Int {
        if character.isASCII { return 1 }
        var cells = 0
        for scalar in character.unicodeScalars { cells += of(scalar) }
        return cells
    }

    /// Cells of a text on one line.
    public static func of(_ text: some StringProtocol) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        var cells = 0
        for character in text { cells += of(character) }
        return cells
    }

    /// The text cut to `cells`; a cut is shown by `~` behind what is left, so it is never silent.
    /// A figure at the cut is left out, whole or not: half a number would be another number, and
    /// `~` at a figure says that it is old.
    public static func truncated(_ text: String, to cells: Int) -> String {
        guard cells > 0 else { return "" }
        guard of(text) > cells else { return text }
        let kept = prefix(of: text, cells: cells - 1)
        return kept.prefix(kept.count - figure(atEndOf: kept)) + "~"
    }

    /// How many characters at the end of a beginning belong to a figure.
    private static func figure(atEndOf kept: String) -> Int {
        let word = kept.reversed().prefix { $0 != " " }
        let start = word.reversed().first { !"+-~$(<>=".contains($0) }
        guard start?.isNumber == true, let last = word.first else { return 0 }
        return isOfFigure(last) || "%);/".contains(last) ? word.count : 0
    }

    private static func isOfFigure(_ character: Character) -> Bool {
        character.isNumber || ".,:".contains(character)
    }

    /// The longest beginning of `text` that fits into `cells`; no cluster is split.
    public static func prefix(of text: some StringProtocol, cells: Int) -> String {
        var taken = 0
        var result = ""
        for character in text {
            let width = of(character)
            guard taken + width <= cells else { break }
            taken += width
            result.append(character)
        }
        return result
    }

    public enum Alignment: Sendable { case left, right, centre }

    /// The text in exactly `cells` cells: cut with `~` when longer, filled up with blanks.
    public static func padded(
        _ text: String, to cells: Int, _ alignment: Alignment = .left
    ) -> String {
        let cut = truncated(text, to: cells)
        let gap = max(0, cells - of(cut))
        let before =
            switch alignment {
            case .left: 0
            case .right: gap
            case .centre: gap / 2
            }
        return String(repeating: " ", count: before) + cut
            + String(repeating: " ", count: gap - before)
    }

    /// The text as lines of at most `cells` cells: broken at blanks, within a word only when the
    /// word alone is longer than a line. Line breaks in the text are kept; never an empty array.
    public static func wrapped(_ text: String, to cells: Int) -> [String] {
        let limit = max(1, cells)
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines += wrappedParagraph(paragraph, limit)
        }
        return lines.isEmpty ? [""] : lines
    }

    private static func wrappedParagraph(_ paragraph: Substring, _ limit: Int) -> [String] {
        // A line that fits stays as it is, its indentation and columns too.
        if of(paragraph) <= limit { return [String(paragraph)] }
        var lines: [String] = []
        var line = ""
        var taken = 0
        for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
            var rest = Substring(word)
            if taken > 0, taken + 1 + of(rest) <= limit {
                line += " " + rest
                taken += 1 + of(rest)
                continue
            }
            if taken > 0 { lines.append(line) }
            while of(rest) > limit {
                let part = firstPart(of: rest, limit)
                lines.append(String(part))
                rest = rest[part.endIndex...]
            }
            line = String(rest)
            taken = of(rest)
        }
        if taken > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// Where the date of an instant ends, with its `T`: a line breaks there, and within no figure.
    private static func end(ofDateIn word: Substring) -> Substring.Index? {
        let isInstant = word.allSatisfy { isOfFigure($0) || "-+TZ".contains($0) }
        guard isInstant, let mark = word.firstIndex(of: "T") else { return nil }
        return word.index(after: mark)
    }

    /// At least one cluster, so that wrapping a wide character into one cell still ends.
    private static func firstPart(of word: Substring, _ limit: Int) -> Substring {
        if let end = end(ofDateIn: word), of(word[..<end]) <= limit { return word[..<end] }
        var taken = 0
        var end = word.startIndex
        for index in word.indices {
            taken += of(word[index])
            if taken > limit, end > word.startIndex { break }
            end = word.index(after: index)
            if taken > limit { break }
        }
        // What takes no cell stays with what it stands on.
        while end < word.endIndex, of(word[end]) == 0 { end = word.index(after: end) }
        return word[..<end]
    }
}

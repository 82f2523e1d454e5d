/// The one text format for files that people write: sections, keys, values, comments.

/// A line-numbered complaint about a file, with what was expected.
public struct FileError: Error, Equatable, Sendable, Codable {
    public var file: String
    public var line: Int?
    public var key: String?
    public var problem: String
    public var remedy: String
    /// Stable word for scripts.
    public var code = "bad_file"
    /// Of a range that holds nothing, however that came.
    public static let emptyRange = "empty_range"

    public init(
        file: String, line: Int? = nil, key: String? = nil, problem: String, remedy: String
    ) {
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
        self.remedy = remedy
    }

    /// `my.theme:12: key "text": …`.
    public var headline: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.map { "\(place): \($0): \(problem)" } ?? "\(place): \(problem)"
    }
}

/// Sections in file order. `#` and `;` start comment lines; a value ends at ` ;` or the line's end.
/// `\u{200B}` in a name or a value stands for that one hidden character.
public struct IniFile: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public var key: String
        public var value: String
        public var line: Int
    }

    public struct Section: Sendable, Equatable {
        public var name: String
        public var line: Int
        public var entries: [Entry]
        public subscript(key: String) -> Entry? { entries.first { $0.key == key } }
    }

    public var file: String
    public var sections: [Section]
    public subscript(name: String) -> Section? { sections.first { $0.name == name } }

    /// What the remedies call a section: the one that a file has, where it has but one.
    private let heading: String

    /// - Parameter heading: the name of its sections, as remedies show it.
    /// - Throws: ``FileError`` naming the file, the line and what was expected.
    public init(
        parsing text: String, file: String, heading: String = "section"
    ) throws(FileError) {
        self.file = file
        self.heading = heading
        self.sections = []
        var number = 0
        // Files from elsewhere: their lines may end in CR LF, which is one character of its own.
        let text = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: Self.endsLine) {
            number += 1
            try read(Self.trimmed(line), number)
        }
    }

    private mutating func read(_ line: Substring, _ number: Int) throws(FileError) {
        guard let first = line.first, first != "#", first != ";" else { return }
        if first == "[" { return try open(line, number) }
        guard let equals = line.firstIndex(of: "=") else {
            let words = cut(String(line))
            throw error(number, nil, "\"\(words)\" is neither a section nor key = value")
        }
        let key = String(Self.trimmed(line[..<equals]))
        guard !key.isEmpty else { throw error(number, nil, "a key is missing before \"=\"") }
        // It is quoted where it is not known.
        guard key.utf8.count <= 80 else {
            throw error(number, nil, "\"\(cut(key))\" is too long for a key")
        }
        guard !sections.isEmpty else {
            throw error(number, key, "stands before the first [\(heading)]")
        }
        guard sections[sections.count - 1][key] == nil else {
            throw error(number, key, "stands twice in [\(sections[sections.count - 1].name)]")
        }
        let value = String(Self.trimmed(Self.withoutComment(line[line.index(after: equals)...])))
        sections[sections.count - 1].entries.append(
            Entry(key: key, value: Untrusted.unescaped(value), line: number))
    }

    private mutating func open(_ line: Substring, _ number: Int) throws(FileError) {
        let text = Self.trimmed(Self.withoutComment(line))
        guard text.last == "]", text.count > 2 else {
            throw error(number, nil, "\"\(cut(String(text)))\" is not a section")
        }
        let name = Untrusted.unescaped(String(Self.trimmed(text.dropFirst().dropLast())))
        sections.append(Section(name: name, line: number, entries: []))
    }

    private func error(_ line: Int, _ key: String?, _ problem: String) -> FileError {
        FileError(
            file: file, line: line, key: key, problem: problem,
            remedy: "Write [\(heading)], key = value, or a comment that starts with # or ;.")
    }

    private static func endsLine(_ character: Character) -> Bool {
        character == "\n" || character == "\r\n"
    }

    private static func withoutComment(_ text: Substring) -> Substring {
        var last: Character = "x"
        for index in text.indices {
            if text[index] == ";", last == " " || last == "\t" { return text[..<index] }
            last = text[index]
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" || first == "\r" {
            text.removeFirst()
        }
        while let last = text.last, last == " " || last == "\t" || last == "\r" {
            text.removeLast()
        }
        return text
    }
}

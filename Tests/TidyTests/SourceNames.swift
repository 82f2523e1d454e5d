/// Which names a source file declares for others, and which it uses.

/// Read off the words of the file: no types are known, so members, what stands after a dot, are
/// left out. Types, protocols and functions of the top level are what one file knows of another.
struct SourceNames: Sendable {
    /// Seen by other files.
    private(set) var declared: Set<String> = []
    /// Types by their names, and functions that are called.
    var used: Set<String> { words.subtracting(own) }

    private var words: Set<String> = []
    /// Whatever the file declares, nested or private too: that name is its own there.
    private var own: Set<String> = []
    /// Within a text of several lines.
    private var isInLongText = false

    static let kinds: Set<String> = [
        "struct", "class", "enum", "protocol", "typealias", "actor", "func",
    ]
    private static let hiding: Set<String> = ["private", "fileprivate", "extension"]

    init(_ lines: [String]) {
        for line in lines { read(line) }
    }

    private mutating func read(_ line: String) {
        var words = SourceWords(line, isInLongText: isInLongText)
        var isOpen = line.utf8.first.map { $0 != UInt8(ascii: " ") } ?? false
        var before = ""
        while let word = words.next() {
            if Self.kinds.contains(before) {
                own.insert(word.text)
                if isOpen { declared.insert(word.text) }
                isOpen = false
            }
            if Self.hiding.contains(word.text) { isOpen = false }
            if word.isUse { self.words.insert(word.text) }
            before = word.text
        }
        isInLongText = words.isInLongText
    }
}

/// What a source file offers to be called by, and every name that it mentions: members too.
struct SourceCalls: Sendable {
    /// Types and functions, and properties of types; not those that are private.
    private(set) var offered: Set<String> = []
    private(set) var mentioned: Set<String> = []

    private static let hiding: Set<String> = ["private", "fileprivate"]

    init(_ lines: [String]) {
        var isInLongText = false
        for line in lines {
            var words = SourceWords(line, isInLongText: isInLongText)
            read(&words, isOfType: !line.hasPrefix("        "))
            isInLongText = words.isInLongText
        }
    }

    /// - Parameter isOfType: what is declared in this line is no variable of a function.
    private mutating func read(_ words: inout SourceWords, isOfType: Bool) {
        var isHidden = false
        var before = ""
        while let word = words.next() {
            let isProperty = isOfType && (before == "let" || before == "var")
            if Self.hiding.contains(word.text) { isHidden = true }
            if isProperty || SourceNames.kinds.contains(before) {
                if !isHidden { offered.insert(word.text) }
            } else {
                mentioned.insert(word.text)
            }
            before = word.text
        }
    }
}

/// The words of one line of code: comments and texts are left out, what is put into texts is not.
private struct SourceWords {
    struct Word {
        let text: String
        /// Stands for a type, or calls a function; is no member.
        let isUse: Bool
    }

    private(set) var isInLongText: Bool
    private let bytes: [UInt8]
    private var place = 0
    private var isInText = false
    private var depth = 0
    /// The depths around whatever is being put into a text.
    private var outer: [Int] = []

    init(_ line: String, isInLongText: Bool) {
        bytes = Array(line.utf8)
        self.isInLongText = isInLongText
    }

    mutating func next() -> Word? {
        while place < bytes.count {
            if isInLongText || isInText {
                skipText()
            } else if Self.isPart(bytes[place]) {
                return word()
            } else if isRun(of: UInt8(ascii: "/"), 2) {
                place = bytes.count
            } else {
                step()
            }
        }
        return nil
    }

    private mutating func word() -> Word {
        let start = place
        while place < bytes.count, Self.isPart(bytes[place]) { place += 1 }
        let first = bytes[start]
        let isType = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
        let isCall = place < bytes.count && bytes[place] == UInt8(ascii: "(")
        let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
        return Word(
            text: String(decoding: bytes[start..<place], as: UTF8.self),
            isUse: !isMember && (isType || isCall))
    }

    /// A sign of the code: a text may begin, or end what was put into one.
    private mutating func step() {
        if isRun(of: UInt8(ascii: "\""), 3) {
            isInLongText = true
            place += 3
            return
        }
        switch bytes[place] {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "("): depth += 1
        case UInt8(ascii: ")"):
            depth -= 1
            if depth == 0, let around = outer.popLast() {
                depth = around
                isInText = true
            }
        default: break
        }
        place += 1
    }

    private mutating func skipText() {
        if isInLongText {
            isInLongText = !isRun(of: UInt8(ascii: "\""), 3)
            place += isInLongText ? 1 : 3
        } else if bytes[place] == UInt8(ascii: "\\"), isPutIn {
            outer.append(depth)
            depth = 1
            isInText = false
            place += 2
        } else {
            isInText = bytes[place] != UInt8(ascii: "\"")
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
    }

    /// What follows is code whose value goes into the text.
    private var isPutIn: Bool {
        place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "(")
    }

    private func isRun(of byte: UInt8, _ count: Int) -> Bool {
        guard bytes[place] == byte, place + count <= bytes.count else { return false }
        return bytes[place..<place + count].allSatisfy { $0 == byte }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

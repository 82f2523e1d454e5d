/// One call of plutarc as it was typed: the command, its operands, its options.

import Store

struct Invocation: Sendable, Equatable {
    /// Nil: the full-screen console.
    var command: CommandSpec?
    var operands: [String] = []
    /// Values by option; an empty list for an option that takes none.
    private(set) var given: [Option: [String]] = [:]

    init(command: CommandSpec? = nil, operands: [String] = [], given: [Option: [String]] = [:]) {
        self.command = command
        self.operands = operands
        self.given = given
    }

    func has(_ option: Option) -> Bool { given[option] != nil }

    /// The value of an option.
    subscript(option: Option) -> String? { given[option]?.last }

    /// Every value of an option, in the order in which they stand.
    func values(of option: Option) -> [String] { given[option] ?? [] }

    /// Whether it changes something, as the table says. Help and the version never do.
    var isChange: Bool {
        guard let command, !has(.help), !has(.version) else { return false }
        return command.isChange(self)
    }

    /// Every option that was given, by name.
    var options: [Option] { given.keys.sorted { $0.name < $1.name } }
}

extension Invocation {
    /// A moment: a date, an RFC 3339 time, or a length of time before `now`. **Throws** usage.
    func instant(_ option: Option, now: Instant) throws(CommandFailure) -> Instant? {
        guard let text = self[option] else { return nil }
        if let moment = Instant(text: text) { return moment }
        if let span = Self.span(text) { return now - span }
        throw .usage(
            "--\(option.name): \"\(text)\" is not a time",
            remedy: "Write 2026-03-10, 2026-03-10T02:14:07Z, or how long ago: 90m, 24h, 7d.")
    }

    /// One of the words of an enumeration. **Throws** usage naming all of them.
    func word<Word: RawRepresentable & CaseIterable>(
        _ option: Option, as type: Word.Type
    ) throws(CommandFailure) -> Word? where Word.RawValue == String {
        guard let text = self[option] else { return nil }
        return try Self.word(text, as: type, of: "--\(option.name)")
    }

    /// One of the words of an enumeration. **Throws** usage naming all of them.
    static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, as type: Word.Type, of place: String
    ) throws(CommandFailure) -> Word where Word.RawValue == String {
        if let value = Word(rawValue: text) { return value }
        throw .none(of: Word.allCases.map(\.rawValue), text, place)
    }
}

extension CommandFailure {
    /// A word that is none of those that may stand there.
    static func none(of words: [String], _ text: String, _ place: String) -> CommandFailure {
        let guess = Suggestion.nearest(to: text, among: words)
        return .usage(
            "\(place): \"\(DisplayText.clean(text))\" is none of "
                + words.joined(separator: ", "),
            remedy: guess.map { "Did you mean \"\($0)\"?" } ?? "Write one of these words.")
    }
}

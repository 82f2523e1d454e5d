/// Reads a request's arguments: strict about what it knows, blind to what it does not.

import Store

/// The fields of one request, each of them checked for kind and length as it is read.
struct CommandArguments {
    private let object: JSON

    init(_ arguments: JSON) throws(Refusal) {
        guard case .object(let members) = arguments else {
            throw .badRequest(field: "args", problem: Self.wantsObject)
        }
        try Self.checkTwins(members)
        object = arguments
    }

    /// The id, label or prefix of one thing.
    func name(_ key: String) throws(Refusal) -> String {
        guard let name = try optionalName(key) else { throw Self.missing(key) }
        return name
    }

    func optionalName(_ key: String) throws(Refusal) -> String? {
        guard let value = present(key) else { return nil }
        guard let text = value.text else { throw .badRequest(field: key, problem: Self.wantsText) }
        return try Self.checked(text, key, max: TextRules.maxName)
    }

    /// A long text, kept as it is; its rule says whether it may be empty.
    func body(_ key: String) throws(Refusal) -> String {
        guard let value = present(key) else { throw Self.missing(key) }
        guard let text = value.text else { throw .badRequest(field: key, problem: Self.wantsText) }
        return text
    }

    func optionalBody(_ key: String) throws(Refusal) -> String? {
        present(key) == nil ? nil : try body(key)
    }

    func reason() throws(Refusal) -> String? {
        let key = "reason"
        guard let value = present(key) else { return nil }
        guard let text = value.text else { throw .badRequest(field: key, problem: Self.wantsText) }
        try Self.checkLength(text, key, max: TextRules.maxReason)
        return text
    }

    func flag(_ key: String) throws(Refusal) -> Bool {
        guard let value = present(key) else { return false }
        guard let flag = value.flag else {
            throw .badRequest(field: key, problem: Self.wantsFlag)
        }
        return flag
    }

    /// `bots` or `all`, never both: an ambiguous scope must not close anything.
    func bots() throws(Refusal) -> BotScope {
        let all = try flag("all")
        guard let list = present("bots") else {
            guard all else {
                throw .badRequest(field: "bots", problem: "name bots, or all of them with all")
            }
            return .all
        }
        guard !all else {
            throw .badRequest(field: "bots", problem: "names and all exclude each other")
        }
        guard let elements = list.elements, !elements.isEmpty else {
            throw .badRequest(field: "bots", problem: "a list of names is expected")
        }
        var names: [String] = []
        for element in elements {
            guard let text = element.text else {
                throw .badRequest(field: "bots", problem: "a list of names is expected")
            }
            names.append(try Self.checked(text, "bots", max: TextRules.maxName))
        }
        return .named(names)
    }

    func confirmation() throws(Refusal) -> Confirmation? {
        let token = try optionalName("confirm_token").map(Confirmation.token)
        let label = try optionalName("confirm_label").map(Confirmation.label)
        let yes = try flag("confirm_yes") ? Confirmation.yes : nil
        let given = [token, label, yes].compactMap { $0 }
        guard given.count < 2 else {
            throw .badRequest(
                field: "confirm_token", problem: "two confirmations exclude each other")
        }
        return given.first
    }

    func settings() throws(Refusal) -> [LimitSetting] {
        guard case .object(let members) = present("values") ?? .null, !members.isEmpty else {
            throw .badRequest(field: "values", problem: "limits by name are expected")
        }
        try Self.checkTwins(members)
        var settings: [LimitSetting] = []
        for member in members {
            guard let text = member.value.text else {
                throw .badRequest(field: member.key, problem: Self.wantsText)
            }
            let name = try Self.checked(member.key, "values", max: TextRules.maxName)
            let value = try Self.checked(text, member.key, max: TextRules.maxName)
            settings.append(LimitSetting(name, value))
        }
        return settings
    }

    /// One word of an enum; unknown words are refused, never guessed.
    /// **Source** <doc:SafetyRules#Unknown-words>.
    func word<Word>(_ key: String, else standard: Word? = nil) throws(Refusal) -> Word
    where Word: RawRepresentable<String> & CaseIterable {
        guard let value = present(key) else {
            guard let standard else { throw Self.missing(key) }
            return standard
        }
        guard let text = value.text, let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest(field: key, problem: "one of \(known) is expected")
        }
        return word
    }

    /// Absent and null are the same.
    private func present(_ key: String) -> JSON? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    static let wantsText = "a text is expected"
    static let wantsFlag = "true or false is expected"
    static let wantsObject = "an object is expected"

    private static func missing(_ key: String) -> Refusal {
        .badRequest(field: key, problem: "is missing")
    }

    private static func checked(
        _ text: String, _ key: String, max: Int
    ) throws(Refusal) -> String {
        guard TextRules.says(text) else { throw .badRequest(field: key, problem: "is empty") }
        try checkLength(text, key, max: max)
        return text
    }

    private static func checkLength(_ text: String, _ key: String, max: Int) throws(Refusal) {
        let bytes = text.utf8.count
        guard bytes <= max else {
            let size = counted(bytes, "byte")
            throw .badRequest(field: key, problem: "has \(size), \(max) are allowed")
        }
    }

    /// Two readers could each take another one of a doubled key.
    static func checkTwins(_ members: [JSON.Member]) throws(Refusal) {
        var seen: Set<String> = []
        for member in members where !seen.insert(member.key).inserted {
            throw .badRequest(field: member.key, problem: "stands twice")
        }
    }
}

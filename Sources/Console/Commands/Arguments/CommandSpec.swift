/// One command of the command line, as the parser, the help and the completions see it.

/// What stands after the command's name.
struct Operand: Sendable, Equatable {
    enum Count: Sendable { case one, optional, oneOrMore, any }
    let name: String
    let count: Count

    static func one(_ name: String) -> Operand { Operand(name: name, count: .one) }
    static func optional(_ name: String) -> Operand { Operand(name: name, count: .optional) }
    static func any(_ name: String) -> Operand { Operand(name: name, count: .any) }
    static func oneOrMore(_ name: String) -> Operand { Operand(name: name, count: .oneOrMore) }

    /// `[BOT]`, `BOT…`.
    var synopsis: String {
        switch count {
        case .one: name
        case .optional: "[\(name)]"
        case .oneOrMore: "\(name)…"
        case .any: "[\(name)…]"
        }
    }
}

/// An example for the help: a line that can be typed, and what it does.
struct CommandExample: Sendable, Equatable {
    let line: String
    let does: String
    init(_ line: String, _ does: String) {
        self.line = line
        self.does = does
    }
}

/// Under which heading a command stands in the overview.
enum CommandGroup: String, Sendable, CaseIterable {
    case home = "Homes and engines"
    case fleet = "Fleet"
    case trading = "Positions and trades"
    case strategy = "Strategy"
    case records = "Records"
    case support = "Support"
    case tools = "Tools"
}

struct CommandSpec: Sendable, Equatable {
    /// One word, or two: `bots`, `ticket open`.
    let name: String
    let group: CommandGroup
    /// One line, without a full stop.
    let summary: String
    /// More, for `plutarc help COMMAND`; may be empty.
    let details: String
    let operands: [Operand]
    /// Beside those that stand everywhere.
    let options: [Option]
    let examples: [CommandExample]
    /// Sends a command to the engine, rather than only reading.
    let changes: Bool
    /// Whether a call of it changes something: what `--read-only` refuses.
    let isChange: @Sendable (Invocation) -> Bool

    /// - Parameter isChange: where not every call does what `changes` says.
    init(
        _ name: String, _ group: CommandGroup, _ summary: String, _ operands: [Operand] = [],
        options: [Option] = [], changes: Bool = false,
        isChange: (@Sendable (Invocation) -> Bool)? = nil, details: String = "",
        examples: [CommandExample]
    ) {
        self.name = name
        self.group = group
        self.summary = summary
        self.details = details
        self.operands = operands
        self.options = options + (changes ? Option.changing : [])
        self.examples = examples
        self.changes = changes
        self.isChange = isChange ?? { _ in changes }
    }

    static func == (left: CommandSpec, right: CommandSpec) -> Bool { left.name == right.name }

    /// The words of the name.
    var words: [String] { name.split(separator: " ").map(String.init) }

    /// `plutarc trades [--bot BOT] [--limit N]`.
    var synopsis: String {
        let parts = operands.map(\.synopsis) + options.map { "[\($0.synopsis)]" }
        return (["plutarc", name] + parts).joined(separator: " ")
    }

    /// How many operands are lawful; nil for no upper bound.
    var operandRange: (least: Int, most: Int?) {
        let least = operands.count { $0.count == .one || $0.count == .oneOrMore }
        let unbounded = operands.contains { $0.count == .any || $0.count == .oneOrMore }
        return (least, unbounded ? nil : operands.count)
    }
}

/// Options that mean something only beside others: where they would do nothing they are refused.
/// Whoever writes one means something by it.

struct OptionRule: Sendable {
    let command: String
    let options: [Option]
    /// As `needs --set or --reset`.
    let problem: String
    let remedy: String
    /// Whether they mean something in this call.
    let holds: @Sendable (Invocation) -> Bool

    init(
        _ command: String, _ options: [Option], _ problem: String, _ remedy: String,
        holds: @escaping @Sendable (Invocation) -> Bool
    ) {
        self.command = command
        self.options = options
        self.problem = problem
        self.remedy = remedy
        self.holds = holds
    }

    static let all = engine + reading + previews + [
        OptionRule(
            "init", [.days], "needs --demo or --bots", "No bot would play them: add --demo.",
            holds: any(.demo, .bots)),
        OptionRule(
            "demo", [.speed], "does nothing where no engine may be started",
            "Leave out --no-engine.", holds: none(.noEngine)),
        OptionRule(
            "audit", [.limit, .since], "does nothing beside --verify and --export",
            "They take every row: leave it out.", holds: none(.verify, .export)),
        OptionRule(
            "bench", [.list], "stands alone", "As: plutarc bench --list.",
            holds: { $0.operands.isEmpty }),
        OptionRule(
            "bench", [.quantity], "is of the measurements engine and fuzz",
            "As: plutarc bench engine FILE --qty 3.", holds: word("engine", "fuzz")),
        OptionRule(
            "bench", [.label], "is of the measurement engine",
            "As: plutarc bench engine FILE --label NAME.", holds: word("engine")),
        OptionRule(
            "screen", [.bot], "does nothing on that screen",
            "It belongs to bot, bot:risk, bot:activity and commands.",
            holds: { call in
                let name = call.operands.first ?? ""
                // One that there is not is told of itself.
                return name.hasPrefix("bot") || name == "commands"
                    || !ScreenPrinter.names.contains(name)
            }),
    ]

    private static let engine = [
        OptionRule(
            "engine", [.speed], "needs run or start", "As: plutarc engine start --speed 60.",
            holds: { word("run", "start")($0) && !$0.has(.unit) }),
        OptionRule(
            "engine", [.forSpan], "needs run", "As: plutarc engine run --for 1h.",
            holds: { word("run")($0) && !$0.has(.unit) }),
        OptionRule(
            "engine", [.acceptClock], "needs run or start",
            "As: plutarc engine start --accept-clock.",
            holds: { word("run", "start")($0) && !$0.has(.unit) }),
        OptionRule(
            "engine", [.noEngine], "is not of run and start", "They start one: leave it out.",
            holds: { !word("run", "start")($0) || $0.has(.unit) }),
        OptionRule(
            "engine", [.unit], "is of run", "As: plutarc engine run --unit.",
            holds: { $0.operands.isEmpty || word("run")($0) }),
    ]

    /// A preview is over with its answer, and changes nothing.
    private static let previews =
        ["close", "close-all", "risk", "stop"].map {
            OptionRule(
                $0, [.noWait], "does nothing beside --preview",
                "A preview is its own answer: leave it out.", holds: none(.preview))
        }
        + ["risk", "stop"].map {
            OptionRule(
                $0, [.yes], "does nothing beside --preview",
                "A preview changes nothing: leave it out.", holds: none(.preview))
        }

    /// Commands that only read where they are not told what to change.
    private static let reading = [
        OptionRule(
            "risk", [.preview, .confirm, .confirmLabel, .yes] + Option.changing,
            "needs --set or --reset", "Say what is to be changed.", holds: any(.set, .reset)),
        OptionRule(
            "sessions", [.preview] + Option.changing, "needs --set or --clear",
            "Say what is to be changed.", holds: any(.set, .clear)),
        OptionRule(
            "sessions", Option.changing, "does nothing beside --preview",
            "A preview asks no engine: leave it out.", holds: none(.preview)),
    ]

    private static func any(_ options: Option...) -> @Sendable (Invocation) -> Bool {
        { call in options.contains(where: call.has) }
    }

    private static func none(_ options: Option...) -> @Sendable (Invocation) -> Bool {
        { call in !options.contains(where: call.has) }
    }

    /// The first operand is one of these.
    private static func word(_ words: String...) -> @Sendable (Invocation) -> Bool {
        { call in call.operands.first.map(words.contains) ?? false }
    }

    /// **Throws** wrong usage for the first option that would do nothing, and for two homes.
    static func check(_ call: Invocation) throws(CommandFailure) {
        // Personal too is a home of its own: neither is only another word for the other.
        guard !call.has(.home) || !call.has(.workspace) else {
            throw .usage("--home and --workspace name two homes", remedy: "Keep one of them.")
        }
        for rule in all where rule.command == call.command?.name && !rule.holds(call) {
            guard let stray = rule.options.first(where: call.has) else { continue }
            throw .usage("--\(stray.name) \(rule.problem)", remedy: rule.remedy)
        }
    }
}

/// One option of the command line: its name, what it takes, what it means.

import Core
import Store

/// Options are constants, so that a name takes the same kind of value in every command.
struct Option: Sendable, Hashable {
    /// What follows the name.
    enum Argument: Sendable, Hashable {
        case none
        /// One value; the word stands in the help.
        case one(String)
        /// One of these values, and nothing else.
        case oneOf(String, [String])
        /// Values with an equals sign or a suffix may follow each other: `--set a=1 b=2`.
        case several(String, containing: String)
    }

    /// Without the dashes.
    let name: String
    /// One letter that may stand for it.
    let short: Character?
    let argument: Argument
    /// One line for the help.
    let summary: String
    init(
        _ name: String, short: Character? = nil, takes argument: Argument = .none,
        _ summary: String
    ) {
        self.name = name
        self.short = short
        self.argument = argument
        self.summary = summary
    }

    static func == (left: Option, right: Option) -> Bool { left.name == right.name }
    func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// `--limit N`.
    var synopsis: String {
        switch argument {
        case .none: "--\(name)"
        case .one(let word), .oneOf(let word, _): "--\(name) \(word)"
        case .several(let word, _): "--\(name) \(word)…"
        }
    }

    /// Its line in the help: with its values, where the word in the synopsis does not show them.
    var meaning: String {
        guard case .oneOf(let word, let values) = argument,
            word != values.joined(separator: "|")
        else { return summary }
        return "\(summary): \(values.joined(separator: ", "))"
    }
}

/// Options that every command takes, and those of the console.
/// **Source** <doc:CommandLine#Options>.
extension Option {
    static let home = Option("home", takes: .one("DIR"), "the home of the workspace")
    static let workspace = Option("workspace", takes: .one("NAME"), "a workspace by its name")
    static let view = Option(
        "view", takes: .one("SCREEN[:BOT[:TAB]]"), "the screen on which the console opens")
    static let fresh = Option("fresh", "forget how the views were left")
    static let theme = Option("theme", takes: .one("NAME|FILE"), "the console's colours")
    static let readOnly = Option("read-only", "refuse every command that changes something")
    static let ascii = Option("ascii", "draw with ASCII only")
    static let noEngine = Option("no-engine", "never start an engine")
    static let color = Option(
        "color", takes: .oneOf("auto|never", ["auto", "never"]),
        "emphasis on a terminal; never on a pipe")
    static let json = Option("json", "print exactly one JSON document")
    static let yes = Option("yes", short: "y", "answer questions that need no typed text")
    static let quiet = Option("quiet", short: "q", "print results only")
    static let verbose = Option("verbose", short: "v", "say more on stderr")
    static let help = Option("help", short: "h", "print help and exit")
    static let version = Option("version", short: "V", "print the version and exit")

    static let everywhere: [Option] = [
        home, workspace, readOnly, noEngine, color, json, quiet, verbose, help, version,
    ]

    /// How the full-screen console opens.
    static let console: [Option] = [view, fresh, theme, ascii]
}

extension Option.Argument {
    /// One of the words of an enumeration.
    static func word<Word: RawRepresentable & CaseIterable>(
        _ word: String, of type: Word.Type
    ) -> Self where Word.RawValue == String {
        .oneOf(word, Word.allCases.map(\.rawValue))
    }
}

/// Options of commands that read.
extension Option {
    static let state = Option(
        "state", takes: .word("STATE", of: BotState.self), "only bots in this state")
    static let search = Option(
        "search", takes: .one("TEXT"),
        "only what the console's filter lets through: words, field:value, !not")
    static let history = Option("history", "with the instances that each bot has had")
    static let bot = Option("bot", takes: .one("BOT"), "only this bot: id, label or id prefix")
    static let since = Option(
        "since", takes: .one("TIME"), "from this time, 2026-03-10T02:00Z, or this long ago, 24h")
    static let limit = Option("limit", takes: .one("N"), "at most so many rows, newest first")
    static let follow = Option("follow", "go on printing what happens")
    static let verify = Option("verify", "walk the hash chain")
    static let export = Option("export", takes: .one("FILE"), "write all rows to a new file")
    static let exportTemplate = Option("file", takes: .one("FILE"), "write it to a new file")
    static let exportRegions = Option("export", takes: .one("FILE"), "write them to a new file")
    static let status = Option(
        "status", takes: .word("STATUS", of: TicketStatus.self), "only tickets with this status")
    static let mine = Option("mine", "only tickets that I opened or that are assigned to me")
}

/// Options of commands that change something.
extension Option {
    static let timeout = Option(
        "timeout", takes: .one("DURATION"),
        "wait so long for the outcome; by default 30s to 4m, as the command takes")
    static let noWait = Option("no-wait", "return once the command is durable, with its id")
    static let all = Option("all", "every bot of the workspace")
    static let reason = Option(
        "reason", takes: .one("TEXT"),
        "why; asked of staff and for a kill-switch reset")
    static let preview = Option(
        "preview", "say what would be done, and the token where --confirm takes one")
    static let confirm = Option("confirm", takes: .one("TOKEN"), "the token of a fresh --preview")
    static let confirmLabel = Option(
        "confirm-label", takes: .one("LABEL"), "the bot's label, typed, instead of a token")
    static let botName = Option("name", takes: .one("NAME"), "the label of the new bot")
    static let region = Option("region", takes: .one("REGION"), "where it runs: plutarc regions")
    static let provider = Option(
        "provider", takes: .one("PROVIDER"), "who runs it; the region's first by default")
    static let ownTemplate = Option(
        "template", takes: .one("TEMPLATE"), "the strategy: plutarc templates")
    static let key = Option("key", takes: .one("KEY"), "the exchange key: id, label or id prefix")
    static let canary = Option(
        "canary", takes: .one("N"), "so many first; the others once those stayed well")
    static let closeFirst = Option("close-first", "close every position, then stop")
    static let leaveOpen = Option("leave-open", "stop with positions open; nobody watches them")
    static let set = Option(
        "set", takes: .several("NAME=VALUE", containing: "="), "set limits, all or none")
    static let setSessions = Option(
        "set", takes: .several("FILE|TEXT", containing: "="),
        "sessions of its own: a file, or the quoted text of one")
    static let clear = Option("clear", "take the bot's own away: the template's are in force")
    static let reset = Option("reset", "back to the default limits")
    static let subject = Option("subject", takes: .one("TEXT"), "the ticket's subject")
    static let message = Option("message", takes: .one("TEXT"), "the text itself")
    static let file = Option(
        "file", takes: .one("FILE"), "take the text from a file; - for standard input")
    static let aboutBot = Option(
        "bot", takes: .one("BOT"), "the bot that it is about: id, label or id prefix")
    static let category = Option(
        "category", takes: .word("CATEGORY", of: TicketCategory.self), "the ticket's category")
    static let priority = Option(
        "priority", takes: .word("PRIORITY", of: TicketPriority.self), "the ticket's priority")
    static let asSupport = Option("as-support", "answer as support, not as a user")

    /// Of every command that changes something.
    static let changing: [Option] = [timeout, noWait]
    static let text: [Option] = [message, file]
}

/// Options of commands that make or drive a world.
extension Option {
    static let demo = Option("demo", "play a demo fleet through the engine")
    static let bots = Option("bots", takes: .one("N"), "how many bots")
    static let seed = Option("seed", takes: .one("S"), "another seed gives another history")
    static let days = Option("days", takes: .one("D"), "simulated days to play")
    static let market = Option(
        "market", takes: .several("sim|FILE.csv", containing: ".csv"),
        "the seeded model, or recorded candles")
    static let speed = Option("speed", takes: .one("X"), "world time runs X times as fast")
    static let acceptClock = Option(
        "accept-clock", "the machine's clock counts as it is, after a jump or a long absence")
    static let forSpan = Option("for", takes: .one("DURATION"), "stop after this world time")
    static let unit = Option("unit", "print a systemd unit and exit")
    static let candles = Option(
        "candles", takes: .one("FILE"), "recorded candles, CSV; - for standard input")
    static let template = Option("template", takes: .one("TEMPLATE"), "a name, or a template file")
    static let symbol = Option("symbol", takes: .one("S"), "the symbol")
    static let limits = Option(
        "limits", takes: .one("FILE"), "risk limits: [limits], then name = value")
    static let fees = Option("fees", takes: .one("BPS"), "taker fee in basis points")
    static let equity = Option(
        "equity", takes: .one("AMOUNT"),
        "equity at the start; \(PaperVenue.standardDeposit.text(decimals: 0))")
    static let sweep = Option(
        "sweep", takes: .several("NAME=A..B:STEP", containing: "="),
        "one or two parameters, every value from A to B; ranked")
    static let seeds = Option("seeds", takes: .one("A..B"), "one seed, or a range of them")
    static let faults = Option(
        "faults", takes: .one("SPEC"), "NAME=X,… or all=X: 0 never, 1 usual; or none")
    static let tick = Option("tick", takes: .one("T"), "price step; else the file's decimals")
    static let lot = Option("lot", takes: .one("L"), "quantity step; else the file's decimals")
    static let from = Option("from", takes: .one("TIME"), "first candle")
    static let to = Option("to", takes: .one("TIME"), "end, exclusive")
    static let list = Option("list", "the measurements by name")
    static let quantity = Option("qty", takes: .one("Q"), "size of an entry; 1")
    static let label = Option("label", takes: .one("NAME"), "name of the run in its result")
    static let size = Option("size", takes: .one("COLUMNSxROWS"), "size of the screen; 120x40")
    static let at = Option("at", takes: .one("TIME"), "as of this time")
}

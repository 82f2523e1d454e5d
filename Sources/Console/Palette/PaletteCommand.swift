/// The commands of the `:` line: short codes, long names, what they take and what they do.
import Core
import Store

/// How a line is read: <doc:ConsoleRules#The-palette>.
struct PaletteCommand: Equatable, Sendable {
    enum Argument: Equatable, Sendable {
        case none
        /// A label, id or unique start of one; without it the bot that is meant here.
        case bot(isRequired: Bool)
        case ticket, theme
        /// Free text, said in the placeholder.
        case text(String)
    }

    enum Deed: Equatable, Sendable {
        /// As its key would.
        case run(KeyCommand)
        case bot(BotTab)
        /// An act on bots, as its key would; or on the one that is named.
        case act(KeyCommand)
        /// As its key would, refused alike; the same question about the bot that is named.
        case actOnNamed(KeyCommand)
        case commands, ticket, newTicket, filter, theme
        case readOnly(Bool)
        case version, quit
    }

    /// What people type: `pos`.
    let code: String
    /// The long name, typed as well.
    let name: String
    let words: String
    let argument: Argument
    let deed: Deed
    /// The key whose refusal holds for it too.
    let key: KeyCommand?

    init(
        _ code: String, _ name: String, _ words: String, _ argument: Argument = .none,
        _ deed: Deed, key: KeyCommand? = nil
    ) {
        self.code = code
        self.name = name
        self.words = words
        self.argument = argument
        self.deed = deed
        switch deed {
        case .run(let command), .act(let command), .actOnNamed(let command):
            self.key = key ?? command
        default: self.key = key
        }
    }

    /// `bot LABEL`, `pause [BOT]`.
    var usage: String {
        switch argument {
        case .none: code
        case .bot(let isRequired): isRequired ? "\(code) BOT" : "\(code) [BOT]"
        case .ticket: "\(code) NUMBER"
        case .theme: "\(code) NAME"
        case .text(let placeholder): "\(code) \(placeholder)"
        }
    }

    /// In the order in which an empty line lists them.
    static let all =
        destinations + ActList.palettes + [ticket, OpenTicketAct.palette].compactMap { $0 }
        + program

    private static let destinations: [PaletteCommand] = [
        PaletteCommand("fleet", "fleet", "all bots", .none, .run(.fleet)),
        PaletteCommand("pos", "positions", "open positions", .none, .run(.positions)),
        PaletteCommand("sup", "support", "tickets", .none, .run(.support)),
        PaletteCommand("audit", "audit", "who changed what", .none, .run(.audit)),
        PaletteCommand(
            "bill", "billing", "balance, burn, ledger", .none, .run(.billing)),
        PaletteCommand("bot", "bot", "a bot's page", .bot(isRequired: true), .bot(.template)),
        ofBot("tpl", "template", "a bot's template", .bot(.template)),
        ofBot("risk", "risk", "risk limits", .bot(.risk)),
        ofBot("act", "activity", "a bot's activity", .bot(.activity)),
        ofBot("cmds", "commands", "command history", .commands),
    ]

    private static let ticket = PaletteCommand(
        "tkt", "ticket", "a ticket's thread", .ticket, .ticket)

    private static let program: [PaletteCommand] = [
        PaletteCommand(
            "filter", "filter", "filter this list", .text("WORDS field:value !not"), .filter),
        PaletteCommand("sort", "sort", "choose an order", .none, .run(.sort)),
        PaletteCommand("theme", "theme", "another look, seen at once", .theme, .theme),
        PaletteCommand("ro", "read-only", "refuse every change", .none, .readOnly(true)),
        PaletteCommand("rw", "read-write", "leave read-only", .none, .readOnly(false)),
        PaletteCommand("msg", "messages", "what the message line said", .none, .run(.messages)),
        PaletteCommand("alerts", "alerts", "what nobody has acknowledged", .none, .run(.alerts)),
        PaletteCommand("copy", "copy", "copy menu", .none, .run(.copy)),
        PaletteCommand("help", "keys", "all keys of this view", .none, .run(.help)),
        PaletteCommand("version", "version", "builds of console and engine", .none, .version),
        PaletteCommand("q", "quit", "leave plutarc", .none, .quit),
    ]

    /// Means the bot at hand where none is named.
    static func ofBot(
        _ code: String, _ name: String, _ words: String, _ deed: Deed, key: KeyCommand? = nil
    ) -> PaletteCommand {
        PaletteCommand(code, name, words, .bot(isRequired: false), deed, key: key)
    }

    /// The command that a typed word means: its code or name, or the start of one only.
    static func named(_ word: String) -> PaletteCommand? {
        if let exact = all.first(where: { $0.code == word || $0.name == word }) { return exact }
        let started = all.filter { $0.code.hasPrefix(word) || $0.name.hasPrefix(word) }
        return started.count == 1 ? started[0] : nil
    }
}

/// How people find names: what starts so first, then what contains it, then letters in order.
enum FuzzyMatch {
    /// Those that match, best first; equal ones in the order given.
    static func filter<Item>(
        _ items: [Item], by typed: String, _ name: (Item) -> [String]
    ) -> [Item] {
        let typed = typed.lowercased()
        let ranked = items.enumerated().compactMap { index, item -> (Int, Int, Item)? in
            name(item).compactMap { rank($0.lowercased(), typed) }.min().map { ($0, index, item) }
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// 0 the same, 1 starts so, 2 contains it, 3 has its letters in this order, nil none of it.
    static func rank(_ name: String, _ typed: String) -> Int? {
        if name == typed { return 0 }
        if typed.isEmpty || name.hasPrefix(typed) { return 1 }
        if name.contains(typed) { return 2 }
        var rest = name[...]
        for letter in typed {
            guard let found = rest.firstIndex(of: letter) else { return nil }
            rest = rest[rest.index(after: found)...]
        }
        return 3
    }
}

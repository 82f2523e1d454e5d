/// What a new ticket consists of, and its form as text: the draft on disk.
import Core
import Store

/// The values of the form; nothing is checked here, the desk has the rules.
struct TicketFields: Equatable, Sendable {
    var subject = ""
    var category = TicketCategory.other
    var priority = TicketPriority.normal
    /// Label or id; empty for none.
    var bot = ""
    var text = ""

    /// As in a mail: `Subject: …` and so on, an empty line, then the text.
    var draft: String {
        guard TextRules.says(subject) || TextRules.says(text) else { return "" }
        return """
            Subject: \(subject)
            Category: \(category.rawValue)
            Priority: \(priority.rawValue)
            Bot: \(bot)

            \(text)
            """
    }

    init() {}

    /// Reads ``draft``; lines that are none of its heads belong to the text.
    init(draft: String) {
        var lines = draft.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.first, let colon = line.firstIndex(of: ":") {
            var value = line[line.index(after: colon)...]
            if value.first == " " { value = value.dropFirst() }
            switch line[..<colon] {
            case "Subject": subject = String(value)
            case "Category": category = TicketCategory(rawValue: String(value)) ?? .other
            case "Priority": priority = TicketPriority(rawValue: String(value)) ?? .normal
            case "Bot": bot = String(value)
            default:
                text = lines.joined(separator: "\n")
                return
            }
            lines = lines.dropFirst()
        }
        if let first = lines.first, first.isEmpty { lines = lines.dropFirst() }
        text = lines.joined(separator: "\n")
    }

    /// For `??`: what the person was looking at goes along with the question.
    init(from origin: TicketOrigin) {
        bot = origin.bot ?? ""
        category = origin.bot == nil ? .other : .bot
        var facts = ["screen: \(origin.screen)"]
        if let command = origin.lastCommand { facts.append("last command: \(command)") }
        facts.append("at: \(origin.at)")
        // Before the text, so that writing goes on at its end.
        text = "[attached by the console] " + facts.joined(separator: "; ") + "\n\n"
    }

    var command: Command {
        .ticketOpen(
            subject: subject, message: text, category, priority, bot: bot.isEmpty ? nil : bot)
    }
}

/// Where a person was when `??` was typed: <doc:ConsoleRules#A-ticket-from-here>.
struct TicketOrigin: Hashable, Sendable {
    /// The crumb line: `Fleet > btc-trend-01`.
    var screen: String
    /// The label of the bot that was shown or selected.
    var bot: String?
    /// `command-12`: the last one that this console sent.
    var lastCommand: String?
    var at: Instant
}

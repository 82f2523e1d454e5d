/// What stands beside a thread: the bot frozen when the ticket was opened, clocks, people.
import Core
import Store

/// Rows of words for the right-hand pane. A ticket holds the frozen snapshot of its bot, so that
/// both sides talk of the same moment. **Source** <doc:ProductRules#Tickets>.
struct TicketContext {
    let thread: TicketThread
    let reader: Operator?
    /// What was asked of the bot, newest first.
    let commands: [CommandRow]

    private var ticket: Ticket { thread.row.ticket }
    private var now: Instant { thread.now }

    func draw(in canvas: Canvas, from top: Int = 0) {
        for (row, line) in lines.dropFirst(top).prefix(canvas.rows).enumerated() {
            canvas.text(0, row, line.words, line.role, cells: canvas.columns)
        }
    }

    var lines: [ToldWords] {
        ticketLines + clockLines + peopleLines + snapshotLines + commandLines
    }

    private var commandLines: [ToldWords] {
        guard !commands.isEmpty else { return [] }
        return [ToldWords(""), ToldWords("LAST COMMANDS", .title)]
            + commands.prefix(5).map { row in
                let record = row.record
                let badge = record.isStaff ? " [staff]" : ""
                return ToldWords(
                    "\(stamp(record.at)) \(record.verb) "
                        + "\(Untrusted.display(record.actor))\(badge) \(record.outcome.rawValue)",
                    record.isStaff ? .badgeStaff : .text)
            }
    }

    /// With its date where that is not today.
    private func stamp(_ at: Instant) -> String {
        at.dateText == now.dateText ? "\(at.clockText)Z" : at.shortStamp
    }

    private var ticketLines: [ToldWords] {
        [
            ToldWords("TICKET \(thread.row.mark)", .title),
            ToldWords(field("priority", ticket.priority.rawValue), ticket.priority.role),
            ToldWords(field("category", ticket.category.title)),
            ToldWords(field("status", ticket.status.words)),
            ToldWords(field("bot", thread.row.botLabel ?? "none named")),
            ToldWords(""),
        ]
    }

    private var clockLines: [ToldWords] {
        var lines = [
            ToldWords("CLOCKS", .title),
            ToldWords(field("opened", "\((now - ticket.openedAt).ageText) ago")),
            ToldWords(field("quiet for", thread.row.age(now: now))),
        ]
        if let closedAt = ticket.closedAt {
            lines.append(ToldWords(field("closed", "\((now - closedAt).ageText) ago")))
        } else if let left = thread.row.countdown(now: now) {
            let isSoon = left <= TicketRow.countdownFrom
            lines.append(
                ToldWords(field("auto-close", "in \(left.ageText)"), isSoon ? .ageLate : .text))
        } else {
            lines.append(ToldWords(field("auto-close", "no: staff's turn"), .textDim))
        }
        return lines + [ToldWords("")]
    }

    private var peopleLines: [ToldWords] {
        var names: [String] = []
        for entry in thread.entries where !names.contains(entry.author) {
            names.append(entry.author)
        }
        let staff = Set(thread.entries.filter(\.isStaff).map(\.author))
        return [
            ToldWords("PEOPLE", .title),
            ToldWords(
                field("opened by", ticket.openedBy == reader?.name ? "you" : ticket.openedBy)),
            ToldWords(field("assigned", ticket.assignee ?? "nobody")),
        ]
            + names.filter { $0 != ticket.openedBy }.prefix(4).map {
                staff.contains($0)
                    ? ToldWords(field("answers", "\($0) [staff]"), .badgeStaff)
                    : ToldWords(field("writes", $0))
            } + [ToldWords("")]
    }

    /// The bot as the engine froze it; text that is not what the engine writes shows as missing.
    private var snapshotLines: [ToldWords] {
        guard !ticket.snapshot.isEmpty, let json = try? JSON.parse(ticket.snapshot) else {
            return ticket.botID == nil ? [] : [ToldWords("No snapshot of the bot.", .textDim)]
        }
        let taken = json["at"]?.text.flatMap { Instant(anyYear: $0) }
        let age = taken.map { "  \((now - $0).ageText) ago" } ?? ""
        var lines = [ToldWords("BOT WHEN OPENED\(age)", .title)]
        let fields = [
            ("bot", "bot"), ("state", "state"), ("template", "template"), ("equity", "equity"),
        ]
        for (name, key) in fields {
            lines.append(ToldWords(field(name, Self.told(json[key]?.text, key))))
        }
        let positions = json["positions"]?.elements ?? []
        if positions.isEmpty { lines.append(ToldWords(field("positions", "flat"))) }
        for position in positions {
            let words = ["side", "size", "symbol"].compactMap { key in
                position[key]?.text.map { Self.told($0, key) }
            }
            let price = position["entry_price"]?.text.map { Self.told($0, "entry_price") }
            let entry = price.map { " @ \($0)" } ?? ""
            lines.append(ToldWords("  " + words.joined(separator: " ") + entry))
        }
        return lines
    }

    /// Figures as everywhere else, prices and sizes with all their digits; what is none as it
    /// stands.
    private static func told(_ text: String?, _ key: String) -> String {
        guard let text else { return "–" }
        let figure =
            switch key {
            case "equity": (try? Money.parse(text))?.money
            case "entry_price": ValueText.exact(try? Price.parse(text))
            case "size": ValueText.exact(try? Quantity.parse(text))
            default: String?.none
            }
        return figure ?? text
    }

    private func field(_ name: String, _ value: String) -> String {
        TextWidth.padded(name, to: 11) + Untrusted.display(value)
    }
}

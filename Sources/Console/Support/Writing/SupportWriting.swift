/// Writing on the support screen: replies, notes and new tickets, and how their drafts are kept.
import Core
import Store

extension SupportScreen {
    /// What is being written now.
    enum Writing: Equatable, Sendable {
        case message(Composer)
        case ticket(TicketForm)
    }

    // MARK: Opening

    /// With the form of a new ticket open: <doc:ConsoleRules#A-ticket-from-here>.
    init(origin: TicketOrigin, _ around: Surroundings) {
        self.init(around)
        openForm(from: origin, around)
    }

    mutating func openReply(_ around: Surroundings, inEditor: Bool = false) -> [ScreenAction] {
        guard let row = current, let reader = around.person else { return [] }
        let mayChoose = reader.actsForSupport && !reader.isStaff
        let asSupport = reader.isStaff || (mayChoose && row.ticket.openedBy != reader.name)
        return open(
            Composer(
                .reply(asSupport: asSupport), to: row.ticket.id,
                text: around.kept[DraftPurpose.reply(row.ticket.id).name] ?? "",
                mayChooseSide: mayChoose),
            inEditor: inEditor)
    }

    mutating func openNote(_ around: Surroundings) -> [ScreenAction] {
        guard let row = current, around.person?.actsForSupport == true else { return [] }
        let text = around.kept[DraftPurpose.note(row.ticket.id).name] ?? ""
        return open(Composer(.note, to: row.ticket.id, text: text))
    }

    private mutating func open(_ composer: Composer, inEditor: Bool = false) -> [ScreenAction] {
        writing = .message(composer)
        focus = .thread
        changedAt = nil
        var actions = markSeen()
        if inEditor {
            actions.append(
                .perform(.edit(tag: composer.purpose.name, text: composer.text)))
        } else if !composer.text.isEmpty {
            actions.append(.say(.info, "Your draft is here again."))
        }
        return actions
    }

    /// A draft of a new ticket goes first; without one the form tells where it was asked for.
    @discardableResult
    mutating func openForm(
        from origin: TicketOrigin?, _ around: Surroundings
    ) -> [ScreenAction] {
        let labels = around.fleet?.rows.map(\.label) ?? []
        let draft = around.kept[DraftPurpose.newTicket.name]
        let fields =
            draft.map { TicketFields(draft: $0) }
            ?? origin.map { TicketFields(from: $0) } ?? TicketFields()
        writing = .ticket(TicketForm(fields, botLabels: labels))
        changedAt = nil
        return draft == nil ? [] : [.say(.info, "Your draft is here again.")]
    }

    /// Puts under the reply what was asked of the ticket's bot, the newest five commands.
    mutating func attachLog(_ around: Surroundings) -> [ScreenAction] {
        guard let commands = pane.commands, let bot = current?.botLabel, !commands.rows.isEmpty
        else {
            return [.say(.info, "Nothing was asked of this bot yet.")]
        }
        let actions = openReply(around)
        guard case .message(var composer) = writing else { return actions }
        let lines = commands.rows.prefix(5).map { row in
            let record = row.record
            return "  \(record.at) \(record.verb) by \(record.actor): "
                + "\(record.outcome.rawValue), \(record.message) (\(record.id))"
        }
        let log = (["", "[attached by the console] last commands of \(bot)"] + lines)
            .joined(separator: "\n")
        return actions + carry(composer.paste(log), of: .message(composer), around)
    }

    // MARK: Keys

    var takesText: Bool { writing != nil }

    mutating func type(_ key: Key, _ around: Surroundings) -> [ScreenAction] {
        switch writing {
        case .message(var composer):
            let result = composer.handle(key, at: around.wall, around.keymap)
            return carry(result, of: .message(composer), around)
        case .ticket(var form):
            let result = form.handle(key, at: around.wall, around.keymap)
            return carry(result, of: .ticket(form), around)
        case nil: return []
        }
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> [ScreenAction] {
        switch writing {
        case .message(var composer):
            let result = composer.paste(text)
            return carry(result, of: .message(composer), around)
        case .ticket(var form):
            let result = form.paste(text)
            return carry(result, of: .ticket(form), around)
        case nil: return []
        }
    }

    /// What became of a key in a field, carried out.
    private mutating func carry(
        _ result: Composer.Result, of written: Writing, _ around: Surroundings
    ) -> [ScreenAction] {
        writing = written
        switch result {
        case .open: return []
        case .changed: return keep(written, around)
        case .left:
            writing = nil
            return keep(written, around, isChanged: false) + [leaving(written.draft, around)]
        case .send(let command):
            return keep(written, around) + [.submit(command, words: written.sendingWords)]
        case .edit(let text):
            return keep(written, around)
                + [.perform(.edit(tag: written.purpose.name, text: text))]
        case .refused(let words): return [.say(.warn, words)]
        }
    }

    /// No more is said of the draft than what is known of the disk.
    private func leaving(_ draft: String, _ around: Surroundings) -> ScreenAction {
        if draft.isEmpty { return .say(.info, "Nothing was written.") }
        if let problem = around.keeping.problem {
            return .say(.warn, "The draft stays until you quit; it is not on disk: \(problem)")
        }
        let isWritten = around.keeping.holds(changedAt: changedAt)
        return .say(
            .info,
            isWritten ? "The draft is kept." : "The draft stays; it is on its way to the disk.")
    }

    /// - Parameter isChanged: false where the text is the one that was kept last.
    private mutating func keep(
        _ written: Writing, _ around: Surroundings, isChanged: Bool = true
    ) -> [ScreenAction] {
        if isChanged { changedAt = around.wall }
        let draft = written.draft
        let text = TextRules.says(draft) ? draft : nil
        return [.perform(.keep(name: written.purpose.name, text: text))]
    }

    // MARK: Answers

    mutating func edited(
        _ tag: String, _ text: String, _ around: Surroundings
    ) -> [ScreenAction] {
        guard let purpose = DraftPurpose(name: tag), purpose == writing?.purpose else { return [] }
        switch writing {
        case .message(var composer):
            composer.replace(text)
            return carry(.changed, of: .message(composer), around)
        case .ticket(var form):
            form.replace(text)
            return carry(.changed, of: .ticket(form), around)
        case nil: return []
        }
    }

    /// A text that arrived needs no draft; one that did not stays in its field.
    mutating func hear(_ settled: SettledCommand, _ around: Surroundings) -> [ScreenAction] {
        guard let (purpose, draft) = Self.sent(settled.command) else { return [] }
        let isOpen = writing?.purpose == purpose && writing?.isSending == true
        guard settled.isDone else {
            if isOpen { writing?.notSent() }
            return []
        }
        if isOpen {
            writing = nil
            pane.scrollToEnd()
        }
        // Written on meanwhile, the text is another one and stays a draft.
        guard around.kept[purpose.name] == draft else { return [] }
        return [.perform(.keep(name: purpose.name, text: nil))]
    }

    /// Which draft a command was made from, and its text.
    private static func sent(_ command: Command) -> (DraftPurpose, String)? {
        if let reply = command.as(ReplyToTicketCommand.self) {
            return ID<Ticket>(text: reply.ticket).map { (.reply($0), reply.message) }
        }
        if let note = command.as(NoteOnTicketCommand.self) {
            return ID<Ticket>(text: note.ticket).map { (.note($0), note.message) }
        }
        return command.as(OpenTicketCommand.self).map { (.newTicket, fields($0).draft) }
    }

    private static func fields(_ opening: OpenTicketCommand) -> TicketFields {
        var fields = TicketFields()
        fields.subject = opening.title
        fields.text = opening.message
        fields.category = opening.category
        fields.priority = opening.priority
        fields.bot = opening.bot ?? ""
        return fields
    }
}

extension SupportScreen.Writing {
    var purpose: DraftPurpose {
        switch self {
        case .message(let composer): composer.purpose
        case .ticket: .newTicket
        }
    }

    /// What is kept on disk.
    var draft: String {
        switch self {
        case .message(let composer): composer.text
        case .ticket(let form): form.fields.draft
        }
    }

    var isSending: Bool {
        switch self {
        case .message(let composer): composer.isSending
        case .ticket(let form): form.isSending
        }
    }

    fileprivate var sendingWords: String {
        switch self {
        case .message(let composer) where composer.isNote:
            "Saving the note to #\(composer.ticket.number)"
        case .message(let composer): "Sending the reply to #\(composer.ticket.number)"
        case .ticket: "Opening the ticket"
        }
    }

    fileprivate mutating func notSent() {
        switch self {
        case .message(var composer):
            composer.notSent()
            self = .message(composer)
        case .ticket(var form):
            form.notSent()
            self = .ticket(form)
        }
    }
}

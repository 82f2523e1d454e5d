/// Commands as JSON: verb and arguments, both ways.

import Store

extension Command {
    /// `{"verb":…,"args":{…}}`.
    public var request: JSON { ["verb": .string(verb), "args": arguments] }

    /// - Throws: ``Refusal`` `unknown_verb` or `bad_request`.
    public init(request: JSON) throws(Refusal) {
        guard let verb = request["verb"]?.text else {
            throw .badRequest(field: "verb", problem: "a word is expected")
        }
        try self.init(verb: verb, arguments: request["args"] ?? [:])
    }

    /// The arguments as an object; absent ones are left out.
    public var arguments: JSON {
        switch self {
        case .pause(let bots, let reason), .resume(let bots, let reason):
            Self.object(bots.member, Self.text("reason", reason))
        case .closeAll(let bots, let confirmation):
            Self.object(bots.member, confirmation?.member)
        case .previewCloseAll(let bots): Self.object(bots.member)
        case .closePosition(let position, let confirmation):
            Self.object(Self.text("position", position), confirmation?.member)
        case .previewClose(let position): ["position": .string(position)]
        case .riskSet(let bot, let settings, let confirmation):
            Self.object(
                Self.text("bot", bot),
                JSON.Member(
                    "values", .object(settings.map { JSON.Member($0.name, .string($0.value)) })),
                confirmation?.member)
        case .previewLimits(let bot, let settings):
            [
                "bot": .string(bot),
                "values": .object(settings.map { JSON.Member($0.name, .string($0.value)) }),
            ]
        case .previewTemplate(let bot, let template):
            ["bot": .string(bot), "template": .string(template)]
        case .riskReset(let bot, let confirmation):
            Self.object(Self.text("bot", bot), confirmation?.member)
        case .assignTemplate(let bot, let template, let confirmation):
            Self.object(
                Self.text("bot", bot), Self.text("template", template), confirmation?.member)
        case .templateImport(let text, let file):
            Self.object(Self.text("text", text), Self.text("file", file))
        case .templateCopy(let template, let name):
            ["template": .string(template), "name": .string(name)]
        case .templateDelete(let template): ["template": .string(template)]
        case .noticeAcknowledge(let notice): ["alert": .string(notice)]
        case .cancel(let command): ["command": .string(command)]
        case .acceptClock: [:]
        case .deploy, .start, .stop, .previewStop, .restart, .update, .updateInCohorts, .assignKey,
            .topUp, .setSessions:
            lifeArguments
        default: ticketArguments
        }
    }

    private var ticketArguments: JSON {
        switch self {
        case .ticketOpen(let subject, let message, let category, let priority, let bot):
            Self.object(
                Self.text("subject", subject), Self.text("message", message),
                Self.text("category", category.rawValue),
                Self.text("priority", priority.rawValue), Self.text("bot", bot))
        case .ticketReply(let ticket, let message, let asSupport):
            [
                "ticket": .string(ticket), "message": .string(message),
                "as_support": .bool(asSupport),
            ]
        case .ticketNote(let ticket, let message):
            ["ticket": .string(ticket), "message": .string(message)]
        case .ticketAssign(let ticket, let assignee):
            ["ticket": .string(ticket), "assignee": .optional(assignee)]
        case .ticketPriority(let ticket, let priority):
            ["ticket": .string(ticket), "priority": .string(priority.rawValue)]
        case .ticketCategory(let ticket, let category):
            ["ticket": .string(ticket), "category": .string(category.rawValue)]
        default: ["ticket": .string(target)]
        }
    }

    /// - Parameter arguments: fields that the verb does not know are ignored: who asks comes
    ///   from the kernel alone.
    /// - Throws: ``Refusal`` `unknown_verb` or `bad_request`, naming the field.
    public init(verb: String, arguments: JSON) throws(Refusal) {
        let fields = try CommandArguments(arguments)
        if let life = try Self.life(verb, fields) {
            self = life
        } else if verb.hasPrefix(Verb.ofTickets) {
            self = try Self.ticket(verb, fields)
        } else {
            self = try Self.fleet(verb, fields)
        }
    }

    private static func fleet(
        _ verb: String, _ fields: CommandArguments
    ) throws(Refusal) -> Command {
        switch verb {
        case Verb.pause: .pause(try fields.bots(), reason: try fields.reason())
        case "resume": .resume(try fields.bots(), reason: try fields.reason())
        case Verb.close:
            .closePosition(
                try fields.name("position"), confirmation: try fields.confirmation())
        case Verb.closeAll:
            .closeAll(try fields.bots(), confirmation: try fields.confirmation())
        case "close-preview": .previewClose(position: try fields.name("position"))
        case "close-all-preview": .previewCloseAll(try fields.bots())
        case "risk-set":
            .riskSet(
                bot: try fields.name("bot"), try fields.settings(),
                confirmation: try fields.confirmation())
        case "risk-reset":
            .riskReset(bot: try fields.name("bot"), confirmation: try fields.confirmation())
        case "risk-preview":
            .previewLimits(bot: try fields.name("bot"), try fields.settings())
        case "assign-template-preview":
            .previewTemplate(
                bot: try fields.name("bot"), template: try fields.name("template"))
        case "assign-template":
            .assignTemplate(
                bot: try fields.name("bot"), template: try fields.name("template"),
                confirmation: try fields.confirmation())
        case "template-import":
            .templateImport(
                text: try fields.body("text"), file: try fields.optionalName("file"))
        case "template-copy":
            .templateCopy(try fields.name("template"), name: try fields.name("name"))
        case "template-delete": .templateDelete(try fields.name("template"))
        case Verb.acknowledge: .noticeAcknowledge(try fields.name("alert"))
        case "cancel": .cancel(try fields.name("command"))
        case "accept-clock": .acceptClock
        default: throw .unknownVerb(verb)
        }
    }

    private static let ticketVerbs: Set<String> = [
        "ticket-reply", "ticket-note", "ticket-assign", "ticket-priority", "ticket-category",
        "ticket-resolve", "ticket-close", "ticket-reopen",
    ]

    private static func ticket(
        _ verb: String, _ fields: CommandArguments
    ) throws(Refusal) -> Command {
        if verb == "ticket-open" {
            return .ticketOpen(
                subject: try fields.body("subject"), message: try fields.body("message"),
                try fields.word("category", else: .other),
                try fields.word("priority", else: .normal), bot: try fields.optionalName("bot"))
        }
        guard ticketVerbs.contains(verb) else { throw .unknownVerb(verb) }
        let ticket = try fields.name("ticket")
        switch verb {
        case "ticket-reply":
            return .ticketReply(
                ticket, message: try fields.body("message"),
                asSupport: try fields.flag("as_support"))
        case "ticket-note": return .ticketNote(ticket, message: try fields.body("message"))
        case "ticket-assign":
            return .ticketAssign(ticket, assignee: try fields.optionalName("assignee"))
        case "ticket-priority": return .ticketPriority(ticket, try fields.word("priority"))
        case "ticket-category": return .ticketCategory(ticket, try fields.word("category"))
        case "ticket-resolve": return .ticketResolve(ticket)
        case "ticket-close": return .ticketClose(ticket)
        case "ticket-reopen": return .ticketReopen(ticket)
        default: throw .unknownVerb(verb)
        }
    }
}

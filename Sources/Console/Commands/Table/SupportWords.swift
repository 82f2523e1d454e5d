/// Words of the commands for support tickets.

extension CommandTable {
    static let support: [CommandSpec] =
        [
            CommandSpec(
                "tickets", .support, "support tickets, most urgent first",
                options: [.status, .mine],
                examples: [CommandExample("plutarc tickets --status open", "what waits")]),
            CommandSpec(
                "ticket show", .support, "one ticket with its thread", [.one("TICKET")],
                details: "Internal notes are shown to support staff only.",
                examples: [CommandExample("plutarc ticket show ticket-4", "by its id")]),
            CommandSpec(
                "ticket open", .support, "open a ticket", [.optional("SUBJECT")],
                options: [.subject, .category, .priority, .bot] + Option.text, changes: true,
                details: """
                    The text comes from --message, --file, a pipe, or $EDITOR. Categories: \
                    bot api_key strategy billing account bug feature other. \
                    Priorities: low normal high urgent.
                    """,
                examples: [
                    CommandExample(
                        "plutarc ticket open 'no entries' --bot btc-trend-01 --message 'ADX is 31'",
                        "about a bot")
                ]),
            writing(
                "ticket reply", "answer; a user's answer reopens", "plutarc ticket reply ticket-4",
                [.asSupport]),
            writing(
                "ticket note", "internal note, for support staff only",
                "plutarc ticket note ticket-4 --message 'known: h2 rate limit'"),
        ] + [
            steering("ticket assign", "give a ticket to somebody", "MEMBER", "ana"),
            steering("ticket priority", "low, normal, high or urgent", "PRIORITY", "urgent"),
            steering("ticket category", "file it elsewhere", "CATEGORY", "strategy"),
            steering("ticket resolve", "solved; closes after seven quiet days", nil, nil),
            steering("ticket close", "close a ticket", nil, nil),
            steering("ticket reopen", "open a closed ticket again", nil, nil),
        ]

    private static func writing(
        _ name: String, _ summary: String, _ line: String, _ options: [Option] = []
    ) -> CommandSpec {
        CommandSpec(
            name, .support, summary, [.one("TICKET")], options: options + Option.text,
            changes: true,
            details: "The text comes from --message, --file, a pipe, or $EDITOR.",
            examples: [CommandExample(line, "the text as above")])
    }

    private static func steering(
        _ name: String, _ summary: String, _ operand: String?, _ value: String?
    ) -> CommandSpec {
        let second = operand.map { [Operand.one($0)] } ?? []
        let line = ["plutarc", name, "ticket-4"] + (value.map { [$0] } ?? [])
        return CommandSpec(
            name, .support, summary, [.one("TICKET")] + second, changes: true,
            examples: [CommandExample(line.joined(separator: " "), summary)])
    }
}

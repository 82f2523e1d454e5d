/// Words of the commands that show support tickets.

extension CommandTable {
    static let support: [CommandSpec] = [
        CommandSpec(
            "tickets", .support, "support tickets, most urgent first",
            options: [.status, .mine],
            examples: [CommandExample("plutarc tickets --status open", "what waits")]),
        CommandSpec(
            "ticket show", .support, "one ticket with its thread", [.one("TICKET")],
            details: "Internal notes are shown to support staff only.",
            examples: [CommandExample("plutarc ticket show ticket-4", "by its id")]),
    ] + ActList.words(of: .tickets)
}

/// Words of the commands about where bots run and what that costs.

extension CommandTable {
    static let life: [CommandSpec] = ActList.words(of: .life) + [
        CommandSpec(
            "regions", .fleet, "where bots can run, and the rates", options: [.exportRegions],
            details: """
                Read from compute.ini in the home, where there is such a file. To have other
                regions, rates or a newer bot version: export it there, edit it, and start the
                engine again.
                """,
            examples: [
                CommandExample("plutarc regions --json", "for a script"),
                CommandExample("plutarc regions --export compute.ini", "to edit it"),
            ]),
        CommandSpec(
            "billing", .fleet, "balance, burn, runway and ledger", options: [.since],
            details: "Charged to the second while an instance is provisioned.",
            examples: [CommandExample("plutarc billing --since 7d", "the ledger of a week")]),
    ] + ActList.words(of: .billing)
}

/// More room never means less: over every width, on every list, columns only come and texts only
/// grow.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct WidthTests {
    private static let widest = 200

    static let lists = [
        Scene(
            name: "fleet", script: "v",
            titles: ["BOT", "STATUS", "CAUSE", "HB", "POS", "uPnL", "TEMPLATE", "REGION", "VER"]),
        Scene(
            name: "positions", place: .positions,
            titles: [
                "BOT", "N", "SYMBOL", "SIZE", "ENTRY", "MARK", "uPnL", "LEV", "AGE", "NOTIONAL",
                "LIQ", "EXITS",
            ]),
        Scene(
            name: "commands", place: .commands(nil),
            titles: ["COMMAND", "TARGET", "WHO", "OUTCOME", "TOOK", "RESULT"]),
        Scene(
            name: "billing", place: .billing,
            titles: ["BOT", "PLACE", "NOW", "USD/H", "HOURS", "KIND", "SECONDS", "DETAIL"]),
        Scene(
            name: "components", place: .bot(ID(1), .template),
            titles: ["COMPONENT", "ROLE", "CATEGORY", "WT", "NOW", "STATE", "PARAMETERS"]),
    ]

    @Test(arguments: lists) func aWiderTerminalNeverShowsFewerColumns(_ list: Scene) throws {
        var journey = try list.journey()
        var before: [String] = []
        for columns in 40...Self.widest {
            try journey.resize(columns, 30)
            let words = Set(
                journey.text.split { " \n│┃v^".contains($0) }.map(String.init))
            let shown = list.titles.filter { title in
                words.contains(title) || words.contains("\(title)▲") || words.contains("\(title)▼")
            }
            let gone = before.filter { !shown.contains($0) }
            #expect(gone.isEmpty, "\(columns) columns lose \(gone)\n\(journey.text)")
            before = shown
        }
        #expect(before.count == list.titles.count, "\(before)\n\(journey.text)")
    }

    /// Of names, figures and states; a free text may be longer than any window.
    @Test(arguments: lists) func aWiderTerminalNeverCutsMore(_ list: Scene) throws {
        var journey = try list.journey()
        try journey.resize(Self.widest, 30)
        let names = Self.words(journey).filter { $0.count <= 24 && $0.count > 3 }
        var whole: Set<String> = []
        for columns in 40...Self.widest {
            try journey.resize(columns, 30)
            let shown = Self.words(journey)
            let lost = whole.subtracting(shown)
            #expect(lost.isEmpty, "\(columns) columns cut \(lost)\n\(journey.text)")
            whole = names.intersection(shown)
        }
    }

    /// Words of the rows; what is told of the row under the cursor, or beside the list, is not.
    private static func words(_ journey: Journey) -> Set<String> {
        let frame = journey.frame()
        let all = (0..<frame.size.rows).map { frame.line($0) }
        let top = all.firstIndex { $0.contains("   BOT") || $0.contains("COMPONENT") } ?? 3
        let lines = all.dropFirst(top + 1).prefix(8)
        return Set(
            lines.joined(separator: "\n").split { " \n│┃".contains($0) }.map(String.init)
                .filter { $0.contains("-") && $0.first?.isLetter == true })
    }

    /// The lists of which no picture is made here, with texts of any length.
    @Test func tablesOnlyGrow() { #expect(Self.shrinking(seeds: 1...200) == []) }

    @Test func aColumnThatDoesNotWaitIsNoticed() {
        #expect(!Self.shrinking(seeds: 1...200, off: [.columnsWait]).isEmpty)
    }

    /// The columns that more room makes narrower, or that leave.
    private static func shrinking(
        seeds: ClosedRange<UInt64>, off: Set<ScreenSafeguard> = []
    ) -> Set<String> {
        var found: Set<String> = []
        for table in [TicketList.columns, AuditScreen.table, CommandsScreen.table] {
            for seed in seeds {
                var dice = Randomness(seed: seed)
                let texts = table.columns.map { _ in dice.integer(in: 1...40) }
                var before: [Int: Int] = [:]
                for cells in 40...200 {
                    let layout = table.layout(cells, longest: texts, off: off)
                    let now = Dictionary(uniqueKeysWithValues: layout.map { ($0.index, $0.width) })
                    for (index, width) in before {
                        let seen = min(width, max(texts[index], table.columns[index].longest))
                        if now[index] ?? 0 < seen { found.insert(table.columns[index].id) }
                    }
                    before = now
                }
            }
        }
        return found
    }

    /// What a person needs at two in the morning stands in the narrowest window.
    @Test(arguments: [40, 44, 52, 60, 72, 80]) func theFirstFactsStayAtEveryWidth(_ columns: Int)
        throws
    {
        var journey = try Journey(Size(columns, 24), at: .positions, role: .owner)
        let screen = try #require(journey.state.top as? PositionsScreen)
        for row in screen.rows.prefix(5) {
            let line = try #require(
                journey.text.split(separator: "\n").first {
                    $0.contains(row.position.symbol) && $0.contains(row.sizeText)
                })
            #expect(line.contains(row.profit(journey.state.around).text), "\(line)")
        }
        journey = try Journey(Size(columns, 24), role: .owner)
        if columns >= 80 { try journey.run("v") }
        for row in journey.fleet?.rows ?? [] {
            let line = try #require(
                journey.text.split(separator: "\n").first { $0.contains(row.label) },
                "\(row.label)\n\(journey.text)")
            #expect(line.contains(row.profit(journey.state.around).text), "\(line)")
        }
        #expect(journey.text.contains("no heartbeat") || columns < 46, "\(journey.text)")
    }
}

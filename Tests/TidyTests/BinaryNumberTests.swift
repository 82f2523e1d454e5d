/// Where a fixed-point number becomes a binary one, or comes out of one: a list that only shrinks.
import Testing

/// Money, prices, sizes and shares of them are whole counts. What stands here is an indicator, a
/// ratio, the drawing of one, a score, the model of a market or a random number.
@Suite struct BinaryNumberTests {
    private static let indicators: Set<String> = [
        "Sources/Core/Strategy/Bar.swift", "Sources/Core/Strategy/Strategy.swift",
        "Sources/Core/Strategy/Checks/MinimumMove.swift",
        "Sources/Core/Strategy/Checks/SpreadCheck.swift",
        "Sources/Core/Strategy/Exits/ChandelierExit.swift",
        "Sources/Core/Strategy/Exits/VolatilityRules.swift", "Sources/Core/Venue/Paper/Book.swift",
    ]
    private static let models: Set<String> = [
        "Sources/Core/Market/MarketModel.swift", "Sources/Core/Market/MarketTemper.swift",
        "Sources/Core/Fuzz/FuzzInput.swift", "Sources/Core/Fuzz/FuzzRun.swift",
        "Sources/Core/Simulation/SimulationPlan.swift",
    ]
    private static let scores: Set<String> = [
        "Sources/Console/Bot/LimitMeter.swift", "Sources/Console/Parts/Figures.swift",
        "Sources/Console/Commands/Actions/WhyActions.swift",
        "Sources/Console/Commands/Bench/BenchCommand.swift",
        "Sources/Console/Commands/Output/DossierText.swift",
        "Sources/Console/Commands/Output/ValueText.swift",
        "Sources/Core/Trading/Prices/CandleTurn.swift",
    ]
    private static let known = indicators.union(models).union(scores)

    /// Whether a line turns one kind of number into the other.
    private static func turns(_ line: String) -> Bool {
        line.contains("(nearest:")
            || line.ranges(of: ".double").contains { range in
                let next = line[range.upperBound...].first
                return next.map { !$0.isLetter && $0 != "(" && $0 != ":" } ?? true
            }
    }

    private static var users: Set<String> {
        Set(
            SourceTree.sources.filter { file in
                !file.path.hasPrefix("Sources/Store/Values/") && file.lines.contains(where: turns)
            }.map(\.path))
    }

    @Test func nobodyElseTurnsOneKindIntoTheOther() {
        let fresh = Self.users.subtracting(Self.known).sorted()
        #expect(fresh.isEmpty, "money, prices and sizes stay whole counts: \(fresh)")
    }

    @Test func whoNoLongerDoesLeavesTheList() {
        let idle = Self.known.subtracting(Self.users).sorted()
        #expect(idle.isEmpty, "take them out of the list: \(idle)")
    }

    @Test func theTestSeesIt() {
        #expect(Self.turns("values = points.map(\\.equity.double)"))
        #expect(Self.turns("let share = Rate(nearest: percent / 100)"))
        #expect(!Self.turns("\"score\": .double(position.entryScore),"))
    }
}

/// What a position is worth is asked of its instrument: nobody multiplies a price for himself.
import Testing

@Suite struct InstrumentsTests {
    /// Where the formula of plain contracts stands, and who asks it for them.
    private static let known: Set<String> = [
        "Sources/Store/Market/Contract.swift", "Sources/Core/Numbers/Countable.swift",
        "Sources/Core/Bot/PositionBook.swift",
    ]

    /// Money from a price, or a price from money, for contracts of one kind alone.
    private static func multiplies(_ line: String) -> Bool {
        let code = line.split(separator: "//", omittingEmptySubsequences: false).first ?? ""
        return [".value(at:", "Price(paying:", "Quantity(of:"].contains { code.contains($0) }
    }

    @Test func valuesAreAskedOfTheInstrument() {
        let others = SourceTree.sources.filter { file in
            !Self.known.contains(file.path) && file.lines.contains(where: Self.multiplies)
        }
        #expect(
            others.isEmpty,
            "ask the instrument's contract for values and prices: \(others.map(\.path))")
    }

    @Test func whoNoLongerDoesLeavesTheList() {
        for path in Self.known {
            let file = SourceTree.sources.first { $0.path == path }
            #expect(file?.lines.contains(where: Self.multiplies) == true, "\(path)")
        }
    }

    @Test func aMultiplicationWouldBeFound() {
        #expect(Self.multiplies("        let worth = held.quantity.value(at: mark)"))
        #expect(Self.multiplies("        return Price(paying: money, for: quantity)"))
        #expect(!Self.multiplies("        let worth = contract.value(of: quantity, at: mark)"))
        #expect(!Self.multiplies("    // as quantity.value(at: mark) was"))
    }
}

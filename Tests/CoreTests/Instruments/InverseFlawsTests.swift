/// Rows of inverse positions that cannot be true, and the trades that come of them.
import Store
import Testing

@testable import Core

@Suite struct InverseFlawsTests {
    private static let contract = ContractTests.hundredDollars

    /// A thousand contracts of a hundred, bought at 100: worth a thousand.
    private func position() throws -> Position {
        let bench = try WorldBench(contract: Self.contract)
        bench.print(100)
        bench.enter(.long, 1000)
        let position = try #require(bench.held.first)
        #expect(position.flaw(Self.contract, at: position.openedAt) == nil)
        return position
    }

    private func trade(_ position: Position, last: Double) -> Trade {
        let price = WorldBench.price(last)
        return Trade(
            closing: position, Self.contract, in: .usdt, at: position.openedAt, last: price,
            decisionPrice: price)
    }

    /// At a price near zero they are worth more than can be counted, at a high one less.
    @Test func whatItIsWorthIsAskedOfItsContract() throws {
        var position = try position()
        position.entryPrice = try .parse("0.00000001")
        let words = "what it is worth cannot be counted"
        #expect(position.flaw(Self.contract, at: position.openedAt) == words)
        #expect(position.flaw(.plain, at: position.openedAt) == nil)
        (position.entryPrice, position.openedQuantity) = (
            try .parse("1000000"), Quantity.one * 1_000_000_000
        )
        #expect(position.flaw(Self.contract, at: position.openedAt) == nil)
        #expect(position.flaw(.plain, at: position.openedAt) == words)
    }

    /// A value below zero has no price; in its place stands what all of it was worth at the last.
    @Test func anExitValueThatCannotBeIsThatOfTheLastPrice() throws {
        var position = try position()
        position.exitValue = .units(-1000)
        #expect(trade(position, last: 125).flaw == "its exit price is not above zero")
        let sound = position.withoutFlaws(
            Self.contract, at: position.openedAt, last: WorldBench.price(125))
        #expect(sound.exitValue == .units(800))
        #expect(trade(sound, last: 125).exitPrice == WorldBench.price(125))
        #expect(trade(sound, last: 125).flaw == nil)
    }

    @Test func anExitValueThatCanBeStays() throws {
        var position = try position()
        position.exitValue = .units(800)
        let same = position.withoutFlaws(
            Self.contract, at: position.openedAt, last: WorldBench.price(130))
        #expect(same == position)
        #expect(trade(same, last: 130).exitPrice == WorldBench.price(125))
    }
}

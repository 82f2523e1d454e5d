/// The dice: the same everywhere, restored exactly, even enough to gamble with.
import Core
import Testing

@Suite struct RandomnessTests {
    @Test func equalSeedsThrowEqualDice() {
        var first = Randomness(seed: 42)
        var second = Randomness(seed: 42)
        var other = Randomness(seed: 43)
        let throwsOfFirst = (0..<100).map { _ in first.next() }
        #expect(throwsOfFirst == (0..<100).map { _ in second.next() })
        #expect(throwsOfFirst != (0..<100).map { _ in other.next() })
    }

    @Test func theReferenceSequenceIsReproduced() {
        // From the authors' program: state 1, 2, 3, 4.
        var dice = Randomness(state: "1:2:3:4")
        let first = (0..<4).compactMap { _ in dice?.next() }
        #expect(first == [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
    }

    @Test func savedStateGoesOnExactly() {
        var dice = Randomness(seed: 7)
        for _ in 0..<1000 { _ = dice.normal() }
        var restored = Randomness(state: dice.state)
        for _ in 0..<1000 { #expect(dice.next() == restored?.next()) }
    }

    @Test(arguments: ["", "1:2:3", "1:2:3:4:5", "0:0:0:0", "x:1:2:3", "1::2:3"])
    func textThatIsNoStateIsRefused(_ text: String) {
        #expect(Randomness(state: text) == nil)
    }

    @Test func forksDoNotDisturbEachOther() {
        var dice = Randomness(seed: 1)
        var left = dice.fork(named: "left")
        var again = dice.fork(named: "left")
        var right = dice.fork(named: "right")
        let fromLeft = (0..<50).map { _ in left.next() }
        #expect(fromLeft == (0..<50).map { _ in again.next() })
        #expect(fromLeft != (0..<50).map { _ in right.next() })
        var untouched = Randomness(seed: 1)
        #expect(dice.next() == untouched.next())
    }

    @Test func uniformNumbersAreEvenAndBelowOne() {
        var dice = Randomness(seed: 3)
        var sum = 0.0
        for _ in 0..<100_000 {
            let value = dice.uniform()
            if value < 0 || value >= 1 { Issue.record("outside [0, 1): \(value)") }
            sum += value
        }
        #expect(abs(sum / 100_000 - 0.5) < 0.005)
    }

    @Test func normalNumbersHaveMeanZeroAndDeviationOne() {
        var dice = Randomness(seed: 4)
        var sum = 0.0
        var squares = 0.0
        for _ in 0..<200_000 {
            let value = dice.normal()
            sum += value
            squares += value * value
        }
        #expect(abs(sum / 200_000) < 0.01)
        #expect(abs(squares / 200_000 - 1) < 0.015)
    }

    @Test func everyWholeNumberOfARangeIsEquallyLikely() {
        var dice = Randomness(seed: 5)
        var counts = Array(repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[dice.integer(in: -3...3) + 3] += 1 }
        for count in counts { #expect(abs(count - 10_000) < 500) }
        #expect(dice.integer(in: 9...9) == 9)
    }

    @Test func chanceKeepsItsOdds() {
        var dice = Randomness(seed: 6)
        let hits = (0..<100_000).count { _ in dice.chance(3, in: 10) }
        #expect(abs(hits - 30_000) < 700)
        #expect(!(0..<1000).contains { _ in dice.chance(0, in: 5) })
    }
}

/// The dice of the simulated world: seeded, forked by name, saved and restored as text.

/// xoshiro256** (Blackman, Vigna) seeded by splitmix64: equal seeds throw equal dice everywhere.
public struct Randomness: Sendable, Equatable {
    @usableFromInline var first: UInt64
    @usableFromInline var second: UInt64
    @usableFromInline var third: UInt64
    @usableFromInline var fourth: UInt64

    public init(seed: UInt64) {
        var seeding = seed
        first = Self.splitmix(&seeding)
        second = Self.splitmix(&seeding)
        third = Self.splitmix(&seeding)
        fourth = Self.splitmix(&seeding)
    }

    /// Four hexadecimal words, as ``state`` gives them. Nil for any other text.
    public init?(state: String) {
        let words = state.split(separator: ":", omittingEmptySubsequences: false)
            .compactMap { UInt64($0, radix: 16) }
        guard words.count == 4, words.contains(where: { $0 != 0 }) else { return nil }
        (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
    }

    /// The exact state: dice made from it throw what these would throw next.
    public var state: String {
        [first, second, third, fourth].map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// Dice of their own for a named purpose; these stay as they are, so streams do not disturb
    /// each other.
    public func fork(named name: String) -> Randomness {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var mixed = hash ^ first &+ Self.rotated(third, 23) ^ Self.rotated(fourth, 41)
        return Randomness(seed: Self.splitmix(&mixed))
    }

    /// 64 even bits.
    @inlinable public mutating func next() -> UInt64 {
        let result = Self.rotated(second &* 5, 7) &* 9
        let shifted = second << 17
        third ^= first
        fourth ^= second
        second ^= third
        first ^= fourth
        third ^= shifted
        fourth = Self.rotated(fourth, 45)
        return result
    }

    /// **Range** [0, 1), in steps of 2^-53.
    @inlinable public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Every whole number of the range is equally likely. **Requires** a range below 2^63 wide.
    @inlinable public mutating func integer(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        // Lemire's method: the low part tells the few draws that would favour small numbers.
        var product = next().multipliedFullWidth(by: width)
        if product.low < width {
            let threshold = (0 &- width) % width
            while product.low < threshold { product = next().multipliedFullWidth(by: width) }
        }
        return range.lowerBound + Int(product.high)
    }

    /// True `numerator` times in `denominator`. **Requires** a positive denominator.
    @inlinable public mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
        integer(in: 1...denominator) <= numerator
    }

    /// Mean 0, deviation 1, from additions only: the sum of twelve even numbers (Irwin, Hall).
    /// **Range** ±6.
    @inlinable public mutating func normal() -> Double {
        let sum = Self.lanes(next()) + Self.lanes(next()) + Self.lanes(next())
        // Twelve lanes of 0...65535 have the mean 12 × 32767.5, hence the 6.
        return (Double(sum) + 6) * 0x1p-16 - 6
    }

    /// The sum of the four 16-bit parts of a word.
    @inlinable static func lanes(_ word: UInt64) -> Int64 {
        let pairs = (word & 0x0000_FFFF_0000_FFFF) &+ (word >> 16 & 0x0000_FFFF_0000_FFFF)
        return Int64((pairs & 0xFFFF_FFFF) &+ (pairs >> 32))
    }

    @inlinable static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }

    private static func splitmix(_ seed: inout UInt64) -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var word = seed
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

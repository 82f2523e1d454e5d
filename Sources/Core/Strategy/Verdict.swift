/// What a filter, gate or guard says about an entry, side by side.

import Store

/// Some checks pass for one side only, as the trend of a higher timeframe.
struct Verdict: Sendable, Equatable {
    private let bits: UInt8

    static let block = Verdict(bits: 0)
    static let longOnly = Verdict(bits: 1)
    static let shortOnly = Verdict(bits: 2)
    static let pass = Verdict(bits: 3)
    /// Not warm, or the market does not offer the input: blocks.
    static let noData = Verdict(bits: 4)

    private init(bits: UInt8) { self.bits = bits }

    /// As decision records keep it. **Range** 0...4.
    var code: UInt8 { bits }

    init?(code: UInt8) {
        guard code <= 4 else { return nil }
        bits = code
    }

    /// A verdict that is the same for both sides.
    @inline(__always) init(passes: Bool) { bits = passes ? 3 : 0 }

    @inline(__always) init(long: Bool, short: Bool) { bits = (long ? 1 : 0) | (short ? 2 : 0) }

    /// Whether an entry may be made; without a side, whether either side may.
    @inline(__always) func allows(_ side: Side?) -> Bool {
        switch side {
        case .long: bits & 1 != 0
        case .short: bits & 2 != 0
        case nil: bits & 3 != 0
        }
    }

    /// `pass`, `block`, `no data`, or which side passes alone.
    var text: String {
        switch self {
        case .pass: "pass"
        case .longOnly: "pass long"
        case .shortOnly: "pass short"
        case .noData: "no data"
        default: "block"
        }
    }
}

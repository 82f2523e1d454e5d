/// The synthetic bars of the common work, made as `shared/tools/gen_bars.py` makes them.

/// A random walk of one-minute candles in whole numbers: every machine makes the same bytes.
public enum SyntheticBars {
    /// The seed that the common work is done with.
    public static let seed: UInt64 = 20_260_310

    /// The text of a candle file.
    public static func csv(_ count: Int, seed: UInt64 = seed) -> String {
        var text = "ts_ms,open,high,low,close,volume\n"
        var walk = Walk(state: seed)
        for index in 0..<count { text += walk.row(index) }
        return text
    }
}

private struct Walk {
    var state: UInt64
    /// In tenths.
    private var price = 300_000
    private var volatility = 2
    private var trend = 0

    init(state: UInt64) { self.state = state }

    /// splitmix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func row(_ index: Int) -> String {
        if index % 720 == 0 {
            let dice = next()
            volatility = 1 + Int(dice & 3)
            trend = Int((dice >> 8) % 5) - 2
        }
        price += Int(next() % 3) - 1
        let open = price
        var (high, low, last) = (open, open, UInt64(0))
        for _ in 0..<4 {
            last = next()
            step(last)
            high = max(high, price)
            low = min(low, price)
        }
        price += (300_000 - price) >> 16
        high = max(high, price)
        low = min(low, price)
        let volume = Int((last >> 20) & 0xFFFF)
        let prices = [open, high, low, price].map { "\($0 / 10).\($0 % 10)" }
        let cents = volume % 100
        return "\(1_672_531_200_000 + 60_000 * index),\(prices.joined(separator: ",")),"
            + "\(1 + volume / 100).\(cents < 10 ? "0" : "")\(cents)\n"
    }

    private mutating func step(_ dice: UInt64) {
        let sum =
            Int(dice & 65_535) + Int(dice >> 16 & 65_535) + Int(dice >> 32 & 65_535)
            + Int(dice >> 48) - 131_070
        let product = price * (sum * volatility + 600 * trend)
        // Python's division goes down, Swift's toward zero.
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 252_246_667)
        price += remainder < 0 ? quotient - 1 : quotient
        price = max(price, 10_000)
    }
}

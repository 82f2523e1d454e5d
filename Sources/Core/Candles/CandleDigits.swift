/// The fast way through a candle row: plain decimal digits, eight bytes at a time.
import Store

extension CandleFields {
    /// Bytes that may be read behind the newline of the last row.
    static let slack = 8

    /// Reads `digits,digits.digits,…` up to the line's end and leaves the cursor on the next line.
    /// Nil when anything else stands there; the cursor is then of no use.
    /// **Requires** a newline somewhere after the cursor, and ``slack`` bytes behind that.
    @inline(__always) init?(plain cursor: inout UnsafePointer<UInt8>) {
        var decimals = 0
        guard Self.readTime(&cursor, into: &time), Self.pass(&cursor, 0x2C),
            Self.read(&cursor, scale: 10, into: &open, &decimals), Self.pass(&cursor, 0x2C),
            Self.read(&cursor, scale: 10, into: &high, &decimals), Self.pass(&cursor, 0x2C),
            Self.read(&cursor, scale: 10, into: &low, &decimals), Self.pass(&cursor, 0x2C),
            Self.read(&cursor, scale: 10, into: &close, &decimals), Self.pass(&cursor, 0x2C)
        else { return nil }
        priceDecimals = decimals
        volumeDecimals = 0
        guard Self.read(&cursor, scale: 8, into: &volume, &volumeDecimals) else { return nil }
        if cursor.pointee == 0x0D { cursor += 1 }
        guard Self.pass(&cursor, 0x0A) else { return nil }
    }

    @inline(__always) private static func pass(
        _ cursor: inout UnsafePointer<UInt8>, _ byte: UInt8
    ) -> Bool {
        guard cursor.pointee == byte else { return false }
        cursor += 1
        return true
    }

    // MARK: - Eight bytes at a time

    /// Eight bytes as digits, the first in the lowest byte, and bits in each byte that is none.
    @inline(__always) private static func load(
        _ cursor: UnsafePointer<UInt8>
    ) -> (digits: UInt64, others: UInt64) {
        let word = UInt64(
            littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
        let digits = word ^ 0x3030_3030_3030_3030
        // Only 0...9 stay below 16 both as they are and with 6 added.
        let others = ((digits &+ 0x0606_0606_0606_0606) | digits) & 0xF0F0_F0F0_F0F0_F0F0
        return (digits, others)
    }

    /// The digits at the cursor, at most eight.
    @inline(__always) private static func digits(
        _ cursor: UnsafePointer<UInt8>
    ) -> (digits: UInt64, count: Int) {
        let (digits, others) = load(cursor)
        return (digits, others.trailingZeroBitCount >> 3)
    }

    /// The number that eight digits make, the lowest byte first: neighbours are joined three times.
    @inline(__always) private static func number(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 2561) >> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF
        return (fours &* 42_949_672_960_001) >> 32
    }

    /// A time has nine to fifteen digits from 1970 to the year 33000.
    @inline(__always) static func readTime(
        _ cursor: inout UnsafePointer<UInt8>, into result: inout Int64
    ) -> Bool {
        let (first, count) = digits(cursor)
        let (second, more) = digits(cursor + count)
        guard count == 8, more > 0, more < 8 else {
            var decimals = 0
            return readLong(&cursor, scale: 0, into: &result, &decimals)
        }
        let tail = number(second &<< UInt64(64 &- 8 &* more))
        result = Int64(truncatingIfNeeded: number(first) &* power(more) &+ tail)
        cursor += 8 + more
        return true
    }

    /// A number with a point that ends within eight bytes, as most prices do.
    @inline(__always) private static func read(
        _ cursor: inout UnsafePointer<UInt8>, scale: Int, into result: inout Int64,
        _ most: inout Int
    ) -> Bool {
        let (digits, others) = load(cursor)
        let whole = others.trailingZeroBitCount >> 3
        guard whole > 0, whole < 7, cursor[whole] == 0x2E else {
            return readHalves(&cursor, scale: scale, into: &result, &most)
        }
        let behindPoint = others & (UInt64.max &<< UInt64(8 &* whole &+ 8))
        let end = behindPoint.trailingZeroBitCount >> 3
        let decimals = end &- whole &- 1
        guard decimals > 0, end < 8 else {
            return readHalves(&cursor, scale: scale, into: &result, &most)
        }
        // The digits behind the point move up to those before it.
        let before = 1 &<< UInt64(8 &* whole) &- 1
        let joined = (digits & before) | (digits >> 8 & ~before)
        let value = number(joined &<< UInt64(72 &- 8 &* end))
        result = Int64(truncatingIfNeeded: value &* power(scale &- decimals))
        if decimals > most { most = decimals }
        cursor += end
        return true
    }

    /// A comma, then a number of at most eight bytes with a point and no more than `decimals`
    /// behind it, as a count of 10^-decimals; nil for anything else.
    @inline(__always) static func ticks(
        _ cursor: inout UnsafePointer<UInt8>, _ decimals: Int
    ) -> Int64? {
        guard cursor.pointee == 0x2C else { return nil }
        let (digits, others) = load(cursor + 1)
        let whole = others.trailingZeroBitCount >> 3
        guard whole > 0, whole < 7, cursor[1 &+ whole] == 0x2E else { return nil }
        let behindPoint = others & (UInt64.max &<< UInt64(truncatingIfNeeded: 8 &* whole &+ 8))
        let end = behindPoint.trailingZeroBitCount >> 3
        let written = end &- whole &- 1
        guard written > 0, written <= decimals else { return nil }
        let before = 1 &<< UInt64(truncatingIfNeeded: 8 &* whole) &- 1
        let joined = (digits & before) | (digits >> 8 & ~before)
        let value = number(joined &<< UInt64(truncatingIfNeeded: 72 &- 8 &* end))
        cursor += 1 &+ end
        return Int64(truncatingIfNeeded: value &* power(decimals &- written))
    }

    /// Up to seven digits on each side of the point; the long way for anything else.
    @inline(never) private static func readHalves(
        _ cursor: inout UnsafePointer<UInt8>, scale: Int, into result: inout Int64,
        _ most: inout Int
    ) -> Bool {
        let (whole, count) = digits(cursor)
        guard count > 0, count < 8 else {
            return readLong(&cursor, scale: scale, into: &result, &most)
        }
        var raw = number(whole &<< UInt64(64 &- 8 &* count)) &* power(scale)
        var end = cursor + count
        if end.pointee == 0x2E {
            let (part, decimals) = digits(end + 1)
            guard decimals > 0, decimals < 8 else {
                return readLong(&cursor, scale: scale, into: &result, &most)
            }
            // With zeros behind its digits the part counts 10^-8.
            let padded = part & (1 &<< UInt64(8 &* decimals) &- 1)
            raw &+= number(padded) &* power(scale &- 8)
            if decimals > most { most = decimals }
            end += 1 + decimals
        }
        result = Int64(truncatingIfNeeded: raw)
        cursor = end
        return true
    }

    // MARK: - One byte at a time

    /// Digits with at most one point, at most 18 of them, no more decimals than the scale.
    /// - Parameter most: raised to the decimals that stand here.
    @inline(never) private static func readLong(
        _ cursor: inout UnsafePointer<UInt8>, scale: Int, into result: inout Int64,
        _ most: inout Int
    ) -> Bool {
        var value: UInt64 = 0
        let whole = append(&cursor, to: &value)
        var decimals = 0
        if scale > 0, whole > 0, cursor.pointee == 0x2E {
            cursor += 1
            decimals = append(&cursor, to: &value)
            guard decimals > 0, decimals <= scale else { return false }
            if decimals > most { most = decimals }
        }
        guard whole > 0, whole + decimals <= 18 else { return false }
        let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: power(scale - decimals))
        guard !isTooLarge, scaled <= UInt64(Int64.max) else { return false }
        result = Int64(scaled)
        return true
    }

    /// Appends the digits at the cursor to a value and tells how many there were.
    private static func append(
        _ cursor: inout UnsafePointer<UInt8>, to value: inout UInt64
    ) -> Int {
        let start = cursor
        while case let digit = cursor.pointee &- 0x30, digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            cursor += 1
        }
        return cursor - start
    }

    /// 10^exponent for 0...10.
    @inline(__always) private static func power(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        default: 10_000_000_000
        }
    }
}

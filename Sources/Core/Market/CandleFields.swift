/// The six numbers of a candle row: read fast when plain, read with care when not.
import Store

/// Raw fixed-point counts: time in milliseconds, prices in 10^-10, volume in 10^-8.
struct CandleFields {
    var time: Int64 = 0
    var open: Int64 = 0
    var high: Int64 = 0
    var low: Int64 = 0
    var close: Int64 = 0
    var volume: Int64 = 0
    /// Decimals that are written in the row, at most: the prices' and the volume's. The scales,
    /// where that was not counted.
    var priceDecimals = Price.scale
    var volumeDecimals = Quantity.scale

    @inline(__always) var candle: Candle {
        Candle(
            openTime: Instant(milliseconds: time), open: Price(raw: open), high: Price(raw: high),
            low: Price(raw: low), close: Price(raw: close), volume: Quantity(raw: volume))
    }

    // MARK: - The fast way

    /// Reads `digits,digits.digits,…` up to the line's end and leaves the cursor on the next line.
    /// Nil when anything else stands there; the cursor is then of no use.
    /// **Requires** a newline somewhere after the cursor.
    @inline(__always) init?(plain cursor: inout UnsafePointer<UInt8>) {
        var decimals = 0
        guard Self.read(&cursor, scale: 0, into: &time, &decimals), Self.pass(&cursor, 0x2C),
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

    /// Digits with at most one point, at most 18 of them, no more decimals than the scale.
    /// - Parameter most: raised to the decimals that stand here.
    @inline(__always) private static func read(
        _ cursor: inout UnsafePointer<UInt8>, scale: Int, into result: inout Int64,
        _ most: inout Int
    ) -> Bool {
        var value: UInt64 = 0
        let whole = digits(&cursor, &value)
        var decimals = 0
        if scale > 0, whole > 0, cursor.pointee == 0x2E {
            cursor += 1
            decimals = digits(&cursor, &value)
            guard decimals > 0, decimals <= scale else { return false }
            if decimals > most { most = decimals }
        }
        guard whole > 0, whole &+ decimals <= 18 else { return false }
        let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: power(scale &- decimals))
        result = Int64(truncatingIfNeeded: scaled)
        return !isTooLarge && result >= 0
    }

    /// Appends the digits at the cursor to a value and tells how many there were.
    @inline(__always) private static func digits(
        _ cursor: inout UnsafePointer<UInt8>, _ value: inout UInt64
    ) -> Int {
        let start = cursor
        var digit = cursor.pointee &- 0x30
        while digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            cursor += 1
            digit = cursor.pointee &- 0x30
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

    // MARK: - The careful way

    /// Reads a line of any shape, exponents included.
    /// - Throws: ``FileError`` that names the line, the column and what was expected.
    init(line: String, file: String, number: Int) throws(FileError) {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        let names = CandleFile.columns
        guard parts.count == names.count else {
            throw FileError(
                file: file, line: number,
                problem: "\(parts.count) columns, expected \(names.count)",
                remedy: "Write \(names.joined(separator: ",")) on each line.")
        }
        var values: [Int64] = []
        for (index, part) in parts.enumerated() {
            let scale = index == 0 ? 0 : index == 5 ? 8 : 10
            do throws(NumberError) {
                values.append(try Self.careful(part, scale: scale, rounds: index == 5))
            } catch {
                throw FileError(
                    file: file, line: number, key: names[index], problem: error.headline,
                    remedy: "Write a plain decimal number there.")
            }
        }
        (time, open, high) = (values[0], values[1], values[2])
        (low, close, volume) = (values[3], values[4], values[5])
    }

    /// `[-]digits[.digits][e[±]digits]` brought to a scale; further digits are rounded or refused.
    private static func careful(
        _ text: Substring, scale: Int, rounds: Bool
    ) throws(NumberError) -> Int64 {
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == "e" || $0 == "E" })
        guard let mantissa = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
            abs(exponent) <= 40
        else { throw .notANumber(String(text)) }
        let isNegative = mantissa.first == "-"
        let halves = (isNegative ? mantissa.dropFirst() : mantissa)
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first else { throw .notANumber(String(text)) }
        let part = halves.count == 2 ? halves[1] : ""
        var digits = Array((whole + part).utf8)
        guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .notANumber(String(text))
        }
        // Digits that the scaled whole number has; negative: all of them lie beyond it.
        let kept = whole.utf8.count + exponent + scale
        if kept > digits.count { digits += Array(repeating: 0x30, count: kept - digits.count) }
        let beyond = digits.dropFirst(max(kept, 0))
        guard rounds || beyond.allSatisfy({ $0 == 0x30 }) else {
            throw .tooManyDecimals(String(text), allowed: scale)
        }
        var value: Int64 = 0
        for digit in digits.prefix(max(kept, 0)) {
            let tenfold = value.multipliedReportingOverflow(by: 10)
            let sum = tenfold.partialValue.addingReportingOverflow(Int64(digit - 0x30))
            guard !tenfold.overflow, !sum.overflow else { throw .outOfRange(String(text)) }
            value = sum.partialValue
        }
        if kept >= 0, let next = beyond.first, next >= 0x35 { value += 1 }
        return isNegative ? -value : value
    }

    // MARK: - Sense

    /// Whether a row can follow one of the time `latest`, and its prices fit each other.
    @inline(__always) func isSensible(after latest: Int64) -> Bool {
        time > latest && low > 0 && volume >= 0 && high >= open && high >= close && low <= open
            && low <= close
    }

    /// What makes no sense in a row that is not sensible.
    func complaint(after latest: Int64) -> (column: String, problem: String) {
        if time <= latest {
            return ("open_time_ms", "\(time) is not later than \(latest) on the row before")
        }
        let prices = [("open", open), ("high", high), ("low", low), ("close", close)]
        for (name, raw) in prices where raw <= 0 {
            return (name, "\(Price(raw: raw)) is not above zero")
        }
        if high < open || high < close {
            return ("high", "\(Price(raw: high)) is below \(Price(raw: max(open, close)))")
        }
        if low > open || low > close {
            return ("low", "\(Price(raw: low)) is above \(Price(raw: min(open, close)))")
        }
        return ("volume", "\(Quantity(raw: volume)) is negative")
    }
}

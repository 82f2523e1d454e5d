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

    // MARK: - The careful way

    /// Reads a line of any shape, exponents included.
    /// - Throws: ``FileError`` that names the line, the column and what was expected.
    init(line: String, file: String, number: Int) throws(FileError) {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        let names = CandleFile.columns
        guard parts.count == names.count else {
            throw FileError(
                file: file, line: number,
                problem: "\(counted(parts.count, "column")), expected \(names.count)",
                remedy: "Write \(names.joined(separator: ",")) on each line.")
        }
        var values: [Int64] = []
        for (index, part) in parts.enumerated() {
            let scale = index == 0 ? 0 : Price.scale
            do throws(NumberError) {
                values.append(
                    index == 5 ? try Self.volume(part) : try Self.careful(part, scale: scale))
            } catch {
                throw FileError(
                    file: file, line: number, key: names[index],
                    problem: error.headline + Self.largest(error, index),
                    remedy: "Write a plain decimal number there.")
            }
        }
        (time, open, high) = (values[0], values[1], values[2])
        (low, close, volume) = (values[3], values[4], values[5])
    }

    /// The largest volume that is kept as it is: memes trade in larger numbers, and none of what is
    /// computed from a volume needs the rest.
    private static let largestVolume = Int64.max / 100_000_000 * 100_000_000
    /// In 10^-8, rounded; what is larger than can be kept counts as the largest that can.
    /// Beyond what even whole numbers hold it is no volume but a mistake.
    private static func volume(_ text: Substring) throws(NumberError) -> Int64 {
        do throws(NumberError) {
            return min(try careful(text, scale: Quantity.scale, rounds: true), largestVolume)
        } catch .outOfRange {
            _ = try careful(text, scale: 0, rounds: true)
            return text.first == "-" ? -largestVolume : largestVolume
        }
    }

    /// What a number that is too large could be at most.
    private static func largest(_ error: NumberError, _ column: Int) -> String {
        guard case .outOfRange = error else { return "" }
        let most =
            column == 0
            ? String(end - 1)
            : column == 5 ? String(Int64.max) : Countable.largestPrice.description
        return "; the largest is \(most)"
    }

    /// `[-]digits[.digits][e[±]digits]` brought to a scale; further digits are rounded or refused.
    private static func careful(
        _ text: Substring, scale: Int, rounds: Bool = false
    ) throws(NumberError) -> Int64 {
        if case .plusSign(let text)? = NumberError(refused: text) { throw .plusSign(text) }
        let parts = text.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == "e" || $0 == "E" })
        guard let mantissa = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
            (-40...40).contains(exponent)
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
        if kept >= 0, let next = beyond.first, next >= 0x35 {
            guard value < .max else { throw .outOfRange(String(text)) }
            value += 1
        }
        return isNegative ? -value : value
    }

    // MARK: - Sense

    /// The year 2200. Every world event up to a row is gone through: a time in microseconds would
    /// take for ever.
    static let end = Int64(7_258_118_400_000)

    /// Whether a row can follow one of the time `latest`, and its prices fit each other.
    @inline(__always) func isSensible(after latest: Int64) -> Bool {
        time > latest && time < Self.end && low > 0 && volume >= 0 && high >= open && high >= close
            && low <= open && low <= close && high <= Countable.largestPrice.raw
    }

    /// What makes no sense in a row that is not sensible.
    func complaint(after latest: Int64) -> (column: String, problem: String) {
        if time < 0 || time >= Self.end {
            return ("open_time_ms", "\(time) is no time from 1970 to 2199 in milliseconds")
        }
        if time <= latest {
            return ("open_time_ms", "\(time) is not later than \(latest) on the row before")
        }
        let prices = [("open", open), ("high", high), ("low", low), ("close", close)]
        for (name, raw) in prices where raw <= 0 {
            return (name, Self.unlawful(Price(raw: raw)))
        }
        for (name, raw) in prices where raw > Countable.largestPrice.raw {
            return (name, "\(Price(raw: raw)) is above \(Countable.largestPrice), the largest")
        }
        if high < open || high < close {
            return ("high", "\(Price(raw: high)) is below \(Price(raw: max(open, close)))")
        }
        if low > open || low > close {
            return ("low", "\(Price(raw: low)) is above \(Price(raw: min(open, close)))")
        }
        return ("volume", Self.unlawful(Quantity(raw: volume)))
    }

    private static func unlawful(_ value: some FixedPoint) -> String {
        (value.isZero ? NumberError.zero : NumberError.negative)(value.description).headline
    }
}

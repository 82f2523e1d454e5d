/// The numbers of the command line: one reader, one wording, one exit status for all of them.

import Core
import Store

extension Invocation {
    /// A whole number. **Throws** usage when it is none, or outside `range`.
    func integer(
        _ option: Option, in range: ClosedRange<Int>
    ) throws(CommandFailure) -> Int? {
        guard let text = self[option] else { return nil }
        return try Self.integer(text, of: "--\(option.name)", in: range)
    }

    /// `--limit`: how many rows a list shows.
    func rowLimit(
        standard: Int = 100, atMost most: Int = 100_000
    ) throws(CommandFailure) -> Int {
        try integer(.limit, in: 1...most) ?? standard
    }

    /// - Parameter place: the option with its dashes, or the operand.
    static func integer(
        _ text: some StringProtocol, of place: String, in range: ClosedRange<Int>
    ) throws(CommandFailure) -> Int {
        do throws(NumberError) { return try WholeNumber.parse(text, in: range) } catch {
            throw .number(
                place, error,
                "Write a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
    }

    /// A decimal number above zero, or from zero up. **Throws** usage when it is none, or too
    /// large.
    func decimal<Value: FixedPoint>(
        _ option: Option, orZero isZeroAllowed: Bool = false, atMost most: Value = .most
    ) throws(CommandFailure) -> Value? {
        guard let text = self[option] else { return nil }
        do throws(NumberError) {
            let value = try Value.parse(unsigned: text, orZero: isZeroAllowed)
            guard value <= most else { throw .outOfRange(text) }
            return value
        } catch {
            let least = isZeroAllowed ? "from 0" : "above 0"
            throw .number(
                "--\(option.name)", error,
                "Write a decimal number \(least) and at most \(most), as 0.5.")
        }
    }

    /// A length of time, as `30s`, `500ms`, `2h`. **Throws** usage.
    func span(_ option: Option) throws(CommandFailure) -> Span? {
        guard let text = self[option] else { return nil }
        if let span = Self.span(text) { return span }
        let place = "--\(option.name)"
        let remedy = "Write a number and a unit: 500ms, 30s, 5m, 2h or 1d."
        if let error = Self.signProblem(text) { throw .number(place, error, remedy) }
        throw .usage(
            "\(place): \"\(DisplayText.clean(text))\" is not a length of time", remedy: remedy)
    }

    /// What is wrong with a number before a unit that begins with a sign; nil for anything else.
    private static func signProblem(_ text: String) -> NumberError? {
        let rest = text.dropFirst()
        let isNumber = span(String(rest)) != nil || Int(rest) != nil
        switch text.first {
        case "-" where isNumber: return .negative(text)
        case "+" where isNumber: return .plusSign(text)
        default: return nil
        }
    }

    /// `500ms`, `30s`, `5m`, `2h`, `1d`; nil for anything else, or beyond 100 years.
    static func span(_ text: String) -> Span? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let count = Int64(digits) else { return nil }
        let units: [Substring: Int64] = [
            "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
        ]
        guard let unit = units[text.dropFirst(digits.count)] else { return nil }
        let product = count.multipliedReportingOverflow(by: unit)
        guard !product.overflow, product.partialValue <= 36_525 * 86_400_000 else { return nil }
        return Span(milliseconds: product.partialValue)
    }
}

extension CommandFailure {
    /// A number that is wrong in itself: wrong usage, wherever it stands.
    static func number(_ place: String, _ error: NumberError, _ remedy: String) -> CommandFailure {
        .usage("\(place): \(DisplayText.clean(error.headline))", remedy: remedy)
    }
}

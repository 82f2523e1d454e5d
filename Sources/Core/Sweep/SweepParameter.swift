/// One parameter of a template that a sweep varies, and the values that it takes.

import Store

/// What is wrong with a sweep that a person typed.
public struct SweepError: Error, Equatable, Sendable {
    public var headline: String
    public var remedy: String

    init(_ headline: String, _ remedy: String) {
        self.headline = headline
        self.remedy = remedy
    }
}

/// `EMA Cross.fast=5..15:5`: every value from 5 to 15 in steps of 5.
public struct SweepParameter: Sendable, Equatable {
    /// As it was typed: `EMA Cross.fast`, `threshold`.
    public let name: String
    /// Decimal texts, rising.
    public let values: [String]

    /// Values of one parameter at most.
    static let most = 1000
    private static let form = "Write it as 'EMA Cross.fast=5..15:5': from 5 to 15 in steps of 5."

    /// - Throws: ``SweepError`` for anything but `NAME=FROM..TO[:STEP]`; the step is 1 where none
    ///   is written.
    public init(parsing text: String) throws(SweepError) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = sides[0].trimmed
        guard sides.count == 2, !name.isEmpty else {
            throw SweepError("--sweep: \"\(text)\" names no parameter and range", Self.form)
        }
        let parts = sides[1].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let dots = parts[0].firstRange(of: "..") else {
            throw SweepError("--sweep \(name): \"\(sides[1])\" is no range", Self.form)
        }
        let from = try Self.number(parts[0][..<dots.lowerBound], of: name)
        let to = try Self.number(parts[0][dots.upperBound...], of: name)
        let step = parts.count == 2 ? try Self.number(parts[1], of: name) : .percent(100)
        guard step.isPositive, from <= to else {
            throw SweepError(
                "--sweep \(name): a range rises, in steps above 0", Self.form)
        }
        guard (to.raw - from.raw) / step.raw < Int64(Self.most) else {
            throw SweepError(
                "--sweep \(name): more than \(Self.most) values", "Make the step larger.")
        }
        self.name = name
        values = stride(from: from.raw, through: to.raw, by: Int(step.raw)).map {
            Rate(raw: $0).description
        }
    }

    private static func number(
        _ text: some StringProtocol, of name: String
    ) throws(SweepError) -> Rate {
        if text.first == "+" {
            throw SweepError(
                "--sweep \(name): \(NumberError.plusSign(String(text)).headline)", form)
        }
        let value = try? Rate.parse(String(text).trimmed)
        guard let value, abs(value.raw / 1_000_000) < 1_000_000_000 else {
            throw SweepError("--sweep \(name): \"\(text)\" is not a number", form)
        }
        return value
    }
}

extension StringProtocol {
    /// Without spaces at both ends.
    fileprivate var trimmed: String {
        var text = String(self)
        while text.last == " " { text.removeLast() }
        return String(text.drop { $0 == " " })
    }
}

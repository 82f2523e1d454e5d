/// What money is counted in, and sums that keep currencies apart.

/// The code of a currency, as `USDT`. **Range** one to eight of A to Z and 0 to 9.
///
/// One machine word: an account that carries it along pays nothing for it. It stands beside the
/// numbers, not in them; what adds up several is ``CurrencySums``.
public struct Currency: Sendable, Hashable, Comparable {
    /// The letters, the first one uppermost: in the order of the alphabet.
    private let letters: UInt64

    private init(letters: UInt64) { self.letters = letters }

    /// Nil for a text that is no such code.
    public init?(_ code: some StringProtocol) {
        var letters: UInt64 = 0
        var count = 0
        for byte in code.utf8 {
            guard count < 8, 0x41...0x5A ~= byte || 0x30...0x39 ~= byte else { return nil }
            letters |= UInt64(byte) << UInt64(56 - 8 * count)
            count += 1
        }
        guard count > 0 else { return nil }
        self.letters = letters
    }

    /// What the simulated exchange settles in.
    public static let usdt = Currency(letters: 0x5553_4454_0000_0000)

    public var code: String {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: letters >> UInt64(56 - 8 * $0)) }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    public static func < (left: Currency, right: Currency) -> Bool {
        left.letters < right.letters
    }
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}

extension Currency: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(String.self)
        guard let currency = Currency(code) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the code of a currency")
        }
        self = currency
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// Sums of money, each in its own currency: nothing of two currencies is ever one number.
public struct CurrencySums: Sendable, Equatable, Codable {
    public struct Part: Sendable, Equatable, Codable {
        public let currency: Currency
        public let amount: Money
    }

    /// In the order of their codes, none of zero.
    public private(set) var parts: [Part] = []

    public init() {}

    public init(_ amount: Money, in currency: Currency) { add(amount, in: currency) }

    public mutating func add(_ amount: Money, in currency: Currency) {
        let sum = self[currency] + amount
        parts.removeAll { $0.currency == currency }
        guard !sum.isZero else { return }
        let place = parts.firstIndex { $0.currency > currency } ?? parts.count
        parts.insert(Part(currency: currency, amount: sum), at: place)
    }

    /// Zero for a currency of which nothing was added.
    public subscript(currency: Currency) -> Money {
        parts.first { $0.currency == currency }?.amount ?? .zero
    }

    /// The one sum where all is of one currency, zero where there is nothing; nil for several.
    public var only: Money? {
        parts.count > 1 ? nil : parts.first?.amount ?? .zero
    }

    /// Each sum changed in the same way.
    public func map(_ change: (Money) -> Money) -> CurrencySums {
        parts.reduce(into: CurrencySums()) { $0.add(change($1.amount), in: $1.currency) }
    }

    /// The sum where nothing but what the simulated exchange settles in is in it: people and
    /// scripts are shown the number alone. Nil where the currency has to be named.
    public var usual: Money? {
        parts.allSatisfy { $0.currency == .usdt } ? self[.usdt] : nil
    }

    /// As a person reads it.
    public func words(_ text: (Money) -> String) -> String {
        if let usual { return text(usual) }
        return parts.map { "\(text($0.amount)) \($0.currency)" }.joined(separator: ", ")
    }
}

extension CurrencySums {
    /// `BTC=500 USDT=12300`: the smallest parts, as they are stored.
    var stored: String {
        parts.map { "\($0.currency)=\($0.amount.raw)" }.joined(separator: " ")
    }

    /// Nil for a text that is none of those.
    init?(stored text: String) {
        self.init()
        for word in text.split(separator: " ") {
            let sides = word.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let currency = Currency(sides[0]), let raw = Int64(sides[1])
            else { return nil }
            add(Money(raw: raw), in: currency)
        }
    }
}

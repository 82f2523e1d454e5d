/// What money is counted in.

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

/// How values stand in the JSON of the command line.

import Store

/// Money, prices and quantities are decimal strings; times RFC 3339 UTC with milliseconds;
/// absent values are null. **Source** <doc:CommandLine#Values-in-JSON>.
extension JSON {
    /// An exact decimal string, or null.
    public static func decimal(_ value: (some FixedPoint)?) -> JSON {
        value.map { .string($0.description) } ?? .null
    }

    /// An RFC 3339 time, or null.
    public static func time(_ value: Instant?) -> JSON {
        value.map { .string($0.description) } ?? .null
    }

    /// Whole milliseconds, or null.
    public static func span(_ value: Span?) -> JSON {
        value.map { .int($0.milliseconds) } ?? .null
    }

    /// `bot-12`, or null.
    public static func id<Entity>(_ value: ID<Entity>?) -> JSON {
        value.map { .string($0.description) } ?? .null
    }

    /// A binary number that is not money: scores and weights. Null when it is not finite.
    public static func double(_ value: Double?) -> JSON {
        guard let value, value.isFinite else { return .null }
        let isWhole = value == value.rounded() && abs(value) < 1e15
        return .number(isWhole ? "\(Int64(value))" : "\(value)")
    }

    /// A value of a risk limit: a number, a decimal string in percent, or a flag.
    public static func limit(_ value: RiskLimitValue?) -> JSON {
        switch value {
        case .count(let count): .int(count)
        case .percent(let rate): .string(rate.percentText)
        case .flag(let flag): .bool(flag)
        case nil: .null
        }
    }

    /// An object with one member more; anything else stays as it is.
    public func adding(_ key: String, _ value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + [JSON.Member(key, value)])
    }

    /// An array made of each of `items`.
    public static func list<Item>(_ items: [Item], _ each: (Item) -> JSON) -> JSON {
        .array(items.map(each))
    }
}

extension JSON {
    /// An object with one more member.
    func with(_ key: String, _ value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(key, value)])
    }

    /// Names the currency of its figures, where it is not what the simulated exchange settles in.
    func naming(_ currency: Currency) -> JSON {
        currency == .usdt ? self : with("currency", .string(currency.code))
    }
}

/// What a component is, as data: its name, its roles, its parameters.

import Store

/// One entry of the catalog. **Source** <doc:ProductRules#Roles-of-components>.
public struct ComponentKind: Sendable, Equatable {
    public enum Category: String, Sendable, CaseIterable {
        case trend, momentum, meanReversion = "mean reversion", volatility, volume, derivatives
        case orderFlow = "order flow", execution, exit
    }

    /// As people and template files write it: `EMA Cross`.
    public var name: String
    /// Short forms that template files may use, as `ADX`.
    public var aliases: [String]
    public var category: Category
    public var roles: [ComponentRole]
    public var parameters: [ParameterKind]
    /// One line for people.
    public var summary: String

    init(
        _ name: String, aliases: [String] = [], _ category: Category, _ roles: [ComponentRole],
        _ parameters: [ParameterKind], _ summary: String
    ) {
        self.name = name
        self.aliases = aliases
        self.category = category
        self.roles = roles
        self.parameters = parameters
        self.summary = summary
    }

    /// The parameters that matter in a role.
    public func parameters(in role: ComponentRole) -> [ParameterKind] {
        parameters.filter { $0.roles.isEmpty || $0.roles.contains(role) }
    }
}

/// One parameter: what it takes, and what it is when nothing is said.
public struct ParameterKind: Sendable, Equatable {
    public enum Form: Sendable, Equatable {
        case whole(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case word([String])
    }

    public var key: String
    public var form: Form
    /// `candles`, `%`, `σ`, `ATR` …; empty for none.
    public var unit: String
    public var standard: String
    public var summary: String
    /// The roles in which it matters; empty: in all.
    public var roles: [ComponentRole]

    static func whole(
        _ key: String, _ standard: Int, _ range: ClosedRange<Int>, _ unit: String,
        _ summary: String, in roles: [ComponentRole] = []
    ) -> ParameterKind {
        ParameterKind(
            key: key, form: .whole(range), unit: unit, standard: String(standard),
            summary: summary, roles: roles)
    }

    static func number(
        _ key: String, _ standard: Double, _ range: ClosedRange<Double>, _ unit: String,
        _ summary: String, in roles: [ComponentRole] = []
    ) -> ParameterKind {
        ParameterKind(
            key: key, form: .number(range), unit: unit, standard: standard.shortText,
            summary: summary, roles: roles)
    }

    static func word(
        _ key: String, _ words: [String], _ summary: String, in roles: [ComponentRole] = []
    ) -> ParameterKind {
        ParameterKind(
            key: key, form: .word(words), unit: "", standard: words[0], summary: summary,
            roles: roles)
    }

    /// `on`: whether a signal holds while its condition holds.
    static let on = word(
        "on", ["state", "cross"],
        "state: votes while the condition holds; cross: only on the candle of the crossing",
        in: [.signal])

    /// What is allowed, without the unit: `1 to 500`, `state, cross`.
    public var range: String {
        switch form {
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(range.lowerBound.shortText) to \(range.upperBound.shortText)"
        case .word(let words): words.joined(separator: ", ")
        }
    }

    /// What is expected, in words: `a whole number from 1 to 500 candles`.
    public var expectation: String {
        let suffix = unit.isEmpty ? "" : " \(unit)"
        switch form {
        case .whole: return "a whole number from \(range)\(suffix)"
        case .number: return "a number from \(range)\(suffix)"
        case .word: return range
        }
    }

    /// Whether a text is a value of this parameter.
    public func accepts(_ text: String) -> Bool {
        switch form {
        case .whole(let range): number(text) != nil && Int(text).map(range.contains) == true
        case .number(let range): number(text).map(range.contains) == true
        case .word(let words): words.contains(text)
        }
    }

    /// Whether a text says the same as the default.
    public func isStandard(_ text: String) -> Bool {
        if case .word = form { return text == standard }
        return number(text) != nil && number(text) == number(standard)
    }

    private func number(_ text: String) -> Double? { Self.decimal(text) }

    /// Plain decimal numbers only: no `inf`, no exponent, no hexadecimal digits.
    static func decimal(_ text: String) -> Double? {
        let plain = text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x2E || (0x30...0x39).contains($0) }
        return plain ? Double(text) : nil
    }

    /// The same with at most ten decimals: what is printed again as a number keeps no more, and a
    /// weight that is printed as 0 would be a template that cannot be read back.
    static func printable(_ text: String) -> Double? {
        let decimals = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).last
        guard !text.utf8.contains(0x2E) || (decimals?.count ?? 0) <= 10 else { return nil }
        return decimal(text)
    }
}

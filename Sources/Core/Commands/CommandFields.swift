/// Values that several commands carry, with their members on the wire.
import Store

/// Which bots a command names.
public enum BotScope: Sendable, Equatable {
    case all
    /// Each an id, an exact label or a unique id prefix; the engine resolves them. Never empty.
    case named([String])

    /// `all bots`, `trend-1, mean-2`, `trend-1 and 30 more`.
    public var words: String {
        switch self {
        case .all: "all bots"
        case .named(let names) where names.count <= 12: names.joined(separator: ", ")
        case .named(let names): "\(names.prefix(12).joined(separator: ", ")) "
            + "and \(names.count - 12) more"
        }
    }

    /// The name, where one bot is named.
    var only: String? {
        guard case .named(let names) = self, names.count == 1 else { return nil }
        return names[0]
    }

    /// `"all":true` or `"bots":[…]`.
    var member: JSON.Member {
        switch self {
        case .all: JSON.Member("all", true)
        case .named(let names): JSON.Member("bots", .array(names.map { .string($0) }))
        }
    }
}

/// How a destructive act was confirmed. **Source** <doc:CommandLine#Confirmations>.
public enum Confirmation: Sendable, Equatable {
    /// The token of a preview that its maker saw.
    case token(String)
    /// The typed label of the one bot concerned.
    case label(String)
    /// A plain yes, where nothing has to be typed.
    case yes

    /// `"confirm_token":…`, `"confirm_label":…` or `"confirm_yes":true`.
    var member: JSON.Member {
        switch self {
        case .token(let token): JSON.Member("confirm_token", .string(token))
        case .label(let label): JSON.Member("confirm_label", .string(label))
        case .yes: JSON.Member("confirm_yes", true)
        }
    }
}

/// A risk limit by the name that the command line uses, and its value as typed.
public struct LimitSetting: Sendable, Equatable {
    public var name: String
    public var value: String
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [LimitSetting] {
    /// `"values":{…}`.
    var member: JSON.Member {
        JSON.Member("values", .object(map { JSON.Member($0.name, .string($0.value)) }))
    }
}

/// What a stop does with what is open. **Source** <doc:ProductRules#Stopping-a-bot>.
public enum OpenPositions: String, Sendable, CaseIterable {
    case refuse, close, leave
}

extension JSON {
    /// An object of the members that are given.
    static func given(_ members: Member?...) -> JSON { .object(members.compactMap { $0 }) }
}

extension JSON.Member {
    /// A text member, or none.
    static func text(_ key: String, _ value: String?) -> JSON.Member? {
        value.map { JSON.Member(key, .string($0)) }
    }
}

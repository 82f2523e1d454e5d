/// What a change of limits asks of the person who makes it.
import Store

/// The label, or a token, where it loosens a limit or would close something; a plain yes
/// where something is open and it does neither; nothing where nothing is open.
public struct LimitNeed: Sendable, Equatable, Codable {
    public enum Question: String, Sendable { case none, yes, label }

    public var bot: String
    public var positions: Int
    public var loosened: [RiskLimitName]
    /// What would be closed at once, or once the bot runs again, in words.
    public var closed: [String]
    /// From when on the new limits hold.
    public var when: String

    public var question: Question {
        if positions == 0 { return .none }
        return loosened.isEmpty && closed.isEmpty ? .yes : .label
    }

    /// What stands in the way, without a full stop.
    var words: String {
        let held = "\(bot) holds \(counted(positions, "position"))"
        guard question == .label else { return "\(held): the new limits bind \(when)" }
        let names = loosened.map(\.rawValue).joined(separator: ", ")
        let looser = loosened.isEmpty ? [] : ["this loosens \(names)"]
        return "\(held): " + (looser + closed).joined(separator: "; ")
    }
}

extension RiskLimits {
    /// Limits that hold less back in others than in these.
    public func loosened(by other: RiskLimits) -> [RiskLimitName] {
        RiskLimitName.allCases.filter { name in
            switch (name.value(in: self), name.value(in: other)) {
            case (.count(let before), .count(let after)) where name == .consecutiveLossCooldown:
                // 0: until a person resumes.
                before != after && after != 0 && (before == 0 || after < before)
            case (.count(let before), .count(let after)): after > before
            case (.percent(let before), .percent(let after)): after > before
            case (.flag(let before), .flag(let after)): before && !after
            default: false
            }
        }
    }
}

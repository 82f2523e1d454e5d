/// Which exit rules come, go or change their parameters from one template to the next.
import Store

struct ExitRuleChanges {
    private let before: [Rule]
    private let after: [Rule]

    private struct Rule: Equatable {
        var name: String
        var parameters: [Parameter]
    }

    private struct Parameter: Equatable {
        var key: String
        var value: String
        var unit: String
    }

    init(from before: Template?, to after: Template) {
        self.before = before.map(Self.rules) ?? []
        self.after = Self.rules(after)
    }

    /// By their names in the catalog, with what is set or else the default.
    private static func rules(_ template: Template) -> [Rule] {
        template.components.filter { $0.role == .exit }.map { spec in
            let kind = Catalog.kind(named: spec.name)
            return Rule(
                name: kind?.name ?? spec.name,
                parameters: (kind?.parameters(in: .exit) ?? []).map {
                    Parameter(
                        key: $0.key, value: spec.parameters[$0.key] ?? $0.standard, unit: $0.unit)
                })
        }
    }

    /// Not one exit rule is another one, nor has another parameter.
    var areNone: Bool {
        before.sorted { $0.name < $1.name } == after.sorted { $0.name < $1.name }
    }

    /// Of the rules that have no price: `Time Stop 48 -> 5 candles`, `Signal Flip Exit goes`.
    var closeRules: [String] {
        Self.closes.compactMap(words)
    }

    private static let closes = [
        SignalFlipExit.kind.name, TimeStop.kind.name, VolatilityExit.kind.name,
    ]

    /// Nil where the rule stays as it is.
    private func words(of name: String) -> String? {
        let old = before.first { $0.name == name }
        let new = after.first { $0.name == name }
        guard let old else { return new.map(Self.coming) }
        guard let new else { return "\(name) goes" }
        let moved = zip(old.parameters, new.parameters).filter { $0.0.value != $0.1.value }
        guard !moved.isEmpty else { return nil }
        let told = moved.map { old, new in
            let key = new.key == new.unit ? "" : "\(new.key) "
            return "\(key)\(old.value) -> \(new.value)" + (new.unit.isEmpty ? "" : " \(new.unit)")
        }
        return "\(name) \(told.joined(separator: ", "))"
    }

    private static func coming(_ rule: Rule) -> String {
        let told = rule.parameters.map { parameter in
            let key = parameter.key == parameter.unit ? "" : "\(parameter.key) "
            return "\(key)\(parameter.value)" + (parameter.unit.isEmpty ? "" : " \(parameter.unit)")
        }
        return told.isEmpty
            ? "\(rule.name) comes" : "\(rule.name) comes (\(told.joined(separator: ", ")))"
    }
}

/// The number in a template that a sweep's name means.

import Store

enum SweepTarget: Equatable, Sendable {
    case threshold, leverage, warmUp
    /// The index in ``Template/components``.
    case weight(Int)
    case parameter(Int, key: String)

    /// `threshold`, `COMPONENT.weight`, `COMPONENT.key`; where a component stands in several
    /// roles, the role first: `filter ADX / DMI.min`.
    /// - Throws: ``SweepError`` for a name that means nothing here, or several things.
    init(_ name: String, in template: Template) throws(SweepError) {
        switch name {
        case "threshold": self = .threshold
        case "leverage": self = .leverage
        case "warm_up": self = .warmUp
        default:
            guard let dot = name.lastIndex(of: ".") else {
                throw SweepError(
                    "--sweep: \"\(name)\" is not a parameter of \(template.name)",
                    "Write threshold, leverage, warm_up, or a component and its key as "
                        + "'EMA Cross.fast'.")
            }
            let key = String(name[name.index(after: dot)...])
            let index = try Self.index(of: String(name[..<dot]), in: template)
            self = try Self.target(key, at: index, in: template)
        }
    }

    private static func index(
        of name: String, in template: Template
    ) throws(SweepError) -> Int {
        let indices = template.components.indices.filter {
            isNamed(template.components[$0], name.lowercased())
        }
        if indices.count == 1 { return indices[0] }
        let used = template.components.map { "\($0.role.rawValue) \($0.name)" }
        guard indices.isEmpty else {
            throw SweepError(
                "--sweep: \(template.name) has \"\(name)\" in several roles",
                "Write the role first: '\(indices.map { used[$0] }.joined(separator: "', '"))'.")
        }
        throw SweepError(
            "--sweep: \(template.name) has no component \"\(name)\"",
            "It has: \(used.joined(separator: ", ")).")
    }

    /// By name or alias, alone or after the role, in any case of letters.
    private static func isNamed(_ spec: ComponentSpec, _ wanted: String) -> Bool {
        let aliases = Catalog.kind(named: spec.name)?.aliases ?? []
        return ([spec.name] + aliases).map { $0.lowercased() }.contains {
            $0 == wanted || "\(spec.role.rawValue) \($0)" == wanted
        }
    }

    private static func target(
        _ key: String, at index: Int, in template: Template
    ) throws(SweepError) -> SweepTarget {
        let spec = template.components[index]
        if key == "weight", spec.role == .signal { return .weight(index) }
        let known = Catalog.kind(named: spec.name)?.parameters(in: spec.role) ?? []
        let numbers = known.filter { if case .word = $0.form { false } else { true } }.map(\.key)
        guard numbers.contains(key) else {
            let weight = spec.role == .signal ? ["weight"] : []
            let keys = (numbers + weight).joined(separator: ", ")
            throw SweepError(
                "--sweep: \(spec.name) has no number \"\(key)\"",
                keys.isEmpty ? "It has no numbers to vary." : "Known here: \(keys).")
        }
        return .parameter(index, key: key)
    }

    /// Sets the value. False for a fraction where a whole number is needed.
    func set(_ text: String, in template: inout Template) -> Bool {
        switch self {
        case .threshold:
            guard let value = Double(text) else { return false }
            template.threshold = value
        case .weight(let index):
            guard let value = Double(text) else { return false }
            template.components[index].weight = value
        case .leverage:
            guard let value = Int(text) else { return false }
            template.leverage = value
        case .warmUp:
            guard let value = Int(text) else { return false }
            template.warmUp = value
        case .parameter(let index, let key):
            template.components[index].parameters[key] = text
        }
        return true
    }
}

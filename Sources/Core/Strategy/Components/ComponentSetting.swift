/// One component of a template with every parameter checked and filled in: what it is built from.

import Store

struct ComponentSetting {
    let kind: ComponentKind
    let role: ComponentRole
    let timeframe: Timeframe
    /// The grid of the symbol's prices.
    let tick: Price
    private let template: String
    private let index: Int
    private var texts: [String: String] = [:]

    /// - Throws: ``TemplateError`` for an unknown name, role or key, or a value out of range.
    init(_ template: Template, component index: Int, tick: Price) throws(TemplateError) {
        let spec = template.components[index]
        guard let kind = Catalog.kind(named: spec.name) else {
            throw TemplateError(
                template: template.name, component: index,
                section: "\(spec.role.rawValue) \(spec.name)", problem: "no such component",
                remedy: "Use one of: \(Catalog.names(in: spec.role)).")
        }
        self.kind = kind
        self.role = spec.role
        self.timeframe = template.timeframe
        self.tick = tick
        self.template = template.name
        self.index = index
        for parameter in kind.parameters { texts[parameter.key] = parameter.standard }
        try check(spec)
        for (key, text) in spec.parameters { texts[key] = text }
    }

    private func check(_ spec: ComponentSpec) throws(TemplateError) {
        guard kind.roles.contains(role) else {
            let roles = kind.roles.map(\.rawValue).joined(separator: " or ")
            throw error(nil, "\(kind.name) is not a \(role.rawValue)", "Use it as \(roles).")
        }
        guard spec.weight.isFinite, (0...10).contains(spec.weight) else {
            throw error(
                "weight", spec.weight.shortText.whyOutOfRange,
                "Write a number from 0 to 10.")
        }
        let known = kind.parameters(in: role)
        for key in spec.parameters.keys.sorted() {
            guard let parameter = known.first(where: { $0.key == key }) else {
                let keys = known.map(\.key).joined(separator: ", ")
                throw error(
                    key, "\(kind.name) has no such parameter",
                    keys.isEmpty ? "Remove it." : "Known here: \(keys).")
            }
            let text = spec.parameters[key] ?? ""
            guard parameter.accepts(text) else {
                throw error(key, text.whyRefused, "Write \(parameter.expectation).")
            }
        }
    }

    /// A whole-numbered parameter. **Requires** a key of the kind.
    func whole(_ key: String) -> Int { Int(number(key)) }

    /// A numeric parameter. **Requires** a key of the kind.
    func number(_ key: String) -> Double {
        guard let number = Double(word(key)) else {
            preconditionFailure("\(kind.name): \(key) is not a number")
        }
        return number
    }

    /// A parameter in percent, or in other parts of a whole, as a share. **Requires** a key of the
    /// kind.
    func share(_ key: String, of whole: Int64 = 100) -> Rate {
        guard let share = Rate(word(key), of: whole) else {
            preconditionFailure("\(kind.name): \(key) is not a share")
        }
        return share
    }

    /// A parameter that is a word. **Requires** a key of the kind.
    func word(_ key: String) -> String {
        guard let text = texts[key] else {
            preconditionFailure("\(kind.name) has no parameter \(key)")
        }
        return text
    }

    /// Whether the signal votes only on the candle of a crossing.
    var onCross: Bool { word("on") == "cross" }

    /// The error of this component.
    func error(_ key: String?, _ problem: String, _ remedy: String) -> TemplateError {
        TemplateError(
            template: template, component: index, section: "\(role.rawValue) \(kind.name)",
            key: key, problem: problem, remedy: remedy)
    }

    /// - Throws: ``TemplateError`` unless one parameter lies below another.
    func require(_ low: String, below high: String) throws(TemplateError) {
        guard number(low) < number(high) else {
            throw error(
                low, "\(word(low)) is not below \(high), which is \(word(high))",
                "Make \(low) smaller than \(high).")
        }
    }
}

/// A bot's template taken apart: components by role with what each says now.

import Store

/// One component of a template. **Source** <doc:ProductRules#Roles-of-components>.
public struct ComponentRow: Sendable, Equatable, Codable {
    public struct Parameter: Sendable, Equatable, Codable {
        public var key: String
        public var value: String
        public var unit: String
        /// The template sets it; else it is the catalog's default.
        public var isSet: Bool
        public var standard: String
        /// `1 to 500`, or the words that are allowed.
        public var range: String
        /// What it is, in one line.
        public var summary: String
    }

    public var name: String
    public var role: ComponentRole
    /// `trend`, `momentum`, …; nil for a component that this program does not know.
    public var category: String?
    public var weight: Double
    public var parameters: [Parameter]
    public var summary: String

    init(_ spec: ComponentSpec) {
        let kind = Catalog.kind(named: spec.name)
        name = spec.name
        role = spec.role
        category = kind?.category.rawValue
        weight = spec.weight
        summary = kind?.summary ?? ""
        parameters = (kind?.parameters(in: spec.role) ?? []).map { parameter in
            let set = spec.parameters[parameter.key]
            return Parameter(
                key: parameter.key, value: set ?? parameter.standard, unit: parameter.unit,
                isSet: set != nil, standard: parameter.standard, range: parameter.range,
                summary: parameter.summary)
        }
    }
}

/// The newest decision for one symbol, with every component's reading.
public struct DecisionRow: Sendable, Equatable, Codable {
    public var decision: LastDecision
    /// In the order of the template; empty when the record cannot be read.
    public var readings: [ComponentReading]
    public var grid: SymbolGrid?

    public init(_ decision: LastDecision, _ grid: SymbolGrid? = nil) {
        self.decision = decision
        self.grid = grid
        self.readings = ComponentReading.list(text: decision.readings) ?? []
    }

    /// Puts the exit rules as they stand for what is open now.
    mutating func watch(_ positions: [Position], by exits: ExitStates) {
        let held = positions.filter { $0.symbol == decision.symbol }
        readings = exits.applied(to: readings, of: held)
    }

    public func reading(of component: ComponentRow) -> ComponentReading? {
        readings.first { $0.name == component.name && $0.role == component.role }
    }
}

/// The Template tab of the bot page. **Source** <doc:ProductRules#Templates>.
public struct TemplateBreakdown: Sendable, Equatable, Codable {
    public var template: Template
    /// By role in the order of ``ComponentRole``, then as the template does.
    public var components: [ComponentRow]
    /// One a symbol that the bot trades, by symbol.
    public var decisions: [DecisionRow]

    /// - Parameter held: the bot's open positions; nil leaves its exit rules as the last close
    ///   found them.
    /// - Parameter runsExits: whether the bot runs its exit rules.
    public init(
        _ template: Template, decisions: [LastDecision],
        grid: (String) -> SymbolGrid? = { _ in nil }, held: [Position]? = nil,
        runsExits: Bool = true
    ) {
        self.template = template
        self.components = ComponentRole.allCases.flatMap { role in
            template.components.filter { $0.role == role }.map(ComponentRow.init)
        }
        self.decisions = decisions.map { DecisionRow($0, grid($0.symbol)) }.sorted {
            $0.decision.symbol < $1.decision.symbol
        }
        guard let held, let exits = ExitStates(template, runs: runsExits) else { return }
        for index in self.decisions.indices { self.decisions[index].watch(held, by: exits) }
    }
}

extension ComponentReading {
    /// Reads what ``text(of:)`` wrote; nil for anything else.
    public static func list(text: String) -> [ComponentReading]? {
        guard let elements = (try? JSON.parse(text))?.elements else { return nil }
        var readings: [ComponentReading] = []
        for element in elements {
            guard let reading = ComponentReading(element) else { return nil }
            readings.append(reading)
        }
        return readings
    }

    public var json: JSON {
        [
            "name": .string(name), "role": .string(role.rawValue), "weight": .double(weight),
            "value": .string(value), "state": .string(state),
        ]
    }

    init?(_ json: JSON) {
        guard let name = json["name"]?.text,
            let role = json["role"]?.text.flatMap({ ComponentRole(rawValue: $0) }),
            case .number(let weight)? = json["weight"], let number = Double(weight),
            let value = json["value"]?.text, let state = json["state"]?.text
        else { return nil }
        self.init(name: name, role: role, weight: number, value: value, state: state)
    }
}

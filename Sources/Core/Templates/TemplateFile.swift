/// The text format of templates: what `template export` prints and `template import` reads.

import Store

/// `[template]`, one `[ROLE NAME]` for each component, one `[session NAME]` for each session.
///
/// Reading what was printed gives the same template; printing what was read gives every parameter.
public enum TemplateFile {
    /// The keys of `[template]`, in the order in which they are printed.
    static let keys = [
        "name", "description", "timeframe", "mode", "threshold", "direction", "sizing", "leverage",
        "warm_up",
    ]

    /// - Parameter file: its name, for errors.
    /// - Throws: ``FileError`` naming the file, the line and what was expected.
    public static func parse(_ text: String, file: String) throws(FileError) -> Template {
        var reader = TemplateReader(try IniFile(parsing: text, file: file))
        return try reader.read()
    }

    /// A file that somebody has written: what ``parse(_:file:)`` asks, and that it has an exit rule
    /// and zones that the system knows. Stored templates are read without that, so that one from
    /// before these rules, or from a system with other zones, stays readable.
    /// - Throws: ``FileError``.
    public static func parseNew(_ text: String, file: String) throws(FileError) -> Template {
        var reader = TemplateReader(try IniFile(parsing: text, file: file), isNew: true)
        return try reader.read()
    }

    /// The text of a template, ending with a newline.
    public static func print(_ template: Template) -> String {
        var lines = [
            "[template]", "name = \(template.name)", "description = \(template.summary)",
            "timeframe = \(template.timeframe.rawValue)", "mode = \(template.mode.rawValue)",
            "threshold = \(template.threshold.shortText)",
            "direction = \(template.direction.rawValue)", "sizing = \(template.sizing.fileText)",
            "leverage = \(template.leverage)",
            "warm_up = \(template.warmUp.map(String.init) ?? "auto")",
        ]
        for spec in template.components {
            lines += ["", "[\(spec.role.rawValue) \(spec.name)]"] + body(spec)
        }
        for session in template.sessions { lines += [""] + body(session) }
        return Untrusted.escaped(lines.joined(separator: "\n") + "\n")
    }

    private static func body(_ spec: ComponentSpec) -> [String] {
        let weight = spec.role == .signal ? ["weight = \(spec.weight.shortText)"] : []
        guard let kind = Catalog.kind(named: spec.name) else {
            return weight + spec.parameters.keys.sorted().map { key in
                "\(key) = \(spec.parameters[key] ?? "")"
            }
        }
        return weight + kind.parameters(in: spec.role).map { parameter in
            let value = spec.parameters[parameter.key] ?? parameter.standard
            let comment = parameter.unit.isEmpty ? "" : "  ; \(parameter.unit)"
            return "\(parameter.key) = \(value)\(comment)"
        }
    }

    static func body(_ session: SessionWindow) -> [String] {
        [
            "[session \(session.name)]",
            "days = \(session.days.sorted().map { Weekdays.names[$0] }.joined(separator: " "))",
            "start = \(Weekdays.clock(session.start))", "end = \(Weekdays.clock(session.end))",
            "zone = \(session.zone)",
        ]
    }
}

extension Sizing {
    /// As `sizing = equity_percent 10` writes it.
    var fileText: String {
        switch self {
        case .quantity(let quantity): "quantity \(quantity)"
        case .notional(let money): "notional \(money)"
        case .equityShare(let share): "equity_percent \(share.percentText)"
        case .riskShare(let share): "risk_percent \(share.percentText)"
        }
    }

    /// Nil for a text of any other form.
    init?(fileText: String) {
        let words = fileText.split(separator: " ").map(String.init)
        guard words.count == 2, NumberError(refused: words[1]) == nil else { return nil }
        switch words[0] {
        case "quantity":
            guard let value = try? Quantity.parse(words[1]) else { return nil }
            self = .quantity(value)
        case "notional":
            guard let value = try? Money.parse(words[1]) else { return nil }
            self = .notional(value)
        case "equity_percent", "risk_percent":
            guard ParameterKind.printable(words[1]) != nil,
                let share = Rate(words[1], of: 100)
            else { return nil }
            self = words[0] == "equity_percent" ? .equityShare(share) : .riskShare(share)
        default: return nil
        }
    }
}

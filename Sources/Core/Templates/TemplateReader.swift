/// Turns the sections of a template file into a template, or into an error with a line.

import Store

struct TemplateReader {
    private let file: IniFile
    private var template = Template(
        name: "", timeframe: .oneHour, mode: .weighted, components: [])
    /// The section of each component, for the line of an error.
    private var sections: [IniFile.Section] = []

    private let isNew: Bool

    /// - Parameter isNew: asks of it what ``Template/validateNew()`` asks, too.
    init(_ file: IniFile, isNew: Bool = false) {
        self.file = file
        self.isNew = isNew
    }

    /// - Throws: ``FileError``.
    mutating func read() throws(FileError) -> Template {
        guard let head = file["template"] else {
            throw error(nil, nil, "no [template] section", "Start with [template] and name = ….")
        }
        try readHead(head)
        var heads = 0
        for section in file.sections {
            if section.name == "template" { heads += 1 } else { try readSection(section) }
            guard heads <= 1 else {
                throw error(section.line, nil, "[template] stands twice", "Keep one of them.")
            }
        }
        try check(head)
        return template
    }

    /// The sessions of a file that holds nothing else: a bot's own.
    mutating func readSessions() throws(FileError) -> [SessionWindow] {
        for section in file.sections {
            guard section.name.hasPrefix("session ") || section.name == "session" else {
                throw error(
                    section.line, nil, "[\(cut(section.name))] is not a session",
                    "Write [session Tokyo] with days, start, end and zone.")
            }
            try readSection(section)
        }
        guard !template.sessions.isEmpty else {
            throw error(nil, nil, "no session", "Write [session Tokyo] and its lines below it.")
        }
        do { try template.validateSessions() } catch { throw located(error, file.sections[0]) }
        return template.sessions
    }

    private mutating func readHead(_ head: IniFile.Section) throws(FileError) {
        try refuseUnknown(head, TemplateFile.keys)
        guard let name = head["name"], !name.value.isEmpty else {
            throw error(head.line, "name", "is missing", "Write name = My Template.")
        }
        template.name = name.value
        template.summary = head["description"]?.value ?? ""
        let frames = Timeframe.allCases.map(\.rawValue)
        guard let frame = try word(head, "timeframe", Timeframe.init(rawValue:), frames) else {
            throw error(
                head.line, "timeframe", "is missing",
                "Write timeframe = and one of \(frames.joined(separator: ", ")).")
        }
        template.timeframe = frame
        template.mode = try word(
            head, "mode", Template.Mode.init(rawValue:), Template.Mode.allCases.map(\.rawValue))
            ?? .weighted
        template.direction = try word(
            head, "direction", Template.Direction.init(rawValue:),
            Template.Direction.allCases.map(\.rawValue)) ?? .both
        template.threshold = try value(
            head, "threshold", "a number from 0 to 1 with at most 10 decimals",
            ParameterKind.printable) ?? 0.5
        let sizing = try value(head, "sizing", Sizing.expectation, Sizing.init(fileText:))
        template.sizing = sizing ?? .equityShare(.percent(10))
        template.leverage = try value(
            head, "leverage", "a whole number from \(Template.leverages.words)", Self.whole) ?? 3
        guard head["warm_up"]?.value != "auto" else { return }
        template.warmUp = try value(
            head, "warm_up", "auto, or a whole number of candles from \(Template.warmUps.words)",
            Self.whole)
    }

    /// Its range is looked at when the template is checked; a sign before zero is one here.
    private static func whole(_ text: String) -> Int? {
        guard text.first != "+", let value = Int(text), value != 0 || text.first != "-" else {
            return nil
        }
        return value
    }

    private mutating func readSection(_ section: IniFile.Section) throws(FileError) {
        let parts = section.name.split(separator: " ", maxSplits: 1).map(String.init)
        let name = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        if parts.first == "session" { return try readSession(section, name) }
        guard let role = parts.first.flatMap(ComponentRole.init(rawValue:)) else {
            throw error(
                section.line, nil, "[\(cut(section.name))] is not a section of a template",
                "Use template, signal, filter, gate, guard, exit or session, as [signal RSI].")
        }
        guard let kind = Catalog.kind(named: name) else {
            throw error(
                section.line, nil, "there is no component \"\(cut(name))\"",
                "Use one of: \(Catalog.names(in: role)).")
        }
        guard kind.roles.contains(role) else {
            let roles = kind.roles.map(\.rawValue).joined(separator: " or ")
            throw error(
                section.line, nil, "\(kind.name) is not a \(role.rawValue)", "Use it as \(roles).")
        }
        sections.append(section)
        template.components.append(try component(section, kind, role))
    }

    private func component(
        _ section: IniFile.Section, _ kind: ComponentKind, _ role: ComponentRole
    ) throws(FileError) -> ComponentSpec {
        var spec = ComponentSpec(kind.name, role)
        for entry in section.entries {
            if entry.key == "weight", role == .signal {
                let expected = "a number from 0 to 10 with at most 10 decimals"
                let weight = try value(section, "weight", expected) { text in
                    ParameterKind.printable(text).flatMap { (0...10).contains($0) ? $0 : nil }
                }
                spec.weight = weight ?? 1
                continue
            }
            let parameter = kind.parameters(in: role).first { $0.key == entry.key }
            if parameter?.isStandard(entry.value) != true {
                spec.parameters[entry.key] = entry.value
            }
        }
        return spec
    }

    private mutating func readSession(
        _ section: IniFile.Section, _ name: String
    ) throws(FileError) {
        guard !name.isEmpty else {
            throw error(section.line, nil, "a session has no name", "Write [session Tokyo].")
        }
        try refuseUnknown(section, ["days", "start", "end", "zone"])
        let clock = "a time of day as 09:00"
        let days = try value(section, "days", "weekdays as mon-fri or sat sun", Weekdays.parse)
        let start = try value(section, "start", clock, Weekdays.minutes)
        let end = try value(section, "end", clock, Weekdays.minutes)
        guard let start, let end, let zone = section["zone"]?.value else {
            let key = start == nil ? "start" : end == nil ? "end" : "zone"
            throw error(section.line, key, "is missing", "A session has days, start, end and zone.")
        }
        template.sessions.append(
            SessionWindow(
                name: name, days: days ?? Set(0...6), start: start, end: end, zone: zone))
    }

    /// Builds the template once and finds the line of whatever it complains about.
    private func check(_ head: IniFile.Section) throws(FileError) {
        do {
            try template.validate()
            if isNew { try template.validateNew() }
        } catch { throw located(error, head) }
    }

    private func located(_ error: TemplateError, _ head: IniFile.Section) -> FileError {
        let section = error.component.map { sections[$0] }
            ?? error.section.flatMap { file[$0] } ?? head
        let entry = error.key.flatMap { section[$0] }
        return self.error(entry?.line ?? section.line, error.key, error.problem, error.remedy)
    }

    // MARK: Values

    private func word<Value>(
        _ section: IniFile.Section, _ key: String, _ make: (String) -> Value?, _ words: [String]
    ) throws(FileError) -> Value? {
        try value(section, key, words.joined(separator: ", "), make)
    }

    private func value<Value>(
        _ section: IniFile.Section, _ key: String, _ expected: String, _ make: (String) -> Value?
    ) throws(FileError) -> Value? {
        guard let entry = section[key] else { return nil }
        guard let value = make(entry.value) else {
            let isOfSession = section.name.hasPrefix("session")
            let problem =
                isOfSession ? "\"\(cut(entry.value))\" is not allowed" : entry.value.whyRefused
            throw error(entry.line, key, problem, "Write \(expected).")
        }
        return value
    }

    private func refuseUnknown(
        _ section: IniFile.Section, _ known: [String]
    ) throws(FileError) {
        for entry in section.entries where !known.contains(entry.key) {
            throw error(
                entry.line, entry.key, "no such key in [\(section.name)]",
                "Known here: \(known.joined(separator: ", ")).")
        }
    }

    private func error(
        _ line: Int?, _ key: String?, _ problem: String, _ remedy: String
    ) -> FileError {
        FileError(file: file.file, line: line, key: key, problem: problem, remedy: remedy)
    }
}

/// Theme files put together: a parent's palette and roles with its child's, words become colours.
import Core

/// Everything a theme says, before a colour depth is chosen.
struct ThemePaints: Equatable, Sendable {
    var code: String
    var name: String
    var kind: Theme.Kind
    private var halves: [TerminalGround: [Role: Paint]] = [:]
    var warnings: [FileError] = []

    /// `files`: the oldest parent first, the theme itself last.
    init(_ files: [ThemeFile]) {
        code = files.last?.code ?? "default"
        name = files.last?.name ?? "default"
        kind = files.last?.kind ?? .any
        warnings = files.flatMap(\.warnings)
        for ground in TerminalGround.allCases {
            // The same words are warned of once.
            let before = warnings
            halves[ground] = paints(of: files, on: ground)
            if ground != .unknown { warnings = before }
        }
    }

    /// On a background of which nothing is known, unless one is named.
    func paints(on ground: TerminalGround = .unknown) -> [Role: Paint] {
        halves[self.ground(over: ground)] ?? [:]
    }

    /// A theme that says what it is for takes that half, whatever the terminal is like.
    private func ground(over terminal: TerminalGround) -> TerminalGround {
        switch kind {
        case .dark: .dark
        case .light: .light
        case .any: terminal
        }
    }

    func theme(
        at depth: ColourDepth, on ground: TerminalGround = .unknown,
        profit: Theme.ProfitConvention = .western, off: Switches<ScreenSafeguard> = []
    ) -> Theme {
        Theme(
            code: code, name: name, kind: kind, paints: paints(on: ground), depth: depth,
            ground: ground, profit: profit, off: off)
    }

    private mutating func paints(
        of files: [ThemeFile], on ground: TerminalGround
    ) -> [Role: Paint] {
        var palette: [String: Tint] = [:]
        var roles: [Role: ThemeFile.Entry] = [:]
        for file in files {
            palette.merge(file.palette) { _, new in new }
            palette.merge(file.halves[ground] ?? [:]) { _, new in new }
            roles.merge(file.roles) { _, new in new }
        }
        var paints: [Role: Paint] = [:]
        for role in Role.allCases {
            guard let entry = roles[role] else { continue }
            paints[role] = paint(role, entry, palette)
        }
        return paints
    }

    /// `foreground [on background] [attribute ...]`; unknown words are warned of and left out.
    private mutating func paint(
        _ role: Role, _ entry: ThemeFile.Entry, _ palette: [String: Tint]
    ) -> Paint {
        var result = Paint(Tint(.terminal))
        var isGroundNext = false
        for (position, word) in entry.value.split(separator: " ").map(String.init).enumerated() {
            if word == "on", !isGroundNext {
                isGroundNext = true
            } else if isGroundNext || position == 0, let tint = Self.tint(word, palette) {
                if isGroundNext { result.background = tint } else { result.foreground = tint }
                isGroundNext = false
            } else if !isGroundNext, let change = AttributeChange(word) {
                result.changes.append(change)
            } else {
                warn(role, entry, word)
                isGroundNext = false
            }
        }
        if isGroundNext { warn(role, entry, "on") }
        return result
    }

    private static func tint(_ word: String, _ palette: [String: Tint]) -> Tint? {
        if word.hasPrefix("@") { return palette[String(word.dropFirst())] }
        return ThemeFile.ink(word).map { Tint($0) }
    }

    private mutating func warn(_ role: Role, _ entry: ThemeFile.Entry, _ word: String) {
        warnings.append(
            FileError(
                file: entry.file, line: entry.line, key: role.name,
                problem: "\"\(word)\" is not known here",
                remedy: "Write: foreground [on background] [attribute ...]."))
    }
}

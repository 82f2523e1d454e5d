/// A theme as written in a file: palette, roles and what it extends.
///
/// The grammar: <doc:ConsoleRules#Theme-files>.
import Core

struct ThemeFile: Equatable, Sendable {
    var code: String
    var name: String
    var kind: Theme.Kind
    /// The parent's code; nil for a theme that stands alone.
    var parent: String?
    var palette: [String: Tint] = [:]
    /// What takes the palette's place on a terminal that is known to be dark, or light.
    var halves: [TerminalGround: [String: Tint]] = [:]
    /// Role values stay words until the palettes of parent and child are put together: a child
    /// that changes one palette entry changes every role of its parent that uses it.
    var roles: [Role: Entry] = [:]
    /// Unknown sections, roles and names: the theme still loads without them.
    var warnings: [FileError] = []

    /// A value and where it stands.
    struct Entry: Equatable, Sendable {
        var value: String
        var file: String
        var line: Int
    }

    /// The greatest size of a theme file, in bytes.
    static let maxBytes = 64 * 1024

    /// - Throws: ``FileError`` for a syntax error or a file that is too long; what is merely
    ///   unknown is in ``warnings``.
    init(parsing text: String, file: String, code: String) throws(FileError) {
        guard text.utf8.count <= Self.maxBytes else {
            throw FileError(
                file: file, problem: "longer than 64 KiB", remedy: "Shorten the theme file.")
        }
        self.code = code
        name = code
        kind = .any
        let ini = try IniFile(parsing: text, file: file)
        for section in ini.sections {
            switch section.name {
            case "theme": readHead(section, file)
            case "palette": palette = readPalette(section, file)
            case "dark": halves[.dark] = readPalette(section, file)
            case "light": halves[.light] = readPalette(section, file)
            case "roles": readRoles(section, file)
            default:
                warn(
                    file, section.line, nil, "unknown section [\(section.name)]",
                    "Sections are [theme], [palette], [dark], [light] and [roles].")
            }
        }
        if saysNothing, warnings.isEmpty {
            warnings = [
                FileError(
                    file: file, problem: "no colour and no parent stands in it",
                    remedy: "Write [roles] or [palette], or extends = NAME under [theme].")
            ]
        }
    }

    /// Every look is base's: whoever wrote it meant more.
    private var saysNothing: Bool {
        parent == nil && palette.isEmpty && roles.isEmpty
            && halves.values.allSatisfy(\.isEmpty)
    }

    private mutating func readHead(_ section: IniFile.Section, _ file: String) {
        for entry in section.entries {
            switch entry.key {
            case "name": name = entry.value
            case "extends": parent = entry.value
            case "kind":
                if let known = Theme.Kind(rawValue: entry.value) {
                    kind = known
                } else {
                    warn(
                        file, entry.line, "kind", "unknown kind \"\(entry.value)\"",
                        "Write dark, light or any.")
                }
            default:
                warn(file, entry.line, entry.key, "unknown key", "Keys are name, kind and extends.")
            }
        }
    }

    private mutating func readPalette(
        _ section: IniFile.Section, _ file: String
    ) -> [String: Tint] {
        var palette: [String: Tint] = [:]
        for entry in section.entries {
            let cells = entry.value.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.split(separator: " ").map(String.init) }
            let inks = cells.prefix(3).map { Self.ink($0) }
            let changes = cells.dropFirst(3).first.map { $0.map { AttributeChange($0) } } ?? []
            guard cells.count <= 4, let first = inks.first, let first, !inks.contains(nil),
                !changes.contains(nil), Self.isKey(entry.key)
            else {
                warn(
                    file, entry.line, entry.key, "\"\(entry.value)\" is not a palette entry",
                    "Write #rrggbb | 0-255 | colour name | attributes; three may be left out.")
                continue
            }
            palette[entry.key] = Tint(
                first, inks.count > 1 ? inks[1] : nil, inks.count > 2 ? inks[2] : nil,
                changes.compactMap { $0 })
        }
        return palette
    }

    private mutating func readRoles(_ section: IniFile.Section, _ file: String) {
        for entry in section.entries {
            guard let role = Role(name: entry.key) else {
                warn(file, entry.line, entry.key, "unknown role", "See: plutarc themes roles")
                continue
            }
            roles[role] = Entry(value: entry.value, file: file, line: entry.line)
        }
    }

    private mutating func warn(
        _ file: String, _ line: Int, _ key: String?, _ problem: String, _ remedy: String
    ) {
        warnings.append(
            FileError(file: file, line: line, key: key, problem: problem, remedy: remedy))
    }

    private static func ink(_ words: [String]) -> Ink? {
        words.count == 1 ? ink(words[0]) : nil
    }

    /// `default`, `#rrggbb`, 0–255 or one of the 16 names.
    static func ink(_ word: String) -> Ink? {
        if word == "default" { return .terminal }
        if let index = Ink.names.firstIndex(of: word) { return .indexed(UInt8(index)) }
        if let rgb = RGB(hex: word) { return .rgb(rgb) }
        return UInt8(word).map { .indexed($0) }
    }

    private static func isKey(_ key: String) -> Bool {
        key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}

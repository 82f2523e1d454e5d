/// Which terminfo entry to use, at how many colours, with which characters: decided before ncurses.
import Core
import Store

/// Read from the environment; pure, so that every odd TERM can be tested.
struct TerminalChoice: Equatable, Sendable {
    /// Names for terminfo, the first that exists is taken: <doc:ConsoleRules#Unknown-terminals>.
    var candidates: [String]
    var glyphs: GlyphSet
    /// No UTF-8 was promised and none was declined: what is not ASCII cannot be shown as it is.
    var lacksUTF8: Bool
    /// No colour at all: NO_COLOR or `--color=never`.
    var forbidsColour: Bool
    /// COLORTERM promises 24 bits; they are used when a direct-colour entry exists.
    var promisesTruecolour: Bool
    /// How long an ESC waits for what may follow: ESCDELAY, else 25 ms, 100 ms over SSH.
    var escapeDelay: Span
    /// What COLUMNS and LINES say, for a terminal that does not know its own size.
    var namedSize: Size?
    /// The terminal is of the xterm family: bracketed paste may be switched on.
    var isXtermLike: Bool
    /// What its background is like, as far as its name says: a Linux console is dark.
    var ground = TerminalGround.unknown

    /// - Throws: ``TerminalError`` for TERM=dumb, where no screen can be drawn.
    init(
        forbidsColour: Bool = false, isASCII: Bool = false, _ environment: (String) -> String?
    ) throws(TerminalError) {
        let term = environment("TERM") ?? ""
        guard term != "dumb" else {
            throw TerminalError(
                headline: "TERM is \"dumb\": this terminal cannot show a screen",
                remedy: "Set TERM to what your terminal is, or print it: plutarc screen fleet.")
        }
        let colour = environment("COLORTERM") ?? ""
        promisesTruecolour = colour == "truecolor" || colour == "24bit"
        self.forbidsColour = forbidsColour || !(environment("NO_COLOR") ?? "").isEmpty
        candidates = Self.candidates(term, hasColour: !colour.isEmpty)
        glyphs = isASCII ? .ascii : GlyphSet.detected(environment)
        lacksUTF8 = !isASCII && glyphs.isASCII
        escapeDelay = Self.escapeDelay(environment)
        namedSize = Self.namedSize(environment)
        isXtermLike = Self.isXtermLike(term)
        ground = term.hasPrefix("linux") ? .dark : .unknown
    }

    private static func escapeDelay(_ environment: (String) -> String?) -> Span {
        let isFar = environment("SSH_CONNECTION")?.isEmpty == false
        let wanted = environment("ESCDELAY").flatMap { Int64($0) } ?? (isFar ? 100 : 25)
        return .milliseconds(min(max(wanted, 1), 1000))
    }

    private static func namedSize(_ environment: (String) -> String?) -> Size? {
        let sides = ["COLUMNS", "LINES"].compactMap { environment($0).flatMap { Int($0) } }
        return sides.count == 2 && sides.allSatisfy { 1...1000 ~= $0 }
            ? Size(sides[0], sides[1]) : nil
    }

    /// The name itself, then shorter prefixes of it, then what COLORTERM suggests, then vt100.
    private static func candidates(_ term: String, hasColour: Bool) -> [String] {
        var names = term.isEmpty || !Untrustable.isTermName(term) ? [] : [term]
        let family = term.split(separator: "-").first.map(String.init) ?? ""
        switch family {
        case "xterm", "kitty", "alacritty", "foot", "ghostty", "wezterm", "contour", "rio",
            "konsole", "vte", "gnome", "iterm2", "st":
            names.append("xterm-256color")
        case "tmux", "screen", "rxvt", "putty", "linux":
            if term.contains("256") || term.contains("colo") { names.append("\(family)-256color") }
            names.append(family)
        default:
            if !family.isEmpty, family != term, Untrustable.isTermName(family) {
                names.append(family)
            }
        }
        if hasColour { names.append("xterm-256color") }
        names += ["xterm", "vt100"]
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func isXtermLike(_ term: String) -> Bool {
        let families = [
            "xterm", "tmux", "screen", "rxvt", "kitty", "alacritty", "foot", "ghostty", "wezterm",
            "konsole", "vte", "gnome", "iterm2", "st-", "putty", "contour", "rio",
        ]
        return families.contains { term.hasPrefix($0) }
    }

    /// TERM comes from outside and becomes part of a path inside terminfo.
    private enum Untrustable {
        static func isTermName(_ name: String) -> Bool {
            name.utf8.count <= 64 && !name.hasPrefix(".")
                && name.utf8.allSatisfy { byte in
                    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "/")
                }
        }
    }
}

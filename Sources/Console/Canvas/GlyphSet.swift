/// The characters that lines, meters and graphs are made of: UTF-8 or plain ASCII.

/// Chosen once at the start by `--ascii`, else by the locale: <doc:ConsoleRules#ASCII-and-UTF-8>.
struct GlyphSet: Hashable, Sendable {
    enum Lines: Sendable { case unicode, ascii }
    enum Graph: Sendable { case braille, block, ascii }

    var lines: Lines
    var graph: Graph

    static let unicode = GlyphSet(lines: .unicode, graph: .braille)
    static let ascii = GlyphSet(lines: .ascii, graph: .ascii)

    var isASCII: Bool { lines == .ascii }

    /// By the locale's character set: LC_ALL, LC_CTYPE, LANG, the first that is set and not empty.
    static func detected(_ environment: (String) -> String?) -> GlyphSet {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let value = environment(name), !value.isEmpty else { continue }
            let lower = value.lowercased()
            return lower.contains("utf-8") || lower.contains("utf8") ? .unicode : .ascii
        }
        return .ascii
    }

    /// The pieces of a frame. In ASCII a focused frame is drawn with `=` and `#`.
    struct Frame: Sendable {
        var topLeft: Unicode.Scalar
        var topRight: Unicode.Scalar
        var bottomLeft: Unicode.Scalar
        var bottomRight: Unicode.Scalar
        var horizontal: Unicode.Scalar
        var vertical: Unicode.Scalar
    }

    func frame(isFocused: Bool) -> Frame {
        switch (lines, isFocused) {
        case (.unicode, false):
            Frame(
                topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
                horizontal: "─", vertical: "│")
        case (.unicode, true):
            Frame(
                topLeft: "┏", topRight: "┓", bottomLeft: "┗", bottomRight: "┛",
                horizontal: "━", vertical: "┃")
        case (.ascii, false):
            Frame(
                topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
                horizontal: "-", vertical: "|")
        case (.ascii, true):
            Frame(
                topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
                horizontal: "=", vertical: "#")
        }
    }

    var horizontal: Unicode.Scalar { isASCII ? "-" : "─" }
    var vertical: Unicode.Scalar { isASCII ? "|" : "│" }
    var meterFull: Unicode.Scalar { graph == .ascii ? "#" : "█" }
    var meterEmpty: Unicode.Scalar { graph == .ascii ? "." : "░" }
    var sortUp: Unicode.Scalar { isASCII ? "^" : "▲" }
    var sortDown: Unicode.Scalar { isASCII ? "v" : "▼" }

    /// Eight heights, lowest first, for bars of one cell.
    var heights: [Unicode.Scalar] {
        graph == .ascii
            ? ["_", "_", ".", ".", "-", "-", "^", "^"]
            : ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }
}

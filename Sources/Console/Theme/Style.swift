/// How something looks at one colour depth: two inks and attributes, ready for a terminal.

/// What a terminal can show. The raw value is the number of colours, 24-bit as 2^24.
enum ColourDepth: Int, CaseIterable, Sendable, Comparable {
    case none = 0
    case eight = 8
    case sixteen = 16
    case indexed = 256
    case truecolour = 16_777_216

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The greatest depth that a terminal with `colours` colours has.
    init(colours: Int) {
        self = Self.allCases.last { $0.rawValue <= colours } ?? .none
    }
}

/// A colour as a terminal takes it. The 16 names are `.indexed` below 16.
enum Ink: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case terminal
    case indexed(UInt8)
    case rgb(RGB)

    static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
        "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta",
        "bright-cyan", "bright-white",
    ]

    /// The 24-bit value that is most likely seen; nil for the terminal's own colours.
    var approximateRGB: RGB? {
        switch self {
        case .terminal: nil
        case .indexed(let index): RGB.indexed(index)
        case .rgb(let rgb): rgb
        }
    }
}

/// Attributes of text; the raw bits are ours, not ncurses'.
struct TextAttributes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let bold = TextAttributes(rawValue: 1)
    static let dim = TextAttributes(rawValue: 2)
    static let italic = TextAttributes(rawValue: 4)
    static let underline = TextAttributes(rawValue: 8)
    static let reverse = TextAttributes(rawValue: 16)
    static let blink = TextAttributes(rawValue: 32)
    static let strike = TextAttributes(rawValue: 64)

    /// In the order of the theme format's documentation.
    static let names: [(name: String, attribute: TextAttributes)] = [
        ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
        ("reverse", .reverse), ("blink", .blink), ("strike", .strike),
    ]
}

/// Inks and attributes. A missing background is that of the ground the text stands on.
struct Style: Hashable, Sendable {
    var foreground: Ink
    var background: Ink?
    var attributes: TextAttributes

    init(
        _ foreground: Ink = .terminal, on background: Ink? = nil,
        _ attributes: TextAttributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// This style on a ground. A row bar that has colours or is reversed gives both colours, so
    /// that it is one bar and readable; any other ground only fills in a missing background.
    func on(_ ground: Style, isRowBar: Bool) -> Style {
        var result = self
        if isRowBar {
            let kept = attributes.intersection([.bold, .italic, .underline, .strike])
            let hasColours = ground.background.map { $0 != .terminal } ?? false
            if hasColours || ground.attributes.contains(.reverse) {
                return Style(
                    ground.foreground, on: ground.background, ground.attributes.union(kept))
            }
            result.attributes.formUnion(ground.attributes)
        }
        guard background == nil else { return result }
        result.background = ground.background
        if ground.attributes.contains(.reverse), !isRowBar {
            // Without colours a bar is reversed; what stands on it is part of the bar.
            result.attributes.formSymmetricDifference(.reverse)
        }
        return result
    }
}

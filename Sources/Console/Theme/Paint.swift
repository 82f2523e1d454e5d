/// A theme's words for how a role looks, at every colour depth at once.

/// A colour with its fallbacks: one cell each for 24-bit, 256 and 16 colours, and the attributes
/// that stand for it where there is no colour.
struct Tint: Hashable, Sendable {
    var truecolour: Ink
    var indexed: Ink
    var sixteen: Ink
    var withoutColour: [AttributeChange]

    init(
        _ truecolour: Ink, _ indexed: Ink? = nil, _ sixteen: Ink? = nil,
        _ changes: [AttributeChange] = []
    ) {
        self.truecolour = truecolour
        self.indexed = indexed ?? Self.nearest(truecolour, at: .indexed)
        self.sixteen = sixteen ?? Self.nearest(indexed ?? truecolour, at: .sixteen)
        withoutColour = changes
    }

    /// The ink at a depth; bright colours need bold on eight colours, which `isBright` reports.
    func ink(at depth: ColourDepth) -> (ink: Ink, isBright: Bool) {
        switch depth {
        case .truecolour: return (truecolour, false)
        case .indexed: return (indexed, false)
        case .sixteen: return (sixteen, false)
        case .eight:
            if case .indexed(let index) = sixteen, index >= 8 {
                return (.indexed(index - 8), true)
            }
            return (sixteen, false)
        case .none: return (.terminal, false)
        }
    }

    /// Missing cells are computed. The 16 names stay names at every depth, as they are the
    /// terminal's own colours.
    private static func nearest(_ ink: Ink, at depth: ColourDepth) -> Ink {
        switch ink {
        case .terminal: return .terminal
        case .indexed(let index):
            return depth == .indexed || index < 16
                ? ink : .indexed(RGB.indexed(index).nearest16)
        case .rgb(let rgb):
            return .indexed(depth == .indexed ? rgb.nearest256 : rgb.nearest16)
        }
    }
}

/// `bold`, `no-bold`, `none`: applied one after the other.
enum AttributeChange: Hashable, Sendable {
    case add(TextAttributes)
    case remove(TextAttributes)
    case clear

    init?(_ word: some StringProtocol) {
        if word == "none" {
            self = .clear
            return
        }
        let isRemoved = word.hasPrefix("no-")
        let name = isRemoved ? word.dropFirst(3) : word.dropFirst(0)
        guard let found = TextAttributes.names.first(where: { $0.name == name }) else { return nil }
        self = isRemoved ? .remove(found.attribute) : .add(found.attribute)
    }

    func apply(to attributes: inout TextAttributes) {
        switch self {
        case .add(let some): attributes.formUnion(some)
        case .remove(let some): attributes.subtract(some)
        case .clear: attributes = []
        }
    }
}

/// What a theme says about one role.
struct Paint: Hashable, Sendable {
    var foreground: Tint
    var background: Tint?
    var changes: [AttributeChange]

    init(_ foreground: Tint, on background: Tint? = nil, _ changes: [AttributeChange] = []) {
        self.foreground = foreground
        self.background = background
        self.changes = changes
    }

    /// The look at one depth.
    ///
    /// Where a colour is not shown (no colours, or its cell says `default`), the attributes in its
    /// fourth cell take its place; a background without such a cell becomes reverse.
    func style(at depth: ColourDepth) -> Style {
        let front = foreground.ink(at: depth)
        let back = background?.ink(at: depth)
        var attributes: TextAttributes = []
        for change in changes { change.apply(to: &attributes) }
        if front.isBright { attributes.insert(.bold) }
        if front.ink == .terminal {
            for change in foreground.withoutColour { change.apply(to: &attributes) }
        }
        if let background, back?.ink == .terminal {
            for change in background.withoutColour { change.apply(to: &attributes) }
            // `default` as the 16-colour cell says that the background may go unseen.
            let wasColour = background.sixteen != .terminal
            if depth == .none, wasColour, background.withoutColour.isEmpty {
                attributes.insert(.reverse)
            }
        }
        return Style(front.ink, on: back?.ink, attributes)
    }
}

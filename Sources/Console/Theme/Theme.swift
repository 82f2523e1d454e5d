/// How every role looks on a terminal of one colour depth.
import Core

/// Ready for drawing: a table of styles by role. Made from a ``ThemeFile`` by ``ThemeLibrary``.
struct Theme: Equatable, Sendable {
    enum Kind: String, Sendable { case dark, light, any }

    /// Which colour stands for a gain: Tokyo and London read red the opposite way,
    /// <doc:ConsoleRules#Gain-and-loss>.
    enum ProfitConvention: String, CaseIterable, Sendable {
        case western
        case eastAsian = "east-asian"
        case safe
    }

    /// The file's name without `.theme`, as the user types it.
    let code: String
    let name: String
    let kind: Kind
    let depth: ColourDepth
    private let styles: [Style]
    private let off: Switches<ScreenSafeguard>

    /// - Parameter off: what a test of the tests leaves out.
    init(
        code: String, name: String, kind: Kind, paints: [Role: Paint], depth: ColourDepth,
        ground: TerminalGround = .unknown, profit: ProfitConvention = .western,
        off: Switches<ScreenSafeguard> = []
    ) {
        self.off = off
        self.code = code
        self.name = name
        self.kind = kind
        self.depth = depth
        let paints = Self.swapped(paints, profit, kind == .light ? .light : ground)
        styles = Role.allCases.map { (paints[$0] ?? Paint(Tint(.terminal))).style(at: depth) }
    }

    /// The style of a role as the theme says it.
    func style(_ role: Role) -> Style { styles[Int(role.rawValue)] }

    /// The style of a role on a ground, with every background filled in.
    func style(_ role: Role, on ground: Role) -> Style {
        let base = style(.background)
        var under = style(ground)
        if under.background == nil { under.background = base.background ?? .terminal }
        let role: Role = role == .background && ground != .background ? ground : role
        if role == ground { return under }
        let hasChips = depth != .none && !off.contains(.chipsOnBars)
        if hasChips, isBar(under), let chip = chip(role, under) { return chip }
        return style(role).on(under, isRowBar: ground.isRowBar)
    }

    /// Its colours are not those of the screen around it.
    private func isBar(_ ground: Style) -> Bool {
        ground.attributes.contains(.reverse)
            || ground.background != style(.background).background ?? .terminal
    }

    /// What means something by its colour keeps that colour on a bar, as a chip: in the colours of
    /// the role the other way round, as far apart as on the screen. Of the sixteen colours
    /// of a terminal only those pairs are used that hold in every palette.
    private func chip(_ role: Role, _ bar: Style) -> Style? {
        let own = style(role)
        let kept = own.attributes.intersection([.bold, .italic, .underline, .strike])
        let plain = Style(bar.foreground, on: bar.background, bar.attributes.union(kept))
        if let paper = own.background { return Self.holds(own.foreground, paper) ? own : plain }
        guard role.keepsColourOnBars else { return plain }
        let ground = style(.background).background ?? .terminal
        switch own.foreground {
        case .terminal: return plain
        case .indexed(let index) where index < 16: return Self.barPair(index, kept) ?? plain
        default: break
        }
        if own.attributes.contains(.reverse) {
            return Style(own.foreground, on: ground, own.attributes)
        }
        return ground == .terminal
            ? Style(own.foreground, on: ground, kept.union(.reverse))
            : Style(ground, on: own.foreground, kept)
    }

    /// Whether a pair is right in each palette that a terminal may have: only of the sixteen
    /// colours there is a doubt.
    private static func holds(_ ink: Ink, _ paper: Ink) -> Bool {
        guard case .indexed(let front) = ink, case .indexed(let back) = paper, front < 16, back < 16
        else { return true }
        switch back % 8 {
        case 1: return front % 8 == 7
        case 2, 6, 7: return front == 0
        case 4: return front % 8 == 7 || front % 8 == 6
        default: return back == 0 && [2, 6, 7].contains(front % 8)
        }
    }

    /// White bold on red, black on green, black on cyan, white on blue; nil for a colour that has
    /// no pair which holds in the palettes of xterm and of VGA.
    private static func barPair(_ index: UInt8, _ kept: TextAttributes) -> Style? {
        switch index % 8 {
        case 1: Style(.indexed(7), on: .indexed(1), kept.union(.bold))
        case 2: Style(.indexed(0), on: .indexed(2), kept.subtracting(.bold))
        case 4: Style(.indexed(7), on: .indexed(4), kept)
        case 6: Style(.indexed(0), on: .indexed(6), kept.subtracting(.bold))
        default: nil
        }
    }

    /// Different pairs of inks in use, those on dialogs, bars and selected rows included: what a
    /// terminal with 64 pairs has to hold.
    var pairs: Set<InkPair> {
        var result: Set<InkPair> = []
        for pair in DrawnPairs.all {
            let style = style(pair.role, on: pair.ground)
            result.insert(InkPair(style.foreground, style.background ?? .terminal))
        }
        result.remove(InkPair(.terminal, .terminal))
        return result
    }

    private static func swapped(
        _ paints: [Role: Paint], _ profit: ProfitConvention, _ ground: TerminalGround
    ) -> [Role: Paint] {
        var paints = paints
        switch profit {
        case .western: break
        case .eastAsian:
            (paints[.gain], paints[.loss]) = (paints[.loss], paints[.gain])
            (paints[.chartUp], paints[.chartDown]) = (paints[.chartDown], paints[.chartUp])
        case .safe:
            let (blue, orange) = safeTints(ground)
            for role in [Role.gain, .chartUp] { paints[role] = Paint(blue) }
            for role in [Role.loss, .chartDown] {
                paints[role] = Paint(orange, on: nil, [.add(.bold)])
            }
        }
        return paints
    }
}

extension Theme {
    /// Okabe and Ito's sky blue and vermilion: darker ones on light backgrounds, and between the
    /// two where the background is not known.
    private static func safeTints(_ ground: TerminalGround) -> (blue: Tint, orange: Tint) {
        func tint(_ value: UInt32, _ index: UInt8, _ sixteen: Ink) -> Tint {
            Tint(.rgb(RGB(value)), .indexed(index), sixteen)
        }
        return switch ground {
        case .dark: (tint(0x56B4E9, 74, .indexed(6)), tint(0xE8701A, 208, .indexed(3)))
        case .light: (tint(0x0072B2, 25, .indexed(4)), tint(0xA84A00, 130, .indexed(1)))
        case .unknown: (tint(0x2D71E2, 63, .terminal), tint(0xB06000, 131, .terminal))
        }
    }
}

/// Foreground and background as a terminal allots them.
struct InkPair: Hashable, Sendable {
    var foreground: Ink
    var background: Ink

    init(_ foreground: Ink, _ background: Ink) {
        self.foreground = foreground
        self.background = background
    }
}

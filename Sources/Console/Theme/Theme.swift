/// How every role looks on a terminal of one colour depth.

/// Ready for drawing: a table of styles by role. Made from a ``ThemeFile`` by ``ThemeLibrary``.
struct Theme: Equatable, Sendable {
    enum Kind: String, Sendable { case dark, light, any }

    /// Which colour stands for a gain: Tokyo and London read red the opposite way (TUI.md 4b).
    enum ProfitConvention: String, CaseIterable, Sendable {
        case western, eastAsian = "east-asian", safe
    }

    /// The file's name without `.theme`, as the user types it.
    let code: String
    let name: String
    let kind: Kind
    let depth: ColourDepth
    private let styles: [Style]

    init(
        code: String, name: String, kind: Kind, paints: [Role: Paint], depth: ColourDepth,
        profit: ProfitConvention = .western
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.depth = depth
        let paints = Self.swapped(paints, profit, kind)
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
        return style(role).on(under, isRowBar: ground.isRowBar)
    }

    /// Different pairs of inks in use, those on dialogs, bars and selected rows included: what a
    /// terminal with 64 pairs has to hold.
    var pairs: Set<InkPair> {
        var result: Set<InkPair> = []
        for role in Role.allCases {
            for ground in Self.grounds {
                let style = style(role, on: ground)
                result.insert(InkPair(style.foreground, style.background ?? .terminal))
            }
        }
        result.remove(InkPair(.terminal, .terminal))
        return result
    }

    /// The roles that other text stands on.
    static let grounds: [Role] = [
        .background, .header, .crumb, .footer, .selection, .selectionUnfocused, .dialog, .input,
    ]

    private static func swapped(
        _ paints: [Role: Paint], _ profit: ProfitConvention, _ kind: Kind
    ) -> [Role: Paint] {
        var paints = paints
        switch profit {
        case .western: break
        case .eastAsian:
            (paints[.gain], paints[.loss]) = (paints[.loss], paints[.gain])
            (paints[.chartUp], paints[.chartDown]) = (paints[.chartDown], paints[.chartUp])
        case .safe:
            // Okabe and Ito's sky blue and vermilion, darker ones on light backgrounds.
            let isLight = kind == .light
            let blue = Tint(
                .rgb(RGB(isLight ? 0x0072B2 : 0x56B4E9)), nil, .indexed(isLight ? 4 : 6))
            let orange = Tint(.rgb(RGB(isLight ? 0xA84A00 : 0xE8701A)), nil, .indexed(3))
            for role in [Role.gain, .chartUp] { paints[role] = Paint(blue) }
            for role in [Role.loss, .chartDown] {
                paints[role] = Paint(orange, on: nil, [.add(.bold)])
            }
        }
        return paints
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

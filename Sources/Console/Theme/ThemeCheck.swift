/// Judges a theme: unknown names, pairs on eight colours, contrast (`plutarc themes check FILE`).
import Core

struct ThemeCheck: Equatable, Sendable {
    /// A text that is too close to what it stands on.
    struct WeakPair: Equatable, Sendable {
        var role: Role
        var ground: Role
        var depth: ColourDepth
        /// Contrast ratio found and asked for, 1…21.
        var ratio: Double
        var needed: Double
    }

    /// Pairs a terminal with eight colours can hold besides its own.
    static let pairLimit = 63

    var warnings: [FileError]
    var pairsOnEightColours: Int
    var weakPairs: [WeakPair]

    var passes: Bool {
        warnings.isEmpty && pairsOnEightColours <= Self.pairLimit && weakPairs.isEmpty
    }

    /// - Parameter contrast: what text needs; dim text and borders need 3, or this if it is 7.
    init(_ paints: ThemePaints, contrast: Double = 4.5) {
        warnings = paints.warnings
        pairsOnEightColours = paints.theme(at: .eight).pairs.count
        weakPairs = []
        for depth in [ColourDepth.truecolour, .indexed] {
            let theme = paints.theme(at: depth)
            for role in Role.allCases {
                let needed = role.isFaint && contrast < 7 ? 3 : contrast
                for ground in Theme.grounds {
                    guard let ratio = Self.ratio(theme, role, ground), ratio < needed else {
                        continue
                    }
                    let weak = WeakPair(
                        role: role, ground: ground, depth: depth, ratio: ratio, needed: needed)
                    if !weakPairs.contains(where: { Self.isSame($0, weak) }) {
                        weakPairs.append(weak)
                    }
                }
            }
        }
    }

    /// One line per finding, for people; empty when there is nothing to say.
    var report: [String] {
        var lines = warnings.map { "\($0.headline). \($0.remedy)" }
        if pairsOnEightColours > Self.pairLimit {
            lines.append(
                "\(pairsOnEightColours) colour pairs on 8 colours; at most \(Self.pairLimit) fit.")
        }
        for weak in weakPairs {
            lines.append(
                "\(weak.role.name) on \(weak.ground.name): contrast \(Self.tenths(weak.ratio)):1 "
                    + "at \(weak.depth == .truecolour ? "24 bits" : "256 colours"), "
                    + "needs \(Self.tenths(weak.needed)):1.")
        }
        return lines
    }

    /// nil where the terminal's own colours are shown: they are not ours to judge. Header, footer
    /// and dialog text in faint or coloured roles counts only on the grounds where it is drawn.
    private static func ratio(_ theme: Theme, _ role: Role, _ ground: Role) -> Double? {
        guard isDrawn(role, on: ground) else { return nil }
        let style = theme.style(role, on: ground)
        guard let front = style.foreground.approximateRGB,
            let back = style.background?.approximateRGB
        else { return nil }
        return front.contrast(with: back)
    }

    /// On bars of one colour only the bar's own roles, on everything else every role.
    private static func isDrawn(_ role: Role, on ground: Role) -> Bool {
        if role == .background { return false }
        switch ground {
        case .header: return role.name.hasPrefix("header")
        case .crumb: return role.name.hasPrefix("crumb")
        case .footer: return role.name.hasPrefix("footer")
        case .input: return role.name.hasPrefix("input")
        default: return true
        }
    }

    private static func isSame(_ first: WeakPair, _ second: WeakPair) -> Bool {
        first.role == second.role && first.ratio == second.ratio
    }

    private static func tenths(_ ratio: Double) -> String {
        let tenths = Int((ratio * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)"
    }
}

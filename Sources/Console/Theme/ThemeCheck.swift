/// Judges a theme: unknown names, pairs on eight colours, contrast (`plutarc themes check FILE`).
import Core
import Store

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

    /// Every pair that a screen draws, on every background that the theme may stand on.
    /// - Parameters:
    ///   - pairs: fewer for a test of the tests alone, as is `off`.
    init(
        _ paints: ThemePaints, of pairs: [RolePair] = DrawnPairs.all,
        off: Switches<ScreenSafeguard> = []
    ) {
        let isHigh = paints.isHighContrast
        warnings = paints.warnings
        pairsOnEightColours =
            TerminalGround.allCases.map { ground in
                paints.theme(at: .eight, on: ground).pairs.count
            }.max() ?? 0
        weakPairs = []
        for (depth, ground) in Self.looks {
            let theme = paints.theme(at: depth, on: ground, off: off)
            for pair in pairs {
                let needed = Self.needed(pair.role, isHigh: isHigh)
                guard let ratio = theme.contrast(of: pair), ratio < needed else { continue }
                let weak = WeakPair(
                    role: pair.role, ground: pair.ground, depth: depth, ratio: ratio,
                    needed: needed)
                if !weakPairs.contains(where: { Self.isSame($0, weak) }) { weakPairs.append(weak) }
            }
        }
    }

    /// What text needs; dim text, frames and empty tracks are seen with less.
    static func needed(_ role: Role, isHigh: Bool) -> Double {
        role.isFaint ? (isHigh ? 4.5 : 3) : (isHigh ? 7 : 4.5)
    }

    private static let looks = [ColourDepth.truecolour, .indexed].flatMap { depth in
        TerminalGround.allCases.map { (depth, $0) }
    }

    /// One line per finding, for people; empty when there is nothing to say.
    var report: [String] {
        var lines = warnings.map { "\($0.headline). \($0.remedy)" }
        if pairsOnEightColours > Self.pairLimit {
            lines.append(
                "\(counted(pairsOnEightColours, "colour pair")) on 8 colours; "
                    + "at most \(Self.pairLimit) fit.")
        }
        for weak in weakPairs {
            lines.append(
                "\(weak.role.name) on \(weak.ground.name): contrast \(Self.tenths(weak.ratio)):1 "
                    + "at \(weak.depth == .truecolour ? "24 bits" : "256 colours"), "
                    + "needs \(Self.tenths(weak.needed)):1.")
        }
        return lines
    }

    private static func isSame(_ first: WeakPair, _ second: WeakPair) -> Bool {
        first.role == second.role && first.ratio == second.ratio
    }

    private static func tenths(_ ratio: Double) -> String {
        let tenths = Int((ratio * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Theme {
    /// nil where the terminal's own colours are shown: they are not ours to judge.
    func contrast(of pair: RolePair) -> Double? {
        let style = style(pair.role, on: pair.ground)
        guard let front = style.foreground.approximateRGB,
            let back = style.background?.approximateRGB
        else { return nil }
        return front.contrast(with: back)
    }
}

extension ThemePaints {
    /// High Contrast promises more than the others.
    var isHighContrast: Bool { code.hasPrefix("high-contrast") }
}

/// Contrast: every pair that is drawn anywhere, in every theme, at every depth.
import Core
import Foundation
import Store
import Testing

@testable import Console

@Suite struct ContrastTests {
    private static let snapshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Snapshots")

    private static func pictures() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: snapshots, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "txt" }.map { try String(contentsOf: $0, encoding: .utf8) }
    }

    /// What stands behind each letter of a picture: `K message.warn on header, dialog`.
    private static func legend(_ picture: String) -> [Character: [RolePair]] {
        let lines = picture.components(separatedBy: "--- legend\n").last ?? ""
        var pairs: [Character: [RolePair]] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.dropFirst(2).components(separatedBy: " on ")
            guard let role = Role(name: parts[0]), let letter = line.first else { continue }
            // A ground with nothing on it stands alone.
            let grounds = parts.count > 1 ? parts[1].components(separatedBy: ", ") : []
            pairs[letter] = grounds.compactMap { Role(name: $0) }.map { RolePair(role, $0) }
        }
        return pairs
    }

    /// The letters of a picture's cells.
    private static func letters(_ picture: String) -> Set<Character> {
        let cells = picture.components(separatedBy: "--- roles\n").last ?? ""
        let body = cells.components(separatedBy: "--- legend\n")[0]
        return Set(body).subtracting([" ", "\n"])
    }

    /// The pairs behind the letters of the pictures; what has no legend is no letter of ours.
    private static func shown(in pictures: [String]) -> Set<RolePair> {
        var pairs: Set<RolePair> = []
        for picture in pictures {
            let (legend, letters) = (Self.legend(picture), Self.letters(picture))
            let unknown = letters.subtracting(legend.keys)
            #expect(unknown.isEmpty, "no legend for \(unknown)\n\(picture)")
            for letter in letters { pairs.formUnion(legend[letter] ?? []) }
        }
        return pairs
    }

    /// What is drawn and not looked at.
    private static func forgotten(
        _ shown: Set<RolePair>, _ list: [RolePair] = DrawnPairs.all
    ) -> Set<RolePair> { shown.subtracting(list) }

    /// A pair that is drawn and not looked at would be forgotten.
    @Test func theListHoldsWhatThePicturesShow() throws {
        let shown = Self.shown(in: try Self.pictures())
        #expect(shown.count > 100)
        let names = Self.forgotten(shown).map { "\($0.role.name) on \($0.ground.name)" }
        #expect(names.isEmpty, "add to DrawnPairs: \(names.sorted())")
        // Each of them is missed where the list has it not.
        for pair in shown {
            #expect(Self.forgotten(shown, DrawnPairs.all.filter { $0 != pair }) == [pair])
        }
    }

    @Test func aPairThatTheListForgetsIsNoticed() {
        let new = "x\n--- roles\nQ\n--- legend\nQ status.online on footer\n"
        #expect(Self.forgotten(Self.shown(in: [new])) == [RolePair(.statusOnline, .footer)])
    }

    @Test(arguments: ThemeTests.shipped) func everyPairHolds(_ code: String) throws {
        let paints = try ThemeTests.library.load(code)
        let check = ThemeCheck(paints)
        #expect(check.weakPairs.isEmpty, "\(check.report.joined(separator: "\n"))")
        #expect(check.pairsOnEightColours <= ThemeCheck.pairLimit)
    }

    /// Without its chips the alert count stands on the bar as it stands on the screen.
    @Test func aMeaningWithoutItsChipIsNoticed() throws {
        let weak = try ThemeTests.shipped.filter { code in
            let paints = try ThemeTests.library.load(code)
            return !ThemeCheck(paints, off: [.chipsOnBars]).weakPairs.isEmpty
        }
        #expect(weak.count > 8, "\(weak)")
    }

    /// The anti-test: what the header did before, and what any theme may say wrongly.
    @Test func aWeakPairOnABarIsFound() throws {
        let text = """
            [roles]
            background = #d8dee9 on #2e3440
            header = #2e3440 on #88c0d0
            message.warn = #e0e0e0 on #eeeeee
            header.live = #88c0d0 on #8fbcbb
            """
        let base = try ThemeFile(
            parsing: try #require(BuiltInThemes.text("base")), file: "base", code: "base")
        let check = ThemeCheck(
            ThemePaints([base, try ThemeFile(parsing: text, file: "my.theme", code: "my")]))
        #expect(check.weakPairs.contains { $0.role == .messageWarn })
        #expect(check.weakPairs.contains { $0.role == .headerLive })
        #expect(!check.passes)
    }

    @Test func highContrastNeedsMore() {
        #expect(ThemeCheck.needed(.text, isHigh: false) == 4.5)
        #expect(ThemeCheck.needed(.border, isHigh: false) == 3)
        #expect(ThemeCheck.needed(.meterTrack, isHigh: false) == 3)
        #expect(ThemeCheck.needed(.text, isHigh: true) == 7)
        #expect(ThemeCheck.needed(.textDim, isHigh: true) == 4.5)
    }

    // MARK: The default theme on the terminal's own background

    private static let grounds: [(TerminalGround, [UInt32])] = [
        (.unknown, [0x000000, 0xFFFFFF]), (.dark, [0x000000, 0x1E1E1E, 0x282C34]),
        (.light, [0xFFFFFF, 0xF5F5F5, 0xEEE8D5]),
    ]

    @Test(arguments: [ColourDepth.truecolour, .indexed])
    func theDefaultThemeHoldsOnWhatTheTerminalHas(_ depth: ColourDepth) throws {
        let paints = try ThemeTests.library.load("default")
        for (ground, papers) in Self.grounds {
            let theme = paints.theme(at: depth, on: ground)
            for pair in DrawnPairs.all {
                let style = theme.style(pair.role, on: pair.ground)
                guard case .terminal? = style.background,
                    let ink = style.foreground.approximateRGB
                else { continue }
                for paper in papers {
                    let ratio = ink.contrast(with: RGB(paper))
                    let needed = ThemeCheck.needed(pair.role, isHigh: false)
                    #expect(
                        ratio >= needed - 0.05,
                        "\(pair.role.name) on \(pair.ground.name), \(ground), \(paper): \(ratio)")
                }
            }
        }
    }

    /// Without an answer the sixteen colours stand nowhere alone: they would be lost on one of the
    /// two backgrounds. On a light one only those stay that hold there.
    @Test(arguments: [ColourDepth.sixteen, .eight])
    func sixteenColoursStandOnlyWhereTheyHold(_ depth: ColourDepth) throws {
        let paints = try ThemeTests.library.load("default")
        for pair in DrawnPairs.all {
            let unknown = paints.theme(at: depth, on: .unknown).style(pair.role, on: pair.ground)
            if unknown.background == .terminal {
                #expect(unknown.foreground == .terminal, "\(pair)")
            }
            let light = paints.theme(at: depth, on: .light).style(pair.role, on: pair.ground)
            if light.background == .terminal, case .indexed(let index) = light.foreground {
                #expect([1, 4, 5].contains(index), "\(pair): \(index)")
            }
        }
    }

    /// Pairs that hold in the palettes of xterm and of VGA alike.
    private static let holding: Set<InkPair> = {
        func pairs(_ inks: [UInt8], _ grounds: [UInt8]) -> [InkPair] {
            inks.flatMap { ink in grounds.map { InkPair(.indexed(ink), .indexed($0)) } }
        }
        return Set(
            pairs([0], [2, 6, 7]) + pairs([2, 6, 7], [0]) + pairs([6, 7], [4])
                + pairs([4], [6, 7]) + pairs([7], [1]))
    }()

    @Test(arguments: ThemeTests.shipped, [ColourDepth.sixteen, .eight])
    func barsUseOnlyPairsThatHold(_ code: String, _ depth: ColourDepth) throws {
        let paints = try ThemeTests.library.load(code)
        let bars: Set<Role> = [.header, .crumb, .footer, .selection, .selectionUnfocused]
        for ground in TerminalGround.allCases {
            let theme = paints.theme(at: depth, on: ground)
            for pair in DrawnPairs.all where bars.contains(pair.ground) {
                // An underlined row is no bar: nothing lies under its text.
                let bar = theme.style(pair.ground, on: pair.ground)
                guard bar.background != .terminal || bar.attributes.contains(.reverse) else {
                    continue
                }
                let style = theme.style(pair.role, on: pair.ground)
                let (ink, paper) = (style.foreground, style.background ?? .terminal)
                if paper == .terminal { continue }
                #expect(
                    Self.holding.contains(InkPair(ink, paper)),
                    "\(code) \(depth) \(pair.role.name) on \(pair.ground.name): \(style)")
                if paper == .indexed(1) { #expect(style.attributes.contains(.bold)) }
            }
        }
    }

    // MARK: Bars and what stands on them

    @Test(arguments: ThemeTests.shipped)
    func reverseEatsNoColourThatMeansSomething(_ code: String) throws {
        let paints = try ThemeTests.library.load(code)
        for depth in [ColourDepth.truecolour, .indexed] {
            let theme = paints.theme(at: depth, on: .dark)
            for role in [Role.gain, .loss, .statusError, .statusOnline, .messageWarn, .badgeLive] {
                guard theme.style(role).foreground != .terminal else { continue }
                for bar in [Role.header, .selection] {
                    let style = theme.style(role, on: bar)
                    let inks = [style.foreground, style.background ?? .terminal]
                    #expect(inks.contains(theme.style(role).foreground), "\(role) on \(bar)")
                }
            }
        }
    }

    @Test func aFullMeterOnTheSelectedRowLooksFull() {
        let canvas = Canvas(Size(40, 1))
        canvas.text(0, 0, "limit", .text)
        canvas.meter(10, 0, cells: 12, share: 1)
        canvas.lay(.selection, under: Rect(0, 0, 40, 1))
        #expect(canvas.frame[0, 0].ground == .selection)
        for column in 10..<22 { #expect(canvas.frame[column, 0].ground == .background) }
    }

    // MARK: Asking the terminal

    @Test(arguments: [
        ("11;rgb:0000/0000/0000", TerminalGround.dark), ("11;rgb:1e1e/1e1e/2e2e", .dark),
        ("11;rgb:ffff/ffff/ffff", .light), ("11;rgb:fd/f6/e3", .light), ("11;rgb:f/f/f", .light),
        ("11;rgba:0000/2b2b/3636/ffff", .dark), ("11;#ffffff", .light), ("11;#002b36", .dark),
    ])
    func anAnswerIsRead(_ text: String, _ ground: TerminalGround) {
        #expect(TerminalGround(answer: text) == ground)
    }

    @Test(arguments: [
        "", "11;", "10;rgb:0/0/0", "11;rgb:", "11;rgb:0/0", "11;rgb:0/0/0/0/0", "11;rgb:g/0/0",
        "11;rgb:00000/0/0", "11;rgb:-1/0/0", "11;#12", "11;?", "52;c;abc", "11;rgb:٣/0/0",
    ])
    func whatIsNoAnswerIsNone(_ text: String) {
        #expect(TerminalGround(answer: text) == nil)
    }

    private func events(_ bytes: String) -> [TerminalEvent] {
        var input = KeyInput()
        input.take(Array(bytes.utf8), at: .seconds(1))
        return input.events()
    }

    @Test func theAnswerComesThroughTheParser() {
        for end in ["\u{1B}\\", "\u{07}"] {
            #expect(
                events("\u{1B}]11;rgb:ffff/ffff/ffff\(end)j") == [
                    .background(.light), .key(.character("j")),
                ])
        }
        // Other answers, and what is too long for one, are dropped whole.
        let long = String(repeating: "0", count: 500)
        #expect(
            events("\u{1B}]10;rgb:0/0/0\u{07}\u{1B}]11;rgb:\(long)/0/0\u{07}x") == [
                .key(.character("x"))
            ])
    }

    @Test func theLoopTakesTheHalfThatHolds() throws {
        var queue = InputQueue()
        queue.add([.background(.dark)], at: .seconds(0))
        guard case .background(.dark)? = queue.next(takesText: false) else {
            Issue.record("the answer is lost")
            return
        }
        let paints = try ThemeTests.library.load("default")
        let looks = TerminalGround.allCases.map { paints.theme(at: .indexed, on: $0) }
        #expect(looks[0].style(.gain) != looks[1].style(.gain))
        #expect(looks[1].style(.gain) != looks[2].style(.gain))
        // A theme with a background of its own is the same everywhere.
        let nord = try ThemeTests.library.load("nord")
        #expect(nord.theme(at: .indexed, on: .light) == nord.theme(at: .indexed, on: .dark))
    }
}

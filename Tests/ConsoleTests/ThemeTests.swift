/// Themes: roles, grammar, depths, the sixteen files and what they promise.
import Core
import Foundation
import Testing

@testable import Console

@Suite struct ThemeTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("themes")
    static let library = ThemeLibrary(folders: [folder.path])
    static let shipped = [
        "amber", "catppuccin-latte", "catppuccin-mocha", "default", "dracula", "gruvbox-dark",
        "gruvbox-light", "high-contrast-dark", "high-contrast-light", "mono", "nord",
        "okabe-ito-dark", "okabe-ito-light", "solarized-dark", "solarized-light", "tokyo-night",
    ]

    private func paints(_ text: String, code: String = "test") throws -> ThemePaints {
        let base = try ThemeFile(
            parsing: try #require(BuiltInThemes.text("base")), file: "base", code: "base")
        return ThemePaints([base, try ThemeFile(parsing: text, file: "my.theme", code: code)])
    }

    @Test func thereAreNinetyThreeRolesWithNamesAndLetters() {
        #expect(Role.allCases.count == 93)
        #expect(Set(Role.allCases.map(\.name)).count == 93)
        #expect(Set(Role.allCases.map(\.letter)).count == 93)
        #expect(Role(name: "status.winding-down") == .statusWindingDown)
        #expect(Role(name: "chart.line4") == .chartLine4)
        #expect(Role(name: "text.dim") == .textDim)
        #expect(Role.background.letter == " ")
    }

    @Test func allSixteenFilesAreThere() {
        #expect(Self.library.codes == Self.shipped)
        #expect(BuiltInThemes.codes == Self.shipped)
    }

    @Test(arguments: shipped) func shippedThemePassesTheCheck(_ code: String) throws {
        let paints = try Self.library.load(code)
        let check = ThemeCheck(paints)
        #expect(check.report.isEmpty, "\(check.report.joined(separator: "\n"))")
        #expect(check.passes)
        #expect(Set(paints.paints().keys) == Set(Role.allCases))
    }

    @Test(arguments: BuiltInThemes.codes) func builtInTextIsTheFile(_ code: String) throws {
        let file = Self.folder.appendingPathComponent("\(code).theme")
        #expect(try String(contentsOf: file, encoding: .utf8) == BuiltInThemes.text(code))
    }

    @Test(arguments: shipped) func selectionDiffersFromTextAtEveryDepth(_ code: String) throws {
        let paints = try Self.library.load(code)
        for depth in ColourDepth.allCases {
            let theme = paints.theme(at: depth, on: .dark)
            #expect(theme.style(.text, on: .selection) != theme.style(.text, on: .background))
            #expect(theme.style(.gain, on: .selection) != theme.style(.gain, on: .background))
        }
    }

    @Test func selectedRowIsOneBarAndKeepsWhatColoursMean() throws {
        let theme = try Self.library.load("nord").theme(at: .indexed)
        let text = theme.style(.text, on: .selection)
        let dim = theme.style(.textDim, on: .selection)
        #expect(text.foreground == dim.foreground && text.background == dim.background)
        // The other way round, so that it is as readable as on the screen.
        let gain = theme.style(.gain, on: .selection)
        #expect(gain.background == theme.style(.gain).foreground)
        #expect(gain.foreground == theme.style(.background).background)
    }

    @Test func nordExampleOfTheDocumentationLoads() throws {
        let text = """
            [theme]
            name    = Nord            ; comment
            kind    = dark
            extends = base
            [palette]
            night   = #2e3440 | 236 | default
            frost   = #88c0d0 | 110 | cyan          | bold
            [roles]
            header  = @night on @frost bold
            status.error = @frost bold reverse
            """
        let nord = try paints(text)
        #expect(nord.warnings.isEmpty && nord.name == "Nord" && nord.kind == .dark)
        #expect(
            nord.theme(at: .truecolour).style(.header)
                == Style(.rgb(RGB(0x2e3440)), on: .rgb(RGB(0x88c0d0)), .bold))
        #expect(
            nord.theme(at: .indexed).style(.header)
                == Style(.indexed(236), on: .indexed(110), .bold))
        #expect(nord.theme(at: .none).style(.header).foreground == .terminal)
    }

    @Test func unknownNamesAreWarningsWithTheirLine() throws {
        let theme = try paints(
            "[theme]\nsize = 3\n[colours]\n[roles]\ntext = @nothing bold\nbanana = red\n")
        #expect(theme.warnings.map(\.line) == [2, 3, 6, 5])
        #expect(theme.theme(at: .indexed).style(.text).attributes == .bold)
    }

    /// What changes nothing is no sound theme; one that only takes another's name is.
    @Test(arguments: ["", "\n# later\n", "[theme]\nname = Mine\n", "[roles]\n[palette]\n[dark]\n"])
    func anEmptyFileIsNotSound(_ text: String) throws {
        let check = ThemeCheck(try paints(text))
        #expect(!check.passes)
        #expect(check.report.count == 1 && check.report[0].hasPrefix("my.theme: no colour"))
        for some in ["[theme]\nextends = base\n", "[palette]\nred = #e42222\n"] {
            #expect(ThemeCheck(try paints(some)).warnings.isEmpty, "\(some)")
        }
    }

    @Test func syntaxErrorIsThrownWithItsLine() {
        #expect(throws: FileError.self) { try paints("[roles]\nthis is not it\n") }
    }

    @Test func brightColoursBecomeBoldOnEight() throws {
        let theme = try paints("[roles]\ntext = bright-red on blue\n").theme(at: .eight)
        #expect(theme.style(.text) == Style(.indexed(1), on: .indexed(4), .bold))
    }

    @Test func attributesApplyInOrder() throws {
        let theme = try paints("[roles]\ntext = red bold underline no-bold\nloss = red bold none\n")
        #expect(theme.theme(at: .eight).style(.text).attributes == .underline)
        #expect(theme.theme(at: .eight).style(.loss).attributes == [])
    }

    @Test func backgroundBecomesReverseWithoutColours() throws {
        let theme = try Self.library.load("default").theme(at: .none)
        #expect(theme.style(.header).attributes == .reverse)
        #expect(theme.style(.headerLive).attributes == [.bold, .reverse])
        #expect(theme.style(.inputError).attributes == .reverse)
        #expect(theme.style(.ticketNote).attributes == .bold)
        #expect(theme.style(.textDim).attributes == .dim)
    }

    @Test func defaultThemeHasTheValuesOfTheTable() throws {
        let theme = try Self.library.load("default").theme(at: .eight, on: .dark)
        #expect(theme.style(.borderFocus) == Style(.indexed(6), on: nil, .bold))
        #expect(theme.style(.headerLive) == Style(.indexed(7), on: .indexed(1), .bold))
        #expect(theme.style(.statusError) == Style(.indexed(1), on: nil, [.bold, .reverse]))
        #expect(theme.style(.ticketNote) == Style(.indexed(0), on: .indexed(3)))
        #expect(theme.style(.selection).attributes == .reverse)
        #expect(theme.style(.selectionUnfocused).attributes == .underline)
        #expect(theme.style(.statusSleeping) == Style(.indexed(4), on: nil, .bold))
    }

    @Test func profitConventionsSwapColours() throws {
        let paints = try Self.library.load("default")
        let western = paints.theme(at: .eight, on: .dark)
        let eastern = paints.theme(at: .eight, on: .dark, profit: .eastAsian)
        #expect(eastern.style(.gain) == western.style(.loss))
        #expect(eastern.style(.chartUp) == western.style(.chartDown))
        let safe = paints.theme(at: .truecolour, on: .dark, profit: .safe)
        #expect(safe.style(.gain).foreground == .rgb(RGB(0x56B4E9)))
        #expect(safe.style(.gain) != safe.style(.loss))
    }

    @Test func contrastFollowsTheRule() {
        #expect(abs(RGB(0xFFFFFF).contrast(with: RGB(0x000000)) - 21) < 0.001)
        #expect(abs(RGB(0x56B4E9).contrast(with: RGB(0x000000)) - 9.1) < 0.1)
        #expect(abs(RGB(0x0072B2).contrast(with: RGB(0xFFFFFF)) - 5.2) < 0.1)
    }

    @Test func nearestColoursAreFound() {
        #expect(RGB(0xFF0000).nearest256 == 196)
        #expect(RGB(0x808080).nearest256 == 244)
        #expect(RGB(0x5F87AF).nearest256 == 67)
        #expect(RGB(0xBF616A).nearest16 == 1)
        #expect(RGB(0x00AA00).nearest16 == 2)
        #expect(RGB(0x000000).nearest16 == 0)
        #expect(RGB(0xFAFAFA).nearest16 == 15)
        #expect(RGB(hex: "#12") == nil && RGB(hex: "#+12345") == nil)
        #expect(RGB(hex: "#0a0B0c")?.hex == "#0a0b0c")
    }

    @Test func weakContrastIsReported() throws {
        let check = ThemeCheck(
            try paints("[roles]\nbackground = default on #282a36\ngain = #6272a4\n"))
        #expect(check.weakPairs.contains { $0.role == .gain && $0.ground == .background })
        #expect(!check.passes)
    }

    @Test func userFileWinsAndCirclesAreRefused() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("plutarc-themes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ text: String) throws {
            try text.write(
                to: folder.appendingPathComponent("\(name).theme"), atomically: true,
                encoding: .utf8)
        }
        try write("mono", "[theme]\nname = Mine\n")
        try write("one", "[theme]\nextends = two\n")
        try write("two", "[theme]\nextends = one\n")
        let library = ThemeLibrary(folders: [folder.path, Self.folder.path])
        #expect(try library.load("mono").name == "Mine")
        #expect(throws: FileError.self) { try library.load("one") }
        #expect(throws: FileError.self) { try library.load("../etc/passwd") }
        #expect(throws: FileError.self) { try library.load("nothing") }
        #expect(try library.load(folder.path + "/mono.theme").name == "Mine")
    }
}

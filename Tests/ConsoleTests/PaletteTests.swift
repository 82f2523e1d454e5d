/// The `:` line: what it finds, completes and refuses, and that a near miss never acts.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct PaletteTests {
    private func typed(
        _ text: String, _ person: Operator = SupportFixture.member
    ) -> ScriptedConsole {
        var console = ScriptedConsole(.support, as: person)
        console.press(.character(":"))
        console.type(text)
        return console
    }

    private func palette(_ console: ScriptedConsole) -> Palette? {
        console.state.overlays.last as? Palette
    }

    @Test func codesAndNamesAreUnique() {
        let names = PaletteCommand.all.flatMap { Set([$0.code, $0.name]) }
        #expect(Set(names).count == names.count)
    }

    @Test func codeGoesToItsPlace() {
        var console = typed("audit")
        console.press(.enter)
        #expect(console.state.top?.name == "audit")
        console.press(.character(":"))
        console.type("sup")
        console.press(.enter)
        #expect(console.state.top?.name == "support")
    }

    @Test func ticketByNumberIsShownEvenWhenClosed() {
        var console = typed("tkt 9")
        console.press(.enter)
        #expect(console.support?.list.cursor == ID(9))
        #expect(console.support?.focus == .thread)
    }

    @Test func tabCompletesLabelsAndGoesOn() {
        var console = typed("cmds btc")
        console.press(.tab)
        #expect(palette(console)?.editor.text == "cmds btc-grid-09")
        console.press(.tab)
        #expect(palette(console)?.editor.text == "cmds btc-trend-01")
        console.press(.backTab)
        #expect(palette(console)?.editor.text == "cmds btc-grid-09")
        console.press(.enter)
        #expect(console.state.top?.crumb(console.state.around).path == ["Commands", "btc-grid-09"])
    }

    @Test(arguments: ["btc-grid-09", "BTC-Grid-09", "BTC-Grid"])
    func aBotIsFoundInOtherLetters(_ word: String) {
        var console = typed("cmds \(word)")
        console.press(.enter)
        #expect(console.state.top?.crumb(console.state.around).path == ["Commands", "btc-grid-09"])
    }

    @Test func nearMissNeverActs() {
        var console = typed("closea btc-xyz")
        console.press(.enter)
        #expect(console.sent.isEmpty)
        #expect(console.said.contains("There is no bot"))
        var fuzzy = typed("clsal")
        fuzzy.press(.enter)
        #expect(fuzzy.sent.isEmpty)
        #expect(fuzzy.said.contains("There is no command"))
        var several = typed("closeall btc")
        several.press(.enter)
        #expect(several.sent.isEmpty)
        #expect(several.said.contains("several bots"))
    }

    @Test func startOfSeveralCommandsIsNone() {
        #expect(PaletteCommand.named("re") == nil)
        #expect(PaletteCommand.named("resu")?.code == "resume")
        #expect(PaletteCommand.named("close")?.code == "close")
        #expect(PaletteCommand.named("close-all")?.code == "closeall")
    }

    @Test func closingAsksTheEngineFirst() {
        var console = typed("closeall btc-grid-09")
        console.press(.enter)
        #expect(console.sent == [.previewCloseAll(.named(["bot-9"]))])
    }

    @Test func pauseByLabelAsks() {
        var console = typed("pause btc-trend-01")
        console.press(.enter)
        #expect(console.sent.isEmpty)
        console.press(.character("y"))
        #expect(console.sent == [.pause(.named(["bot-10"]), reason: nil)])
    }

    @Test func reasonsStandBesideWhatIsRefused() {
        var console = typed("pause", SupportFixture.viewer)
        #expect(console.frame().text.contains("owner/admin/risk_manager"))
        console.press(.enter)
        #expect(console.sent.isEmpty)
        #expect(palette(console) != nil)
    }

    @Test func themeIsPreviewedAndEscapeBringsTheOldOneBack() {
        var console = typed("theme mo")
        console.press(.tab)
        #expect(console.effects.contains(.useTheme("mono")))
        console.send(.themeChosen("mono", problem: nil))
        console.press(.escape)
        #expect(
            console.effects.last { if case .useTheme = $0 { true } else { false } }
                == .useTheme("default"))
    }

    @Test func historyIsWalkedAndSurvives() {
        var console = typed("sup")
        console.press(.enter)
        let kept = console.kept
        var later = ScriptedConsole(.support, as: SupportFixture.member, kept: kept)
        later.press(.character(":"), .up)
        #expect((later.state.overlays.last as? Palette)?.editor.text == "sup")
    }

    @Test func filterFromTheLine() {
        var console = typed("filter pri:high")
        console.press(.enter)
        #expect(console.support?.filter == "pri:high")
        #expect(console.support?.rows.count == 1)
    }

    @Test func ranksStartBeforeMiddleBeforeLetters() {
        let found = FuzzyMatch.filter(["xab", "acb", "abc", "ab", "zzz"], by: "ab") { [$0] }
        #expect(found == ["ab", "abc", "xab", "acb"])
    }
}

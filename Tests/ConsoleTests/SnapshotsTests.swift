/// Pictures of fleet, bot and positions at 80x24 and 160x48, and at small sizes.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct SnapshotsTests {
    static let sizes = [Size(80, 24), Size(160, 48)]

    private func picture(
        _ name: String, _ size: Size, at place: Destination = .fleet, _ script: String = "",
        role: WorkspaceRole = .riskManager, isStaff: Bool = false, engine: Bool = true,
        isEmpty: Bool = false, glyphs: GlyphSet = .unicode
    ) throws {
        var journey = try Journey(
            size, at: place, role: role, isStaff: isStaff, engine: engine, isEmpty: isEmpty)
        try journey.run(script)
        try expectPicture(journey.frame(glyphs), "\(name)-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func fleet(_ size: Size) throws {
        try picture("fleet-cards", size)
        try picture("fleet-list", size, "v")
        try picture("fleet-marked", size, "<space> <space> l")
        try picture("fleet-filter", size, "/net:live <space> !paused")
        try picture("fleet-none", size, "/nosuch <enter>")
    }

    @Test(arguments: sizes) func fleetWithoutItsEngine(_ size: Size) throws {
        try picture("fleet-stopped", size, engine: false)
    }

    @Test(arguments: sizes) func fleetInOtherForms(_ size: Size) throws {
        try picture("fleet-ascii", size, glyphs: .ascii)
        try picture("fleet-frozen", size, "z")
        try picture("fleet-empty", size, isEmpty: true)
        try picture("fleet-actions", size, "a")
        try picture("fleet-sort", size, "s")
        try picture("fleet-copy", size, "y")
    }

    @Test(arguments: sizes) func bot(_ size: Size) throws {
        try picture("bot-template", size, at: .bot(ID(1), .template))
        try picture("bot-risk", size, at: .bot(ID(1), .risk))
        try picture("bot-activity", size, at: .bot(ID(1), .activity))
        try picture("bot-killed", size, at: .bot(ID(10), .template))
        try picture("bot-bare", size, at: .bot(ID(14), .template))
    }

    @Test(arguments: sizes) func botInUse(_ size: Size) throws {
        try picture("bot-component", size, at: .bot(ID(1), .template), "j <enter>")
        try picture("bot-templates", size, at: .bot(ID(1), .template), "c")
        try picture("bot-risk-editing", size, at: .bot(ID(1), .risk), "j <enter> <^u> 3")
        try picture("bot-risk-refused", size, at: .bot(ID(1), .risk), "j <enter> <^u> 900 <enter>")
        try picture("bot-risk-edited", size, at: .bot(ID(1), .risk), "j <enter> <^u> 3 <enter>")
        try picture("bot-event", size, at: .bot(ID(1), .activity), "j j j <enter>")
        try picture("bot-why", size, at: .bot(ID(1), .template), "W")
        try picture("bot-close-which", size, at: .bot(ID(1), .template), "x")
    }

    @Test(arguments: sizes) func positions(_ size: Size) throws {
        try picture("positions", size, at: .positions)
        try picture("positions-live", size, at: .positions, "t")
        try picture("positions-details", size, at: .positions, "<enter>")
        try picture("positions-empty", size, at: .positions, isEmpty: true)
    }

    @Test(arguments: sizes) func dialogs(_ size: Size) throws {
        try picture("dialog-pause", size, "/btc-trend <enter> p")
        try picture("dialog-pause-marked", size, "<space> <space> <space> <space> p")
        try picture("dialog-close-all", size, "/btc-trend <enter> X btc-")
        try picture("dialog-close-all-marked", size, "<space> <space> <space> X")
        try picture("dialog-close-position", size, at: .positions, "x")
        try picture("dialog-kill-switch", size, "/avax <enter> u")
        try picture(
            "dialog-change-template", size, at: .bot(ID(1), .template), "c g <enter>",
            role: .owner)
        try picture(
            "dialog-save-limits", size, at: .bot(ID(1), .risk), "j <enter> <^u> 3 <enter> w")
        try picture("dialog-quit", size, "q")
    }

    @Test(arguments: sizes) func life(_ size: Size) throws {
        try picture("life-deploy", size, "a D new-01 <tab> j <tab> j <tab>", role: .owner)
        try picture("life-deploy-confirm", size, "a D new-01 <^x>", role: .owner)
        try picture("life-stop", size, "/btc-trend <enter> a T")
        try picture("life-stop-close", size, "/btc-trend <enter> a T c btc-")
        try picture("life-keys", size, "/xrp <enter> a A", role: .owner)
        try picture("life-update", size, "/btc-trend <enter> a U", role: .owner)
        try picture("life-sessions", size, "/xrp <enter> a Z", role: .owner)
        try picture("life-billing", size, "B", role: .owner)
        try picture("life-top-up", size, "B M 250 <enter>", role: .owner)
        try picture("life-restart-staff", size, "/xrp <enter> R", isStaff: true)
    }

    @Test(arguments: [
        Size(60, 16), Size(40, 12), Size(24, 6), Size(20, 5), Size(12, 2), Size(1, 1),
    ])
    func smallSizes(_ size: Size) throws {
        try picture("small-fleet", size)
        try picture("small-positions", size, at: .positions)
        try picture("small-bot", size, at: .bot(ID(1), .template))
        try picture("small-close-all", size, "/btc-trend <enter> X")
    }
}

/// Pictures of the audit, of command histories and of the overlays.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct WorkspaceSnapshotTests {
    static let sizes = [Size(80, 24), Size(160, 48)]

    private func name(_ word: String, _ size: Size) -> String {
        "workspace-\(word)-\(size.columns)x\(size.rows)"
    }

    private func audit(_ size: Size, _ report: AuditReport) -> ScriptedConsole {
        var console = ScriptedConsole(.audit, as: SupportFixture.member, size)
        console.send(.board(.auditReport(report)))
        return console
    }

    @Test(arguments: sizes) func auditWithAWholeChain(_ size: Size) throws {
        var console = audit(
            size, AuditReport(rows: 4, head: AuditHead(sequence: 4, hash: "ab"), fault: nil))
        console.press(.down)
        try expectPicture(console.frame(), name("audit", size))
    }

    @Test func brokenChainIsSaidFirst() throws {
        let console = audit(
            Size(80, 24),
            AuditReport(
                rows: 3, head: AuditHead(sequence: 2, hash: "ab"), fault: .content(row: 3)))
        try expectPicture(console.frame(), "workspace-audit-broken-80x24")
        #expect(console.frame().text.contains("row 3 was changed after it was written"))
    }

    @Test(arguments: sizes) func commandsOfABot(_ size: Size) throws {
        var console = ScriptedConsole(.commands(ID(9)), as: SupportFixture.member, size)
        console.press(.down)
        try expectPicture(console.frame(), name("commands", size))
    }

    @Test(arguments: sizes) func helpOfTheSupportScreen(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.viewer, size)
        console.press(.character("?"))
        try expectPicture(console.frame(), name("help", size))
    }

    @Test(arguments: sizes) func palette(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.viewer, size)
        console.press(.character(":"))
        console.type("pa")
        try expectPicture(console.frame(), name("palette", size))
    }

    @Test func messageHistory() throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        console.send(.notice("unknown TERM xterm-kitty: used as xterm-256color"))
        console.press(.function(8))
        try expectPicture(console.frame(), "workspace-messages-80x24")
    }
}

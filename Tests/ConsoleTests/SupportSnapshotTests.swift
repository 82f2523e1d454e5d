/// Pictures of the support screen, the audit and the overlays, at 80x24 and 160x48.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct SupportSnapshotTests {
    private static let small = Size(80, 24)
    private static let large = Size(160, 48)
    static let sizes = [small, large]

    private func name(_ word: String, _ size: Size) -> String {
        "support-\(word)-\(size.columns)x\(size.rows)"
    }

    @Test(arguments: sizes) func customerSeesTheQueueAndAThread(_ size: Size) throws {
        let console = ScriptedConsole(.support, as: SupportFixture.member, size)
        try expectPicture(console.frame(), name("member", size))
    }

    @Test(arguments: sizes) func staffSeeTheNoteInItsFrame(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.staff, size)
        console.press(.enter)
        try expectPicture(console.frame(), name("staff", size))
    }

    @Test(arguments: sizes) func replyIsBeingWritten(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member, size)
        console.press(.character("r"))
        console.type("Yes, close at market.")
        try expectPicture(console.frame(), name("reply", size))
        console.press(.control("x"))
        try expectPicture(console.frame(), name("reply-asks", size))
    }

    @Test(arguments: sizes) func noteLooksLikeNoReply(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.staff, size)
        console.press(.character("i"))
        console.type("flapping again")
        try expectPicture(console.frame(), name("note", size))
    }

    @Test(arguments: sizes) func newTicketForm(_ size: Size) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member, size)
        console.press(.character("N"))
        console.type("Fees look wrong")
        console.press(.tab)
        try expectPicture(console.frame(), name("form", size))
    }

    @Test func emptyLoadingAndFilteredAreThreePictures() throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        console.press(.character("/"))
        console.type("zzz")
        console.press(.enter)
        try expectPicture(console.frame(), "support-filtered-empty-80x24")
        var empty = ConsoleState(size: Size(80, 24), session: "test", at: .support)
        empty.around.person = SupportFixture.member
        #expect(view(empty, in: Size(80, 24), .ascii).text.contains("Reading the tickets"))
        _ = empty.update(
            .board(.tickets(SupportBoard(page: Page(now: SupportFixture.now, rows: [])))),
            at: SupportFixture.now)
        #expect(view(empty, in: Size(80, 24), .ascii).text.contains("No tickets yet"))
    }

    @Test func contextIsAPaneOfItsOwnOnSmallScreens() throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        console.press(.enter, .enter)
        try expectPicture(console.frame(), "support-context-80x24")
    }

    @Test func everySizeHasAPicture() {
        var console = ScriptedConsole(.support, as: SupportFixture.staff)
        for keys in [[], [Key.character("r")], [.escape, .character("N")], [.escape, .enter]] {
            for key in keys { console.press(key) }
            for rows in [1, 2, 4, 5, 6, 11, 12, 13, 14, 24, 60] {
                for columns in [1, 2, 5, 19, 20, 39, 40, 60, 79, 119, 120, 200] {
                    let size = Size(columns, rows)
                    console.resize(size)
                    #expect(console.frame(size).size == size)
                }
            }
        }
    }
}

/// Records page by page: none twice, none left out, none as it was beside one as it is.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct RecordPagesTests {
    private static func page(_ range: ClosedRange<Int64>) -> [Activity] {
        range.reversed().map {
            Activity(
                id: ID($0), at: Instant(milliseconds: $0), kind: .life, what: "n\($0)", detail: "")
        }
    }

    @Test func aFilterReadsPageAfterPageToTheOldest() {
        var pages = RecordPages<Activity, Activity> { $0.id }
        pages.take(newest: Self.page(21...30))
        #expect(pages.older == nil, "nobody asked for more")
        pages.show("n1", Activity.fields)
        #expect(pages.older == ID(21))
        pages.take(Self.page(11...20), before: ID(21))
        #expect(pages.older == ID(11) && pages.shown.count == 9)
        #expect(pages.counts == "9 of 20 read so far")
        pages.take(Self.page(1...10), before: ID(11))
        pages.take([], before: ID(1))
        #expect(pages.isWhole && pages.older == nil && pages.shown.count == 11)
        pages.show(nil)
        #expect(pages.shown.count == 30)
    }

    @Test func aPageThatMovedOnLeavesNoHole() {
        var pages = RecordPages<Activity, Activity> { $0.id }
        pages.take(newest: Self.page(1...10))
        pages.take(newest: Self.page(6...15))
        #expect(pages.rows.map(\.id.number) == Array((1...15).reversed()))
        pages.take(newest: Self.page(31...40))
        #expect(pages.rows.count == 10 && !pages.isWhole)
        pages.show("n", Activity.fields)
        #expect(pages.older == ID(31))
    }

    // MARK: Old pages

    /// A record: its number, and whether it has ended.
    private struct Item: Identified, Equatable, Sendable {
        static let idPrefix = "item"
        var id: ID<Item>
        var state: String
    }

    private static func items(_ range: ClosedRange<Int64>, _ state: String) -> [Item] {
        range.reversed().map { Item(id: ID($0), state: state) }
    }

    private static func pages() -> RecordPages<Item, Item> {
        RecordPages(
            { $0.id }, goesOn: { $0.state == "runs" }, outdates: { $0.state == "renamed" })
    }

    /// What ran when its page was read, and has left the newest page since, is read again.
    @Test func nothingThatGoesOnStaysAsItWas() {
        var pages = Self.pages()
        pages.take(newest: Self.items(11...20, "runs"))
        pages.readOn()
        pages.take(Self.items(1...10, "ended"), before: ID(11))
        #expect(pages.older == nil)
        pages.take(newest: Self.items(16...25, "ended"))
        #expect(pages.rows.map(\.id.number) == Array((1...25).reversed()))
        #expect(pages.older == ID(16), "11 to 15 ran before the newest came")
        pages.take(Self.items(6...15, "ended"), before: ID(16))
        #expect(pages.rows.allSatisfy { $0.state == "ended" } && pages.rows.count == 25)
        #expect(pages.older == nil)
        // What still runs is asked for once with each newest page.
        pages.take(newest: Self.items(16...25, "runs"))
        pages.take(newest: Self.items(20...29, "ended"))
        pages.take(Self.items(10...19, "runs"), before: ID(20))
        #expect(pages.older == nil && pages.rows.count == 29)
        pages.take(newest: Self.items(20...29, "ended"))
        #expect(pages.older == ID(20))
    }

    /// A page that was asked for before the newest came is no longer the one that is asked for.
    @Test func noRowStandsTwiceAndNoneIsMissed() {
        var pages = Self.pages()
        pages.take(newest: Self.items(11...20, "runs"))
        pages.show { _ in true }
        #expect(pages.older == ID(11))
        pages.take(newest: Self.items(13...22, "ended"))
        #expect(pages.older == ID(13))
        pages.take(Self.items(1...10, "ended"), before: ID(11))
        #expect(pages.rows.count == 12, "not asked for now")
        // Others came into the table since: the page has them all.
        pages.take(Self.items(3...12, "ended"), before: ID(13))
        #expect(pages.rows.map(\.id.number) == Array((3...22).reversed()))
        #expect(pages.shown == pages.rows && pages.older == ID(3))
        pages.take(Self.items(1...2, "ended"), before: ID(3))
        #expect(pages.isWhole && pages.rows.count == 22 && pages.shown == pages.rows)
        // Read again, a row that its reader may no longer see goes.
        pages.take(newest: Self.items(13...22, "renamed"))
        #expect(pages.older == ID(13))
        pages.take(Self.items(5...8, "ended"), before: ID(13))
        #expect(pages.rows.map(\.id.number) == (Array(1...8) + Array(13...22)).reversed())
    }

    /// A new name is read in all of them, page by page, once.
    @Test func whatIsOutdatedIsReadAgainToTheEnd() {
        var pages = Self.pages()
        pages.take(newest: Self.items(21...30, "old"))
        pages.readOn()
        pages.take(Self.items(11...20, "old"), before: ID(21))
        pages.readOn()
        pages.take(Self.items(1...10, "old"), before: ID(11))
        pages.take(newest: Self.items(31...31, "renamed") + Self.items(22...30, "new"))
        var asked: [Int64] = []
        while let before = pages.older {
            asked.append(before.number)
            let from = max(1, before.number - 10)
            pages.take(Self.items(from...(before.number - 1), "new"), before: before)
        }
        #expect(asked == [22, 12, 2])
        #expect(!pages.rows.contains { $0.state == "old" } && pages.rows.count == 31)
        pages.take(newest: Self.items(31...31, "renamed") + Self.items(22...30, "new"))
        #expect(pages.older == nil, "it is known by now")
    }

    @Test func theConsoleLooksThroughOlderRows() throws {
        var journey = try Journey(at: .bot(ID(1), .activity), role: .owner)
        var dossier = try #require(journey.bot?.dossier)
        let oldest = try #require(dossier.events.last)
        for index in dossier.events.indices {
            dossier.events[index].id = ID(dossier.events[index].id.number + 1000)
            dossier.events[index].detail = "recent"
        }
        let first = try #require(dossier.events.last?.id)
        try journey.send(.board(.dossier(ID(1), dossier)))
        try journey.run("/\(oldest.what)")
        let asked = journey.effects.contains { effect in
            guard case .watch(let requests) = effect else { return false }
            return requests.contains(.olderEvents(ID(1), before: first))
        }
        #expect(asked, "the pages before the newest are looked at")
        #expect(journey.text.contains(oldest.detail.prefix(20)))
    }
}

/// What staff read of a bot's feed: what happened to it, and nothing of what it holds or decides.

import Store
import TestKit
import Testing

@testable import Core

/// An entry, and what of its detail is left for staff; nil where they do not see it at all.
private struct Told: Sendable {
    var kind: ActivityKind
    var what: String
    var detail: String
    var left: String?

    init(_ kind: ActivityKind, _ what: String, _ detail: String, _ left: String?) {
        (self.kind, self.what, self.detail, self.left) = (kind, what, detail, left)
    }
}

private let cases = [
    Told(.order, "filled", "BUY 0.1 BTC-PERP @ 60000  fee 0.12", nil),
    Told(.order, "stray", "closing long 0.1 BTC-PERP, which only the exchange knows", nil),
    Told(.signal, "entry", "BTC-PERP buy at score +0.71 (trend +1)", nil),
    Told(.risk, "max_leverage", "BTC-PERP: 12x, limit 10x", nil),
    Told(.risk, RiskLimitName.maxLossPerTrade.rawValue, "BTC-PERP loses 9 of 1000", nil),
    Told(.risk, "drift", "BTC-PERP: the bot's book holds 0.1, the exchange 0", nil),
    Told(.risk, "liquidation", "BTC-PERP liquidated at 54000", nil),
    Told(.config, "limits", "10x → 5x", nil),
    Told(.config, "key", "paper-1", "paper-1"),
    Told(
        .config, "template", "A → B v2; " + HoldingWords.ruled(3), "A → B v2"),
    Told(
        .command, "pause", HoldingWords.kept(3) + "exits run (by a person)",
        "exits run (by a person)"),
    Told(.command, "pause", HoldingWords.kept(1) + "exits run (API errors)",
        "exits run (API errors)"),
    Told(.command, "resume", "12 desks looked; all is well", "12 desks looked; all is well"),
    Told(.life, "deployed", "in tokyo, key k, template t", "in tokyo, key k, template t"),
    Told(
        .life, "stop", "asked for; " + HoldingWords.left(["BTC-PERP long", "ETH-PERP short"]),
        "asked for"),
    Told(.risk, "restart", "restart: it does not answer", "restart: it does not answer"),
    Told(
        .risk, "offline", "no heartbeat for 1m; " + HoldingWords.open(2) + "; it may trade on 4",
        "no heartbeat for 1m; it may trade on 4"),
    Told(
        .risk, "numbers", Trading.uncountable + "; " + HoldingWords.left(["BTC-PERP long 0.1"]),
        Trading.uncountable),
    Told(.risk, "numbers", "too much; " + HoldingWords.none, "too much"),
    Told(.risk, "api_errors_5min", "6 exchange errors in 5 min", "6 exchange errors in 5 min"),
    Told(.risk, "rolled back", "rolled back; 1.0.0 runs again", "rolled back; 1.0.0 runs again"),
    Told(.error, "api", "the exchange cannot be reached", "the exchange cannot be reached"),
]

@Suite struct FeedRightsTests {
    private static let staff = Operator(uid: 8, name: "sam", role: .owner, isStaff: true)
    private let database: Database

    init() throws { database = try FleetFixture.database() }

    private func reader(_ person: Operator, isGuarded: Bool = true) -> BoardReader {
        BoardReader(
            over: database, owner: FleetFixture.owner, as: .person(person), isGuarded: isGuarded)
    }

    @discardableResult
    private func add(_ told: Told) throws -> ID<Activity> {
        try database.write { db throws(StoreError) in
            try db.insert(
                Activity(
                    botID: ID(1), at: FleetFixture.now, kind: told.kind, what: told.what,
                    detail: told.detail))
        }
    }

    /// The same by every way to the feed: a page, what follows, the bot's own page.
    private func details(
        _ entry: ID<Activity>, _ reader: BoardReader
    ) throws -> [String?] {
        let feeds = [
            try reader.events(of: ID(1), limit: 5).rows.map(\.activity),
            try reader.events(after: ID(entry.number - 1)).rows.map(\.activity),
            try reader.feed(of: nil, limit: 5).rows.map(\.activity),
            try #require(try reader.dossier(of: ID(1))).events,
        ]
        return feeds.map { feed in feed.first { $0.id == entry }?.detail }
    }

    @Test(arguments: cases.indices) func staffReadWhatHappenedToABot(_ index: Int) throws {
        let told = cases[index]
        let entry = try add(told)
        #expect(try details(entry, reader(Self.staff)) == Array(repeating: told.left, count: 4))
        for role in WorkspaceRole.allCases {
            let member = Operator(uid: 7, name: "mia", role: role)
            #expect(
                try details(entry, reader(member)) == Array(repeating: told.detail, count: 4))
        }
    }

    /// The anti-test: with the door open, staff read what it keeps from them.
    @Test(arguments: cases.indices.filter { cases[$0].left != cases[$0].detail })
    func withoutTheGuardTheyReadAll(_ index: Int) throws {
        let entry = try add(cases[index])
        let open = try details(entry, reader(Self.staff, isGuarded: false))
        #expect(open == Array(repeating: cases[index].detail, count: 4))
    }

    /// Whatever lies between, a page is as long as there are entries for it.
    @Test func whatIsNotShownTakesNoPlace() throws {
        var shown: [ID<Activity>] = []
        for number in 0..<1300 {
            if number % 100 == 0 {
                shown.insert(try add(Told(.life, "online", "\(number)", nil)), at: 0)
            }
            try add(cases[0])
        }
        let staff = reader(Self.staff)
        let first = try staff.events(of: ID(1), limit: 5)
        #expect(first.rows.map(\.activity.id) == Array(shown.prefix(5)))
        let next = try staff.events(of: ID(1), before: first.rows.last?.activity.id, limit: 50)
        #expect(next.rows.map(\.activity.id) == Array(shown.dropFirst(5)))
        let since = try staff.events(of: ID(1), since: FleetFixture.now + .seconds(1), limit: 5)
        #expect(since.rows.isEmpty)
    }
}

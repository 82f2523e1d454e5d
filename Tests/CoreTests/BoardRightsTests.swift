/// Every board for every role, for staff and for a stranger, against a table written by hand.

import Store
import TestKit
import Testing

@testable import Core

/// Owner, admin, risk manager, trader, viewer; staff; a stranger. From the product's matrix:
/// members read by their permissions, staff bots with their activity and tickets, nothing else.
let readingTable: [(BoardName, String)] = [
    (.clock, "● ● ● ● ● ● -"), (.progress, "● ● ● ● ● ● -"),
    (.fleet, "● ● ● ● ● ● -"), (.bot, "● ● ● ● ● ● -"), (.deployments, "● ● ● ● ● ● -"),
    (.events, "● ● ● ● ● ● -"), (.status, "● ● ● ● ● ● -"),
    (.positions, "● ● ● ● ● - -"), (.orders, "● ● ● ● ● - -"),
    (.trades, "● ● ● ● ● - -"), (.analytics, "● ● ● ● ● - -"),
    (.why, "● ● ● ● ● - -"), (.templates, "● ● ● ● ● - -"), (.risk, "● ● ● ● ● - -"),
    (.deployment, "● ● ● ● - - -"),
    (.commands, "● ● ● ● ● - -"), (.alerts, "● ● ● ● ● - -"), (.check, "● ● ● ● ● - -"),
    (.tickets, "● ● ● ● ● ● -"), (.thread, "● ● ● ● ● ● -"),
    (.audit, "● ● ● - - - -"), (.auditReport, "● ● ● - - - -"), (.auditExport, "● ● - - - - -"),
    (.billing, "● ● - - - - -"), (.sql, "- - - - - - -"),
]

@Suite struct BoardRightsTests {
    private let database: Database

    init() throws { database = try FleetFixture.database() }

    /// In the order of the columns.
    static let visitors: [BoardReader.Visitor] =
        WorkspaceRole.allCases.map { .person(Operator(uid: 7, name: "mia", role: $0)) } + [
            .person(Operator(uid: 8, name: "sam", role: .owner, isStaff: true)),
            .account(uid: 4343, session: ""),
        ]

    private func reader(_ visitor: BoardReader.Visitor, isGuarded: Bool = true) -> BoardReader {
        BoardReader(
            over: database, owner: FleetFixture.owner, as: visitor, isGuarded: isGuarded)
    }

    private func staff(isGuarded: Bool = true) -> BoardReader {
        reader(Self.visitors[5], isGuarded: isGuarded)
    }

    /// Reads a board as its own function does; nil when it was read.
    private func refusal(_ board: BoardName, _ reader: BoardReader) throws -> Refusal? {
        do {
            switch board {
            case .clock: _ = try reader.clock()
            case .fleet: _ = try reader.fleet()
            case .bot: _ = try reader.dossier(of: ID(1))
            case .deployments: _ = try reader.deployments(of: ID(1))
            case .events:
                _ = try reader.events()
                _ = try reader.events(after: ID(0))
                _ = try reader.lastEventID()
            case .status: _ = try reader.status(EngineStatus(isRunning: false))
            case .positions: _ = try reader.positions()
            case .orders: _ = try reader.orders()
            case .trades: _ = try reader.trades()
            case .analytics: _ = try reader.analytics()
            case .why: _ = try reader.why(ID(1))
            case .templates: _ = try reader.templates()
            case .risk: _ = try reader.risk(of: ID(1))
            case .deployment: _ = try reader.deployment()
            case .commands: _ = try reader.commands()
            case .progress: _ = try reader.progress(of: ID(1))
            case .alerts: _ = try reader.alerts()
            case .tickets: _ = try reader.tickets()
            case .thread: _ = try reader.thread(of: ID(2))
            case .audit: _ = try reader.audit()
            case .auditReport: _ = try reader.verifyAudit()
            case .auditExport: try reader.eachAuditEntry { _ in true }
            case .check: _ = try reader.problems()
            case .sql: _ = try reader.rows(sql: "SELECT 1")
            case .billing: _ = try reader.billing(catalog: .standard, since: FleetFixture.now)
            }
            return nil
        } catch BoardError.refused(let refusal) { return refusal }
    }

    /// What is read of all boards by all visitors, as the table writes it.
    private func cells(_ board: BoardName, isGuarded: Bool) throws -> String {
        try Self.visitors.map { visitor in
            let refusal = try refusal(board, reader(visitor, isGuarded: isGuarded))
            if let refusal { #expect(refusal.exitStatus == 3) }
            return refusal == nil ? "●" : "-"
        }.joined(separator: " ")
    }

    @Test func everyBoardIsInTheTableOnce() {
        let names = BoardName.allCases.map(\.rawValue).sorted()
        #expect(readingTable.map(\.0.rawValue).sorted() == names)
    }

    @Test(arguments: readingTable)
    func readersAreThoseOfTheTable(_ row: (BoardName, String)) throws {
        #expect(try cells(row.0, isGuarded: true) == row.1, "\(row.0)")
    }

    /// The anti-test: with the door open, every row that shuts somebody out reads otherwise.
    @Test(arguments: readingTable.filter { $0.1.dropLast().contains("-") })
    func withoutTheDoorTheTableDoesNotHold(_ row: (BoardName, String)) throws {
        #expect(try cells(row.0, isGuarded: false) == "● ● ● ● ● ● -")
    }

    /// Whatever a member row says of that account, and of whatever role another one is.
    @Test func sqlIsForTheAccountThatOwnsTheHome() throws {
        try database.write { db throws(StoreError) in
            for (uid, role) in [(FleetFixture.owner.uid, WorkspaceRole.viewer), (4300, .owner)] {
                try db.insert(
                    Member(uid: uid, name: "m\(uid)", role: role, joinedAt: FleetFixture.now))
            }
        }
        let own = reader(.account(uid: FleetFixture.owner.uid, session: ""))
        #expect(try refusal(.sql, own) == nil)
        #expect(try refusal(.audit, own) != nil, "a viewer all the same")
        let other = try refusal(.sql, reader(.account(uid: 4300, session: "")))
        #expect(other == .notTheHomesAccount(name: "m4300", act: "sql"))
    }

    /// Rights that change while a console is open hold at the next reading.
    @Test func rightsAreLookedUpAtEachReading() throws {
        var member = Member(uid: 4300, name: "tom", role: .admin, joinedAt: FleetFixture.now)
        try database.write { db throws(StoreError) in member.id = try db.insert(member) }
        let open = reader(.account(uid: 4300, session: ""))
        #expect(try refusal(.audit, open) == nil)
        member.role = .viewer
        try database.write { db throws(StoreError) in try db.save(member) }
        #expect(try refusal(.audit, open)?.code == "not_permitted")
    }
}

/// Parts of a board that need a right of their own.
@Suite struct BoardPartsTests {
    private let database: Database

    init() throws {
        database = try FleetFixture.database()
        try FleetFixture.addDecisions(to: database)
    }

    private func reader(_ person: Operator, isGuarded: Bool = true) -> BoardReader {
        BoardReader(
            over: database, owner: FleetFixture.owner, as: .person(person), isGuarded: isGuarded)
    }

    private static let staff = Operator(uid: 8, name: "sam", role: .viewer, isStaff: true)
    private static func member(_ role: WorkspaceRole) -> Operator {
        Operator(uid: 7, name: "mia", role: role)
    }

    /// What `json` holds of a bot that staff have no right to, as its keys.
    private func shown(_ json: JSON, _ keys: [String]) -> [String] {
        keys.filter { json[$0] != nil && json[$0]?.isNull == false }
    }

    private static let ofPositions = [
        "open_positions", "unrealised_pnl", "equity", "realised_pnl_today", "pnl_today",
    ]
    private static let ofDossiers =
        ofPositions + [
            "positions", "open_orders", "limits", "headroom", "limits_version",
            "template_breakdown",
            "record_30d", "max_drawdown_30d", "commands", "equity_series",
        ]

    @Test func staffReadABotWithItsActivityAndNothingElse() throws {
        let own = try #require(try reader(Self.staff).dossier(of: ID(1)))
        #expect(shown(own.json, Self.ofDossiers).isEmpty)
        #expect(own.json["label"] == "trend-1" && own.json["events"]?.elements == [])
        let other = try #require(try reader(Self.staff).dossier(of: ID(2)))
        #expect(other.json["events"]?.elements?.isEmpty == false)
        #expect(own.json["withheld"]?.elements?.count == 5)
        let fleet = try reader(Self.staff).fleet()
        let first = try #require(fleet.json.elements?.first)
        #expect(shown(first, Self.ofPositions).isEmpty)
        #expect(fleet.figures.isEmpty && fleet.alerts.isEmpty && fleet.billingAlarm == nil)
        let status = try reader(Self.staff).status(EngineStatus(isRunning: false)).json
        #expect(shown(status, ["kpi", "alerts", "billing_alarm"]).isEmpty)
        #expect(status["open_tickets"] != nil)
    }

    @Test func withoutTheGuardTheyWouldReadIt() throws {
        let open = try #require(try reader(Self.staff, isGuarded: false).dossier(of: ID(1)))
        #expect(shown(open.json, Self.ofDossiers).count > 10)
        #expect(try reader(Self.staff, isGuarded: false).fleet().figures.isEmpty == false)
    }

    @Test func staffSeeWhatHappenedToBotsOnly() throws {
        try database.write { db throws(StoreError) in
            _ = try db.insert(
                Activity(
                    at: FleetFixture.now, kind: .life, what: "founded", detail: "the workspace",
                    actor: "ana"))
        }
        #expect(try reader(Self.member(.viewer)).events().rows.contains { $0.botLabel == nil })
        let seen = try reader(Self.staff).events()
        #expect(!seen.rows.isEmpty && seen.rows.allSatisfy { $0.botLabel != nil })
    }

    @Test(arguments: WorkspaceRole.allCases)
    func theBillIsInNobodysHeaderButItsReaders(_ role: WorkspaceRole) throws {
        try database.write { db throws(StoreError) in
            _ = try db.insert(
                Notice(
                    at: FleetFixture.now, kind: "billing", severity: .warning,
                    message: "the balance of 12.00 USD lasts less than 6h"))
            _ = try db.insert(
                CommandRecord(
                    idempotencyKey: "k9", verb: "top-up", target: "balance", actor: "ana",
                    actorUID: 1000, role: "owner", at: FleetFixture.now, outcome: .done,
                    message: "250 USD added"))
        }
        let sees = Gate.allows(.billingView, for: Self.member(role))
        let own = reader(Self.member(role))
        let fleet = try own.fleet()
        #expect((fleet.billingAlarm != nil) == sees)
        #expect(fleet.alerts.contains { $0.kind == "billing" } == sees)
        #expect(try own.alerts().rows.contains { $0.notice.kind == "billing" } == sees)
        #expect(try own.commands().rows.contains { $0.record.verb == "top-up" } == sees)
    }

    /// Viewers see which key a card names, and nothing of what it is made of.
    @Test func aViewerSeesNoKeyBehindItsName() throws {
        let rows = try reader(Self.member(.viewer)).fleet().rows
        let row = try #require(rows.first { $0.id == ID(1) })
        #expect(row.key?.label.isEmpty == false)
        #expect(row.key?.masked == "" && row.key?.instruments == [])
    }

    @Test func aCommandOfSomebodyElseIsNotWaitedForByStaff() throws {
        #expect(try reader(Self.staff).progress(of: ID(1)) == nil)
    }
}

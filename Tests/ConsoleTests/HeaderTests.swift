/// The first two rows at every width: what is wrong stays, and nothing stands still unmarked.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct HeaderTests {
    private static let widths = Array(20...200)

    private static let states: [EngineState] = [
        .running(Journey.greeting), .stopped("it went away"), .absent, .starting,
        .silent(since: ScreenFleet.now),
    ]

    /// With every piece there is.
    private static func crowded(_ engine: EngineState) throws -> Journey {
        var journey = try Journey(role: .owner, isReadOnly: true)
        var fleet = try #require(journey.state.around.fleet)
        fleet.billingAlarm = 2
        fleet.waitingTickets = 3
        for index in fleet.alerts.indices { fleet.alerts[index].kind = "offline" }
        try journey.send(.board(.fleet(fleet)))
        try journey.send(.engine(engine))
        journey.pass(.hours(15))
        try journey.send(.tick)
        return journey
    }

    @Test(arguments: states.indices) func noPieceIsShorterWithMoreRoom(_ index: Int) throws {
        for isFrozen in [false, true] {
            var journey = try Self.crowded(Self.states[index])
            if isFrozen { try journey.run("z") }
            for isWide in [false, true] {
                let row = HeaderParts(journey.state.around).full(isWide)
                var before: [HeaderParts.Part: Int] = [:]
                for columns in Self.widths {
                    let fitted = row.fitted(columns - 2)
                    for (part, words) in fitted {
                        #expect(Words.cells(words) >= before[part] ?? 0, "\(part) at \(columns)")
                        before[part] = Words.cells(words)
                    }
                }
            }
        }
    }

    @Test(arguments: states.indices) func alarmsAreCountedAtEveryWidth(_ index: Int) throws {
        var journey = try Self.crowded(Self.states[index])
        let count = try #require(journey.state.around.fleet?.alarms.count)
        try #require(count > 0)
        for columns in Self.widths {
            for rows in [24, 8] {
                try journey.resize(columns, rows)
                let line = journey.frame().line(0)
                #expect(line.contains("\(count) al"), "\(columns)x\(rows) \(line)")
            }
        }
    }

    /// The time of a world that stands still is told as that of what is shown.
    @Test(arguments: states.indices.dropFirst())
    func whatStandsStillSaysAsOfWhen(_ index: Int) throws {
        let all: [Destination] = [
            .fleet, .positions, .bot(ID(1), .risk), .support, .audit, .billing,
        ]
        for place in all {
            #expect(try Self.running(place, Self.states[index], Self.widths) == [])
        }
    }

    @Test func aStandingClockThatSeemsToRunIsNoticed() throws {
        for state in Self.states.dropFirst() {
            #expect(try !Self.running(.fleet, state, [80, 160], off: [.standingClock]).isEmpty)
        }
    }

    /// Sizes at which the clock of a world that stands still looks like one that runs.
    private static func running(
        _ place: Destination, _ engine: EngineState, _ widths: [Int], off: Set<ScreenSafeguard> = []
    ) throws -> [String] {
        var journey = try Journey(at: place, role: .owner, off: off)
        try journey.send(.engine(engine))
        var found: [String] = []
        for (columns, rows) in widths.flatMap({ [($0, 24), ($0, 8)] }) {
            try journey.resize(columns, rows)
            let header = journey.frame().line(0)
            let seemsToRun = header.contains("02:14:07") || header.contains("07Z")
            guard seemsToRun || !journey.text.contains("as of ") else { continue }
            found.append("\(place) \(columns)x\(rows)\n\(journey.text)")
        }
        return found
    }

    @Test func aFrozenClockSaysSo() throws {
        var journey = try Journey(Size(100, 24), role: .owner)
        #expect(journey.frame().line(0).contains("02:14:07Z"))
        try journey.run("z")
        #expect(journey.frame().line(0).contains("as of 02:14Z"))
        #expect(!journey.text.contains("02:14:07Z"))
        try journey.run("z")
        #expect(journey.frame().line(0).contains("02:14:07Z"))
    }

    /// Live or not is told whether or not the engine runs.
    @Test(arguments: states.indices) func theStakeIsNamedAtEveryWidth(_ index: Int) throws {
        var journey = try Self.crowded(Self.states[index])
        for columns in Self.widths where columns >= 40 {
            try journey.resize(columns, 24)
            #expect(journey.frame().line(0).contains("LIVE"))
        }
    }

    // MARK: Tickets are no alarms

    @Test func ticketsHaveACountOfTheirOwn() throws {
        var journey = try Journey(Size(100, 24), role: .owner)
        var fleet = try #require(journey.state.around.fleet)
        let ticket = Notice(
            id: ID(77), botID: ID(1), at: fleet.now, kind: Notice.ticketKind, severity: .warning,
            message: "ticket-4 waits on staff for 3d")
        fleet.alerts = [ticket]
        fleet.waitingTickets = 1
        try journey.send(.board(.fleet(fleet)))
        let line = journey.frame().line(0)
        #expect(!line.contains("alert") && line.contains(" 1 ticket "), "\(line)")
    }

    @Test func aTicketIsNoTroubleOfItsBot() throws {
        let database = try ScreenFleet.database()
        func alerts() throws -> [Int] {
            let board = try BoardReader(over: database, owner: ScreenFleet.owner).fleet()
            return board.rows.map(\.openAlerts)
        }
        let before = try alerts()
        try database.write { db throws(StoreError) in
            _ = try db.insert(
                Notice(
                    botID: ID(1), at: ScreenFleet.now, kind: Notice.ticketKind,
                    severity: .warning, message: "ticket-4 waits on staff for 3d"))
        }
        #expect(try alerts() == before)
        let board = try BoardReader(over: database, owner: ScreenFleet.owner).alerts()
        #expect(!board.rows.isEmpty && board.rows.allSatisfy(\.notice.isAlarm))
    }

    /// A feed is late where the prices are: one rule for header, figures and dialogs.
    @Test func theFeedIsLateWhereThePricesAre() throws {
        let journey = try Journey(Size(120, 30), role: .owner)
        for (seconds, isLate) in [(45, false), (60, false), (61, true), (120, true)] {
            var fleet = try #require(journey.state.around.fleet)
            fleet.now = ScreenFleet.now - .seconds(Int64(seconds))
            var around = journey.state.around
            around.fleet = fleet
            let words = HeaderParts(around).full(true).fitted(118)[.engine] ?? []
            #expect(words.contains { $0.role == .ageLate } == isLate, "\(seconds)")
            #expect(around.hasStaleMarks == isLate)
        }
    }

    /// Bots that are online open nothing, and the first row says so.
    @Test(arguments: [44, 80, 160]) func stoppedEntriesAreInTheHeader(_ columns: Int) throws {
        var journey = try Journey(Size(columns, 24), role: .owner)
        #expect(!journey.frame().line(0).contains("NO ENTR"))
        var fleet = try #require(journey.state.around.fleet)
        fleet.workspace?.entriesStopped = "less than 512 MiB are free"
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.frame().line(0).contains("NO ENTR"), "\(journey.text)")
        fleet.workspace?.entriesStopped = nil
        try journey.send(.board(.fleet(fleet)))
        #expect(!journey.frame().line(0).contains("NO ENTR"))
    }

    // MARK: Printed

    /// The age of a printed screen is that of the last commit by the machine's clock.
    @Test(arguments: [20, 44, 63, 80, 160])
    func aPrintedScreenCarriesItsAge(_ columns: Int) throws {
        let database = try ScreenFleet.database()
        let wall = ScreenFleet.now + .hours(15)
        try database.write { db throws(StoreError) in
            guard var workspace = try db.workspace() else { return }
            workspace.machineClock = MachineClock(
                wall: wall - .hours(15), boottime: .seconds(9), bootID: "b")
            try db.save(workspace)
        }
        let reader = BoardReader(over: database, owner: ScreenFleet.owner)
        for name in ["fleet", "list", "positions", "bot:risk", "audit", "billing"] {
            let text = try #require(
                try ScreenPrinter.text(
                    name, size: Size(columns, 24), bot: ID(1), reader: reader, at: wall,
                    engine: .stopped("none runs")))
            #expect(text.contains("stopped 15h") || text.contains("OFF 15h"), "\(text)")
            #expect(!text.contains(" 0s"), "\(text)")
            #expect(text.contains("as of "), "\(text)")
        }
    }
}

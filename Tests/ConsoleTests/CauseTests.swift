/// One word for what is wrong with a bot: in its row, on its card, and in the order of trouble.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct CauseTests {
    private static let now = ScreenFleet.now

    /// A bot to which one thing has happened.
    private static func row(_ change: (inout BotRow) -> Void) throws -> BotRow {
        let fleet = try #require(try Journey(role: .owner).state.around.fleet)
        var row = try #require(fleet.rows.first { $0.label == "xrp-mean-01" })
        change(&row)
        return row
    }

    private static func job(_ job: ComputeJob, ends: Span) -> Instance {
        Instance(
            botID: ID(5), job: job, phase: .installing, phaseStartedAt: now - .seconds(20),
            phaseEndsAt: now + ends)
    }

    /// Every cause, from the gravest down, with the word that its row shows.
    private static func causes() throws -> [(BotRow, String)] {
        try [
            (row { ($0.bot.phase, $0.bot.errorText) = (.error, "margin") }, "margin"),
            (row { ($0.bot.phase, $0.openPositions) = (.stopped, 2) }, "unwatched"),
            (row { $0.bot.phase = .offline }, "no heartbeat"),
            (row { $0.clocks.exchangeAckAt = now - .minutes(3) }, "EXCHANGE SILENT"),
            (
                row { row in
                    row.bot.isPaused = true
                    (row.bot.pauseCause, row.bot.killLatchedAt) = (.killSwitch, now)
                }, "KILL SWITCH"
            ),
            (
                row { ($0.bot.isPaused, $0.bot.pauseCause) = (true, .reconciliation) },
                "books differ"
            ),
            (
                row { row in
                    row.bot.isPaused = true
                    (row.bot.pauseCause, row.bot.resumeAt) = (.lossStreak, now + .minutes(23))
                }, "cool-down"
            ),
            (
                row { row in
                    row.bot.phase = .deploying
                    row.instance = job(.deploy, ends: .minutes(-2))
                }, "stuck"
            ),
            (row { $0.bot.templateName = nil }, "UNARMED"),
            (row { $0.openAlerts = 2 }, "2 alerts"),
            (row { ($0.bot.isPaused, $0.bot.pauseCause) = (true, .person) }, "by a person"),
        ]
    }

    @Test func theWordOfTheRowIsOnTheCard() throws {
        #expect(try Self.silentRows() == [])
        let around = try Journey(role: .owner).state.around
        for (row, word) in try Self.causes() {
            #expect(row.trouble(around)?.text.contains(word) == true, "\(word)")
            #expect(word.utf8.count <= 15)
        }
    }

    @Test func aRowThatSaysNothingIsNoticed() throws {
        #expect(try Self.silentRows(off: [.causeInRow]).count == Self.causes().count)
    }

    /// The causes that do not stand in the row of the list, drawn at every width that has one.
    private static func silentRows(off: Set<ScreenSafeguard> = []) throws -> [String] {
        try causes().compactMap { row, word in
            var journey = try Journey(Size(80, 24), role: .owner, off: off)
            var fleet = try #require(journey.state.around.fleet)
            fleet.rows = [row]
            try journey.run("v")
            try journey.send(.board(.fleet(fleet)))
            return journey.frame().line(3).contains(word) ? nil : word
        }
    }

    /// Where a row has ten cells for it the cause is there in a word of eight.
    @Test(arguments: [40, 44, 48], [Set<ScreenSafeguard>(), [.causeInRow]])
    func aNarrowRowSaysTheCauseTooInAWord(_ columns: Int, _ off: Set<ScreenSafeguard>) throws {
        let around = try Journey(role: .owner).state.around
        for (row, word) in try Self.causes() {
            let cause = try #require(row.cause(around))
            #expect(TextWidth.of(cause.brief) <= 8, "\(cause.brief)")
            var journey = try Journey(Size(columns, 12), role: .owner, off: off)
            var fleet = try #require(journey.state.around.fleet)
            fleet.rows = [row]
            try journey.send(.board(.fleet(fleet)))
            let line = journey.frame().line(3)
            let says = line.contains(cause.brief) || line.contains(word)
            // That a person paused it is part of the state, and has room at 48.
            let isOfState = line.contains("Paused by a person")
            #expect(says == (off.isEmpty || isOfState), "\(word): \(line)")
        }
    }

    /// Nothing is graver on a fleet that nobody watches: it is drawn as a warning, never dim.
    @Test(arguments: [Destination.fleet, .bot(ID(1), .template)], [Size(80, 24), Size(160, 48)])
    func unknownIsDrawnAsAWarning(_ place: Destination, _ size: Size) throws {
        for keys in ["", "v"] {
            var journey = try Journey(size, at: place, role: .owner, engine: false)
            try journey.run(keys)
            let marks = journey.frame().cells.filter { $0.scalars == ["?"] && !$0.isTail }
            let roles = Set(marks.map(\.role))
            #expect(roles.contains(.messageWarn) && !roles.contains(.stale), "\(journey.text)")
        }
    }

    /// Each pause has a short word of its own.
    @Test func shortWordsOfPausesDiffer() throws {
        let briefs = try PauseCause.allCases.map { cause in
            let row = try Self.row { ($0.bot.isPaused, $0.bot.pauseCause) = (true, cause) }
            return try #require(row.cause(now: Self.now)).brief
        }
        #expect(Set(briefs).count == briefs.count, "\(briefs)")
    }

    /// Where all causes stand in a line, none is told twice: alerts beside a pause add their count.
    @Test func alertsBesideAPauseDoNotNameItAgain() throws {
        for (plain, word) in try Self.causes() {
            var row = plain
            row.openAlerts = 1
            let texts = row.causes(now: Self.now).map(\.text)
            let pause = row.bot.pauseCause?.word ?? word
            #expect(texts.count { $0.contains(pause) } <= 1, "\(texts)")
            #expect(texts.contains { $0.contains("1 alert") })
        }
    }

    @Test(arguments: [Set<ScreenSafeguard>(), [.troubleByCause]])
    func troubleComesFirstInThisOrder(_ off: Set<ScreenSafeguard>) throws {
        let around = try Journey(role: .owner, off: off).state.around
        var rows = try Self.causes().enumerated().map { index, cause in
            var row = cause.0
            row.bot.id = ID(Int64(100 + index))
            // The label would sort them the other way round.
            row.bot.label = "bot-\(99 - index)"
            return row
        }
        let healthy = try Self.row { row in
            row.bot.id = ID(90)
            row.bot.label = "aaa"
        }
        rows.append(healthy)
        let sorted = FleetOrder.trouble.sorted(rows.reversed(), isDescending: false, around)
        let isInOrder = sorted.prefix(10).map(\.id.number) == Array(100...109)
        #expect(isInOrder == off.isEmpty)
        guard off.isEmpty else { return }
        // A person's pause is as that person wants it: it stands among the others.
        #expect(sorted.suffix(2).map(\.label) == ["aaa", "bot-89"])
        let board = FleetBoard(now: Self.now, workspace: nil, rows: rows, figures: [], alerts: [])
        #expect(board.rows.prefix(10).map(\.id.number) == Array(100...109))
    }

    @Test func aJobUnderWayIsNoTroubleUntilItTakesTooLong() throws {
        let fresh = try Self.row { $0.instance = Self.job(.deploy, ends: .seconds(9)) }
        #expect(fresh.cause(now: Self.now)?.kind == .job)
        #expect(fresh.cause(now: Self.now + .minutes(2))?.kind == .stuck)
        #expect(fresh.cause(now: Self.now + .minutes(2))?.word == "stuck")
    }

    /// A wake that fails, a bot that is held: a job does not mend them.
    @Test func whatAJobDoesNotMendStandsWithThoseThatNeedAttention() throws {
        let waking = try Self.row { row in
            (row.bot.phase, row.openAlerts) = (.waking, 1)
            row.instance = Self.job(.wake, ends: .seconds(9))
        }
        let cause = try #require(waking.cause(now: Self.now))
        #expect(cause.kind == .alert && cause.word == "1 alert")
        #expect(cause.text.hasPrefix("1 alert; wake: "), "\(cause.text)")
        var calm = waking
        calm.openAlerts = 0
        #expect(waking.troubleRank(now: Self.now) < calm.troubleRank(now: Self.now))
        #expect(calm.cause(now: Self.now)?.kind == .job)
        let held = try Self.row { row in
            (row.bot.isPaused, row.bot.pauseCause) = (true, .reconciliation)
            row.instance = Self.job(.restart, ends: .seconds(9))
        }
        #expect(held.cause(now: Self.now)?.kind == .held)
        // What it mends comes after it.
        let failed = try Self.row { row in
            (row.bot.phase, row.bot.errorText) = (.error, "margin")
            row.instance = Self.job(.restart, ends: .seconds(9))
        }
        #expect(failed.cause(now: Self.now)?.kind == .job)
    }

    @Test func aPersonsPauseNamesTheRuleBelowIt() throws {
        let row = try Self.row { row in
            (row.bot.isPaused, row.bot.pauseCause, row.bot.pausedBy) = (true, .lossStreak, "ada")
        }
        let cause = try #require(row.cause(now: Self.now))
        #expect(cause.kind == .held && cause.text == "losing streak; by ada")
        // Who resumes it is told of both.
        let around = try Journey(role: .owner).state.around
        let asked = ResumeAct.ask([row], around).compactMap { action -> String? in
            guard case .open(let overlay) = action else { return nil }
            return (overlay as? LineQuestion)?.text
        }
        #expect(asked.first?.contains("paused by ada; losing streak") == true, "\(asked)")
    }

    @Test func everyKindHasARoleAndFitsItsCell() throws {
        for cause in PauseCause.allCases { #expect(cause.word.utf8.count <= 15) }
        for clock in LateClock.allCases {
            #expect(clock.word.utf8.count <= 15 && clock.title.contains(clock.word))
        }
    }

    @Test func theListShowsTheCauseAt80Columns() throws {
        var journey = try Journey(Size(80, 24), role: .owner)
        try journey.run("v")
        for words in ["CAUSE", "KILL SWITCH", "cool-down", "no heartbeat", "by a person"] {
            #expect(journey.text.contains(words), "\(words)\n\(journey.text)")
        }
    }

    /// Where it has no column of its own, the cause stands with the state.
    @Test func theNarrowListSaysWhyABotIsPaused() throws {
        var journey = try Journey(Size(60, 20), role: .owner)
        try journey.run("v")
        #expect(journey.text.contains("= Paused by a person"), "\(journey.text)")
    }

    @Test func alertsOfABotAreCountedFromTheBoard() throws {
        let fleet = try #require(try Journey(role: .owner).state.around.fleet)
        let counted = fleet.rows.reduce(0) { $0 + $1.openAlerts }
        #expect(counted == fleet.alerts.count { $0.botID != nil })
    }
}

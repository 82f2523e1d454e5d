/// Without an engine nothing is called Online, and every figure carries its age.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct UnseenFleetTests {
    private static let places: [Destination] = [
        .fleet, .positions, .bot(ID(1), .template), .bot(ID(1), .risk), .bot(ID(4), .activity),
        .support, .audit, .commands(nil), .billing,
    ]

    /// What names a state that only an engine can vouch for.
    private static let claims = BotState.allCases.filter { $0 != .stopped }.map(\.mark)

    @Test(arguments: places, [Size(80, 24), Size(160, 48)])
    func noScreenClaimsAState(_ place: Destination, _ size: Size) throws {
        for engine in [
            EngineState.stopped("it went away"), .absent, .starting,
            .silent(since: ScreenFleet.now),
        ] {
            var journey = try Journey(size, at: place, role: .owner)
            try journey.send(.engine(engine))
            for keys in ["", "v", "a", ":bot <space>", "?"] {
                try journey.run("<esc> \(keys)")
                let text = journey.text
                for claim in Self.claims { #expect(!text.contains(claim), "\(claim)\n\(text)") }
                #expect(!text.contains("\(BotState.online.glyph) ONLINE"))
                if keys.isEmpty { #expect(text.contains("as of 08-24 02:14Z")) }
            }
        }
    }

    @Test func agesGrowWithTheWall() throws {
        var journey = try Journey(Size(80, 24), role: .owner, engine: false)
        journey.pass(.hours(15))
        try journey.send(.tick)
        let text = journey.text
        #expect(text.contains("engine stopped 15h"))
        #expect(text.contains("? Unknown  hb 15h"))
        #expect(text.contains("was Online 15h00m ago"))
    }

    @Test(arguments: [
        Destination.positions, .support, .audit, .commands(nil), .billing, .bot(ID(1), .activity),
    ])
    func everyScreenSaysHowOldItIs(_ place: Destination) throws {
        var journey = try Journey(Size(120, 30), at: place, role: .owner, engine: false)
        journey.pass(.hours(15))
        try journey.send(.tick)
        let text = journey.text
        #expect(text.contains("as of 08-24 02:14Z, 15h00m ago"), "\(text)")
        try journey.send(.engine(.running(Journey.greeting)))
        #expect(!journey.text.contains("15h00m ago"))
    }

    /// What lies over the crumb line tells it too.
    @Test func aPanelSaysAsOfWhenItIs() throws {
        var journey = try Journey(at: .bot(ID(1), .template), role: .owner, engine: false)
        try journey.run("W")
        #expect(journey.overlay == "why")
        let lines = journey.text.split(separator: "\n")
        #expect(
            lines.contains { $0.contains("as of 08-24 02:14Z") && $0.contains("━") },
            "\(journey.text)")
    }

    /// An engine that can be spoken to and has not loaded its fleet knows no mark and no state.
    @Test func aStartingEngineVouchesForNothing() throws {
        var greeting = Journey.greeting
        greeting.start = StartProgress(.loading, done: 3, of: 9)
        var journey = try Journey(at: .positions, role: .owner)
        let screen = try #require(journey.state.top as? PositionsScreen)
        let row = try #require(screen.rows.first { $0.unrealised != nil })
        #expect(!row.profit(journey.state.around).text.hasPrefix("~"))
        try journey.send(.engine(.running(greeting)))
        let profit = row.profit(journey.state.around)
        #expect(profit.text.hasPrefix("~") && profit.role == .stale)
        let fleet = try #require(journey.state.around.fleet)
        let bot = try #require(fleet.rows.first { $0.label == "btc-trend-01" })
        let why = StartAct.refusal(bot, journey.state.around)
        #expect(why == "it was Online")
        try journey.send(.engine(.running(Journey.greeting)))
        #expect(StartAct.refusal(bot, journey.state.around) == "it is Online")
    }

    /// The wall clock of the last commit tells how long nobody has looked, also to a console that
    /// was opened long after.
    @Test func theLastCommitTellsTheAge() throws {
        var journey = try Journey(role: .owner, engine: false)
        var fleet = try #require(journey.state.around.fleet)
        fleet.workspace?.machineClock = MachineClock(
            wall: journey.wall - .hours(15), boottime: .seconds(9), bootID: "b")
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.text.contains("engine stopped 15h"))
    }

    @Test func whenItRunsAgainStatesAreKnownAgain() throws {
        var journey = try Journey(role: .owner, engine: false)
        #expect(!journey.text.contains("* Online"))
        try journey.send(.engine(.running(Journey.greeting)))
        #expect(journey.text.contains("* Online") && !journey.text.contains("as of"))
    }

    /// An engine that says it runs and lets no bot beat vouches for nothing.
    @Test func withoutHeartbeatsNothingIsOnline() throws {
        var journey = try Journey(role: .owner)
        var fleet = try #require(journey.state.around.fleet)
        let place = try #require(fleet.rows.firstIndex { $0.label == "xrp-mean-01" })
        fleet.rows[place].clocks.heartbeatAt = ScreenFleet.now - .seconds(46)
        try journey.send(.board(.fleet(fleet)))
        let row = fleet.rows[place]
        #expect(row.shownMark(journey.state.around).text == "? Unknown")
        #expect(row.causeCell(journey.state.around).text == "NO HEARTBEAT")
    }

    @Test func readingsOfABotInErrorAreMarked() throws {
        var journey = try Journey(Size(100, 30), at: .bot(ID(1), .template), role: .owner)
        #expect(!journey.text.contains("NOW ~"))
        var dossier = try #require(journey.bot?.dossier)
        for index in dossier.breakdown?.decisions.indices ?? 0..<0 {
            dossier.breakdown?.decisions[index].decision.at = ScreenFleet.now - .hours(15)
        }
        try journey.send(.board(.dossier(ID(1), dossier)))
        #expect(journey.text.contains("NOW ~15h00m old") && journey.text.contains(", 15h00m ago"))
        let readings = journey.frame().cells.filter { $0.role == .stale }
        #expect(readings.count > 20)
    }

    @Test func usedIsMarkedWithoutAnEngine() throws {
        let journey = try Journey(at: .bot(ID(1), .risk), role: .owner, engine: false)
        #expect(journey.text.contains("~NOW") && journey.text.contains("~3"))
    }

    // MARK: Commands

    private static let stopped = FleetSight(
        isSeen: false, unseenFor: .hours(15), asOf: ScreenFleet.now,
        at: ScreenFleet.now + .hours(15))

    /// Between two commits of a live engine ages go on, as they do in the console.
    @Test func agesOfALiveEngineGoOnFromItsLastCommit() throws {
        let harness = try CommandsHarness()
        var live = FleetSight.seen
        #expect(live.age(of: ScreenFleet.now - .seconds(5), ScreenFleet.now) == "5s")
        live.sinceCommit = .seconds(14)
        #expect(live.age(of: ScreenFleet.now - .seconds(5), ScreenFleet.now) == "19s")
        #expect(live.words == nil && live.mark.isEmpty)
        harness.sight = live
        #expect(harness.run("bots", "--search", "trend-1") == .done)
        #expect(harness.streams.out.contains(" 19s "), "\(harness.streams.out)")
    }

    @Test func commandsCallNothingOnlineEither() throws {
        let harness = try CommandsHarness(hasDecisions: true)
        for line in [["bots"], ["bot", "trend-1"]] {
            harness.sight = .seen
            #expect(harness.run(line) == .done)
            #expect(harness.streams.out.lowercased().contains("online"))
            #expect(!harness.streams.out.contains("unknown"))
        }
        harness.sight = Self.stopped
        for line in [
            ["bots"], ["bot", "trend-1"], ["positions"], ["risk", "trend-1"], ["billing"],
            ["analytics"], ["alerts"], ["orders"], ["trades"], ["events"], ["commands"],
            ["audit"], ["tickets"], ["why", "trend-1"], ["sessions", "trend-1"],
        ] {
            #expect(harness.run(line) == .done)
            let out = harness.streams.out
            #expect(
                out.contains("no engine runs: as of 2026-08-24 02:14:07Z, 15h00m ago"), "\(out)")
            #expect(!out.contains("  Online "))
        }
        #expect(harness.run("bots") == .done && harness.streams.out.contains("was Online"))
        #expect(harness.run("bots", "--json") == .done)
        let rows = try #require(try harness.json().elements)
        for row in rows {
            #expect(row["state_known"]?.text == nil)
            #expect(row["state_known"] == .bool(row["state"] == "stopped"))
        }
    }

    /// A start commits at once and catches up then: what is shown is as old as the world's time.
    /// Recorded data is of another time than the wall; a world that is ahead is not old.
    @Test(arguments: [
        ("model", 72, 0, "3d00h ago"), ("model", 1, 15, "15h00m ago"),
        ("recorded", 72, 0, "0s ago"), ("model", -72, 2, "last seen 2h00m ago"),
    ] as [(String, Int64, Int64, String)])
    func theOlderClockTellsTheAge(
        market: String, worldHours: Int64, commitHours: Int64, words: String
    ) throws {
        let wall = ScreenFleet.now
        let workspace = Workspace(
            name: "t", generation: "g", seed: 1, clock: wall - .hours(worldHours),
            createdAt: wall - .days(9), market: market, isDemo: false,
            machineClock: MachineClock(
                wall: wall - .hours(commitHours), boottime: .seconds(9), bootID: "b"))
        let status = EngineStatus(isRunning: true, starting: "3 of 9")
        let told = try #require(FleetSight(status, workspace, at: wall).words)
        #expect(told.hasSuffix(words), "\(told)")
    }

    /// Of what is seen no age is told.
    @Test func whatIsSeenHasNoAge() throws {
        let harness = try CommandsHarness(hasDecisions: true)
        for line in [["alerts"], ["events"], ["commands"], ["tickets"], ["sessions", "trend-1"]] {
            #expect(harness.run(line) == .done)
            #expect(!harness.streams.out.contains("as of"), "\(harness.streams.out)")
        }
    }

    @Test func aHungOrStartingEngineIsNoWitness() {
        #expect(FleetSight(EngineStatus(isRunning: true, lag: .seconds(1)), nil).isSeen)
        #expect(!FleetSight(EngineStatus(isRunning: true, starting: "3 of 9"), nil).isSeen)
        #expect(!FleetSight(EngineStatus(isRunning: false), nil).isSeen)
        let hung = FleetSight(EngineStatus(isRunning: true, silence: .seconds(12)), nil)
        #expect(!hung.isSeen && hung.words == "the engine has been silent for 12s")
        #expect(hung.lines.last == "plutarc engine start ends it and starts another.")
    }

    /// One threshold: who shows states and who ends a hung engine agree from when it hangs.
    @Test(arguments: [4_900, 5_100, 60_000] as [Int64])
    func allAgreeFromWhenAnEngineHangs(_ beatAgo: Int64) {
        let wall = WallClock.read()
        let holder = LeaseHolder(
            process: .current, bootID: ProcessIdentity.bootID, epoch: 1,
            heartbeat: wall.boot - .milliseconds(beatAgo), since: wall.utc, build: "x")
        let hangs = beatAgo > 5000
        var watch = HungEngineWatch()
        _ = watch.sees(holder, at: wall)
        #expect(watch.suspects == hangs)
        #expect(holder.silence(at: wall) == (hangs ? .milliseconds(beatAgo) : nil))
        #expect((EngineState.silent(.held(holder), at: wall) != nil) == hangs)
        let status = EngineStatus(isRunning: true, silence: holder.silence(at: wall))
        #expect(FleetSight(status, nil).isSeen != hangs)
    }
}

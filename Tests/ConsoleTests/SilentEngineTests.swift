/// What a console says and does while no engine answers, and how it goes on.
import Glibc
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct SilentEngineTests {
    /// An organisation's engine is its owner's to start: others hear who can.
    @Test func whoMayStartNoEngineIsToldWhoMay() throws {
        for (engine, words) in [
            (EngineState.stopped("it went away"), "engine stopped; its owner starts one"),
            (.silent(since: ScreenFleet.now), "engine silent; its owner starts one"),
        ] {
            var journey = try Journey(Size(160, 48), role: .riskManager, mayLaunch: false)
            try journey.send(.engine(engine))
            try journey.run("u")
            #expect(journey.said.contains("\(words): plutarc engine start"), "\(journey.said)")
            #expect(!journey.text.contains("F5"))
        }
    }

    /// The owner of the home is not sent to themselves: the option is what keeps the engine away.
    @Test(arguments: ["--no-engine", "--read-only"])
    func whoForbadeTheEngineIsToldSo(_ option: String) throws {
        let opened = "this console was opened with \(option); plutarc engine start"
        for (engine, words) in [
            (EngineState.stopped("it went away"), "engine stopped; \(opened) starts one"),
            (.silent(since: ScreenFleet.now), "engine silent; \(opened) ends it"),
        ] {
            var journey = try Journey(
                Size(160, 48), role: .owner, mayLaunch: false, launchOption: option)
            try journey.send(.engine(engine))
            try journey.run("u")
            #expect(journey.said.contains(words), "\(journey.said)")
            #expect(!journey.text.contains("its owner"))
        }
        let scratch = Scratch("plutarc-barred")
        let home = try Home.open(path: scratch.path, for: .engine, creating: true)
        let barred = EngineConnection(home: home, build: "x", policy: .join, option: option)
        #expect(barred.barredBy == option && !barred.mayLaunch)
        #expect(EngineConnection(home: home, build: "x", policy: .launch([])).barredBy == nil)
    }

    /// A console that is open says for how long, calls nothing late, and names the way out.
    @Test func aHungEngineIsToldWithItsRemedy() throws {
        var journey = try Journey(Size(160, 48), role: .owner)
        try journey.send(.engine(.silent(since: journey.wall - .seconds(6))))
        let words = "the engine has been silent for 6s; F5 ends it and starts another"
        #expect(journey.said == words)
        journey.pass(.seconds(60))
        try journey.send(.tick)
        let text = journey.text
        #expect(text.contains("engine silent 1m: F5 ends it and starts another"), "\(text)")
        #expect(!text.contains(" LATE") && !text.contains("* Online"), "\(text)")
        try journey.run("u")
        #expect(journey.said.contains("engine silent; F5 ends it and starts another"))
        #expect(journey.sent.isEmpty)
        // A pause waits for whatever engine comes.
        try journey.run("/btc-trend <enter> p y")
        #expect(journey.sent.count == 1, "\(journey.said)")
        // So does what asks what closing would do.
        try journey.run("X")
        #expect(journey.overlay == "close-all", "\(journey.said)")
        try journey.run("<esc> 2 x")
        #expect(journey.overlay == "close-position", "\(journey.said)")
        try journey.run("<esc> 1")
        try journey.send(.engine(.running(Journey.greeting)))
        let told = journey.state.around.status.history.map(\.text)
        #expect(told.contains("the engine beats again"), "\(told)")
        #expect(journey.text.contains("* Online"))
    }

    /// Pauses and closes start an engine and go to it; who may start none is told who may.
    @Test func whatStopsLossesWaitsForTheEngineThatItStarts() throws {
        for (keys, role) in [("p y", WorkspaceRole.riskManager), ("X", .owner)] {
            var journey = try Journey(role: role, engine: false)
            journey.isPrompt = false
            try journey.run("/btc-trend <enter> \(keys)")
            #expect(journey.state.around.pending.count == 1, "\(journey.said)")
            journey.pass(.seconds(9))
            try journey.send(.tick)
            #expect(journey.text.contains("waiting for the engine 9s"), "\(journey.text)")
            var other = try Journey(role: role, engine: false, mayLaunch: false)
            try other.run("/btc-trend <enter> \(keys)")
            #expect(other.state.around.pending.isEmpty)
            #expect(other.said.contains("engine stopped; its owner starts one"), "\(other.said)")
        }
    }

    /// A command that waits at a hung engine, or at one that is gone, names what helps.
    @Test(arguments: [nil, ScreenSafeguard.waitNamesRemedy, .refreshLeavesNothing])
    func whatWaitsAtAHungEngineIsSeen(_ off: ScreenSafeguard?) throws {
        var journey = try Journey(
            Size(160, 30), role: .owner, off: off.map { [$0] } ?? [])
        journey.isPrompt = false
        try journey.run("/btc-trend <enter> X")
        try journey.send(.engine(.silent(since: journey.wall - .seconds(6))))
        journey.pass(.seconds(39))
        try journey.run("<f5>")
        let names = off != .waitNamesRemedy
        let words = ", engine silent: F5 ends it and starts another"
        #expect(journey.text.contains(words) == names, "\(journey.text)")
        try journey.send(.engine(.stopped("it went away; F5 starts one")))
        let gone = "waiting for the engine 39s, engine stopped: it went away; F5 starts one"
        #expect(journey.text.contains(gone) == names, "\(journey.text)")
        try journey.send(.engine(.running(Journey.greeting)))
        try journey.answerPreviews()
        let opens = off != .refreshLeavesNothing
        #expect((journey.overlay == "close-all") == opens, "\(journey.said)")
    }

    /// What was told of a state that is over does not stand there any more; the history has it.
    @Test(arguments: [nil, ScreenSafeguard.stateWordsGo])
    func whatWasToldOfAStateGoesWithIt(_ off: ScreenSafeguard?) throws {
        var journey = try Journey(
            Size(100, 30), role: .owner, off: off.map { [$0] } ?? [])
        try journey.send(.engine(.stopped("it went away; F5 starts one")))
        #expect(journey.text.contains("!!  engine stopped: it went away"), "\(journey.text)")
        try journey.send(.engine(.running(Journey.greeting)))
        let stands = journey.text.contains("it went away")
        #expect(stands == (off == .stateWordsGo), "\(journey.text)")
        let history = journey.state.around.status.history.map(\.text)
        #expect(history.contains { $0.contains("it went away") })
    }

    /// A pause that is on its way when the engine falls silent is not hidden by the news of that.
    @Test(arguments: [nil, ScreenSafeguard.waitStandsFirst], [Size(160, 30), Size(60, 8)])
    func whatIsOnItsWayStandsBeforeTheEnginesState(_ off: ScreenSafeguard?, _ size: Size) throws {
        var journey = try Journey(
            Size(160, 30), role: .owner, off: off.map { [$0] } ?? [])
        journey.isPrompt = false
        try journey.run("/btc-trend <enter> p y")
        try journey.send(.resize(size))
        #expect(journey.state.around.pending.count == 1, "\(journey.said)")
        try journey.send(.engine(.silent(since: journey.wall - .seconds(5))))
        journey.pass(.seconds(33))
        try journey.send(.tick)
        let waits = journey.text.contains("sending 33s")
        #expect(waits == (off == nil), "\(journey.text)")
        #expect(journey.text.contains("has been silent for 38s") == (off != nil))
    }

    /// A close that no engine heard of is told of, and the key that starts one leaves that there.
    @Test(arguments: [nil, ScreenSafeguard.lateFateStays])
    func whatBecameOfItStaysUntilAKey(_ off: ScreenSafeguard?) throws {
        var journey = try Journey(Size(160, 30), role: .owner, off: off.map { [$0] } ?? [])
        try journey.run("/btc-trend <enter> p y")
        let key = try #require(journey.state.around.pending.first?.key)
        try journey.send(.engine(.stopped("it does not answer; F5 starts one")))
        journey.pass(.seconds(31))
        try journey.send(.unanswered(key: key, .lost(key: key)))
        #expect(journey.state.around.pending.isEmpty)
        let words = "whether the command was accepted is not known"
        #expect(journey.text.contains(words), "\(journey.text)")
        // Pressed at what stood there before; then at what the line advised.
        for seconds: Int64 in [0, 14] {
            journey.pass(.seconds(seconds))
            try journey.run("<f5>")
            try journey.send(.engine(.starting))
            try journey.send(.engine(.running(Journey.greeting)))
            journey.pass(.seconds(7))
            try journey.send(.tick)
            #expect(journey.text.contains(words) == (off == nil), "\(journey.text)")
        }
        try journey.run("j")
        #expect(!journey.text.contains(words), "\(journey.text)")
        let history = journey.state.around.status.history.map(\.text)
        #expect(history.contains { $0.contains(words) }, "\(history)")
    }

    /// The warning stands there until a key, and says for how long by now.
    @Test func theWarningCountsOn() throws {
        var journey = try Journey(Size(100, 30), role: .owner)
        try journey.send(.engine(.silent(since: journey.wall - .seconds(5))))
        #expect(journey.text.contains("has been silent for 5s"), "\(journey.text)")
        journey.pass(.seconds(33))
        try journey.send(.tick)
        #expect(journey.text.contains("has been silent for 38s"), "\(journey.text)")
        try journey.send(.engine(.running(Journey.greeting)))
        #expect(!journey.text.contains("has been silent"), "\(journey.text)")
    }

    /// Who holds a home and answers nobody starts only if it says so and beats.
    @Test func aHungEngineIsNotCalledStarting() {
        func state(beatAgo: Span, start: StartProgress?) -> EngineState {
            let wall = WallClock.read()
            return .unanswered(
                .held(
                    LeaseHolder(
                        process: ProcessIdentity(pid: 7, started: 1), bootID: "b", epoch: 1,
                        heartbeat: wall.boot - beatAgo, since: wall.utc, build: "x", start: start)),
                at: wall)
        }
        let start = StartProgress(.loading, done: 3, of: 9)
        let short = CommandFailure.noAnswer(start)
        #expect(short.message.hasPrefix("the engine is still starting (\(start.words)) and "))
        #expect(short.status == .notFinished && short.remedy.contains("--timeout"))
        #expect(CommandFailure.noAnswer(nil).message.hasPrefix("the engine did not answer in time"))
        #expect(state(beatAgo: .seconds(1), start: start) == .starting)
        #expect(state(beatAgo: .seconds(9), start: start).isSilent)
        #expect(state(beatAgo: .seconds(9), start: nil).isSilent)
        let silent = StartProgress(.checking, silentStep: "look at bots")
        #expect(state(beatAgo: .seconds(9), start: silent) == .starting)
        #expect(state(beatAgo: .seconds(1), start: nil) == .stopped("it does not answer"))
        #expect(EngineState.unanswered(.free, at: WallClock.read()) == .stopped("none runs"))
    }

    /// A home of ours whose engine is away; one that is started from here stays and says nothing.
    private static func lonely(
        _ scratch: Scratch, _ off: Set<ConnectionSafeguard>
    ) throws -> EngineConnection {
        chmod(scratch.path, 0o700)
        let sleeper = scratch.write("sleeper", "#!/bin/sh\nexec sleep 5\n")
        chmod(sleeper, 0o700)
        return EngineConnection(
            home: try Home.open(path: scratch.path, for: .console), build: "x",
            policy: .launch([]), program: sleeper, off: off)
    }

    /// What waits for an engine that is being started is not given up meanwhile.
    @Test(arguments: [Set<ConnectionSafeguard>(), [.startIsWaitedFor]])
    func noTimeRunsWhileAnEngineStarts(_ off: Set<ConnectionSafeguard>) throws {
        let scratch = Scratch("plutarc-start")
        let connection = try Self.lonely(scratch, off)
        _ = connection.turn(.seconds(10))
        let pause = Command.pause(.named(["1"]), reason: nil)
        var events = connection.submit(pause, key: "k", at: .seconds(11))
        for second: Int64 in [12, 30, 50] { events += connection.turn(.seconds(second)) }
        let isDropped = events.contains {
            if case .unanswered = $0 { true } else { false }
        }
        #expect(isDropped == !off.isEmpty)
    }

    /// What was sent and accepted needs no engine of its own; what was not does.
    @Test func whatIsOnItsWayIsKnownByWhetherItWasAccepted() {
        var flights = Flights()
        flights.add(.resume(.all, reason: nil), key: "r", at: .seconds(1))
        #expect(!flights.stopLosses)
        flights.add(.pause(.all, reason: nil), key: "p", at: .seconds(1))
        flights.depart("p")
        #expect(flights.stopLosses)
        flights.accept("p")
        #expect(!flights.stopLosses)
    }
}

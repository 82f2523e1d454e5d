/// What each component says in the situations that it is for.

import Store
import Testing

@testable import Core

@Suite struct StrategyComponentTests {
    static func make(
        _ name: String, _ role: ComponentRole, _ parameters: [String: String] = [:],
        timeframe: Timeframe = .oneMinute
    ) throws -> any Component {
        let template = Template(
            name: "t", timeframe: timeframe, mode: .weighted,
            components: [ComponentSpec(name, role, parameters)])
        let setting = try ComponentSetting(template, component: 0, tick: Price(nearest: 0.01))
        return try Catalog.make(setting)
    }

    static func signal(_ name: String, _ parameters: [String: String] = [:]) throws
        -> any SignalComponent
    {
        try #require(try make(name, .signal, parameters) as? any SignalComponent)
    }

    static func check(
        _ name: String, _ role: ComponentRole, _ parameters: [String: String] = [:],
        timeframe: Timeframe = .oneMinute
    ) throws -> any EntryCheck {
        try #require(try make(name, role, parameters, timeframe: timeframe) as? any EntryCheck)
    }

    /// The votes over a row of closes, one a minute.
    static func votes(
        _ signal: any SignalComponent, _ closes: [Double], _ context: MarketContext = .init()
    ) -> [Vote] {
        closes.enumerated().map { index, close in
            signal.vote(StrategyCandles.bar(close, at: index), context)
        }
    }

    static let rising = (0..<300).map { 100 + Double($0) * 0.5 }
    static let falling = (0..<300).map { 400 - Double($0) * 0.5 }
    /// Falls, then turns and rises.
    static let turning = (0..<120).map { 200 - Double($0) } + (0..<120).map { 81 + Double($0) }

    @Test(arguments: ["EMA Cross", "Supertrend", "ADX / DMI"])
    func trendSignalsFollowTheTrend(_ name: String) throws {
        #expect(Self.votes(try Self.signal(name), Self.rising).last == .long)
        #expect(Self.votes(try Self.signal(name), Self.falling).last == .short)
    }

    @Test func macdVotesWithTheChangeOfPace() throws {
        let quickening = (0..<200).map { 100 + Double($0 * $0) * 0.01 }
        #expect(Self.votes(try Self.signal("MACD"), quickening).last == .long)
        #expect(Self.votes(try Self.signal("MACD"), quickening.map { 900 - $0 }).last == .short)
    }

    @Test(arguments: ["EMA Cross", "MACD"])
    func onCrossVotesOnceForOneTurn(_ name: String) throws {
        let held = Self.votes(try Self.signal(name), Self.turning)
        let crossed = Self.votes(try Self.signal(name, ["on": "cross"]), Self.turning)
        let longs = crossed.indices.filter { crossed[$0] == .long && $0 > 118 }
        #expect(longs.count == 1)
        let place = try #require(longs.first)
        #expect(held[place] == .long && held[place - 1] != .long)
        #expect(held[place + 1] == .long && crossed[place + 1] == .neutral)
    }

    @Test(arguments: ["RSI", "Bollinger Reversion", "Z-Score"])
    func reversionSignalsFadeAJump(_ name: String) throws {
        let calm = (0..<100).map { 100 + ($0 % 2 == 0 ? 0.2 : -0.2) }
        #expect(Self.votes(try Self.signal(name), calm).last == .neutral)
        #expect(Self.votes(try Self.signal(name), calm + [90]).last == .long)
        #expect(Self.votes(try Self.signal(name), calm + [110]).last == .short)
    }

    @Test(arguments: ["RSI", "Bollinger Reversion", "Z-Score", "EMA Cross", "MACD", "ADX / DMI"])
    func aPriceThatNeverMovesGetsNoVote(_ name: String) throws {
        let flat = [Double](repeating: 0.00005, count: 120)
        let signal = try Self.signal(name)
        let votes = flat.enumerated().map { index, close in
            signal.vote(StrategyCandles.bar(close, at: index, range: 0), MarketContext())
        }
        #expect(votes.last == .neutral)
    }

    @Test func signalsHaveTheirFirstValueWhenTheySay() throws {
        for kind in Catalog.components where kind.roles.contains(.signal) {
            let signal = try Self.signal(kind.name)
            let context = MarketContext(fundingRate: .zero, openInterest: 1000, bookImbalance: 0)
            let votes = StrategyCandles.walk(400, seed: 5).map { signal.vote($0, context) }
            let first = try #require(votes.firstIndex { $0 != .noData })
            #expect(first <= signal.warmUp, "\(kind.name) says \(signal.warmUp), has \(first)")
            #expect(!votes[first...].contains(.noData))
        }
    }

    @Test func rsiFilterPassesTheMiddleOnly() throws {
        let filter = try Self.check("RSI", .filter, ["low": "40", "high": "70"])
        var verdicts: [Verdict] = []
        for (index, close) in (Self.rising + [200, 250, 200, 180]).enumerated() {
            verdicts.append(filter.verdict(StrategyCandles.bar(close, at: index), .init()))
        }
        #expect(verdicts[5] == .noData && verdicts[299] == .block)
        #expect(verdicts.contains(.pass))
    }

    @Test func adxFilterKeepsToItsBounds() throws {
        let strong = try Self.check("ADX / DMI", .filter)
        let quiet = try Self.check("ADX / DMI", .filter, ["min": "0", "max": "20"])
        var last: (Verdict, Verdict) = (.noData, .noData)
        for (index, close) in Self.rising.enumerated() {
            let bar = StrategyCandles.bar(close, at: index)
            last = (strong.verdict(bar, .init()), quiet.verdict(bar, .init()))
            if index < 27 { #expect(last == (.noData, .noData)) }
        }
        #expect(last == (.pass, .block))
    }

    @Test func atrGateBlocksAQuietAndAWildMarket() throws {
        let gate = try Self.check("ATR", .gate, ["max": "5"])
        func verdict(range: Double) -> Verdict {
            var verdict = Verdict.noData
            for index in 0..<200 {
                verdict = gate.verdict(StrategyCandles.bar(100, at: index, range: range), .init())
            }
            return verdict
        }
        #expect(verdict(range: 0.1) == .block)
        #expect(verdict(range: 1) == .pass)
        #expect(verdict(range: 20) == .block)
    }

    @Test func higherTimeframePassesTheSideOfItsTrendOnly() throws {
        let filter = try Self.check(
            "HTF Trend", .filter, ["timeframe": "5m", "period": "3"])
        var verdict = Verdict.noData
        for (index, close) in Self.rising.enumerated() {
            verdict = filter.verdict(StrategyCandles.bar(close, at: index), .init())
            // The third five-minute candle is complete with minute 14.
            #expect((verdict == .noData) == (index < 14))
        }
        #expect(verdict == .longOnly && verdict.allows(.long) && !verdict.allows(.short))
    }

    @Test func higherTimeframeUsesCompletedCandlesOnlyAcrossAGap() throws {
        let filter = try Self.check("HTF Trend", .filter, ["timeframe": "5m", "period": "2"])
        func at(_ minute: Int, _ close: Double) -> Verdict {
            filter.verdict(StrategyCandles.bar(close, at: minute), .init())
        }
        for minute in 0...4 { #expect(at(minute, 100) == .noData) }
        // Minutes 5 to 7 belong to a candle whose end is lost in a gap.
        for minute in 5...7 { #expect(at(minute, 90) == .noData) }
        // Minute 21 shows that it is over: 90 lies below the mean of 100 and 90.
        #expect(at(21, 500) == .shortOnly)
        // 500 counts only once its own candle is complete.
        #expect(at(23, 500) == .shortOnly)
        #expect(at(24, 500) == .longOnly)
    }

    @Test func distanceBlocksTheSideThatWouldChase() throws {
        let distance = try Self.check("Distance", .guardRole)
        var verdict = Verdict.noData
        for index in 0..<100 {
            verdict = distance.verdict(StrategyCandles.bar(100, at: index), .init())
        }
        #expect(verdict == .pass)
        #expect(distance.verdict(StrategyCandles.bar(120, at: 100), .init()) == .shortOnly)
        for index in 101..<200 {
            _ = distance.verdict(StrategyCandles.bar(100, at: index), .init())
        }
        #expect(distance.verdict(StrategyCandles.bar(80, at: 200), .init()) == .longOnly)
    }

    @Test func regimeRanksTheNewestVolatility() throws {
        let usual = try Self.check("Regime", .gate)
        let wild = try Self.check("Regime", .filter, ["allow": "high"])
        var both: (Verdict, Verdict) = (.noData, .noData)
        func feed(_ range: Double, _ minutes: Range<Int>) {
            for minute in minutes {
                let bar = StrategyCandles.bar(100, at: minute, range: range)
                both = (usual.verdict(bar, .init()), wild.verdict(bar, .init()))
            }
        }
        feed(2, 0..<113)
        #expect(both == (.noData, .noData))
        feed(2, 113..<200)
        #expect(both == (.pass, .block))
        feed(8, 200..<205)
        #expect(both == (.block, .pass))
        #expect(usual.reading.hasPrefix("high"))
    }

    @Test func spreadBlocksAWideBookAndAMissingOne() throws {
        for role in [ComponentRole.filter, .guardRole] {
            let spread = try Self.check("Spread", role)
            let bar = StrategyCandles.bar(100)
            #expect(spread.verdict(bar, MarketContext(spread: .basisPoints(5))) == .pass)
            #expect(spread.verdict(bar, MarketContext(spread: Rate(raw: 50_001))) == .block)
            #expect(spread.verdict(bar, MarketContext()) == .noData)
            #expect(!spread.verdict(bar, MarketContext()).allows(.long))
        }
    }

    @Test func everyComponentIsBuiltFromItsDefaultsInEachRole() throws {
        for kind in Catalog.components {
            for role in kind.roles {
                let component = try Self.make(kind.name, role)
                #expect(!component.reading.isEmpty)
                #expect(type(of: component).kind == kind)
                #expect((component is any SignalComponent) || role != .signal)
                #expect((component is any EntryCheck) || role == .signal || role == .exit)
                #expect(
                    (component is any LevelRule) || (component is any CloseRule) || role != .exit)
            }
            #expect(kind.parameters.allSatisfy { $0.accepts($0.standard) }, "\(kind.name)")
        }
    }
}

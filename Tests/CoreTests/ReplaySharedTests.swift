/// Replays of every recorded file that ../shared holds.
import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite(.enabled(if: Shared.isThere, "no ../shared beside this clone")) struct ReplaySharedTests {
    static let files = Shared.files("market-data/candles", ending: ".csv").map(\.path)
    private static let paces = ["45000", "max", "7213.5", "600000"]

    @Test(arguments: files) func theEngineTradesAsTheReplayAndBothTwiceAlike(
        _ file: String
    ) throws {
        let templates = try ReplayBench.templates.filter { try ReplayBench.suits(file, $0) }
        let place = Self.files.firstIndex(of: file) ?? 0
        let speed = Self.paces[place % Self.paces.count]
        var dice = Randomness(seed: UInt64(place))
        let engine = try EngineBench(file, templates, speed: speed)
        try engine.run { dice.integer(in: 1...9000) }
        for template in templates {
            let replayed = try ReplayBench.replay(file, template)
            #expect(try engine.trades(of: template) == replayed, "\(template.name) at \(speed)")
            #expect(try ReplayBench.replay(file, template) == replayed, "\(template.name)")
        }
    }

    /// Seen in the first trade: the rest of the file need not be played for it.
    @Test(arguments: files) func candlesFeesAndParametersCount(_ file: String) throws {
        let scratch = Scratch("plutarc-candles")
        for template in ReplayBench.templates where try ReplayBench.suits(file, template) {
            var request = ReplayRequest(file: file, template: template)
            let world = try World.replaying(request)
            while world.journal.trades.isEmpty, !world.isOver, let next = world.nextEventAt {
                world.advance(to: next + .days(1))
            }
            guard let first = world.journal.trades.first else { continue }
            let before = try Self.firstTrade(request, before: first.closedAt)
            #expect(before == ReplayBench.text([first]))
            request.fees = .basisPoints(6)
            #expect(try Self.firstTrade(request, before: first.closedAt) != before)
            request = ReplayRequest(file: file, template: template)
            request.template.sizing = .equityShare(.percent(11))
            #expect(try Self.firstTrade(request, before: first.closedAt) != before)
            request.template.sizing = template.sizing
            request.symbol = ReplayRequest.symbol(of: file)
            request.file = try Self.moving(file, at: first.openedAt, scratch)
            request.tick = world.markets[0].instrument.tick
            request.lot = world.markets[0].instrument.lot
            #expect(try Self.firstTrade(request, before: first.closedAt) != before)
        }
    }

    private static func firstTrade(
        _ request: ReplayRequest, before end: Instant
    ) throws -> [String] {
        let result = try World.replaying(request).replay(to: end + .hours(1))
        return ReplayBench.text(Array(result.trades.prefix(1)))
    }

    private static func moving(
        _ file: String, at time: Instant, _ scratch: Scratch
    ) throws -> String {
        var rows: [Candle] = []
        let source = try CandleFile(file)
        while let candle = try source.next() { rows.append(candle) }
        ReplayFixture.moveOpen(at: time, in: &rows)
        return scratch.write("moved.csv", ReplayFixture.text(rows))
    }

    /// The tests above run over the files that are there: on some of them somebody trades.
    @Test func someTemplateClosesTradesOnSomeFile() throws {
        let isActive = try Self.files.contains { file in
            try ReplayBench.templates.contains { template in
                guard try ReplayBench.suits(file, template) else { return false }
                return try !ReplayBench.replay(file, template).isEmpty
            }
        }
        #expect(isActive)
    }

    @Test(arguments: files) func tooCoarseFilesAreRefused(_ file: String) throws {
        for template in ReplayBench.templates where try !ReplayBench.suits(file, template) {
            let request = ReplayRequest(file: file, template: template)
            #expect(throws: ReplayError.self) { try World.replaying(request) }
        }
    }
}

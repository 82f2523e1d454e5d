/// An engine that has much of the world to play plays it piece by piece, between beats.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct EngineStrideTests {
    private func trading(_ switchedOff: Set<StartSafeguard> = []) throws -> StartBench {
        let bench = try StartBench(switchedOff: switchedOff)
        try bench.turn(until: { bench.isTrading })
        return bench
    }

    @Test func aTurnPlaysAStrideAndAsksForTheNextAtOnce() throws {
        let bench = try trading()
        let stood = bench.engine.world.now
        bench.pass(.hours(8))
        let turn = try bench.turn()
        let played = bench.engine.world.now - stood
        #expect(played > .seconds(0) && played < .hours(2))
        #expect(turn.nextWake == .milliseconds(0))
        try bench.turn(until: { bench.engine.world.now - stood >= .hours(8) })
        #expect(bench.wall.utc - bench.engine.world.now < .seconds(1))
    }

    @Test func withoutTheGuardItPlaysAllAtOnce() throws {
        let bench = try trading([.slices])
        let stood = bench.engine.world.now
        bench.pass(.hours(8))
        try bench.turn()
        #expect(bench.engine.world.now - stood >= .hours(8))
    }

    @Test func aStrideFollowsWhatTheMachineCanDo() {
        var stride = Stride()
        let now = StartBench.founded
        stride.took(.milliseconds(200))
        #expect(stride.end(after: now) == now + .minutes(5))
        for _ in 0..<20 { stride.took(.milliseconds(200)) }
        #expect(stride.end(after: now) == now + .seconds(1))
        for _ in 0..<40 { stride.took(.milliseconds(1)) }
        #expect(stride.end(after: now) == now + .days(1))
        stride.took(.milliseconds(30))
        #expect(stride.end(after: now) == now + .days(1))
    }
}

/// A team at work, strangers at the door, and the owner who must be answered within a second.

import Core
import Foundation
import Store
import TestKit
import Testing

/// As far as one machine of a CI bears it. Prints its figures.
@Suite(.serialized, .enabled(if: OtherUser.isPossible, "needs root, setpriv, a readable binary"))
struct LoadRunTests {
    private static let looks = 200

    @Test func theOwnerIsAnsweredWhileTheTeamWorksAndStrangersPush() throws {
        let home = try OtherUser.organisation(
            of: try TrialHome.demo(), ConsoleCrew.people + Disturbance.silent)
        let engine = try home.engine()
        _ = try home.client()
        let opened = try home.opened()
        let crew = try ConsoleCrew(opened)
        let disturbance = Disturbance(opened)
        let watch = StallWatch()
        let owner = OwnerLooking(home, times: Self.looks, pause: .milliseconds(40))
        run(crew, disturbance, until: owner)
        watch.stop()
        let slow = owner.answers.filter {
            $0.to - $0.from - watch.stalled(from: $0.from, to: $0.to) > .seconds(1)
        }
        report(crew, disturbance, owner)
        #expect(owner.failures.isEmpty, "\(owner.failures)")
        #expect(owner.answers.count == Self.looks)
        #expect(slow.isEmpty, "\(slow.map { ($0.to - $0.from).milliseconds }) ms")
        #expect(crew.count == 20 && crew.lost == 0, "\(20 - crew.count) consoles were sent away")
        #expect(crew.isAnswered)
        try end(engine, home)
    }

    private func run(_ crew: ConsoleCrew, _ disturbance: Disturbance, until owner: OwnerLooking) {
        var next = WallClock.read().monotonic
        var ticks = 0
        while !owner.hasEnded {
            if WallClock.read().monotonic >= next {
                next = next + .milliseconds(50)
                crew.submit()
                if ticks % 40 == 0 { disturbance.crowd() }
                if ticks % 4 == 0 { disturbance.hammer() }
                ticks += 1
            }
            let wait = next - WallClock.read().monotonic
            crew.hear(for: max(.milliseconds(1), wait))
        }
        owner.join()
        // As long as answers come: on a busy machine there are many to wait for.
        var still = 0
        while !crew.isAnswered, still < 600 {
            let before = crew.waits.count
            crew.hear(for: .milliseconds(50))
            still = crew.waits.count > before ? 0 : still + 1
        }
    }

    private func report(_ crew: ConsoleCrew, _ disturbance: Disturbance, _ owner: OwnerLooking) {
        let looks = owner.answers.map { ($0.to - $0.from).milliseconds }.sorted()
        let waits = crew.waits.sorted()
        let seconds = owner.answers.first.flatMap { first in
            owner.answers.last.map { Double(($0.to - first.from).milliseconds) / 1000 }
        }
        let rate = seconds.map { Double(crew.sent) / $0 } ?? 0
        print(
            """
            load run: \(crew.sent) commands of 10 accounts (\(Int(rate)) a second), \
            acknowledged p50 \(Self.share(waits, 50)) ms, p99 \(Self.share(waits, 99)) ms; \
            refused \(crew.refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }); \
            \(disturbance.connections) connections and \(disturbance.messages) commands of \
            others; owner answered \(looks.count) of \(Self.looks), \
            p99 \(Self.share(looks, 99)) ms, longest \(looks.last ?? 0) ms
            """)
    }

    private static func share(_ sorted: [Int64], _ percent: Int) -> Int64 {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }

    /// Strangers wrote nothing but runs.
    private func end(_ engine: Child, _ home: TrialHome) throws {
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
        let strangers = Disturbance.strangers.map { "\($0)" }.joined(separator: ", ")
        let commands = try home.count(
            "SELECT count(*) FROM commands WHERE actor_uid IN (\(strangers))")
        #expect(commands == 0)
        // Two accounts, three verbs, two rows for each begun minute.
        let ofThem = "FROM audit WHERE uid IN (\(strangers))"
        let rows = try home.count("SELECT count(*) \(ofThem)")
        let minutes = try home.count("SELECT max(at) / 60000 - min(at) / 60000 + 1 \(ofThem)")
        #expect(rows > 0 && rows <= 12 * minutes, "\(rows) rows in \(minutes) minutes")
        try home.expectSound()
    }
}

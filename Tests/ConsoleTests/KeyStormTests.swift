/// Thousands of random keys over a real desk: no trap, whole pictures, nothing unconfirmed.
import Core
import Store
import Testing

@testable import Console

@Suite struct KeyStormTests {
    private func storm(
        _ seed: UInt64, _ count: Int, _ role: WorkspaceRole = .owner, isStaff: Bool = false
    ) throws -> KeyStorm {
        let console = try LiveConsole(
            seed: Int64(seed), role: role, isStaff: isStaff, age: .hours(20))
        let storm = KeyStorm(console, seed: seed)
        try storm.blow(count)
        return storm
    }

    @Test(arguments: [1, 2]) func nothingChangesUnconfirmed(_ seed: UInt64) throws {
        let storm = try storm(seed, 1_800)
        #expect(storm.slips.isEmpty, "\(storm.slips)")
        #expect(storm.verbs.values.reduce(0, +) > 10, "\(storm.verbs)")
    }

    /// Pauses at any key, with nothing asked.
    private struct Slippery: Overlay {
        let name = "slippery"
        let keyContext = KeyContext.panel
        func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer? {
            .stay(.submit(.pause(.all, reason: nil), words: "Pausing"))
        }
        func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer { .stay }
        func draw(in canvas: Canvas, _ around: Surroundings) {}
    }

    @Test func aSlipIsCaught() throws {
        let storm = KeyStorm(try LiveConsole(seed: 4), seed: 4)
        storm.console.plant(Slippery())
        try storm.send(.key(.character("x")))
        #expect(storm.slips.contains { $0.contains("slippery was on no picture yet") })
        storm.console.pass(.seconds(1))
        try storm.send(.key(.character("y")))
        #expect(storm.slips.contains { $0.contains("slippery is no question") })
        try storm.send(.key(.escape))
        try storm.send(.paste("y"))
        #expect(try storm.console.commandCount() > 0)
    }

    @Test func aViewerChangesNothing() throws {
        let storm = try storm(9, 500, .viewer)
        #expect(storm.slips.isEmpty, "\(storm.slips)")
        #expect(try storm.console.commandCount() == 0)
    }

    @Test func staffChangeNothingWithoutAReason() throws {
        let storm = try storm(5, 500, .viewer, isStaff: true)
        #expect(storm.slips.isEmpty, "\(storm.slips)")
        let rows = try storm.console.database.read { db throws(StoreError) in
            try db.commands(limit: 10_000)
        }
        let done = rows.filter { $0.outcome != .refused && !$0.verb.hasPrefix("ticket") }
        #expect(done.allSatisfy { $0.reason?.isEmpty == false })
    }
}

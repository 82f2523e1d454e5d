/// `why` and `analytics` over the small fleet, as text and as JSON.

import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct CommandsInsightTests {
    private let console: CommandsHarness

    init() throws { console = try CommandsHarness(hasDecisions: true) }

    @Test func theNewestRecordAndTheOneOfATime() throws {
        #expect(console.run("why", "trend-1", "--json") == .done)
        #expect(try console.json()["entered"] == true)
        let at = FleetFixture.decided[1].description
        #expect(console.run("why", "trend-1", "--at", at, "--json") == .done)
        #expect(try console.json()["first_blocker"]?["name"] == "ADX / DMI")
        #expect(console.run("why", "trend-1", "--at", "100m") == .done)
        #expect(console.streams.out.contains("\nscore 0.00 does not exceed 0.5\n"))
    }

    @Test func textMarksTheFirstBlocker() throws {
        let at = FleetFixture.decided[1].description
        #expect(console.run("why", "trend-1", "--at", at) == .done)
        let lines = console.streams.out.split(separator: "\n")
        #expect(lines.filter { $0.contains("<- FIRST") }.count == 1)
        #expect(lines.contains { $0.contains("ADX / DMI") && $0.contains("<- FIRST") })
        let blockers = "Blockers in order: filter ADX / DMI, guard Distance from moving average."
        #expect(lines.contains { $0 == blockers })
    }

    @Test func whereNothingIsOnRecord() throws {
        for line in [
            ["why", "mean-2"], ["why", "trend-1", "--symbol", "ETH-PERP"],
            ["why", "trend-1", "--at", "2020-01-01"], ["why", "nobody"],
        ] {
            #expect(console.run(line + ["--json"]) == .noSuchThing)
        }
        #expect(console.run("why", "trend-1", "--at", "soon") == .usage)
    }

    @Test func analyticsKeepsEnvironmentsApart() throws {
        #expect(console.run("analytics", "--json") == .done)
        let sections = try #require(try console.json()["environments"]?.elements)
        #expect(sections.compactMap { $0["environment"]?.text } == ["live", "paper"])
        #expect(sections[0]["performance"]?["net"] == "7")
        #expect(sections[1]["performance"]?["net"] == "60")
        #expect(sections[1]["performance"]?["trades"] == 2)
        #expect(console.run("analytics", "--since", "60d", "--bot", "mean-2", "--json") == .done)
        let mean = try console.json()
        #expect(mean["bot"] == "mean-2")
        #expect(mean["environments"]?.elements?.first?["performance"]?["net"] == "10")
    }

    @Test func analyticsAsText() throws {
        #expect(console.run("analytics", "--bot", "trend-1") == .done)
        let text = console.streams.out
        #expect(text.contains("Hard Stop Loss") && text.contains("BTC-PERP"))
        #expect(text.contains("mean 10.00 bps, 95 % up to 10.00 bps"))
        #expect(text.contains("9.1 % at"), "11,000 to 10,000")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func staffDoNotReadAnalytics() throws {
        let staff = try CommandsHarness(
            person: Operator(uid: 8, name: "sam", role: .viewer, isStaff: true, session: ""))
        #expect(staff.run("analytics") == .notPermitted)
    }
}

/// An update of many bots by keys, over a real desk: the form, the progress, both outcomes.
import Core
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct RolloutConsoleTests {
    @Test func theFormSaysWhoGoesFirstAndWhatFollows() throws {
        let console = try LiveConsole(seed: 1)
        try console.run("a O")
        #expect(console.overlay == "rollout-form")
        #expect(console.text.contains("all bots: 6 to 1.1.0"))
        #expect(console.text.contains("then the other 5"))
        try console.run("+ +")
        #expect(console.text.contains("First 3: the quietest"))
        // Somebody has to wait for the canaries: not more than five of six.
        try console.run("+ + + + + + +")
        #expect(console.text.contains("First   5"))
        try console.run("<enter>")
        #expect(console.overlay == "rollout-confirm")
        try console.run("<enter>")
        #expect(try console.commandCount() == 0)
    }

    @Test func canariesAreWatchedThenTheRestFollows() throws {
        let console = try LiveConsole(seed: 1)
        try console.run("a O + <enter> y")
        #expect(console.text.contains("UPDATE 1.1.0: 0 of 2 canaries done, 4 waiting"))
        #expect(console.text.contains("1.1.0 after canaries"))
        try console.run("4")
        #expect(console.text.contains("UPDATE 1.1.0:"))
        try console.run("1")
        try console.advance(.minutes(3))
        #expect(console.text.contains("2 canaries watched 0"))
        #expect(console.text.contains("canary, watched 0"))
        try console.run("a O")
        #expect(console.overlay == "rollout")
        #expect(console.text.contains("updated, watched"))
        #expect(console.text.contains("waits for the canaries"))
        try console.run("<esc>")
        console.pass(.seconds(11))
        try console.advance(.minutes(15))
        #expect(!console.text.contains("UPDATE 1.1.0"))
        let fleet = try #require(console.state.around.fleet)
        #expect(fleet.rows.allSatisfy { $0.bot.version == "1.1.0" })
        // Nothing is left to update: what stands there is how it ended.
        try console.run("a O")
        #expect(console.overlay == "rollout")
        #expect(console.text.contains("update 1.1.0: 6 bots run it"))
    }

    @Test func aSickCanaryTakesItBackAndSaysSo() throws {
        let console = try LiveConsole(seed: 1)
        try console.run("a O <enter> y")
        try console.advance(.minutes(3))
        let rollout = try #require(console.state.around.fleet?.rollout)
        let canary = try #require(rollout.members.first)
        #expect(canary.isCanary && canary.result == .updated)
        console.desk.world.fleet.apply(
            .criticalError, to: try #require(console.desk.world.machine(canary.id)))
        try console.advance(.minutes(4))
        #expect(console.text.contains("rolled back: \(canary.label) is not well"))
        let fleet = try #require(console.state.around.fleet)
        #expect(fleet.rows.allSatisfy { $0.bot.version == "1.0.0" })
        try console.run("a O")
        #expect(console.overlay == "rollout-form")
        #expect(console.text.contains("Last: update 1.1.0: \(canary.label) is not well"))
        #expect(console.text.contains("all bots: 6 to 1.1.0"))
    }

    @Test func marksNarrowItAndTheMenuOfOneBotStaysThatOfOne() throws {
        let console = try LiveConsole(seed: 1)
        try console.run("<space> j <space> a U")
        #expect(console.overlay == "rollout-form")
        #expect(console.text.contains("the 2 marked: 2 to 1.1.0"))
        try console.run("<tab>")
        #expect(console.text.contains("all bots: 6 to 1.1.0"))
        try console.run("<tab> <enter> y")
        let commands = try console.database.read { db throws(StoreError) in
            try db.commands(limit: 10)
        }
        #expect(commands.map(\.verb) == ["update", "update"])
    }

    @Test func whoMayNotUpdateIsToldInTheMenu() throws {
        let console = try LiveConsole(seed: 1, role: .riskManager)
        try console.run("a O")
        #expect(console.overlay == "actions")
        #expect(console.said.contains("owner/admin/trader only"))
        try console.run("<esc> :rollout <enter>")
        #expect(console.said.contains("only"))
    }

    @Test func theCommandLineMeansTheMarkedBotsAsTheKeysDo() throws {
        let console = try LiveConsole(seed: 1)
        try console.run("<space> j <space> :rollout <enter>")
        #expect(console.overlay == "rollout-form")
        #expect(console.text.contains("the 2 marked: 2 to 1.1.0"))
        try console.run("<esc> :update <enter>")
        #expect(console.text.contains("the 2 marked: 2 to 1.1.0"))
        try console.run("<esc> :stop <enter>")
        #expect(console.overlay.isEmpty)
        #expect(console.said.contains("one bot at a time"))
    }

    @Test func deployingABotThatRunsOpensNoFormOfANewOne() throws {
        let console = try LiveConsole(seed: 1)
        let label = try #require(console.state.around.fleet?.rows.last?.label)
        try console.run(":deploy")
        try console.send(.key(.character(" ")))
        try console.run("\(label) <enter>")
        #expect(console.overlay == "palette")
        #expect(console.said == "deploy makes a new bot; start BOT starts a stopped one")
        try console.run("<esc> :deploy <enter>")
        #expect(console.overlay == "deploy")
    }

    @Test func lifeIsOnTheCommandLineOfTheConsoleToo() throws {
        let console = try LiveConsole(seed: 1)
        let label = try #require(console.state.around.fleet?.rows.last?.label)
        try console.run("2 :restart")
        try console.send(.key(.character(" ")))
        try console.run("\(label) <enter>")
        #expect(console.text.contains("Restart \(label)"))
        try console.run("y")
        // Seen on the message line with its phase, though the screen is another.
        #expect(console.text.contains("Restarting \(label): stopping 1/3"))
        try console.advance(.minutes(2))
        try console.run(":restart")
        try console.send(.key(.character(" ")))
        try console.run("\(label) <enter>")
        #expect(console.said.contains("\(label): ready in 5"), "\(console.said)")
    }
}

/// Acts that end something, by keys over a real desk: the halt, the bound preview, the stop.
import Core
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct LiveLifeTests {
    /// A console whose fleet holds positions, and the labels of the bots that do.
    private func console() throws -> (LiveConsole, [String]) {
        let console = try LiveConsole(seed: 3)
        for _ in 0..<200 {
            let holders = console.desk.world.bots.filter { $0.held.count > 0 }
            if holders.count >= 2 { return (console, holders.map(\.record.label)) }
            try console.advance(.minutes(30))
        }
        throw Missing()
    }

    private struct Missing: Error {}

    private func bot(_ console: LiveConsole, _ label: String) throws -> BotMachine {
        try #require(console.desk.world.bots.first { $0.record.label == label })
    }

    private func verbs(_ console: LiveConsole) throws -> [String] {
        try console.database.read { db throws(StoreError) in try db.commands(limit: 100) }
            .filter { $0.outcome != .refused }.map(\.verb)
    }

    // MARK: 17.2

    @Test func aPreviewIsVoidOnceAPositionCameToIt() throws {
        let (console, labels) = try console()
        let machine = try bot(console, labels[0])
        try console.run("/\(labels[0]) <enter> X")
        #expect(console.overlay == "close-all")
        let before = machine.held.count
        try open(another: machine, in: console)
        #expect(machine.held.count == before + 1)
        try console.run("\(labels[0]) <enter>")
        // Refused, nothing closed, and the new preview is on the screen to be read.
        #expect(try verbs(console).isEmpty)
        #expect(machine.held.count == before + 1)
        #expect(console.overlay == "close-all")
        #expect(console.text.contains("\(before + 1) position"))
        try console.run("\(labels[0]) <enter>")
        #expect(try verbs(console) == ["close-all"])
    }

    /// An entry of the bot's own, as its strategy would send it.
    private func open(another bot: BotMachine, in console: LiveConsole) throws {
        let world = console.desk.world
        let symbol = try #require(
            bot.instruments.first { symbol in !bot.held.contains { $0.symbol == symbol } })
        let market = world.markets[symbol]
        bot.limits.maxSlippage = .percent(5)
        world.trading.submit(
            OrderDraft(
                symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
                reduceOnly: false, purpose: .entry,
                decisionPrice: try #require(market.lastPrice), leverage: 3, reason: "entry"),
            for: bot)
        try console.advance(.seconds(2))
    }

    // MARK: 17.1

    @Test func aHaltOfTheFleetIsSeenByAConsoleOpenedMidway() throws {
        let (console, _) = try console()
        try console.run("* X")
        #expect(console.overlay == "close-all")
        #expect(console.text.contains("PAUSE & CLOSE ALL"))
        let count = console.desk.world.bots.count
        #expect(console.text.contains("Type close \(count) to go on"))
        try console.run("close")
        try console.send(.key(.character(" ")))
        try console.run("\(count) <enter>")
        #expect(console.text.contains("HALT "))
        // Another console, which knows nothing of this one.
        let reader = BoardReader(over: console.database, owner: (1000, "ada"))
        var other = ConsoleState(size: Size(80, 24), session: "other", at: .positions)
        _ = other.update(.board(.fleet(try reader.fleet())), at: console.wall)
        #expect(view(other, in: Size(80, 24), .ascii).text.contains("HALT "))
        try console.advance(.minutes(1))
        console.pass(.seconds(11))
        #expect(!console.text.contains("HALT "))
        #expect(console.desk.world.bots.allSatisfy { $0.held.isEmpty && $0.record.isPaused })
    }

    // MARK: 17.6

    @Test func aStopLeavesNothingThatItDidNotName() throws {
        let (console, labels) = try console()
        try console.run("/\(labels[0]) <enter> a T")
        #expect(console.overlay == "stop")
        for held in try bot(console, labels[0]).held {
            #expect(console.text.contains(held.position.symbol))
        }
        try console.run("c \(labels[0]) <enter>")
        #expect(try verbs(console) == ["stop"])
        try console.advance(.minutes(3))
        let machine = try bot(console, labels[0])
        #expect(machine.held.isEmpty && machine.record.state == .stopped)
        #expect(console.text.contains("- Stopped"))
    }

    @Test func aStopThatLeavesThemOpenSaysWhatNobodyWatches() throws {
        let (console, labels) = try console()
        let held = try bot(console, labels[0]).held.count
        try console.run("/\(labels[0]) <enter> a T l")
        #expect(console.text.contains("Nobody watches these afterwards"))
        try console.run("\(labels[0]) <enter>")
        try console.advance(.minutes(2))
        let row = try #require(
            console.state.around.fleet?.rows.first { $0.label == labels[0] })
        #expect(row.state == .stopped && row.openPositions == held)
        // A stopped bot with positions is trouble; its card says that nobody watches them.
        let some = held == 1 ? "1 position" : "\(held) positions"
        #expect(console.text.contains("\(some) unwatched"))
    }

    // MARK: Out of sight

    @Test func aBotOutOfSightSaysWhatItRunsOnAndWhatWaits() throws {
        let (console, labels) = try console()
        let machine = try bot(console, labels[0])
        console.desk.world.fleet.cutLink(machine, until: console.desk.world.now + .hours(2))
        try console.advance(.minutes(2))
        try console.run("/\(labels[0]) <enter>")
        let heard = try #require(machine.record.heartbeatAt).clockText.prefix(5)
        #expect(console.text.contains("x Offline"))
        #expect(console.text.contains("since \(heard)Z"))
        try console.run("p y")
        #expect(console.text.contains("cached; 1 command waits"))
        try console.run("<enter>")
        #expect(console.text.contains("x OFFLINE"))
        #expect(console.text.contains("since \(heard)Z; 1 command waits"))
        // The clocks stand still while it is away: nothing is claimed that nobody heard.
        #expect(console.text.contains("billed"))
        try console.advance(.hours(3))
        #expect(machine.record.isPaused)
        #expect(!console.text.contains("command waits"), "\(console.text)")
    }
}

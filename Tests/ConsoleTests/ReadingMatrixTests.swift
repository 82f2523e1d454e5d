/// The same table for every way to a board: screens of the console, `screen`, `--view`, commands.

import Glibc
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

/// One way to read, and who may: owner, admin, risk manager, trader, viewer, staff, a stranger.
struct ReadingWay: Sendable, CustomTestStringConvertible {
    var words: [String]
    var cells: String

    init(_ line: String, _ cells: String) {
        words = line.split(separator: " ").map(String.init)
        self.cells = cells
    }

    var testDescription: String { words.joined(separator: " ") }
}

private let screens = [
    ReadingWay("fleet", "● ● ● ● ● ● -"), ReadingWay("list", "● ● ● ● ● ● -"),
    ReadingWay("positions", "● ● ● ● ● - -"), ReadingWay("support", "● ● ● ● ● ● -"),
    ReadingWay("audit", "● ● ● - - - -"), ReadingWay("commands", "● ● ● ● ● - -"),
    ReadingWay("bot", "● ● ● ● ● ● -"), ReadingWay("bot:risk", "● ● ● ● ● ● -"),
    ReadingWay("bot:activity", "● ● ● ● ● ● -"), ReadingWay("billing", "● ● - - - - -"),
    ReadingWay("help", "● ● ● ● ● ● -"),
]

private let commands = [
    ReadingWay("bots", "● ● ● ● ● ● -"), ReadingWay("bots --history", "● ● ● ● ● ● -"),
    ReadingWay("bot trend-1", "● ● ● ● ● ● -"), ReadingWay("status", "● ● ● ● ● ● -"),
    ReadingWay("sessions trend-1", "● ● ● ● ● ● -"),
    ReadingWay("sessions trend-1 --clear --preview", "● ● ● ● ● - -"),
    ReadingWay("events", "● ● ● ● ● ● -"), ReadingWay("tickets", "● ● ● ● ● ● -"),
    ReadingWay("ticket show ticket-2", "● ● ● ● ● ● -"),
    ReadingWay("positions", "● ● ● ● ● - -"), ReadingWay("orders", "● ● ● ● ● - -"),
    ReadingWay("trades", "● ● ● ● ● - -"), ReadingWay("analytics", "● ● ● ● ● - -"),
    ReadingWay("why trend-1", "● ● ● ● ● - -"), ReadingWay("risk trend-1", "● ● ● ● ● - -"),
    ReadingWay("templates", "● ● ● ● ● - -"),
    ReadingWay("template show Trend", "● ● ● ● ● - -"),
    ReadingWay("template export Trend", "● ● ● ● ● - -"),
    ReadingWay("commands", "● ● ● ● ● - -"), ReadingWay("alerts", "● ● ● ● ● - -"),
    ReadingWay("check", "● ● ● ● ● - -"),
    ReadingWay("audit", "● ● ● - - - -"), ReadingWay("audit --verify", "● ● ● - - - -"),
    ReadingWay("billing", "● ● - - - - -"),
    ReadingWay("sql SELECT(1)", "- - - - - - -"),
]

@Suite struct ReadingMatrixTests {
    /// A folder to stand for the home of commands that ask for one.
    private let home = "/tmp/plutarc-reading-\(UInt64.random(in: 0 ... .max))"

    private func visitors(isGuarded: Bool = true) throws -> [CommandsHarness] {
        let people =
            WorkspaceRole.allCases.map { Operator(uid: 7, name: "mia", role: $0) } + [
                Operator(uid: 8, name: "sam", role: .owner, isStaff: true)
            ]
        return try people.map {
            try CommandsHarness(person: $0, hasDecisions: true, isGuarded: isGuarded)
        } + [try CommandsHarness(account: 4343)]
    }

    private func cell(_ status: Console.ExitStatus) -> String {
        status == .notPermitted ? "-" : status == .done ? "●" : "\(status)"
    }

    /// Where the screen is one of a bot.
    private static func bot(of screen: String) -> [String] {
        let isOfBots = screen.hasPrefix("bot") || screen == "commands"
        return isOfBots ? ["--bot", "trend-1"] : []
    }

    private func run(
        _ words: [String], isGuarded: Bool = true
    ) throws -> String {
        mkdir(home, 0o700)
        defer { rmdir(home) }
        return try visitors(isGuarded: isGuarded).map { visitor in
            let status = visitor.run(words + ["--home", home])
            let text = visitor.streams.out
            #expect(status == .done || text.isEmpty, "\(words): \(text)")
            #expect(status == .done || status == .notPermitted, "\(visitor.streams.err)")
            return cell(status)
        }.joined(separator: " ")
    }

    @Test(arguments: commands) func commandsAreForThoseOfTheTable(_ way: ReadingWay) throws {
        #expect(try run(way.words) == way.cells)
    }

    @Test(arguments: screens) func printedScreensAreForThoseOfTheTable(_ way: ReadingWay) throws {
        let found = try run(["screen"] + way.words + Self.bot(of: way.words[0]))
        #expect(found == way.cells)
    }

    @Test(arguments: screens) func viewsAreForThoseOfTheTable(_ way: ReadingWay) throws {
        let parts = way.words[0].split(separator: ":")
        let name =
            parts[0] == "bot"
            ? (["bot", "trend-1"] + parts.dropFirst()).joined(separator: ":") : way.words[0]
        let found = try visitors().map { cell($0.view(name)?.status ?? .done) }
        // The fleet is where a console begins: a stranger is told there.
        #expect(found.joined(separator: " ") == way.cells, "\(name)")
    }

    @Test(arguments: screens) func consolesShowThemToThoseOfTheTable(_ way: ReadingWay) throws {
        let place = try #require(ScreenPrinter.destination(way.words[0], bot: ID(1)))
        let people: [(WorkspaceRole, Bool, Bool)] =
            WorkspaceRole.allCases.map { ($0, false, false) }
            + [(.owner, true, false), (.owner, false, true)]
        let found = try people.map { role, isStaff, isStranger in
            let journey = try Journey(
                at: place, role: role, isStaff: isStaff, isStranger: isStranger)
            let refusal = journey.state.refusalOfTop
            #expect((refusal != nil) == journey.text.contains("that needs") || isStranger)
            return refusal == nil ? "●" : "-"
        }
        #expect(found.joined(separator: " ") == way.cells)
    }

    /// The anti-test: with the door open every row that shuts somebody out reads otherwise.
    @Test(
        arguments: (commands + screens.map { ReadingWay("screen \($0.words[0])", $0.cells) })
            .filter { $0.cells.dropLast(2).contains("-") })
    func withoutTheDoorTheTableDoesNotHold(_ way: ReadingWay) throws {
        let bot = way.words[0] == "screen" ? Self.bot(of: way.words[1]) : []
        #expect(try run(way.words + bot, isGuarded: false) != way.cells)
    }

    /// Every key names what it needs by the table of permissions; what opens a board that not all
    /// may read says so in the hints.
    @Test func keysOfGuardedPlacesAreDim() throws {
        let staff = try Journey(isStaff: true)
        for command in [KeyCommand.audit, .billing, .positions] {
            let binding = try #require(
                staff.state.around.keymap.binding(of: command, in: .fleet))
            #expect(staff.state.around.refusal(of: binding) != nil, "\(command)")
        }
    }

    @Test func anOverlayThatMayNotBeReadSaysWhyAndCloses() throws {
        var staff = try Journey(at: .bot(ID(1), .template), isStaff: true)
        try staff.open(WhyPanel(ID(1), symbol: nil))
        #expect(staff.overlay.isEmpty)
        #expect(staff.said.contains("templates.view"), "\(staff.said)")
    }

    @Test func staffSeeNoPositionsOnAnyPicture() throws {
        for place in [Destination.fleet, .bot(ID(1), .template), .bot(ID(1), .risk)] {
            let staff = try Journey(Size(160, 48), at: place, isStaff: true)
            #expect(!staff.text.contains("uPnL +") && !staff.text.contains("uPnL -"))
            #expect(!staff.text.contains(" pos "), "\(staff.text)")
        }
        let risk = try Journey(at: .bot(ID(1), .risk), isStaff: true)
        #expect(risk.text.contains("not permitted: needs risk.view"), "\(risk.text)")
    }
}

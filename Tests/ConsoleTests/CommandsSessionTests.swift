/// `sessions`, `regions` and `billing` on the command line.

import Core
import Foundation
import Store
import TestKit
import Testing

@testable import Console

@Suite struct CommandsSessionTests {
    static let text = """
        [session Tokyo]
        days = mon-fri
        start = 09:00
        end = 15:00
        zone = Asia/Tokyo
        """

    private func asked(_ console: CommandsHarness) throws -> Command {
        let request = try #require(console.sender.requests.last)
        return try Command(verb: request.verb, arguments: request.args)
    }

    @Test func withoutSetItOnlyReads() throws {
        let console = try CommandsHarness()
        #expect(console.run("sessions", "trend-1", "--json") == .done)
        let json = try console.json()
        #expect(json["bot"]?.text == "trend-1")
        #expect(json["source"]?.text == "none")
        #expect(json["open"]?.flag == true)
        #expect(json["sleeps"]?.elements?.isEmpty == true)
        #expect(console.run("sessions", "trend-1") == .done)
        #expect(console.streams.out.contains("around the clock"))
        #expect(console.run("sessions", "nosuch") == .noSuchThing)
        #expect(console.sender.requests.isEmpty)
    }

    /// What cannot be read is not "none": the bot does not trade around the clock.
    @Test func whatCannotBeReadIsTold() throws {
        let console = try CommandsHarness(sessions: Self.text.replacing("09:00", with: "25:00"))
        #expect(console.run("sessions", "trend-1") == .done)
        let text = console.streams.out
        #expect(!text.contains("around the clock") && text.contains("cannot be read"))
        #expect(text.contains("sessions of trend-1:3: start: ") && text.contains("25:00"))
        #expect(text.contains("--set") && text.contains("--clear"))
        #expect(console.run("sessions", "trend-1", "--json") == .done)
        let json = try console.json()
        #expect(json["open"]?.isNull == true && json["sessions"]?.isNull == true)
        #expect(json["error"]?.text?.hasPrefix("sessions of trend-1:3: ") == true)
        #expect(console.run("bots", "--json") == .done)
        let bots = try console.json().elements ?? []
        let bot = try #require(bots.first { $0["label"]?.text == "trend-1" })
        #expect(bot["sessions"]?.isNull == true && bot["sessions_error"]?.isNull == false)
        #expect(bots.filter { $0["sessions_error"]?.isNull == true }.count == bots.count - 1)
    }

    @Test func aTextOrAFileIsSent() throws {
        let console = try CommandsHarness()
        #expect(console.run("sessions", "trend-1", "--set", Self.text) == .done)
        #expect(try asked(console) == .setSessions(bot: "trend-1", text: Self.text))
        let scratch = Scratch("plutarc-sessions")
        let file = scratch.write("tokyo.ini", Self.text)
        #expect(console.run("sessions", "trend-1", "--set", file) == .done)
        #expect(try asked(console) == .setSessions(bot: "trend-1", text: Self.text))
        #expect(console.run("sessions", "trend-1", "--clear") == .done)
        #expect(try asked(console) == .setSessions(bot: "trend-1", text: nil))
        #expect(console.sender.requests.count == 3)
    }

    @Test func aPreviewSendsNothing() throws {
        let console = try CommandsHarness()
        #expect(
            console.run("sessions", "trend-1", "--set", Self.text, "--preview", "--json") == .done)
        let json = try console.json()
        #expect(json["source"]?.text == "bot")
        #expect(json["sessions"]?.elements?.count == 1)
        let sleep = try #require(json["sleeps"]?.elements?.first)
        let wakes = try #require(sleep["wakes_at"]?.text)
        #expect(wakes.contains("T23:55:00"))
        #expect(sleep["opens_at"]?.text?.contains("T00:00:00") == true)
        #expect(console.run("sessions", "trend-1", "--clear", "--preview") == .done)
        #expect(console.sender.requests.isEmpty)
    }

    @Test func mistakesAreSaidBeforeAnyEngineIsAsked() throws {
        let console = try CommandsHarness()
        #expect(console.run("sessions", "trend-1", "--preview") == .usage)
        #expect(console.run("sessions", "trend-1", "--set", Self.text, "--clear") == .usage)
        #expect(console.run("sessions", "trend-1", "--set", "/nosuch/file") == .usage)
        let wrong = Self.text.replacing("Asia/Tokyo", with: "Asia/Tokio")
        #expect(console.run("sessions", "trend-1", "--set", wrong) == .usage)
        #expect(console.streams.err.contains("sessions:5: zone: \"Asia/Tokio\" is no time zone"))
        #expect(console.sender.requests.isEmpty)
    }

    /// What is written can be read back as the regions of a home.
    @Test func regionsAreExportedToBeEdited() throws {
        let console = try CommandsHarness()
        let path = Scratch("plutarc-regions").path + "-compute.ini"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(console.run("regions", "--export", path) == .done)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let read = try ComputeCatalog(parsing: text, file: path)
        #expect(read.places == ComputeCatalog.standard.places)
        #expect(console.run("regions", "--export", path) == .refused)
        #expect(console.streams.err.contains("cannot be created"))
    }

    @Test func billingTellsWhatEachBotCosts() throws {
        let console = try CommandsHarness()
        #expect(console.run("billing", "--json") == .done)
        let json = try console.json()
        #expect(json["alarm"]?.integer == 0)
        let bots = try #require(json["bots"]?.elements)
        #expect(!bots.isEmpty)
        #expect(bots.allSatisfy { $0["hourly"]?.text != nil && $0["used"]?.text != nil })
        #expect(console.run("billing") == .done)
        let trader = Operator(uid: 1001, name: "bob", role: .trader)
        let other = try CommandsHarness(person: trader)
        #expect(other.run("billing") == .notPermitted)
    }
}

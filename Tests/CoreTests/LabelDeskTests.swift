/// Labels at the desk: who may be called what, and that a name leads to one thing.

import Store
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite struct LabelDeskTests {
    private static let impostors = [
        "--all", "-x", "bot-1", "BOT-1", "bot-", "key-2", "ticket-3", "position-4", "none", "",
        " a",
        "a ", "a  b", "bтc", "a\u{202E}b", String(repeating: "x", count: 65),
    ]

    private func refusal(_ office: LifeOffice, _ command: Command) throws -> String? {
        try office.ask(command).refusal?.code
    }

    @Test(arguments: impostors) func noBotIsCalledSomethingElse(_ label: String) throws {
        let office = try LifeOffice()
        let code = try refusal(office, .deploy(DeployRequest(label: label, region: "tokyo")))
        #expect(code == "bad_label")
    }

    /// Words for several bots, of which one confirms a close of so many.
    private static let reserved = ["close 5", "Close 05", "all", "ALL", "all bots", "Fleet"]

    @Test(arguments: reserved) func noBotIsCalledAsSeveralAre(_ label: String) throws {
        // The schema takes it: only new labels are asked.
        #expect(Label.isPlain(label))
        let office = try LifeOffice()
        let bot = try #require(office.labels.first)
        let acts = [
            Command.deploy(DeployRequest(label: label, region: "tokyo")),
            .rename(bot: bot, label: label),
        ]
        for act in acts {
            let refusal = try office.ask(act).refusal
            #expect(refusal == .life(.labelReserved(label)))
            #expect(refusal?.exitStatus == 2 && refusal?.code == "bad_label")
            #expect(refusal?.remedy.contains("close N") == true)
        }
        #expect(office.labels == [bot])
    }

    @Test(arguments: ["close", "close btc", "close 5 s", "all-in", "call", "fleet-1", "5"])
    func whatOnlyLooksLikeItIsTaken(_ label: String) throws {
        let office = try LifeOffice()
        let bot = try #require(office.labels.first)
        #expect(try office.ask(.rename(bot: bot, label: label)).refusal == nil)
    }

    @Test(arguments: impostors) func noTemplateIsCalledSomethingElse(_ name: String) throws {
        let office = try LifeOffice()
        let copy = try refusal(office, .templateCopy("Trend Follower", name: name))
        #expect(copy == "bad_template_name")
    }

    @Test func theSeedsOwnExampleIsDeployedAndPausedByItsName() throws {
        let office = try LifeOffice()
        let name = "BTC Trend Follower"
        #expect(
            try refusal(office, .deploy(DeployRequest(label: name, region: "tokyo"))) == nil)
        try office.pass(.minutes(3))
        #expect(try refusal(office, .pause(.named([name]), reason: nil)) == nil)
        #expect(try office.bot(name).isPaused)
        for same in ["btc trend follower", "BTC TREND FOLLOWER", name] {
            let again = try office.ask(.deploy(DeployRequest(label: same, region: "tokyo")))
            #expect(again.refusal == .life(.labelTaken(name)))
        }
    }

    @Test func templatesOfOneNameAreVersionsAndOfAnotherCaseAreRefused() throws {
        let office = try LifeOffice()
        #expect(try refusal(office, .templateCopy("Trend Follower", name: "My Trend")) == nil)
        let text = { (name: String) in
            var template = try #require(SystemTemplates.all.first)
            template.name = name
            return TemplateFile.print(template)
        }
        #expect(
            try refusal(office, .templateImport(text: try text("My Trend"), file: nil)) == nil)
        for name in ["my trend", "MY TREND", "trend follower"] {
            let copied = try refusal(office, .templateCopy("Trend Follower", name: name))
            #expect(copied == "template_exists", "\(name)")
            let imported = try refusal(
                office, .templateImport(text: try text(name), file: nil))
            #expect(imported == "template_exists", "\(name)")
        }
        for name in ["--all", "bot-1", "a  b"] {
            let imported = try refusal(
                office, .templateImport(text: try text(name), file: nil))
            #expect(imported == "bad_template_name", "\(name)")
        }
    }

    /// What is asked of a template asks the one that is meant: its bots, its kind.
    @Test func aTemplateIsFoundInOtherLetters() throws {
        let office = try LifeOffice()
        let bot = try #require(office.labels.first)
        #expect(try refusal(office, .templateCopy("trend follower", name: "My Trend")) == nil)
        let assign = Command.assignTemplate(bot: bot, template: "MY TREND", confirmation: nil)
        #expect(try refusal(office, assign) == nil)
        #expect(try office.bot(bot).templateName == "My Trend")
        #expect(try refusal(office, .templateDelete("my trend")) == "template_in_use")
        #expect(try refusal(office, .templateDelete("TREND FOLLOWER")) == "template_is_system")
    }

    /// Switched off, the rule lets them through: what the tests above rest on.
    @Test func withoutTheRuleTheyWouldBeTaken() {
        let old: (String) -> Bool = { !$0.isEmpty && $0.utf8.count <= 40 }
        #expect(Self.impostors.filter(old).contains("--all"))
        #expect(Self.impostors.filter(old).contains("bot-1"))
        #expect(Self.impostors.filter(Label.isPlain).isEmpty)
    }

    @Test(arguments: SystemTemplates.all.map(\.name))
    func systemTemplatesKeepTheRule(_ name: String) { #expect(Label.isPlain(name)) }

    @Test(arguments: [1, 14, 200]) func foundedFleetsKeepTheRule(_ count: Int) {
        let labels = BotPlan.fleet(count, over: ["BTC-PERP", "ETH-PERP"]).map(\.label)
        #expect(labels.allSatisfy(Label.isPlain))
        #expect(labels.allSatisfy { Label.isPlain("paper-\($0)") })
        #expect(Set(labels.map { $0.lowercased() }).count == count)
    }

    @Test func remediesQuoteALabelWithBlanks() {
        let refusal = Refusal.confirmationMissing(.label(bot: "BTC Trend Follower"))
        #expect(refusal.remedy.contains("--confirm-label \"BTC Trend Follower\""))
    }

    /// What the program brings along keeps its names, whatever an old home calls its own.
    @Test func theSystemsNamesAreReservedInTheRepair() {
        let names = Set(SystemTemplates.all.map(\.name))
        #expect(Set(Migration8LabelRepair.systemTemplates).isSubset(of: names))
        #expect(!Migration8LabelRepair.systemTemplates.isEmpty)
    }
}

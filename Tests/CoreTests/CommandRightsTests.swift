/// Who may ask for what, how urgent it is, and what the audit calls it.

import Core
import Store
import Testing

@Suite struct CommandRightsTests {
    /// Verbs by the roles that may ask, o a r t v; s for staff, S for a sole owner as support.
    static let table: [String: String] = [
        "pause": "oartsS", "resume": "oartsS", "close": "oarS", "close-all": "oarS",
        "close-preview": "oarS", "close-all-preview": "oarS", "risk-set": "oarS",
        "risk-reset": "oarS", "assign-template": "oatS", "template-import": "oatS",
        "template-copy": "oatS", "template-delete": "oatS", "ticket-open": "oartsS",
        "ticket-note": "sS", "ticket-assign": "sS", "ticket-resolve": "sS",
        "ticket-priority": "oartsS", "ticket-category": "oartsS", "ticket-close": "oartsS",
        "ticket-reopen": "oartsS", "alert-ack": "oartS",
        "risk-preview": "oarS", "assign-template-preview": "oatS",
        "deploy": "oatS", "start": "oatS", "stop": "oartS", "stop-preview": "oartS",
        "restart": "oasS",
        "update": "oatS", "assign-key": "oatS", "top-up": "oS", "sessions": "oatS",
        "accept-clock": "oaS", "cancel": "oartsS", "rename": "oatS",
    ]

    static let people: [(letter: Character, person: Operator)] = [
        ("o", CommandSamples.person(.owner)), ("a", CommandSamples.person(.admin)),
        ("r", CommandSamples.person(.riskManager)), ("t", CommandSamples.person(.trader)),
        ("v", CommandSamples.person(.viewer)), ("s", CommandSamples.staff),
        ("S", CommandSamples.soleOwner),
    ]

    @Test(arguments: CommandSamples.all) func gateEqualsTheTable(_ command: Command) throws {
        var allowed = try #require(Self.table[command.verb] ?? Self.replyRow(command))
        // Staff give a reason; samples without one are refused for that alone.
        if ["pause", "resume", "restart"].contains(command.verb), command.reason == nil {
            allowed.removeAll { $0 == "s" }
        }
        for (letter, person) in Self.people {
            let passes = (try? Gate.check(command, for: person)) != nil
            #expect(passes == allowed.contains(letter), "\(letter) \(command.verb)")
        }
    }

    private static func replyRow(_ command: Command) -> String? {
        command.as(ReplyToTicketCommand.self).map { $0.asSupport ? "sS" : "oartsS" }
    }

    @Test func staffPauseNeedsAReason() {
        let blank = Command.pause(.all, reason: "  ")
        #expect(throws: Refusal.reasonRequired(act: "pause", why: .staff)) {
            try Gate.check(blank, for: CommandSamples.staff)
        }
        #expect(throws: Never.self) {
            try Gate.check(.pause(.all, reason: "INC-204"), for: CommandSamples.staff)
        }
    }

    @Test func staffMayNotAcknowledgeAlthoughTheyPause() {
        #expect(throws: Refusal.notForStaff(name: "st1", act: "alert-ack")) {
            try Gate.check(.noticeAcknowledge("notice-1"), for: CommandSamples.staff)
        }
    }

    @Test(arguments: CommandSamples.all) func killLaneIsCloseAndPause(_ command: Command) {
        let urgent = ["pause", "close", "close-all"].contains(command.verb)
        #expect(command.isKillLane == urgent)
        #expect(command.expiry == (urgent ? .seconds(60) : nil))
    }

    /// Who may do a thing may see beforehand what it would do, and nobody else.
    @Test func aQuestionTakesTheRightOfItsAct() throws {
        let asking = CommandSamples.all.filter { $0.question != nil }
        let verbs = Set(asking.map(\.verb))
        #expect(
            verbs == ["close", "close-all", "risk-set", "risk-reset", "assign-template", "stop"])
        for command in asking {
            let question = try #require(command.question)
            #expect(question.isPreview && !command.isPreview)
            #expect(question.permission == command.permission)
            #expect(question.target == command.target)
            #expect(question.isOpenToStaff == command.isOpenToStaff)
        }
        let questions = Set(asking.compactMap { $0.question?.verb })
        #expect(questions == Set(Command.verbs.filter { $0.hasSuffix("-preview") }))
    }

    @Test func targetsAreWords() {
        #expect(Command.pause(.all, reason: nil).target == "all bots")
        #expect(Command.pause(.named(["a", "b"]), reason: nil).target == "a, b")
        let many = (1...20).map { "b\($0)" }
        #expect(Command.previewCloseAll(.named(many)).target.hasSuffix("b12 and 8 more"))
        #expect(Command.templateImport(text: "", file: nil).target == "template")
        #expect(Command.noticeAcknowledge("notice-1").target == "notice-1")
    }
}

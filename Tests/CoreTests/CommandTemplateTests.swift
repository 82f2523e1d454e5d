/// Templates: assigned, copied, imported, deleted, or not.

import Core
import Store
import Testing

@Suite struct CommandTemplateTests {
    static func template(
        _ name: String, _ kind: Template.Kind = .user, version: Int = 1
    ) -> Template {
        Template(
            name: name, kind: kind, version: version, timeframe: .oneHour, mode: .weighted,
            components: [])
    }
    static let bot = Bot(
        id: ID(1), label: "trend-1", templateName: "Mine", templateVersion: 1,
        createdAt: Instant(milliseconds: 0))

    static func assigning(
        _ template: Template, positions: Int, label: String?
    ) -> Refusal? {
        do throws(Refusal) {
            try TemplateRules.assign(
                template, to: bot, openPositions: positions, 
                confirmation: label.map { .label($0) })
            return nil
        } catch { return error }
    }

    @Test func aFlatBotChangesWithoutQuestions() {
        #expect(Self.assigning(Self.template("Other"), positions: 0, label: nil) == nil)
        #expect(
            Self.assigning(Self.template("Mine", version: 2), positions: 0, label: nil) == nil)
        #expect(
            Self.assigning(Self.template("Mine"), positions: 0, label: nil)?.code
                == "nothing_to_change")
    }

    @Test func openPositionsAskForTheLabel() {
        let other = Self.template("Other")
        #expect(
            Self.assigning(other, positions: 2, label: nil)
                == .confirmationMissing(.takeover(bot: "trend-1", positions: 2)))
        #expect(
            Self.assigning(other, positions: 2, label: "trend")
                == .labelMismatch(label: "trend-1", typed: "trend"))
        #expect(Self.assigning(other, positions: 2, label: "trend-1") == nil)
    }

    @Test func copiesNeedAFreeName() throws {
        try TemplateRules.copy(as: "Mine 2", taken: ["Mine"])
        #expect(throws: Refusal.template(.nameTaken(name: "Mine"))) {
            try TemplateRules.copy(as: "Mine", taken: ["Mine"])
        }
        for name in ["", " x", "x ", "a\nb", String(repeating: "x", count: 65)] {
            #expect(throws: Refusal.template(.badName(name: name))) {
                try TemplateRules.copy(as: name, taken: [])
            }
        }
    }

    @Test func importsMakeVersionsButNeverTouchSystemTemplates() throws {
        #expect(try TemplateRules.importVersion(named: "New", over: nil) == 1)
        let mine = Self.template("Mine", version: 4)
        #expect(try TemplateRules.importVersion(named: "Mine", over: mine) == 5)
        let system = Self.template("Trend Follower", .system)
        #expect(throws: Refusal.template(.isSystem(name: "Trend Follower"))) {
            try TemplateRules.importVersion(named: "Trend Follower", over: system)
        }
    }

    @Test func usedAndSystemTemplatesStay() throws {
        try TemplateRules.delete(Self.template("Mine"), runningOn: [])
        #expect(throws: Refusal.template(.inUse(name: "Mine", bots: ["a", "b"]))) {
            try TemplateRules.delete(Self.template("Mine"), runningOn: ["b", "a"])
        }
        #expect(throws: Refusal.template(.isSystem(name: "S"))) {
            try TemplateRules.delete(Self.template("S", .system), runningOn: [])
        }
    }
}

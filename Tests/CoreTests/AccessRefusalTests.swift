/// Every refusal: its code, its exit status, its sentence, its remedy.

import Core
import Store
import Testing

struct RefusalCase: Sendable, CustomTestStringConvertible {
    var refusal: Refusal
    var code: String
    var exit: Int32
    var headline: String
    var remedy: String
    var testDescription: String { headline }

    init(_ refusal: Refusal, _ code: String, _ exit: Int32, _ headline: String, _ remedy: String) {
        self.refusal = refusal
        self.code = code
        self.exit = exit
        self.headline = headline
        self.remedy = remedy
    }
}

@Suite struct AccessRefusalTests {
    static let at = Instant(milliseconds: 1_700_000_000_000)

    static let access: [RefusalCase] = [
        RefusalCase(
            .notPermitted(
                name: "eve", role: "Trader", permission: .positionsCloseAll, act: "close-all"),
            "not_permitted", 3,
            "eve (Trader) may not do \"close-all\": that needs positions.close_all",
            "Ask an Owner, Admin or Risk Manager."),
        RefusalCase(
            .notPermitted(name: "eve", role: "Admin", permission: .orgDelete, act: "delete"),
            "not_permitted", 3, "eve (Admin) may not do \"delete\": that needs org.delete",
            "Ask an Owner."),
        RefusalCase(
            .notForStaff(name: "st1", act: "alert-ack"), "not_for_staff", 3,
            "st1 (Plutarc staff) may not do \"alert-ack\"",
            "Ask a member of the workspace; staff pause, resume, restart and answer."),
        RefusalCase(
            .supportOnly(name: "eve", act: "ticket-note"), "support_only", 3,
            "eve may not do \"ticket-note\": support only",
            "It is for the accounts in the home's file staff; with none there, for the owner."),
        RefusalCase(
            .notAMember(uid: 1001), "not_a_member", 3,
            "the Unix account 1001 is no member of this workspace",
            "Ask the owner of the workspace for an invitation."),
    ]

    static let requests: [RefusalCase] = [
        RefusalCase(
            .unknownVerb("halt"), "unknown_verb", 2, "there is no command \"halt\"",
            "See plutarc help; a console of another version may know other commands."),
        RefusalCase(
            .badRequest(field: "bots", problem: "is empty"), "bad_request", 2,
            "\"bots\": is empty", "Correct the field and send the request again."),
        RefusalCase(
            .keyReused("k1"), "key_reused", 5, "the key k1 already belongs to another request",
            "Send the request under a new key."),
        RefusalCase(
            .noSuch(.bot, "x"), "no_such_bot", 4, "no bot is named \"x\"",
            "List them: plutarc bots."),
        RefusalCase(
            .noSuch(.notice, "x"), "no_such_notice", 4, "no alert is named \"x\"",
            "List them: plutarc alerts."),
        RefusalCase(
            .ambiguous(.bot, "tre", candidates: ["trend-1", "trend-2"]), "ambiguous", 4,
            "\"tre\" could be any of 2 bots: trend-1, trend-2",
            "Write the id, the whole label, or more of the id."),
        RefusalCase(
            .nothingToChange("ticket-3 is closed already"), "nothing_to_change", 5,
            "ticket-3 is closed already", "Nothing is left to do."),
    ]

    static let bots: [RefusalCase] = [
        RefusalCase(
            .alreadyPaused(bot: "b", cause: .killSwitch), "already_paused", 5,
            "b is already paused (daily loss kill switch)",
            "Nothing is left to do; resume starts entries again."),
        RefusalCase(.notPaused(bot: "b"), "not_paused", 5, "b is not paused",
            "Nothing is left to do."),
        RefusalCase(
            .wrongState(bot: "b", state: .windingDown, act: "pause"), "wrong_state", 5,
            "b is Winding Down: \"pause\" does nothing there", "See its state: plutarc bot b."),
        // What it names can be typed as it stands.
        RefusalCase(
            .wrongState(bot: "b 2", state: .stopped, act: "pause"), "wrong_state", 5,
            "b 2 is Stopped: \"pause\" does nothing there",
            "See its state: plutarc bot \"b 2\"."),
        RefusalCase(
            .killSwitchLatched(bot: "b", since: at, name: "eve"), "kill_switch_latched", 3,
            "b is held by its daily loss kill switch since 2023-11-14 22:13:20Z; "
                + "eve may not reset it", "Ask an Owner, Admin or Risk Manager."),
        RefusalCase(
            .reasonRequired(act: "pause", why: .staff), "reason_required", 5,
            "\"pause\" by staff needs a reason", "Give one: add --reason TEXT."),
        RefusalCase(
            .reasonRequired(act: "resume", why: .killSwitch(bot: "b")), "reason_required", 5,
            "b is held by its daily loss kill switch; its reset needs a reason",
            "Give one: plutarc resume b --reason TEXT."),
        RefusalCase(
            .restartCooldown(bot: "b", last: at, until: at + .hours(1)), "restart_cooldown", 5,
            "b was last restarted at 2023-11-14 22:13:20Z; "
                + "available again at 2023-11-14 23:13:20Z",
            "Wait until 2023-11-14 23:13:20Z, or stop and start it: plutarc stop b --close-first, "
                + "then plutarc start b."),
        RefusalCase(
            .closeUnderWay(position: "position-3"), "close_under_way", 5,
            "position-3 is already being closed", "Wait for its fill: plutarc positions."),
    ]

    static let confirmations: [RefusalCase] = [
        RefusalCase(
            .confirmationMissing(.token(bots: 3)), "confirmation_missing", 5,
            "closing on 3 bots needs the token of a preview",
            "Run it with --preview, then with --confirm TOKEN within 30 s."),
        RefusalCase(
            .confirmationMissing(.label(bot: "b")), "confirmation_missing", 5,
            "closing on b needs a confirmation",
            "Add --confirm-label b, or --preview first and then --confirm TOKEN."),
        RefusalCase(
            .confirmationMissing(.takeover(bot: "b", positions: 1)), "confirmation_missing", 5,
            "b holds 1 position: the new exit rules would take over at once",
            "Confirm with --confirm-label b, or --preview first and then --confirm TOKEN."),
        RefusalCase(
            .confirmationMissing(.takeover(bot: "b", positions: 2, when: "once it runs again")),
            "confirmation_missing", 5,
            "b holds 2 positions: the new exit rules would take over once it runs again",
            "Confirm with --confirm-label b, or --preview first and then --confirm TOKEN."),
        RefusalCase(
            .labelMismatch(label: "b", typed: "c"), "label_mismatch", 5,
            "the typed label \"c\" is not \"b\"", "Type the label exactly: b."),
        stale(.unknown, "there is no such token, or it was used"),
        stale(.otherPerson, "it was made by somebody else"),
        stale(.otherAct(previewed: "close"), "it was made for \"close\""),
        stale(.tooOld(age: .seconds(31)), "it is 31s old, 30s is the limit"),
        stale(.tooOld(age: .seconds(-1)), "the clock was set back since it was made"),
        stale(.grew(bots: 1, positions: 2, orders: 0), "the set grew by 1 bot, 2 positions"),
        stale(
            .moved(from: .units(100), to: .units(102)),
            "the notional moved from 100.00 to 102.00, more than 1 %"),
    ]

    static func stale(_ why: Refusal.StalePreview, _ words: String) -> RefusalCase {
        RefusalCase(
            .stalePreview(why), "stale_preview", 5, "the preview is void: \(words)",
            "Look again with --preview and confirm the new token within 30 s.")
    }

    static let settings: [RefusalCase] = [
        RefusalCase(
            .unknownLimit("leverage", known: ["max_leverage", "api_errors_5min"]),
            "unknown_limit", 2, "there is no risk limit \"leverage\"",
            "Known: max_leverage, api_errors_5min."),
        RefusalCase(
            .badValue(name: "max_leverage", value: "x", expected: "a whole number"),
            "bad_value", 2, "max_leverage: \"x\" is not a whole number",
            "Write a whole number."),
        RefusalCase(
            .badNumber(name: "max_leverage", .outOfRange("101"), range: "1 to 100"),
            "out_of_range", 2, "max_leverage: \"101\" is too large", "Write 1 to 100."),
        RefusalCase(
            .template(.isSystem(name: "S")), "template_is_system", 5,
            "S is a system template and cannot be changed",
            "Copy it and change the copy: plutarc template copy \"S\" NAME."),
        RefusalCase(
            .template(.nameTaken(name: "M")), "template_exists", 5,
            "there is a template \"M\" already", "Choose another name."),
        RefusalCase(
            .template(.badName(name: " ")), "bad_template_name", 2,
            "\" \" cannot name a template",
            "Use 1 to 64 ASCII letters, digits, - _ . : / and single spaces inside; "
                + "neither an id (bot-1) nor an option (--all)."),
        RefusalCase(
            .template(.inUse(name: "M", bots: ["a", "b"])), "template_in_use", 5,
            "M runs on 2 bots: a, b",
            "Give those bots another template first: plutarc assign-template a TEMPLATE."),
        RefusalCase(
            .template(
                .tooFine(name: "M", needs: .fifteenMinutes, symbol: "X", has: .hours(1))),
            "template_too_fine", 5, "M decides on candles of 15m, X has candles of 1h00m",
            "Use a template whose timeframe is a multiple of the market's candles."),
        RefusalCase(
            .template(.broken(headline: "m:3: fast: \"x\"", remedy: "Write a number.")),
            "template_broken", 5, "m:3: fast: \"x\"", "Write a number."),
    ]

    static let tickets: [RefusalCase] = [
        RefusalCase(
            .ticket(.closed(ID(3))), "ticket_closed", 5, "ticket-3 is closed",
            "Open it again first: plutarc ticket reopen ticket-3."),
        RefusalCase(
            .ticket(.textMissing(field: "message")), "text_missing", 5, "the message is empty",
            "Write the message; for a message use --message or --file."),
        RefusalCase(
            .ticket(.textTooLong(field: "subject", limit: 120, found: 121, unit: "cells")),
            "text_too_long", 5, "the subject has 121 cells, 120 are allowed",
            "Shorten it, or send the rest in another message."),
        RefusalCase(
            .ticket(.subjectLines), "bad_subject", 5,
            "the subject has more than one line, or control characters",
            "Write one line; the rest belongs in the message."),
    ]

    static let all = access + requests + bots + confirmations + settings + tickets

    @Test(arguments: all) func sentencesAreThese(_ expected: RefusalCase) {
        let refusal = expected.refusal
        #expect(refusal.code == expected.code)
        #expect(refusal.exitStatus == expected.exit)
        #expect(refusal.headline == expected.headline)
        #expect(refusal.remedy == expected.remedy)
        #expect(refusal.headline.last != ".")
        #expect(refusal.remedy.last == ".")
        #expect(refusal.json["code"]?.text == expected.code)
        #expect(refusal.json["message"]?.text == expected.headline)
        #expect(refusal.json["remedy"]?.text == expected.remedy)
    }

    /// A command that is advised can be typed as it stands.
    @Test(arguments: all) func remediesNameTheProgram(_ expected: RefusalCase) {
        let remedy = expected.refusal.remedy
        for verb in Command.verbs {
            for word in [verb, verb.replacing("-", with: " ")] {
                #expect(!remedy.contains(": \(word) "), "\(remedy)")
            }
        }
    }

    @Test(arguments: Refusal.Noun.allCases) func missingThingsHaveACodeEach(
        _ noun: Refusal.Noun
    ) {
        #expect(Refusal.noSuch(noun, "x").code == "no_such_\(noun.rawValue)")
        #expect(Refusal.noSuch(noun, "x").exitStatus == 4)
    }

    @Test func longForeignWordsAreCut() {
        let long = String(repeating: "x", count: 5000)
        #expect(Refusal.noSuch(.bot, long).headline.count < 100)
        #expect(Refusal.labelMismatch(label: "b", typed: long).headline.count < 120)
        let many = (1...40).map { "b\($0)" }
        #expect(
            Refusal.ambiguous(.bot, "b", candidates: many).headline
                .hasSuffix("b12 and 28 more"))
    }
}

/// Commands as JSON: what comes back, what is ignored, what is refused.

import Core
import Store
import Testing

@Suite struct CommandCodingTests {
    @Test func samplesCoverEveryVerb() {
        let verbs = Set(CommandSamples.all.map(\.verb))
        #expect(Command.verbs.count == verbs.count && verbs == Set(Command.verbs))
        #expect(
            verbs == [
                "pause", "resume", "close", "close-all", "close-preview", "close-all-preview",
                "risk-set", "risk-reset", "assign-template", "template-import", "template-copy",
                "template-delete", "ticket-open", "ticket-reply", "ticket-note", "ticket-assign",
                "ticket-priority", "ticket-category", "ticket-resolve", "ticket-close",
                "ticket-reopen", "alert-ack", "risk-preview", "assign-template-preview",
                "deploy", "start", "stop", "stop-preview",
                "restart", "update", "assign-key", "top-up",
                "sessions", "accept-clock", "cancel", "rename",
            ])
    }

    /// What tells how it ended names the bot that it was about.
    @Test(arguments: CommandSamples.all) func whatIsDoneToABotNamesIt(_ command: Command) throws {
        guard !command.isPreview, !command.verb.hasPrefix("ticket-"),
            let bot = command.arguments["bot"]?.text
        else { return }
        #expect(command.subject == bot)
    }

    @Test(arguments: CommandSamples.all) func commandSurvivesTheWire(_ command: Command) throws {
        let text = command.request.description
        #expect(try Command(request: JSON.parse(text)) == command)
        #expect(try Command(verb: command.verb, arguments: command.arguments) == command)
    }

    @Test(arguments: CommandSamples.all) func forgedFieldsAreIgnored(_ command: Command) throws {
        guard case .object(let members) = command.arguments else {
            Issue.record("arguments are no object")
            return
        }
        let forged = ["uid", "role", "actor", "is_staff", "actsForSupport", "session", "at"]
            .map { JSON.Member($0, "owner") }
        let read = try Command(verb: command.verb, arguments: .object(members + forged))
        #expect(read == command)
        #expect(read.arguments == command.arguments)
    }

    @Test func absentAndNullAreTheSame() throws {
        let command = try Command(
            verb: "pause", arguments: ["bots": ["a"], "reason": .null, "all": .null])
        #expect(command == .pause(.named(["a"]), reason: nil))
        let ticket = try Command(
            verb: "ticket-open", arguments: ["subject": "s", "message": "m"])
        #expect(ticket == .ticketOpen(subject: "s", message: "m", .other, .normal, bot: nil))
    }

    @Test(arguments: [
        ("pause", #"{}"#, "bots"),
        ("pause", #"{"bots":[]}"#, "bots"),
        ("pause", #"{"bots":"a"}"#, "bots"),
        ("pause", #"{"bots":["a",1]}"#, "bots"),
        ("pause", #"{"bots":[" "]}"#, "bots"),
        ("pause", #"{"all":"yes"}"#, "all"),
        ("pause", #"{"all":false}"#, "bots"),
        ("close-all", #"{"bots":["a"],"all":true}"#, "bots"),
        ("pause", #"{"all":true,"reason":5}"#, "reason"),
        ("pause", #"{"all":true,"all":true}"#, "all"),
        ("pause", #"[]"#, "args"),
        ("close", #"{}"#, "position"),
        ("close", #"{"position":7}"#, "position"),
        ("close", #"{"position":""}"#, "position"),
        ("close", #"{"position":"p","confirm_token":"t","confirm_label":"l"}"#, "confirm_token"),
        ("close", #"{"position":"p","confirm_token":["t"]}"#, "confirm_token"),
        ("risk-set", #"{"bot":"a"}"#, "values"),
        ("risk-set", #"{"bot":"a","values":{}}"#, "values"),
        ("risk-set", #"{"bot":"a","values":{"max_leverage":3}}"#, "max_leverage"),
        ("risk-set", #"{"bot":"a","values":{"x":"1","x":"2"}}"#, "x"),
        ("ticket-open", #"{"subject":"s"}"#, "message"),
        ("ticket-open", #"{"subject":"s","message":"m","priority":"Urgent"}"#, "priority"),
        ("ticket-category", #"{"ticket":"t","category":"crypto"}"#, "category"),
        ("ticket-priority", #"{"ticket":"t"}"#, "priority"),
        ("ticket-reply", #"{"ticket":"t","message":"m","as_support":1}"#, "as_support"),
        ("ticket-note", #"{"message":"m"}"#, "ticket"),
        ("template-copy", #"{"template":"t"}"#, "name"),
    ])
    func badArgumentsAreRefusedByField(_ verb: String, _ text: String, _ field: String) throws {
        let arguments = try JSON.parse(text)
        let refusal = #expect(throws: Refusal.self) {
            try Command(verb: verb, arguments: arguments)
        }
        guard case .badRequest(let named, _) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(named == field)
        #expect(refusal?.exitStatus == 2)
    }

    @Test func unknownWordsNameTheKnownOnes() {
        let refusal = #expect(throws: Refusal.self) {
            try Command(
                verb: "ticket-priority", arguments: ["ticket": "t", "priority": "asap"])
        }
        #expect(refusal?.headline == "\"priority\": one of low, normal, high, urgent is expected")
    }

    @Test(arguments: ["", "halt", "ticket-", "ticket-burn", "Pause", "close_all"])
    func unknownVerbsAreRefused(_ verb: String) {
        #expect(throws: Refusal.unknownVerb(verb)) {
            try Command(verb: verb, arguments: ["all": true])
        }
    }

    @Test func longNamesAndReasonsAreRefused() throws {
        let name = String(repeating: "n", count: 256)
        _ = try Command(verb: "close", arguments: ["position": .string(name)])
        #expect(throws: Refusal.self) {
            try Command(verb: "close", arguments: ["position": .string(name + "n")])
        }
        let reason = String(repeating: "r", count: 1025)
        #expect(throws: Refusal.self) {
            try Command(verb: "pause", arguments: ["all": true, "reason": .string(reason)])
        }
    }

    @Test func requestWithoutVerbIsRefused() {
        #expect(throws: Refusal.self) { try Command(request: ["args": [:]]) }
        #expect(throws: Refusal.self) { try Command(request: "pause") }
    }
}

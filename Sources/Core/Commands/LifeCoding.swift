/// Commands about the life of a bot as JSON, both ways.
import Store

extension Command {
    var lifeArguments: JSON {
        switch self {
        case .deploy(let request):
            Self.object(
                Self.text("name", request.label), Self.text("region", request.region),
                Self.text("provider", request.provider), Self.text("key", request.key),
                Self.text("template", request.template))
        case .stop(let bot, let positions, let confirmation):
            Self.object(
                Self.text("bot", bot), Self.text("positions", positions.rawValue),
                confirmation?.member)
        case .restart(let bot, let reason):
            Self.object(Self.text("bot", bot), Self.text("reason", reason))
        case .assignKey(let bot, let key): ["bot": .string(bot), "key": .string(key)]
        case .updateInCohorts(let scope, let canaries):
            Self.object(scope.member, Self.text("canaries", String(canaries)))
        case .setSessions(let bot, let text):
            Self.object(Self.text("bot", bot), Self.text("text", text))
        case .topUp(let amount): ["amount": .string(amount)]
        default: ["bot": .string(target)]
        }
    }

    private static func update(_ fields: CommandArguments) throws(Refusal) -> Command {
        guard let text = try fields.optionalName("canaries") else {
            return .update(bot: try fields.name("bot"))
        }
        let canaries: Int
        do throws(NumberError) { canaries = try WholeNumber.parse(text, in: 1...10_000) } catch {
            throw .badRequest(field: "canaries", problem: error.headline)
        }
        return .updateInCohorts(try fields.bots(), canaries: canaries)
    }

    /// Nil for a verb of another kind. - Throws: ``Refusal`` `bad_request`, naming the field.
    static func life(_ verb: String, _ fields: CommandArguments) throws(Refusal) -> Command? {
        switch verb {
        case "deploy":
            .deploy(
                DeployRequest(
                    label: try fields.name("name"), region: try fields.name("region"),
                    provider: try fields.optionalName("provider"),
                    key: try fields.optionalName("key"),
                    template: try fields.optionalName("template")))
        case "start": .start(bot: try fields.name("bot"))
        case Verb.stop:
            .stop(
                bot: try fields.name("bot"), try fields.word("positions", else: .refuse),
                confirmation: try fields.confirmation())
        case "stop-preview": .previewStop(bot: try fields.name("bot"))
        case "restart": .restart(bot: try fields.name("bot"), reason: try fields.reason())
        case Verb.update: try update(fields)
        case "assign-key":
            .assignKey(bot: try fields.name("bot"), key: try fields.name("key"))
        case "sessions":
            .setSessions(bot: try fields.name("bot"), text: try fields.optionalBody("text"))
        case "top-up": .topUp(try fields.name("amount"))
        default: nil
        }
    }
}

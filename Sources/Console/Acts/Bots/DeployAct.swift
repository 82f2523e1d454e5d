/// Deploy, as people meet it.
import Core
import Store

enum DeployAct: BotAct {
    static let key = KeyCommand.deploy
    static let needsBot = false

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("D")], "deploy new..", in: context, needs: .botsDeploy,
            changes: true)
    }

    static let palette: PaletteCommand? = PaletteCommand(
        "deploy", "deploy-bot", "a new bot (asks)", .none, .act(key))

    static let words: CommandSpec? = CommandSpec(
        "deploy", .fleet, "provision a new bot",
        options: [.botName, .region, .provider, .key, .ownTemplate], changes: true,
        details: """
            Usually under a minute, free until it is Online. Without key and template it \
            cannot trade. Its addresses, to whitelist at the exchange, are known at once.
            """,
        examples: [
            CommandExample("plutarc deploy --name btc-03 --region tokyo", "without key"),
            CommandExample(
                "plutarc deploy --name btc-03 --region tokyo --key paper-3 "
                    + "--template 'Trend Follower'", "ready to trade"),
        ])

    /// JSON is the bot as it then is: the one that the engine has made, whatever it and others are
    /// called by now.
    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard let name = call[.botName], let region = call[.region] else {
            throw .usage(
                "\"plutarc deploy\" needs --name and --region",
                remedy: "See the regions: plutarc regions.")
        }
        let request = DeployRequest(
            label: name, region: region, provider: call[.provider], key: call[.key],
            template: call[.ownTemplate])
        return try context.perform(.deploy(request)) { report in
            let id = report.rows.first?.bot
            let fleet = try? context.reader().fleet()
            let bot = fleet.flatMap { board in
                board.rows.first { $0.id == id }.map { $0.json(now: board.now) }
            }
            guard case .object(let members) = bot else { return report.document }
            return .object(
                members + [
                    JSON.Member("command_id", .string(report.command.description)),
                    JSON.Member("outcome", .string(report.outcome.rawValue)),
                ])
        }
    }

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? { nil }

    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        [.open(DeployForm(around))]
    }
}

/// Deploy: a new bot, on an instance of a provider.
import Store

/// A bot that is to be. **Source** <doc:ProductRules#Deployment>.
public struct DeployRequest: Sendable, Equatable {
    public var label: String
    public var region: String
    /// Nil: the region's first.
    public var provider: String?
    public var key: String?
    public var template: String?

    public init(
        label: String, region: String, provider: String? = nil, key: String? = nil,
        template: String? = nil
    ) {
        self.label = label
        self.region = region
        self.provider = provider
        self.key = key
        self.template = template
    }
}

public struct DeployCommand: CommandBody {
    static let verb = "deploy"
    static let permission = Permission.botsDeploy
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let request: DeployRequest

    var arguments: JSON {
        .given(
            .text("name", request.label), .text("region", request.region),
            .text("provider", request.provider), .text("key", request.key),
            .text("template", request.template))
    }
    var target: String { request.label }
    var subject: String? { request.label }
    var patience: Span { ProviderWork.patience }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let world = desk.world
        try desk.recallPasts()
        try desk.checkRegions()
        try LifeRules.label(request.label, taken: world.bots.map(\.record.label))
        let place = try place(in: world.fleet.compute.catalog)
        try desk.checkBalance()
        let number = (world.bots.last?.id.number ?? 0) + 1
        let record = Bot(
            id: ID(number), label: request.label, phase: BotTransitions.birth,
            provider: place.provider, region: place.region, createdAt: world.now)
        let key = try request.key.map { try desk.key(named: $0, for: record, open: []) }
        let template = try request.template.map { try desk.template(named: $0) }
        try desk.check(template, over: key)
        let past = try desk.past(of: template, over: key)
        let unserved = key.flatMap { world.trading.unservedWords(of: $0) }
        return Plan(deeds: [
            Deed(
                target: request.label, after: "deploying in \(place.region)", outcome: .running,
                message: "deploying to \(place.provider) \(place.region)"
                    + (unserved.map { "; \($0)" } ?? "")
            ) { db, row throws(StoreError) in
                try db.save(record)
                row.botID = record.id
                try? world.fleet.add(record, limits: RiskLimits(), template: nil, symbols: [])
                guard let bot = world.machine(record.id) else { return }
                if let key { world.trading.assign(key, to: bot, by: person.name) }
                if let template {
                    world.fleet.change(bot, to: template, by: person.name) { past[$0] }
                }
                world.fleet.deploy(bot, command: row.id, by: person.name)
            }
        ])
    }

    private func place(in catalog: ComputeCatalog) throws(Refusal) -> ComputePlace {
        guard let place = catalog.place(region: request.region, provider: request.provider) else {
            throw .life(
                .noSuchRegion(
                    region: request.region, provider: request.provider,
                    known: catalog.places.map { "\($0.provider) \($0.region)" }))
        }
        return place
    }
}

extension DeployCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            request: DeployRequest(
                label: try fields.name("name"), region: try fields.name("region"),
                provider: try fields.optionalName("provider"),
                key: try fields.optionalName("key"),
                template: try fields.optionalName("template")))
    }
}

extension Command {
    public static func deploy(_ request: DeployRequest) -> Command {
        Command(DeployCommand(request: request))
    }
}

/// What a provider does takes up to two minutes, everything else moments.
enum ProviderWork {
    static let patience = Span.seconds(150)
    /// The canaries, and those who follow.
    static let rolloutPatience = Span.minutes(4)
}

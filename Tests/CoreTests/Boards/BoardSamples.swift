/// One request of every kind, and the databases that they are asked of.

import Store
import TestKit

@testable import Core

enum BoardSamples {
    static let requests: [BoardRequest] = [
        .fleet, .dossier(ID(1)), .dossier(ID(99)), .positions, .events(nil), .events(ID(1)),
        .commands(nil), .commands(ID(2)), .olderEvents(nil, before: ID(3)),
        .olderCommands(ID(2), before: ID(9)), .templates, .tickets, .thread(ID(2)),
        .thread(ID(99)), .audit(before: nil), .audit(before: ID(2)),
        .why(ID(1), symbol: nil, at: nil), .why(ID(1), symbol: "BTC-PERP", at: FleetFixture.now),
        .billing, .deployment, .auditReport,
    ]

    /// The kind of a request: whoever adds one adds a sample above.
    static func kind(_ request: BoardRequest) -> Int {
        switch request {
        case .fleet: 0
        case .dossier: 1
        case .positions: 2
        case .events: 3
        case .commands: 4
        case .olderEvents: 5
        case .olderCommands: 6
        case .templates: 7
        case .tickets: 8
        case .thread: 9
        case .audit: 10
        case .why: 11
        case .billing: 12
        case .deployment: 13
        case .auditReport: 14
        }
    }

    static let kinds = 15

    /// The small fleet with decisions, read by the account that owns it.
    static func small() throws -> BoardReader {
        let database = try FleetFixture.database()
        try FleetFixture.addDecisions(to: database)
        return BoardReader(over: database, owner: FleetFixture.owner)
    }

    /// The fleet of the pictures: instances, a bill, equity.
    static func large() throws -> BoardReader {
        BoardReader(over: try ScreenFleet.database(), owner: ScreenFleet.owner)
    }
}

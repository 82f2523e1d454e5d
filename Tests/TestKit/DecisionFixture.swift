/// Decision records of the small fleet's first bot, byte by byte as they stand on disk.

import Core
import Store

extension FleetFixture {
    /// Closes of the candles that have a record, oldest first; the last is the newest decision.
    public static let decided = [now - .minutes(121), now - .minutes(61), now - .minutes(1)]

    /// Three records of BTC-PERP: score short of the threshold; blocked by the ADX filter and the
    /// distance guard; entered.
    public static func addDecisions(to database: Database) throws(StoreError) {
        try database.write { db throws(StoreError) in
            try addDecisions(db, at: decided, [short, blocked, entered])
        }
    }

    static func addDecisions(
        _ db: Writing, at times: [Instant], _ facts: [[UInt8]] = [short, entered, blocked]
    ) throws(StoreError) {
        let number = try db.number(
            of: DecisionSeries(
                botID: ID(1), symbol: "BTC-PERP", templateName: "Trend Follower",
                templateVersion: 1,
                templateText: SystemTemplates.all.first.map(TemplateFile.print) ?? "",
                limitsVersion: 1))
        for (at, facts) in zip(times, facts) {
            try db.saveDecision(in: number, at: at, close: price("61000"), facts: facts)
        }
    }

    /// Form, warm and in session, Online, armed and reconciled, score 0, stopped by the score;
    /// three silent signals, four checks that pass.
    static let short: [UInt8] = [
        1, 0b0000_0011, 1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0b01_01_01, 4, 0x33, 0x33,
    ]

    /// Score 1 for long; stopped by the fifth component, the ADX filter.
    static let blocked: [UInt8] = [
        1, 0b0000_1011, 1, 6, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 6, 4, 3, 0b10_10_10, 4, 0x03, 0x03,
    ]

    /// Score 1 for long, limits asked, none against it.
    static let entered: [UInt8] = [
        1, 0b0010_1011, 1, 6, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 3, 0b10_10_10, 4, 0x33, 0x33,
    ]
}

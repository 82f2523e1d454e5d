/// Decision records on disk: found by time, kept apart by series, pruned, small.

import Testing

@testable import Store

@Suite struct DecisionRecordStoreTests {
    private let database: Database

    init() throws { database = try databaseWithABot() }

    private func series(
        _ symbol: String = "BTC-PERP", template: String = "text", limits: Int = 0
    ) -> DecisionSeries {
        DecisionSeries(
            botID: ID(1), symbol: symbol, templateName: "mine", templateVersion: 2,
            templateText: template, limitsVersion: limits)
    }

    private func save(_ series: DecisionSeries, _ minutes: Int64..., fact: UInt8 = 7) throws {
        try database.write { db throws(StoreError) in
            let number = try db.number(of: series)
            for count in minutes {
                try db.saveDecision(
                    in: number, at: minute(count), close: Price(raw: 100 + count),
                    facts: [fact, UInt8(count)])
            }
        }
    }

    private func read<Value>(_ body: (Reading) throws(StoreError) -> Value) throws -> Value {
        try database.read { db throws(StoreError) in try body(db) }
    }

    @Test func theNewestNotAfterATimeIsFound() throws {
        try save(series(), 1, 2, 5)
        try save(series(limits: 3), 7)
        try save(series("ETH-PERP"), 6)
        let newest = try read { db throws(StoreError) in try db.decision(of: ID(1)) }
        #expect(
            newest
                == DecisionRecord(
                    series: series(limits: 3), at: minute(7), close: Price(raw: 107),
                    facts: [7, 7]))
        func at(_ count: Int64, _ symbol: String?) throws -> Instant? {
            try read { db throws(StoreError) in
                try db.decision(of: ID(1), symbol: symbol, asOf: minute(count))?.at
            }
        }
        #expect(try at(6, nil) == minute(6))
        #expect(try at(6, "BTC-PERP") == minute(5))
        #expect(try at(4, "BTC-PERP") == minute(2))
        #expect(try at(0, "BTC-PERP") == nil)
        #expect(try at(9, "XRP") == nil)
        let other = try read { db throws(StoreError) in try db.decision(of: ID(2)) }
        #expect(other == nil)
    }

    @Test func neighboursAreFoundAcrossSeries() throws {
        try save(series(), 1, 2)
        try save(series(limits: 1), 4)
        func next(_ count: Int64) throws -> Instant? {
            try read { db throws(StoreError) in
                try db.nextDecision(of: ID(1), symbol: "BTC-PERP", after: minute(count))
            }
        }
        #expect(try next(0) == minute(1))
        #expect(try next(2) == minute(4))
        #expect(try next(4) == nil)
        let range = try read { db throws(StoreError) in
            try db.decisions(of: ID(1), from: minute(2), to: minute(4))
        }
        #expect(range.map(\.at) == [minute(2), minute(4)])
        let symbols = try read { db throws(StoreError) in try db.decisionSymbols(of: ID(1)) }
        #expect(symbols == ["BTC-PERP"])
    }

    @Test func theTemplateIsKeptOnceWordForWord() throws {
        try save(series(), 1)
        try save(series("ETH-PERP"), 1)
        try save(series(template: "other"), 2)
        #expect(try database.connection.number("SELECT count(*) FROM decision_templates") == 2)
        #expect(try database.connection.number("SELECT count(*) FROM decision_series") == 3)
        try save(series(), 3)
        #expect(try database.connection.number("SELECT count(*) FROM decision_series") == 3)
        let newest = try read { db throws(StoreError) in
            try db.decision(of: ID(1), asOf: minute(2))
        }
        #expect(newest?.series.templateText == "other")
    }

    @Test func theSameCandleAgainReplacesItsRecord() throws {
        try save(series(), 1)
        try save(series(), 1, fact: 9)
        let records = try read { db throws(StoreError) in try db.decisions(of: ID(1)) }
        #expect(records.map(\.facts) == [[9, 1]])
    }

    @Test func pruningGoesInStepsAndLeavesTheYoung() throws {
        for limits in 0..<5 { try save(series(limits: limits), 1, 2, 3) }
        var last: DecisionSeriesNumber?
        var steps = 0
        repeat {
            let from = last
            last = try database.write { db throws(StoreError) in
                try db.pruneDecisions(before: minute(3), after: from, count: 2)
            }
            steps += 1
            let left = try database.connection.number("SELECT count(*) FROM decisions")
            #expect(left == max(15 - 4 * steps, 5))
        } while last != nil
        #expect(steps == 3)
        let oldest = try read { db throws(StoreError) in try db.decisions(of: ID(1)) }
        #expect(oldest.allSatisfy { $0.at == minute(3) })
    }

    /// Twenty bytes of facts, as a template of seven components leaves; with keys, page slack of
    /// interleaved series and everything.
    @Test func aRecordCostsAtMostSixtyBytes() throws {
        let count: Int64 = 500
        let facts = [UInt8](repeating: 1, count: 20)
        try database.write { db throws(StoreError) in
            let numbers = try (0..<40).map { limits throws(StoreError) in
                try db.number(of: series(limits: limits))
            }
            for time in 0..<count {
                for number in numbers {
                    try db.saveDecision(
                        in: number, at: minute(15 * time), close: Price(raw: 610_000_000_000_000),
                        facts: facts)
                }
            }
        }
        let pages = try database.connection.number(
            "SELECT sum(pgsize) FROM dbstat WHERE name = 'decisions'")
        let bytes = Double(pages) / Double(40 * count)
        #expect(bytes <= 60, "\(bytes) bytes a record")
        #expect(bytes >= 40, "\(bytes) bytes a record cannot be: was anything written?")
    }
}

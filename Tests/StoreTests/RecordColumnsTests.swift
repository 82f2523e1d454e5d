/// Each record's one list of columns says what its table holds, each in its own property.

import Testing

@testable import Store

@Suite struct RecordColumnsTests {
    private static let records: [any (Stored & Equatable & Sendable).Type] = [
        Activity.self, APIKey.self, AuditEntry.self, BillingAccount.self, Bot.self, BotLink.self,
        CommandRecord.self, Deployment.self, EquityPoint.self, Fill.self, Instance.self,
        InternalNote.self, LastDecision.self, LedgerEntry.self, Mark.self, MarketRecord.self,
        Member.self, Notice.self, Order.self, Position.self, Preview.self,
        RiskLimitsVersion.self, Rollout.self, RolloutBot.self, TemplateVersion.self, Ticket.self,
        TicketMessage.self, Trade.self, VenueAccount.self, VenuePosition.self, Workspace.self,
    ]

    /// Written by hand: what they hold is no record, or only part of one.
    private static let others: Set<String> = [
        "audit_head", "candles", "decision_series", "decision_templates", "decisions",
        "engine_epoch", "instruments", "key_instruments", "sealed_secrets",
    ]

    @Test func everyTableIsOfOneRecord() throws {
        let tables = try Database.memory().connection.lines(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        let ofRecords = Self.records.map { $0.table.name }
        #expect(Set(tables) == Self.others.union(ofRecords))
        #expect(tables.count == Self.others.count + ofRecords.count)
    }

    @Test(arguments: records.indices) func columnsAreThoseOfTheTable(_ record: Int) throws {
        #expect(try Self.schemaProblems(Self.records[record]) == [])
    }

    @Test(arguments: records.indices) func noTwoColumnsChangePlaces(_ record: Int) throws {
        #expect(try Self.swapProblems(Self.records[record]) == [])
    }

    @Test(arguments: records.indices) func aChangeReachesEachColumn(_ record: Int) throws {
        #expect(try Self.changeProblems(Self.records[record]) == [])
    }

    // MARK: what is wrong is found

    @Test func exchangedNamesAreFound() throws {
        #expect(
            try RecordCheck<ExchangedNames>().swapProblems() == [
                "marks.ask is read into another property",
                "marks.bid is read into another property",
            ])
    }

    @Test func aColumnWrittenFromAnotherPropertyIsFound() throws {
        #expect(
            try RecordCheck<ExchangedWriting>().swapProblems() == [
                "marks.ask is written from another property",
                "marks.bid is written from another property",
                "marks: a row comes back changed",
            ])
    }

    @Test func aColumnReadIntoAnotherPropertyIsFound() throws {
        #expect(
            try RecordCheck<ExchangedReading>().swapProblems() == [
                "marks.ask is read into another property",
                "marks.ask is written from another property",
                "marks.bid is read into another property",
                "marks.bid is written from another property",
                "marks: a row comes back changed",
            ])
    }

    @Test func aListThatDiffersFromTheTableIsFound() throws {
        #expect(
            try RecordCheck<OtherColumns>().schemaProblems() == [
                "marks has no at INTEGER NULL", "marks has no bid TEXT NULL",
                "marks has no offer INTEGER NULL", "marks: ask INTEGER NULL is not said",
                "marks: at INTEGER is not said", "marks: bid INTEGER NULL is not said",
                "marks: funding_rate INTEGER NULL is not said",
            ])
    }

    @Test func aChangeThatLeavesAColumnIsFound() throws {
        #expect(
            try RecordCheck<FixedInPart>().changeProblems() == [
                "marks.price is not as the change has it"
            ])
    }

    // MARK: one record of a type

    private static func schemaProblems<Record: Stored & Equatable>(
        _ type: Record.Type
    ) throws -> [String] { try RecordCheck<Record>().schemaProblems() }

    private static func swapProblems<Record: Stored & Equatable>(
        _ type: Record.Type
    ) throws -> [String] { try RecordCheck<Record>().swapProblems() }

    private static func changeProblems<Record: Stored & Equatable>(
        _ type: Record.Type
    ) throws -> [String] { try RecordCheck<Record>().changeProblems() }
}

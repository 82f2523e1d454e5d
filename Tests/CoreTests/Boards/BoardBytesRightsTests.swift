/// What a reader has no right to is not in the bytes of a board either, named or not.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardBytesRightsTests {
    private let database: Database

    init() throws { database = try FleetFixture.database() }

    private func reader(isGuarded: Bool = true) -> BoardReader {
        let staff = Operator(uid: 8, name: "sam", role: .viewer, isStaff: true)
        return BoardReader(
            over: database, owner: FleetFixture.owner, as: .person(staff), isGuarded: isGuarded)
    }

    /// Everything that a reader gets of bots, as bytes.
    private func text(_ reader: BoardReader) throws -> [String] {
        [
            try JSON(of: reader.fleet()).description,
            try JSON(of: reader.dossier(of: ID(1))).description,
            try JSON(of: reader.findBot("trend-1")).description,
            try JSON(of: reader.findBot("bot-1")).description,
            try JSON(of: reader.status(EngineStatus(isRunning: false))).description,
        ]
    }

    private static let secrets = [#""dayStartEquity":"#, #""consecutiveLosses":2"#]

    @Test func staffGetNoResultsOfABotByAnyWay() throws {
        for text in try text(reader()) {
            for secret in Self.secrets { #expect(!text.contains(secret), "\(secret)") }
            #expect(!text.contains(#""limitsVersion":1"#))
        }
    }

    /// The anti-test: with the door open every one of them holds it.
    @Test func withoutTheDoorTheyWouldGetThem() throws {
        for text in try text(reader(isGuarded: false)) {
            for secret in Self.secrets { #expect(text.contains(secret), "\(secret)") }
            #expect(text.contains(#""limitsVersion":1"#))
        }
    }

    @Test func theEndOfAnOutageIsInNobodysBoard() throws {
        let end = FleetFixture.now + .hours(2)
        try database.write { db throws(StoreError) in
            try db.save(
                BotLink(botID: ID(1), running: 1, lostAt: FleetFixture.now, returnsAt: end))
        }
        let owner = BoardReader(over: database, owner: FleetFixture.owner)
        let fleet = try JSON(of: owner.fleet()).description
        #expect(fleet.contains(#""lostAt":"#) && !fleet.contains("\(end.milliseconds)"))
        let dossier = try JSON(of: owner.dossier(of: ID(1))).description
        #expect(dossier.contains(#""lostAt":"#) && !dossier.contains("\(end.milliseconds)"))
    }
}

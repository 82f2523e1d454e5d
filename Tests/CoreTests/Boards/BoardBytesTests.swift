/// Every board goes through bytes and comes back as it was; what is no board is refused.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardBytesTests {
    @Test func everyKindOfRequestIsASample() {
        #expect(Set(BoardSamples.requests.map(BoardSamples.kind)) == Set(0..<BoardSamples.kinds))
    }

    @Test(arguments: BoardSamples.requests)
    func aBoardComesBackAsItWent(_ request: BoardRequest) throws {
        for reader in [try BoardSamples.small(), try BoardSamples.large()] {
            let board = try request.read(reader)
            let back = try Board(bytes: board.bytes())
            #expect(back == board && back.request == request)
            let asked = try JSON.parse(JSON(of: request).description).decoded(BoardRequest.self)
            #expect(asked == request)
        }
    }

    @Test(arguments: BoardSamples.requests)
    func aRefusalComesBackAsItWent(_ request: BoardRequest) throws {
        let database = try FleetFixture.database()
        for visitor in BoardRightsTests.visitors {
            let reader = BoardReader(over: database, owner: FleetFixture.owner, as: visitor)
            let board = try request.read(reader)
            #expect(try Board(bytes: board.bytes()) == board)
        }
    }

    /// A board that is empty says nothing of its rows.
    @Test func theSamplesHaveRows() throws {
        let reader = try BoardSamples.small()
        #expect(try !reader.fleet().rows.isEmpty && !reader.positions().rows.isEmpty)
        #expect(try !reader.events().rows.isEmpty && !reader.commands().rows.isEmpty)
        #expect(try !reader.tickets().rows.isEmpty && !reader.audit().rows.isEmpty)
        #expect(try !reader.templates().rows.isEmpty && !reader.deployment().templates.isEmpty)
        #expect(try reader.why(ID(1)) != nil && reader.dossier(of: ID(1)) != nil)
        #expect(try reader.thread(of: ID(2))?.entries.isEmpty == false)
        #expect(try !reader.orders().rows.isEmpty && !reader.trades().rows.isEmpty)
        #expect(try !reader.analytics().sections.isEmpty && !reader.alerts().rows.isEmpty)
    }

    private func back<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
        try JSON.parse(JSON(of: value).description).decoded(Value.self) == value
    }

    /// What only the command line reads.
    @Test func theOtherBoardsComeBackToo() throws {
        for reader in [try BoardSamples.small(), try BoardSamples.large()] {
            #expect(try back(reader.orders()) && back(reader.trades()))
            #expect(try back(reader.analytics()) && back(reader.analytics(of: ID(1))))
            #expect(try back(reader.alerts()) && back(reader.risk(of: ID(1))))
            let engine = EngineStatus(
                isRunning: true, pid: 7, host: "box", since: FleetFixture.now, epoch: 3,
                build: "1.0.0", lag: .seconds(1), silence: .seconds(9), starting: "loading")
            #expect(try back(reader.status(engine)) && back(reader.deployments(of: ID(1))))
            #expect(try back(reader.rows(sql: "SELECT id, error_text FROM bots")))
            #expect(try back(reader.findBot("bot-1")) && back(reader.findTicket("ticket-9")))
            #expect(try back(reader.progress(of: ID(1))))
        }
    }

    /// Money, prices and instants to their last digit, at the ends of their ranges too.
    @Test func valuesAreExact() throws {
        for raw in [0, 1, -1, 123_456_789_012_345_678, Int64.max, -Int64.max] {
            #expect(try back(Money(raw: raw)) && back(Price(raw: raw)) && back(Rate(raw: raw)))
            #expect(try back(Instant(milliseconds: raw)) && back(Span(milliseconds: raw)))
        }
        #expect(try back(Instant(milliseconds: .min)) && back(ID<Bot>(.max)) && back(ID<Order>(0)))
        #expect(try JSON(of: Money.units(12)) == "12" && JSON(of: ID<Bot>(3)) == "bot-3")
    }

    /// Whatever is put in the place of a text, a number or a flag, it is an error and no trap.
    @Test func anotherValueInAnyPlaceIsRefused() throws {
        for request in BoardSamples.requests {
            let json = try JSON(of: request.read(try BoardSamples.small()))
            for place in stride(from: 0, to: json.leaves, by: max(1, json.leaves / 60)) {
                var count = place
                let wrong = json.replacing(&count, with: ["no": []])
                #expect(throws: JSONCodingError.self, "\(request), leaf \(place)") {
                    try wrong.decoded(Board.self)
                }
            }
        }
    }

    @Test func bytesThatAreNoBoardAreRefused() throws {
        for text in ["", "{}", "[]", "null", #"{"fleet":{}}"#, #"{"fleet":"#, #"{"x":{"_0":1}}"#] {
            #expect(throws: JSONCodingError.self, "\(text)") { try Board(bytes: Array(text.utf8)) }
        }
        // An hour is looked up by its place.
        let cells = try JSON(of: BoardSamples.small().analytics().sections[0].heatmap)
        #expect(try cells.decoded(TradeHeatmap.self).cells.count == 168)
        let fewer: JSON = ["cells": .array(cells["cells"]?.elements?.dropLast() ?? [])]
        #expect(throws: JSONCodingError.self) { try fewer.decoded(TradeHeatmap.self) }
    }
}

extension JSON {
    /// Texts, numbers and flags in it.
    fileprivate var leaves: Int {
        switch self {
        case .null: 0
        case .bool, .number, .string: 1
        case .array(let elements): elements.reduce(0) { $0 + $1.leaves }
        case .object(let members): members.reduce(0) { $0 + $1.value.leaves }
        }
    }

    /// The same with another value in the place of one leaf.
    fileprivate func replacing(_ count: inout Int, with other: JSON) -> JSON {
        switch self {
        case .null: return self
        case .bool, .number, .string:
            count -= 1
            return count == -1 ? other : self
        case .array(let elements): return .array(elements.map { $0.replacing(&count, with: other) })
        case .object(let members):
            return .object(
                members.map { Member($0.key, $0.value.replacing(&count, with: other)) })
        }
    }
}

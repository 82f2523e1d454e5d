/// Every request for every role, for staff and for a stranger: the right is that of its board.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardRequestTests {
    private let database: Database

    init() throws { database = try FleetFixture.database() }

    private func refusal(
        _ request: BoardRequest, _ visitor: BoardReader.Visitor, isGuarded: Bool
    ) throws -> Refusal? {
        let reader = BoardReader(
            over: database, owner: FleetFixture.owner, as: visitor, isGuarded: isGuarded)
        guard case .refused(let asked, let refusal) = try request.read(reader) else { return nil }
        #expect(asked == request)
        return refusal
    }

    private func cells(_ request: BoardRequest, isGuarded: Bool = true) throws -> String {
        try BoardRightsTests.visitors.map { visitor in
            try refusal(request, visitor, isGuarded: isGuarded) == nil ? "●" : "-"
        }.joined(separator: " ")
    }

    private func row(_ request: BoardRequest) throws -> String {
        try #require(readingTable.first { $0.0 == request.board }).1
    }

    @Test(arguments: BoardSamples.requests)
    func aRequestTakesTheRightOfItsBoard(_ request: BoardRequest) throws {
        #expect(try cells(request) == row(request))
    }

    /// The anti-test: with the door open everybody whom the home knows reads everything.
    @Test(arguments: BoardSamples.requests)
    func withoutTheDoorItIsRead(_ request: BoardRequest) throws {
        #expect(try cells(request, isGuarded: false) == "● ● ● ● ● ● -")
    }

    @Test(arguments: BoardSamples.requests)
    func aRefusalNamesTheBoard(_ request: BoardRequest) throws {
        for visitor in BoardRightsTests.visitors {
            guard let refusal = try refusal(request, visitor, isGuarded: true) else { continue }
            if case .notPermitted(_, _, _, let act) = refusal {
                #expect(act == request.board.rawValue)
            } else {
                #expect(refusal == .notAMember(uid: 4343))
            }
        }
    }
}

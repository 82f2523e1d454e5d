/// The file that lists the staff of a home, and what it does to who may do what.

import Store
import Testing

@testable import Core

@Suite struct StaffFileTests {
    private static func accounts(_ text: String) throws(FileError) -> [StaffAccount] {
        try list(text).accounts
    }

    private static func list(_ text: String) throws(FileError) -> StaffList {
        try StaffFile.parse(text, file: "staff") { ["st1": 7, "st2": 8, "ada": 1000][$0] }
    }

    private func code(_ office: LifeOffice, _ uid: Int64) throws -> String? {
        let label = try #require(office.desk.world.bots.first).record.label
        return try office.ask(.pause(.named([label]), reason: "why"), from: uid).refusal?.code
    }

    @Test func oneNameALineAndComments() throws {
        let text = "# support\nst1\n\n  st2   # nights\nst1\n"
        #expect(
            try Self.accounts(text) == [
                StaffAccount(uid: 7, name: "st1", line: 2),
                StaffAccount(uid: 8, name: "st2", line: 4),
            ])
        #expect(throws: FileError.self) { try Self.accounts("st1 st2") }
        #expect {
            try Self.accounts("st1\nst2 st1\n")
        } throws: { ($0 as? FileError)?.line == 2 }
    }

    /// What `userdel` leaves behind takes nobody else's rights.
    @Test func aNameThatTheSystemDoesNotKnowIsNobody() throws {
        let list = try Self.list("st1\nnobody-here\nnobody-here\nst2\n")
        #expect(list.accounts.map(\.name) == ["st1", "st2"])
        #expect(list.unknown == ["nobody-here"])
    }

    @Test func whoIsListedIsStaffAndWhoIsNoLongerIsNobody() throws {
        let office = try LifeOffice()
        #expect(try code(office, 7) == "not_a_member")
        try office.desk.listStaff(Self.accounts("st1\nst2"), file: "staff")
        #expect(try code(office, 7) == nil)
        #expect(try code(office, 8) == nil)
        // The owner acts for support only where nobody is listed.
        #expect(
            try office.ask(.ticketAssign("ticket-1", assignee: nil)).refusal?.code
                == "support_only")
        try office.restart()
        #expect(try code(office, 8) == nil)
        try office.desk.listStaff(Self.accounts("st2"), file: "staff")
        #expect(try code(office, 7) == "not_a_member")
        #expect(try code(office, 8) == nil)
        let rows = try office.database.read { db throws(StoreError) in
            try db.audit(limit: 1000).filter { $0.verb == "staff-list" }
        }
        #expect(rows.map(\.after) == ["st2", "st1, st2"])
        #expect(rows.map(\.before) == ["st1, st2", "none"])
        #expect(try BoardReader(over: office.database, owner: (1000, "ada")).verifyAudit()
            .fault == nil)
    }

    @Test func theSameListChangesNothing() throws {
        let office = try LifeOffice()
        try office.desk.listStaff(Self.accounts("st1"), file: "staff")
        let before = office.desk.auditHead
        try office.desk.listStaff(Self.accounts("st1"), file: "staff")
        #expect(office.desk.auditHead == before)
    }

    @Test func membersAndTheOwnerAreNoStaff() throws {
        let office = try LifeOffice()
        #expect {
            try office.desk.listStaff(Self.accounts("st1\nada"), file: "staff")
        } throws: { ($0 as? FileError)?.line == 2 }
        #expect(try code(office, 7) == "not_a_member")
    }
}

extension Desk {
    fileprivate func listStaff(_ accounts: [StaffAccount], file: String) throws {
        let members = try database.read { db throws(StoreError) in try db.members() }
        try checkStaff(accounts, members, file: file)
        try replaceStaff(accounts, members)
    }
}

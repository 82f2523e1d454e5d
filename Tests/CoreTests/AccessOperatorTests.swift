/// From uid to person: members, staff, the home's owner, strangers.

import Core
import Store
import Testing

@Suite struct AccessOperatorTests {
    static let epoch = Instant(milliseconds: 0)
    static func member(
        _ uid: Int64, _ name: String, _ role: WorkspaceRole, isStaff: Bool = false
    ) -> Member {
        Member(uid: uid, name: name, role: role, isStaff: isStaff, joinedAt: epoch)
    }

    @Test func ownerOfAnEmptyHomeActsForSupport() throws {
        let operators = Operators(members: [], owner: (1000, "ada"))
        let ada = try operators.resolve(uid: 1000, session: "pts/3")
        #expect(ada == Operator(
            uid: 1000, name: "ada", role: .owner, actsForSupport: true, session: "pts/3"))
        #expect(ada.roleWord == "owner")
        #expect(operators.supportNames == ["ada"])
    }

    @Test func strangersAreRefused() {
        let operators = Operators(members: [], owner: (1000, "ada"))
        for uid in [Int64(0), 1001, -1] {
            #expect(throws: Refusal.notAMember(uid: uid)) {
                try operators.resolve(uid: uid, session: "")
            }
        }
    }

    @Test func membersRowGoesBeforeTheOwnership() throws {
        let operators = Operators(
            members: [Self.member(1000, "ada", .viewer)], owner: (1000, "ada"))
        let ada = try operators.resolve(uid: 1000, session: "")
        #expect(ada.role == .viewer)
        #expect(!ada.actsForSupport)
    }

    @Test func listedStaffTakeSupportFromTheOwner() throws {
        let operators = Operators(
            members: [
                Self.member(1001, "bob", .riskManager),
                Self.member(7, "st1", .viewer, isStaff: true),
                Self.member(6, "al", .viewer, isStaff: true),
            ], owner: (1000, "ada"))
        #expect(operators.listsStaff)
        #expect(try !operators.resolve(uid: 1000, session: "").actsForSupport)
        #expect(try operators.resolve(uid: 1001, session: "").roleTitle == "Risk Manager")
        let staff = try operators.resolve(uid: 7, session: "")
        #expect(staff.actsForSupport)
        #expect(staff.roleWord == "staff")
        #expect(operators.supportNames == ["al", "st1"])
    }

    @Test func adminsNeverActForSupport() throws {
        let operators = Operators(
            members: [Self.member(1001, "bob", .admin)], owner: (1000, "ada"))
        #expect(try !operators.resolve(uid: 1001, session: "").actsForSupport)
        #expect(try operators.resolve(uid: 1000, session: "").actsForSupport)
    }
}

/// From the uid that the kernel names to the person who asks.

import Store

/// The members of a home, with the account that owns its directory.
public struct Operators: Sendable {
    private var members: [Member]
    private let owner: (uid: Int64, name: String)

    /// - Parameter owner: the Unix account that owns the home; Owner where no member row names it.
    public init(members: [Member], owner: (uid: Int64, name: String)) {
        self.members = members
        self.owner = owner
    }

    mutating func replace(members: [Member]) { self.members = members }

    /// At least one account is listed as staff; else the owner also acts for support.
    /// **Source** <doc:ProductRules#Staff>.
    public var listsStaff: Bool { members.contains(where: \.isStaff) }

    /// Names to whom a ticket can be assigned, sorted.
    public var supportNames: [String] {
        let staff = members.filter(\.isStaff).map(\.name)
        guard staff.isEmpty else { return staff.sorted() }
        let owners = members.filter { $0.role == .owner }.map(\.name)
        let listed = members.contains { $0.uid == owner.uid }
        return (listed ? owners : owners + [owner.name]).sorted()
    }

    /// - Parameter session: terminal or process, for the audit row.
    /// - Throws: ``Refusal/notAMember(uid:)``.
    public func resolve(uid: Int64, session: String) throws(Refusal) -> Operator {
        if let member = members.first(where: { $0.uid == uid }) {
            return person(
                member.uid, member.name, member.role, isStaff: member.isStaff, session)
        }
        guard uid == owner.uid else { throw .notAMember(uid: uid) }
        return person(owner.uid, owner.name, .owner, isStaff: false, session)
    }

    private func person(
        _ uid: Int64, _ name: String, _ role: WorkspaceRole, isStaff: Bool, _ session: String
    ) -> Operator {
        Operator(
            uid: uid, name: name, role: role, isStaff: isStaff,
            actsForSupport: isStaff || (role == .owner && !listsStaff), session: session)
    }
}

/// Who stands at the door: a person as the kernel and the members table name them.

import Store

/// Made by ``Operators/resolve(uid:session:)`` only from the peer's uid, never from what it sends.
public struct Operator: Sendable, Equatable {
    public var uid: Int64
    public var name: String
    /// Without meaning while `isStaff`.
    public var role: WorkspaceRole
    /// Plutarc staff: a principal of its own, with no role. **Source** <doc:ProductRules#Staff>.
    public var isStaff: Bool
    /// No member: known by number only, and may do nothing.
    var isStranger = false
    /// Staff, or the owner of a home that lists no staff.
    public var actsForSupport: Bool
    /// Terminal or process from which the request came, for the audit.
    public var session: String

    public init(
        uid: Int64, name: String, role: WorkspaceRole, isStaff: Bool = false,
        actsForSupport: Bool? = nil, session: String = ""
    ) {
        self.uid = uid
        self.name = name
        self.role = role
        self.isStaff = isStaff
        self.actsForSupport = actsForSupport ?? isStaff
        self.session = session
    }

    /// `owner` … `viewer`, `staff` or `stranger`: what command and audit rows record.
    public var roleWord: String {
        if isStranger { return "stranger" }
        return isStaff ? "staff" : role.rawValue
    }
    /// `Risk Manager`, `Plutarc staff`.
    public var roleTitle: String { isStaff ? "Plutarc staff" : role.title }
}

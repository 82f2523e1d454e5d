/// The members of a workspace: Unix accounts that may speak with its engine, each with a role.

/// **Source** <doc:ProductRules#Roles-and-permissions>.
public enum WorkspaceRole: String, Sendable, CaseIterable, Codable {
    case owner, admin
    case riskManager = "risk_manager"
    case trader, viewer

    /// `manager` and `quant` are accepted where a role is typed.
    public init?(typed text: String) {
        switch text {
        case "manager": self = .riskManager
        case "quant": self = .trader
        default: self.init(rawValue: text)
        }
    }

    /// `Risk Manager`.
    public var title: String {
        switch self {
        case .owner: "Owner"
        case .admin: "Admin"
        case .riskManager: "Risk Manager"
        case .trader: "Trader"
        case .viewer: "Viewer"
        }
    }
}

/// A Unix account with a role in this workspace.
public struct Member: Sendable, Equatable, Identified {
    public static let idPrefix = "member"
    /// 0 until it is written.
    public var id: ID<Member>
    public var uid: Int64
    public var name: String
    public var role: WorkspaceRole
    /// Listed as support staff of this home.
    public var isStaff: Bool
    public var joinedAt: Instant

    public init(
        id: ID<Member> = ID(0), uid: Int64, name: String, role: WorkspaceRole,
        isStaff: Bool = false, joinedAt: Instant
    ) {
        self.id = id
        self.uid = uid
        self.name = name
        self.role = role
        self.isStaff = isStaff
        self.joinedAt = joinedAt
    }
}

/// The thirty-four permissions and the one table that says which role holds which.

import Store

/// What a member may do, in the order of ``table``.
/// **Source** <doc:ProductRules#Roles-and-permissions>.
public enum Permission: String, Sendable, CaseIterable, Codable {
    case orgView = "org.view"
    case orgUpdate = "org.update"
    case orgDelete = "org.delete"
    case orgTransfer = "org.transfer"
    case membersView = "members.view"
    case membersInvite = "members.invite"
    case membersRemove = "members.remove"
    case membersSetRole = "members.set_role"
    case auditView = "audit.view"
    case auditExport = "audit.export"
    case botsView = "bots.view"
    case botsDeploy = "bots.deploy"
    case botsStop = "bots.stop"
    /// Resuming too, save for a latched kill switch, which needs ``riskEdit``.
    case botsPause = "bots.pause"
    case botsRestart = "bots.restart"
    case botsUpdate = "bots.update"
    case botsConfigure = "bots.configure"
    case botsAssignKey = "bots.assign_key"
    case botsAssignTemplate = "bots.assign_template"
    case positionsView = "positions.view"
    case positionsCloseOne = "positions.close_one"
    case positionsCloseAll = "positions.close_all"
    case riskView = "risk.view"
    /// The reset of a latched kill switch too.
    case riskEdit = "risk.edit"
    case keysView = "keys.view"
    case keysManage = "keys.manage"
    case keysDelete = "keys.delete"
    case templatesView = "templates.view"
    case templatesEdit = "templates.edit"
    case analyticsView = "analytics.view"
    case analyticsExport = "analytics.export"
    case billingView = "billing.view"
    case billingManage = "billing.manage"
    case ticketsWrite = "tickets.write"
}

extension Permission {
    /// 1 for the first row of the table ... 34 for the last.
    public var number: Int { (Self.table.firstIndex { $0.permission == self } ?? 0) + 1 }

    /// Roles that hold it, from owner to viewer.
    public var holders: [WorkspaceRole] {
        WorkspaceRole.allCases.filter { Self.held(by: $0).contains(self) }
    }

    /// What a role holds; fixed, nobody can change it.
    public static func held(by role: WorkspaceRole) -> Set<Permission> { byRole[role] ?? [] }

    /// One row of the table; columns: owner, admin, risk manager, trader, viewer.
    struct Row: Sendable {
        var permission: Permission
        var cells: String
        init(_ permission: Permission, _ cells: String) {
            self.permission = permission
            self.cells = cells
        }
    }

    static let table: [Row] = [
        Row(.orgView, "● ● ● ● ●"),
        Row(.orgUpdate, "● ● - - -"),
        Row(.orgDelete, "● - - - -"),
        Row(.orgTransfer, "● - - - -"),
        Row(.membersView, "● ● ● ● ●"),
        Row(.membersInvite, "● ● - - -"),
        Row(.membersRemove, "● ● - - -"),
        Row(.membersSetRole, "● ● - - -"),
        Row(.auditView, "● ● ● - -"),
        Row(.auditExport, "● ● - - -"),
        Row(.botsView, "● ● ● ● ●"),
        Row(.botsDeploy, "● ● - ● -"),
        Row(.botsStop, "● ● ● ● -"),
        Row(.botsPause, "● ● ● ● -"),
        Row(.botsRestart, "● ● - - -"),
        Row(.botsUpdate, "● ● - ● -"),
        Row(.botsConfigure, "● ● - ● -"),
        Row(.botsAssignKey, "● ● - ● -"),
        Row(.botsAssignTemplate, "● ● - ● -"),
        Row(.positionsView, "● ● ● ● ●"),
        Row(.positionsCloseOne, "● ● ● - -"),
        Row(.positionsCloseAll, "● ● ● - -"),
        Row(.riskView, "● ● ● ● ●"),
        Row(.riskEdit, "● ● ● - -"),
        Row(.keysView, "● ● ● ● -"),
        Row(.keysManage, "● ● - ● -"),
        Row(.keysDelete, "● ● - - -"),
        Row(.templatesView, "● ● ● ● ●"),
        Row(.templatesEdit, "● ● - ● -"),
        Row(.analyticsView, "● ● ● ● ●"),
        Row(.analyticsExport, "● ● ● ● -"),
        Row(.billingView, "● ● - - -"),
        Row(.billingManage, "● - - - -"),
        Row(.ticketsWrite, "● ● ● ● -"),
    ]

    private static let byRole: [WorkspaceRole: Set<Permission>] = {
        var held: [WorkspaceRole: Set<Permission>] = [:]
        for row in table {
            for (role, cell) in zip(WorkspaceRole.allCases, row.cells.split(separator: " "))
            where cell == "●" {
                held[role, default: []].insert(row.permission)
            }
        }
        return held
    }()
}

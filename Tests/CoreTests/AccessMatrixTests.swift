/// All cells of the permission table, against the product's own words.

import Core
import Foundation
import Store
import Testing

/// <doc:ProductRules#Roles-and-permissions>, word for word.
private let product = """
    | 1 | org.view | ● | ● | ● | ● | ● |
    | 2 | org.update | ● | ● | | | |
    | 3 | org.delete | ● | | | | |
    | 4 | org.transfer | ● | | | | |
    | 5 | members.view | ● | ● | ● | ● | ● |
    | 6 | members.invite | ● | ● | | | |
    | 7 | members.remove | ● | ● | | | |
    | 8 | members.set_role | ● | ● | | | |
    | 9 | audit.view | ● | ● | ● | | |
    | 10 | audit.export | ● | ● | | | |
    | 11 | bots.view | ● | ● | ● | ● | ● |
    | 12 | bots.deploy | ● | ● | | ● | |
    | 13 | bots.stop | ● | ● | ● | ● | |
    | 14 | bots.pause (and resume) | ● | ● | ● | ● | |
    | 15 | bots.restart **[bots]** | ● | ● | | | |
    | 16 | bots.update | ● | ● | | ● | |
    | 17 | bots.configure (label, sessions) | ● | ● | | ● | |
    | 18 | bots.assign_key | ● | ● | | ● | |
    | 19 | bots.assign_template | ● | ● | | ● | |
    | 20 | positions.view | ● | ● | ● | ● | ● |
    | 21 | positions.close_one **[bots]** | ● | ● | ● | | |
    | 22 | positions.close_all **[bots]** | ● | ● | ● | | |
    | 23 | risk.view | ● | ● | ● | ● | ● |
    | 24 | risk.edit (and kill-switch reset) | ● | ● | ● | | |
    | 25 | keys.view (masked) | ● | ● | ● | ● | |
    | 26 | keys.manage (add, edit, activate) | ● | ● | | ● | |
    | 27 | keys.delete | ● | ● | | | |
    | 28 | templates.view | ● | ● | ● | ● | ● |
    | 29 | templates.edit | ● | ● | | ● | |
    | 30 | analytics.view (with trades) | ● | ● | ● | ● | ● |
    | 31 | analytics.export | ● | ● | ● | ● | |
    | 32 | billing.view | ● | ● | | | |
    | 33 | billing.manage | ● | | | | |
    | 34 | tickets.write (open, reply) | ● | ● | ● | ● | |
    """

/// One cell of the table.
struct AccessCell: Sendable, CustomTestStringConvertible {
    var permission: String
    var role: WorkspaceRole
    var isHeld: Bool
    var testDescription: String { "\(permission) for \(role.rawValue)" }
}

/// Rows of a Markdown table `| 1 | org.view | ● | ● | ● | ● | ● |`.
private func rows(of table: some StringProtocol) -> [(permission: String, cells: [AccessCell])] {
    table.split(separator: "\n").map { line in
        let columns = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let name = String(columns[1].split(separator: " ")[0])
        let cells = zip(WorkspaceRole.allCases, columns[2...]).map { role, mark in
            AccessCell(permission: name, role: role, isHeld: mark == "●")
        }
        return (name, cells)
    }
}

private func person(_ role: WorkspaceRole) -> Operator {
    Operator(uid: 1000, name: "ada", role: role)
}

@Suite struct AccessMatrixTests {
    static let cells = rows(of: product).flatMap(\.cells)

    @Test func thereAreThirtyFourPermissionsInOrder() {
        #expect(Permission.allCases.map(\.rawValue) == rows(of: product).map(\.permission))
        #expect(Permission.allCases.map(\.number) == Array(1...34))
        #expect(Self.cells.count == 34 * 5)
    }

    @Test(arguments: cells) func cellEqualsTheTable(_ cell: AccessCell) throws {
        let permission = try #require(Permission(rawValue: cell.permission))
        let asker = person(cell.role)
        #expect(Gate.allows(permission, for: asker) == cell.isHeld)
        #expect(permission.holders.contains(cell.role) == cell.isHeld)
        if cell.isHeld {
            try Gate.check(permission, for: asker)
        } else {
            let refusal = #expect(throws: Refusal.self) {
                try Gate.check(permission, for: asker)
            }
            #expect(refusal?.code == "not_permitted")
            #expect(refusal?.exitStatus == 3)
        }
    }

    @Test(arguments: zip(WorkspaceRole.allCases, [34, 31, 16, 19, 7]))
    func rolesHoldAsManyAsTheTableCounts(_ role: WorkspaceRole, _ count: Int) {
        #expect(Permission.held(by: role).count == count)
    }

    @Test(arguments: Permission.allCases, WorkspaceRole.allCases)
    func staffHoldFourWhateverRoleTheirRowNames(
        _ permission: Permission, _ role: WorkspaceRole
    ) {
        let staff = Operator(uid: 7, name: "st1", role: role, isStaff: true)
        let expected = [Permission.botsView, .botsPause, .botsRestart, .ticketsWrite]
            .contains(permission)
        #expect(Gate.allows(permission, for: staff) == expected)
    }

    @Test func tradersCloseNothing() {
        #expect(!Gate.allows(.positionsCloseOne, for: person(.trader)))
        #expect(!Gate.allows(.positionsCloseAll, for: person(.trader)))
    }

    /// Catches a product page that moved on; the literal above is what a plain clone tests.
    @Test(.enabled(if: sharedProduct != nil, "PRODUCT.md is not here"))
    func theLiteralAboveIsTheProductPage() throws {
        let page = try #require(sharedProduct)
        let lines = page.split(separator: "\n").filter { line in
            line.hasPrefix("| ") && (line.contains("●")) && line.split(separator: "|").count >= 7
        }
        let found = rows(of: lines.joined(separator: "\n"))
        #expect(found.map(\.permission) == Permission.allCases.map(\.rawValue))
        #expect(found.flatMap(\.cells).map(\.isHeld) == Self.cells.map(\.isHeld))
    }
}

private let sharedProduct: String? = {
    let environment = ProcessInfo.processInfo.environment["PLUTARC_SHARED"]
    let beside = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared").standardized.path
    return try? String(contentsOfFile: "\(environment ?? beside)/PRODUCT.md", encoding: .utf8)
}()

/// The staff of a home become those of its file, with a row in the audit for every change.
import Store

extension Desk {
    /// - Throws: ``FileError`` for an account that is the owner's or a member's: staff is a
    ///   principal of its own, not a role.
    func checkStaff(
        _ accounts: [StaffAccount], _ members: [Member], file: String
    ) throws(FileError) {
        for account in accounts {
            let isMember = members.contains { $0.uid == account.uid && !$0.isStaff }
            guard account.uid != ownerUID, !isMember else {
                throw FileError(
                    file: file, line: account.line,
                    problem: "\(account.name) is a member of this workspace",
                    remedy: "List an account of its own for support.")
            }
        }
    }

    /// Who is no longer listed has no rights left. Nothing happens where nothing differs.
    func replaceStaff(
        _ accounts: [StaffAccount], _ members: [Member]
    ) throws(StoreError) {
        let before = members.filter(\.isStaff)
        let gone = before.filter { old in !accounts.contains { $0.uid == old.uid } }
        let fresh = accounts.filter { new in !before.contains { $0.uid == new.uid } }
        guard !gone.isEmpty || !fresh.isEmpty else { return }
        let after = try written { db throws(StoreError) in
            for member in gone { try db.delete(member.id) }
            for account in fresh {
                try db.insert(
                    Member(
                        uid: account.uid, name: account.name, role: .viewer, isStaff: true,
                        joinedAt: self.world.now))
            }
            try self.chain(
                AuditEntry(
                    at: self.world.now, wallAt: self.wall, actor: "engine",
                    uid: self.ownerUID ?? 0, role: "owner", workspace: self.workspace.name,
                    verb: "staff-list", target: "staff", before: Self.names(before.map(\.name)),
                    after: Self.names(accounts.map(\.name)), outcome: "done"), db)
            return try db.members()
        }
        operators.replace(members: after)
    }

    private static func names(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
    }
}

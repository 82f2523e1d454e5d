/// What a Unix account is to a home, as the socket must know it before anybody has said a word.

import Store

/// Made from the account that owns the home and its members; made anew when membership changes.
public struct Admission: Sendable {
    /// What decides how many connections an account has at the socket.
    public enum Standing: Sendable, CaseIterable {
        case stranger
        /// A member without a right to close positions, or support staff.
        case member
        /// The owner, and whoever may close positions.
        case closer
    }

    private let operators: Operators

    public init(_ operators: Operators) { self.operators = operators }

    /// Knows the home's owner alone.
    public init(ownerOf home: Home) {
        self.init(Operators(members: [], owner: (Int64(home.owner), "owner")))
    }

    /// As the last commit and the home's staff list say, before the database has been looked over
    /// and any world is loaded. What cannot be read names nobody here; whoever opens it says what
    /// is wrong with it.
    public static func early(in home: Home) -> Admission {
        var members = Database.earlyMembers(at: home.path(of: .database)) ?? []
        if let staff = Self.staff(of: home) {
            members.removeAll(where: \.isStaff)
            members += staff.map {
                Member(
                    uid: $0.uid, name: $0.name, role: .viewer, isStaff: true,
                    joinedAt: Instant(milliseconds: 0))
            }
        }
        return Admission(Operators(members: members, owner: (Int64(home.owner), "owner")))
    }

    /// Nil where there is no list; nobody where it cannot be taken.
    private static func staff(of home: Home) -> [StaffAccount]? {
        do throws(FileError) { return try StaffFile.read(home: home.path)?.accounts } catch {
            return []
        }
    }

    public func standing(of uid: UInt32) -> Standing {
        guard let person = person(uid) else { return .stranger }
        let mayClose =
            Gate.allows(.positionsCloseOne, for: person)
            || Gate.allows(.positionsCloseAll, for: person)
        return mayClose ? .closer : .member
    }

    /// Whether an account holds a permission; a stranger holds none.
    public func holds(_ permission: Permission, _ uid: UInt32) -> Bool {
        person(uid).map { Gate.allows(permission, for: $0) } ?? false
    }

    private func person(_ uid: UInt32) -> Operator? {
        try? operators.resolve(uid: Int64(uid), session: "")
    }
}

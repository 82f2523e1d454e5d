/// What it takes to read a board, and the one place that says whether a person has it.

import Store

/// The right that a board names.
public enum ReadingRight: Sendable, Equatable {
    case permission(Permission)
    /// Of members by their role; of staff, who answer them, without one.
    case tickets
    /// Whoever the home knows.
    case known
    /// The Unix account that owns the home, whatever its role.
    case homeOwner

    /// - Parameters:
    ///   - act: what the person asked for, in the words of the refusal.
    ///   - owner: the account that owns the home.
    /// - Throws: ``Refusal`` for a person without the right.
    func check(for person: Operator, act: String, owner: Int64) throws(Refusal) {
        switch self {
        case .known: return
        case .permission(let permission): try Gate.check(permission, for: person, act: act)
        case .tickets where person.isStaff: return
        case .tickets: try Gate.check(.orgView, for: person, act: act)
        case .homeOwner:
            guard person.uid == owner else {
                throw .notTheHomesAccount(name: person.name, act: act)
            }
        }
    }
}

/// What a person may see of a board whose parts need rights of their own.
struct ReaderRights {
    let person: Operator
    #if DEBUG
        /// Off only in tests that show that the parts are guarded.
        private var isGuarded = true
    #else
        private var isGuarded: Bool { true }
    #endif

    init(person: Operator, isGuarded: Bool = true) {
        self.person = person
        #if DEBUG
            self.isGuarded = isGuarded
        #endif
    }

    func shows(_ permission: Permission) -> Bool {
        !isGuarded || Gate.allows(permission, for: person)
    }

    /// Internal notes are for support alone.
    var showsNotes: Bool { !isGuarded || person.actsForSupport }

    var showsTickets: Bool { shows(.orgView) || person.isStaff }

    /// Those of these permissions whose parts are left out.
    func withheld(_ permissions: Permission...) -> [Permission] {
        permissions.filter { !shows($0) }
    }
}

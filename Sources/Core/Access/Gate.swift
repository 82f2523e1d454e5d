/// May this person do this? The only place that answers.

import Store

/// Checks a person's rights; called when a command is accepted and again when it begins.
public enum Gate {
    /// Whether the person holds a permission.
    public static func allows(_ permission: Permission, for person: Operator) -> Bool {
        let held = person.isStaff ? Permission.staff : Permission.held(by: person.role)
        return held.contains(permission)
    }

    /// - Throws: ``Refusal/notPermitted(name:role:permission:act:)``.
    public static func check(
        _ permission: Permission, for person: Operator, act: String? = nil
    ) throws(Refusal) {
        guard allows(permission, for: person) else {
            throw .notPermitted(
                name: person.name, role: person.roleTitle, permission: permission,
                act: act ?? permission.rawValue)
        }
    }

    /// Everything that can be decided before the bots, positions and tickets are known.
    /// - Throws: ``Refusal`` for a missing right, or a reason that staff did not give.
    public static func check(_ command: Command, for person: Operator) throws(Refusal) {
        // No role that could be asked for opens what is for support alone.
        if command.isForSupport, !person.actsForSupport {
            throw .supportOnly(name: person.name, act: command.verb)
        }
        try check(command.permission, for: person, act: command.verb)
        if person.isStaff, !command.isOpenToStaff {
            throw .notForStaff(name: person.name, act: command.verb)
        }
        if person.isStaff, command.needsReasonFromStaff, !command.hasReason {
            throw .reasonRequired(act: command.verb, why: .staff)
        }
    }
}

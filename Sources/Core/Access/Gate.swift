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
}

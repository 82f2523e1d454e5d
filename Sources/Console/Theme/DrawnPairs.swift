/// Which roles stand on what anywhere on a screen: what the check of a theme has to look at.

/// A role and what it stands on.
struct RolePair: Hashable, Sendable {
    var role: Role
    var ground: Role

    init(_ role: Role, _ ground: Role) {
        self.role = role
        self.ground = ground
    }
}

/// The pictures of the tests are gathered and compared with this list, so that none is forgotten.
enum DrawnPairs {
    static let all: [RolePair] = onAnything + onBars

    /// Anything can stand on the screen, in a dialog and in a row that is selected.
    private static let onAnything: [RolePair] = [
        Role.background, .dialog, .selection, .selectionUnfocused,
    ].flatMap { ground in
        Role.allCases.filter { !isOnlyGround($0) && !isOfBar($0) }.map { RolePair($0, ground) }
    }

    /// Few things stand on a bar, and each of them has to be readable there.
    private static let onBars: [RolePair] = [
        (
            Role.header,
            [
                .header, .headerLive, .headerTest, .headerReadonly, .messageWarn, .messageError,
                .badgeLive, .badgeTest, .badgePaper, .gain, .loss, .flat, .frozen, .ageLate,
            ]
        ),
        (.crumb, [.crumb, .crumbCurrent, .messageCritical, .badgeUpdate]),
        (.footer, [.footer, .footerKey, .footerLabel, .disabled, .textDim, .buttonDanger]),
    ].flatMap { ground, roles in roles.map { RolePair($0, ground) } }

    private static func isOnlyGround(_ role: Role) -> Bool {
        role == .background || role == .selection || role == .selectionUnfocused
    }

    private static func isOfBar(_ role: Role) -> Bool {
        role == .header || role == .headerReadonly || role == .footer || role == .crumb
            || role == .crumbCurrent
    }
}

/// The rights of support staff: no role, and no position, order or balance.

extension Permission {
    /// What support staff hold instead of a role. Reading tickets and internal notes are rights
    /// of their own: ``ReadingRight/tickets``, ``Operator/actsForSupport``.
    public static let staff: Set<Permission> = [.botsView, .botsPause, .botsRestart, .ticketsWrite]
}

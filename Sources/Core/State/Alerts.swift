/// Alerts and entries of the feed: of a bot and of the whole fleet.
import Store

extension Department {
    /// A trip of a limit: an entry in the feed with its computation, and a notice.
    func alert(
        _ bot: BotMachine, _ kind: String, _ limit: String, _ words: String, severity: Severity
    ) {
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .risk, what: limit, detail: words,
                severity: severity))
        if journal.scope.contains(.activity) {
            journal.notices.append(
                Notice(
                    botID: bot.id, at: now, kind: kind, severity: severity,
                    message: "\(bot.record.label): \(words)"))
        }
        journal.touch(bot: bot.id)
    }

    /// Whether the message of a notice begins with the label that its bot had then.
    static func namesItsBot(_ notice: Notice) -> Bool {
        notice.botID != nil && notice.isAlarm && notice.kind != staffKind
    }

    /// Of an act of staff, which names the act first.
    static let staffKind = "staff"

    func tell(
        _ bot: BotMachine, _ what: String, _ detail: String, by actor: String? = nil,
        severity: Severity = .info
    ) {
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .life, what: what, detail: detail,
                actor: actor ?? "bot", severity: severity))
    }

    /// An entry of the fleet's feed that concerns no single bot.
    public func note(_ what: String, _ detail: String, severity: Severity = .info) {
        journal.add(
            Activity(
                at: now, kind: .life, what: what, detail: detail, actor: "engine",
                severity: severity))
    }

    /// What somebody must see: an entry of the feed and an alert that says the same.
    /// - Parameters:
    ///   - kind: of the alert, by which ``endNotices(of:)`` ends it.
    ///   - what: the entry's title, where it is not the kind.
    func alarm(
        _ kind: String, about what: String? = nil, _ words: String, severity: Severity = .critical
    ) {
        guard journal.scope.contains(.activity) else { return }
        note(what ?? kind, words, severity: severity)
        journal.notices.append(Notice(at: now, kind: kind, severity: severity, message: words))
    }

    /// The reason for the alerts of a kind is gone: they need no answer any more.
    func endNotices(of kind: String) {
        journal.notices.removeAll { $0.kind == kind }
        journal.endedNotices.append(kind)
    }
}

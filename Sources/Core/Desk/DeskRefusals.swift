/// What the desk writes down of a refusal: little, and in bounds that its sender does not set.

import Store

extension Desk {
    func refuse(
        _ command: Command, key: String, by person: Operator, _ refusal: Refusal
    ) throws(StoreError) -> DeskReply {
        // A denied right is audited even for a question.
        // **Source** <doc:SafetyRules#Refusals-on-record>.
        guard !command.isPreview || refusal.exitStatus == 3 else {
            return DeskReply(commands: [], refusal: refusal)
        }
        let deed = Deed(target: command.target, refusal: refusal)
        if case .notAMember = refusal {
            try turnAway(deed, command, by: person)
            return DeskReply(commands: [], refusal: refusal)
        }
        if isOneMore(deed, command, by: person) {
            return DeskReply(commands: [], refusal: refusal)
        }
        var reply = try carryOut(Plan(deeds: [deed]), command, key: key, by: person)
        reply.refusal = refusal
        return reply
    }

    /// A stranger leaves no command, and writes nothing but the first of a run.
    private func turnAway(
        _ deed: Deed, _ command: Command, by person: Operator
    ) throws(StoreError) {
        let entry = entry(deed, command, by: person)
        guard refusals.note(entry, code: deed.code) || !world.isOn(.refusalsFold) else { return }
        try written { db throws(StoreError) in try self.chain(entry, db) }
    }

    /// A command whose fields cannot be read, from whoever has no right to its verb: in the audit
    /// like one that can be, and no command.
    /// - Returns: why they may not; nil for somebody who may, or for no verb at all.
    func turnAway(
        verb: String, from peer: (uid: Int64, session: String)
    ) throws(StoreError) -> Refusal? {
        guard let refusal = lackOfRight(to: verb, peer) else { return nil }
        // Nobody fills the audit with verbs of their own making.
        guard Command.kind(of: verb) != nil, world.isOn(.unreadRefusalsAudited) else {
            return refusal
        }
        let entry = entry(Deed(target: "", refusal: refusal), verb, reason: "", by: who(peer).0)
        guard refusals.note(entry, code: refusal.code) || !world.isOn(.refusalsFold) else {
            return refusal
        }
        try written { db throws(StoreError) in try self.chain(entry, db) }
        return refusal
    }

    /// A member who lacks a right and goes on asking leaves one command in a run, and is counted
    /// from there on as a stranger is.
    private func isOneMore(_ deed: Deed, _ command: Command, by person: Operator) -> Bool {
        guard deed.refusal?.exitStatus == 3, world.isOn(.refusalsFold),
            refusals.isOpen(person.uid, command.verb, code: deed.code)
        else { return false }
        return !refusals.note(entry(deed, command, by: person), code: deed.code)
    }

    /// The first refusal of a run has its row at once; a success ends the run. What changes nothing
    /// is folded alike: whoever may do it could say it for ever.
    func audit(
        _ deed: Deed, _ command: Command, by person: Operator, _ db: Writing
    ) throws(StoreError) {
        let entry = entry(deed, command, by: person)
        if !deed.isFolded {
            try writeDown(refusals.takeOver(of: person.uid, command.verb), db)
        } else if !refusals.note(entry, code: deed.code), world.isOn(.refusalsFold) {
            return
        }
        try chain(entry, db)
    }

    /// Writes the counts of runs that are over.
    func foldRefusals() throws(StoreError) { try writeDown(refusals.takeOver(at: wall)) }

    /// Writes the counts of all runs: nobody will ask again.
    public func endRefusals() throws(StoreError) { try writeDown(refusals.takeAll()) }

    private func writeDown(_ runs: [RefusalRuns.Run]) throws(StoreError) {
        guard runs.contains(where: { $0.more > 0 }) else { return }
        try written { db throws(StoreError) in try self.writeDown(runs, db) }
    }

    private func writeDown(_ runs: [RefusalRuns.Run], _ db: Writing) throws(StoreError) {
        guard world.isOn(.refusalsFold) else { return }
        for run in runs {
            if let entry = run.count(at: world.now, wall: wall) { try chain(entry, db) }
        }
    }

    func entry(_ deed: Deed, _ command: Command, by person: Operator) -> AuditEntry {
        entry(deed, command.verb, reason: command.reason ?? "", by: person)
    }

    private func entry(
        _ deed: Deed, _ verb: String, reason: String, by person: Operator
    ) -> AuditEntry {
        AuditEntry(
            at: world.now, wallAt: wall, actor: person.name, uid: person.uid,
            role: person.roleWord, workspace: workspace.name, verb: verb,
            target: deed.refusal == nil ? deed.target : cut(deed.target),
            before: deed.before, after: deed.after,
            reason: deed.refusal == nil ? reason : cut(reason), session: person.session,
            outcome: deed.isFolded && deed.refusal == nil
                ? CommandRecord.unchanged : deed.outcome.rawValue)
    }
}

extension Deed {
    fileprivate var code: String { refusal?.code ?? CommandRecord.unchanged }
    /// Refused, or over with nothing done: its audit row is one of a run.
    fileprivate var isFolded: Bool { refusal != nil || (!changes && outcome == .done) }
}

extension CommandRecord {
    /// The outcome in the audit of what was done already.
    static let unchanged = "unchanged"

    /// Refused at once, or over at once with nothing done: its audit row is one of a run.
    var isFolded: Bool {
        guard startedAt == at else { return false }
        return outcome == .refused || (!changed && finishedAt == startedAt)
    }
}

extension Command {
    /// The arguments as a command row keeps them. Of a long request that was refused only its
    /// digest: it tells a repetition, and is no use to anybody else.
    func keptArguments(refused: Bool) -> String {
        let text = arguments.description
        guard refused, text.utf8.count > 1024 else { return text }
        let kept: JSON = [
            "bytes": .int(text.utf8.count),
            "sha256": .string(Crypto.hex(Crypto.sha256(Array(text.utf8)))),
        ]
        return kept.description
    }
}

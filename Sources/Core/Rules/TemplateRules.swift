/// When templates may be assigned, copied, imported and deleted.

import Store

/// Pure checks; the desk writes. **Source** <doc:ProductRules#Templates>.
public enum TemplateRules {
    /// Applies at once; open positions ask for the bot's typed label first.
    /// - Parameters:
    ///   - positions: what changes for each of them, for the refusal that asks.
    ///   - when: from when on the exit rules run, for the same.
    ///   - confirmation: whether a token holds is for the desk to see.
    /// - Throws: ``Refusal`` for a missing or wrong label, or a template that runs there already.
    public static func assign(
        _ template: Template, to bot: Bot, openPositions: Int, positions: [String] = [],
        when: String = "at once", confirmation: Confirmation?
    ) throws(Refusal) {
        if bot.templateName == template.name, bot.templateVersion == template.version {
            throw .nothingToChange(
                "\(bot.label) has \(template.name) version \(template.version) already")
        }
        guard openPositions > 0 else { return }
        switch confirmation {
        case .token, .label(bot.label): return
        case .label(let typed): throw .labelMismatch(label: bot.label, typed: typed)
        case .yes, nil:
            throw .confirmationMissing(
                .takeover(
                    bot: bot.label, positions: openPositions, changes: positions, when: when))
        }
    }

    /// - Parameter taken: all names in use, system templates included.
    public static func copy(as name: String, taken: [String]) throws(Refusal) {
        try checkName(name)
        if let same = taken.first(where: { Label.areSame($0, name) }) {
            throw .template(.nameTaken(name: same))
        }
    }

    /// A user template of that name gets a new version; a system template is never replaced.
    /// - Parameters:
    ///   - existing: the newest version under that name.
    ///   - taken: all names in use, system templates included.
    /// - Returns: the number of the version to write.
    public static func importVersion(
        named name: String, over existing: Template?, taken: [String] = []
    ) throws(Refusal) -> Int {
        guard let existing else {
            try copy(as: name, taken: taken)
            return 1
        }
        guard existing.kind == .user else { throw .template(.isSystem(name: name)) }
        return existing.version + 1
    }

    /// - Parameter runningOn: labels of the bots that have it.
    public static func delete(_ template: Template, runningOn bots: [String]) throws(Refusal) {
        guard template.kind == .user else { throw .template(.isSystem(name: template.name)) }
        guard bots.isEmpty else {
            throw .template(.inUse(name: template.name, bots: bots.sorted()))
        }
    }

    private static func checkName(_ name: String) throws(Refusal) {
        guard Label.isPlain(name) else { throw .template(.badName(name: name)) }
    }
}

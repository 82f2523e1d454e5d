/// What pausing and resuming have in common: the question before, and undoing it.
import Core
import Store

/// Uses the engine's own rules, so that what is refused there is not even asked here.
struct PauseQuestion: Sendable {
    /// "Pause", and the word while it is done.
    let title: String
    let doing: String
    let command: @Sendable (BotScope, String?) -> Command
    let rule: @Sendable (BotRow, Operator) throws(Refusal) -> Void
    /// What stands beside a bot that would be asked for alone.
    let alone: @Sendable (BotRow, Surroundings) -> String
    /// What stands beside a bot in a list of several.
    let listed: @Sendable (BotRow, Surroundings) -> String
    /// Takes it back; nil where that would not bring back what was.
    let undo: (@Sendable ([ID<Bot>], String) -> Undo)?

    func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        guard let person = around.person else { return [] }
        let checked = check(rows, person)
        guard rows.count == 1 else { return many(checked, around) }
        guard let skipped = checked.skipped.first else { return one(rows[0], around) }
        if case .reasonRequired = skipped.refusal { return askWhy(rows[0], around) }
        return [.say(.warn, skipped.refusal.sentence(of: skipped.row, around))]
    }

    private func one(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        if around.person?.isStaff == true { return askWhy(row, around) }
        let question = "\(title) \(row.label) (\(row.environment.badge), \(alone(row, around)))?"
        return [.open(LineQuestion(question, around, yes: [submit([row])]))]
    }

    private func submit(_ rows: [BotRow]) -> ScreenAction {
        let ids = rows.map(\.id)
        let who = rows.count == 1 ? rows[0].label : "\(rows.count) bots"
        return .submit(
            command(.named(ids.map(\.description)), nil), words: "\(doing) \(who)",
            undo: undo?(ids, who))
    }

    private func askWhy(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        let isLatched = row.bot.killLatchedAt != nil
        let lines =
            isLatched
            ? [
                "\(row.label) is held by its daily loss kill switch.",
                "Resuming resets it; the reason goes into the audit.",
            ] : ["\(title) \(row.label): the reason is shown to the owner."]
        let scope = BotScope.named([row.id.description])
        let words = "\(doing) \(row.label)"
        let command = command
        return [
            .open(
                ReasonPrompt(
                    title: "\(title) \(row.label)  \(row.environment.badge)", lines: lines,
                    around
                ) { reason in .submit(command(scope, reason), words: words) })
        ]
    }

    private func many(_ checked: Checked, _ around: Surroundings) -> [ScreenAction] {
        guard !checked.allowed.isEmpty else {
            let why = checked.skipped.first.map { $0.why(around) } ?? ""
            return [.say(.warn, "\(title): nothing to do; " + why)]
        }
        var lines = checked.allowed.prefix(8).map { row in
            Dialog.Line(
                TextWidth.padded(row.label, to: 18) + TextWidth.padded(row.environment.badge, to: 6)
                    + TextWidth.padded(row.shownMark(around).text, to: 14)
                    + row.holdings + listed(row, around))
        }
        if checked.allowed.count > 8 {
            lines.append(Dialog.Line("and \(checked.allowed.count - 8) more"))
        }
        if !checked.skipped.isEmpty {
            lines.append(Dialog.Line(""))
            lines.append(Dialog.Line("Skipped:", .textDim))
            lines += shortened(checked.skipped.map { $0.why(around) }, to: 5).map {
                Dialog.Line("  \($0)", .textDim)
            }
        }
        let title = "\(title) \(counted(checked.allowed.count, "bot"))".uppercased()
        return [
            .open(
                ConfirmDialog(
                    "\(self.title.lowercased())-marked", title: title, lines: lines,
                    action: self.title, around, then: [submit(checked.allowed)]))
        ]
    }

    // MARK: Rules

    private struct Skipped {
        var row: BotRow
        var refusal: Refusal

        func why(_ around: Surroundings) -> String {
            if case .reasonRequired = refusal {
                return "\(row.label): kill switch; resume it alone, with a reason"
            }
            return row.isKnown(around)
                ? refusal.headline : "\(row.label): \(refusal.note(of: row, around))"
        }
    }

    private struct Checked {
        var allowed: [BotRow] = []
        var skipped: [Skipped] = []
    }

    private func check(_ rows: [BotRow], _ person: Operator) -> Checked {
        var result = Checked()
        for row in rows {
            do throws(Refusal) {
                try rule(row, person)
                result.allowed.append(row)
            } catch {
                result.skipped.append(Skipped(row: row, refusal: error))
            }
        }
        return result
    }

    /// Why it does nothing to one bot, in a few words for the menu.
    func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        guard let row, let person = around.person else { return nil }
        do throws(Refusal) { try rule(row, person) } catch {
            // The prompt asks for the reason.
            if case .reasonRequired = error { return nil }
            return error.note(of: row, around)
        }
        return nil
    }
}

/// Pausing, resuming and closing bots: the questions that are asked before.
import Core
import Store

/// Uses the engine's own rules, so that what is refused there is not even asked here.
enum BotActs {
    static func pause(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        guard let person = around.person else { return [] }
        let checked = check(rows, around) { row throws(Refusal) in
            _ = try PauseByPerson.pause(row.wanted, by: person)
        }
        guard rows.count != 1 else {
            if let refusal = checked.skipped.first { return [refusal.message] }
            return one(rows[0], around, .pause)
        }
        return many(checked, around, .pause)
    }

    static func resume(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        guard let person = around.person else { return [] }
        let checked = check(rows, around) { row throws(Refusal) in
            _ = try PauseByPerson.resume(row.wanted, by: person, reason: nil)
        }
        guard rows.count != 1 else {
            if let skipped = checked.skipped.first {
                if case .reasonRequired = skipped.refusal {
                    return askWhy(rows[0], around, .resume)
                }
                return [skipped.message]
            }
            return one(rows[0], around, .resume)
        }
        return many(checked, around, .resume)
    }

    /// The engine is asked first what would close; its answer opens the dialog.
    static func closeAll(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        if rows.count == 1, let why = refusal(of: .closeAll, rows[0], around) {
            return [.say(.warn, "\(rows[0].label): \(why)")]
        }
        return rows.isEmpty ? [] : [.previewClose(.bots(rows.map(\.id)))]
    }

    /// Why pausing, resuming or closing one bot does nothing now, in a few words for the menu.
    static func refusal(
        of command: KeyCommand, _ row: BotRow?, _ around: Surroundings
    ) -> String? {
        guard let row, let person = around.person else { return nil }
        do throws(Refusal) {
            switch command {
            case .pause: _ = try PauseByPerson.pause(row.wanted, by: person)
            case .resume:
                let isOver = row.state == .stopped && !row.bot.isPaused
                if isOver { return "it is Stopped; a S starts it" }
                _ = try PauseByPerson.resume(row.wanted, by: person, reason: nil)
            case .closeAll:
                let isOver = row.state == .stopped && row.openPositions == 0
                return isOver ? "it is Stopped and flat" : nil
            default: break
            }
            return nil
        } catch {
            // The prompt asks for the reason.
            if case .reasonRequired = error { return nil }
            return error.note(of: row, around)
        }
    }

    // MARK: Questions

    enum Act: Sendable {
        case pause, resume

        var title: String { self == .pause ? "Pause" : "Resume" }
        var doing: String { self == .pause ? "Pausing" : "Resuming" }
        var opposite: Act { self == .pause ? .resume : .pause }

        func command(_ ids: [ID<Bot>], reason: String? = nil) -> Command {
            let scope = BotScope.named(ids.map(\.description))
            return self == .pause
                ? .pause(scope, reason: reason) : .resume(scope, reason: reason)
        }
    }

    private static func one(_ row: BotRow, _ around: Surroundings, _ act: Act) -> [ScreenAction] {
        if around.person?.isStaff == true { return askWhy(row, around, act) }
        let kept =
            act == .pause
            ? row.holdings + (row.holds ? " kept" : "")
            : row.pausedByAnother(around).map { "paused by \($0)" } ?? "entries start again"
        let question = "\(act.title) \(row.label) (\(row.environment.badge), \(kept))?"
        return [.open(LineQuestion(question, around, yes: [submit([row], act)]))]
    }

    private static func submit(_ rows: [BotRow], _ act: Act) -> ScreenAction {
        let ids = rows.map(\.id)
        let who = rows.count == 1 ? rows[0].label : "\(rows.count) bots"
        // A latched or causal pause is not brought back by pausing again: no undo for resuming it.
        let undo = Undo(
            command: act.opposite.command(ids), verb: act.opposite.title.lowercased(),
            words: "\(act.opposite.doing) \(who)")
        return .submit(
            act.command(ids), words: "\(act.doing) \(who)", undo: act == .pause ? undo : nil)
    }

    private static func askWhy(
        _ row: BotRow, _ around: Surroundings, _ act: Act
    ) -> [ScreenAction] {
        let isLatched = row.bot.killLatchedAt != nil
        let lines =
            isLatched
            ? [
                "\(row.label) is held by its daily loss kill switch.",
                "Resuming resets it; the reason goes into the audit.",
            ] : ["\(act.title) \(row.label): the reason is shown to the owner."]
        let id = row.id
        let words = "\(act.doing) \(row.label)"
        return [
            .open(
                ReasonPrompt(
                    title: "\(act.title) \(row.label)  \(row.environment.badge)", lines: lines,
                    around
                ) { reason in .submit(act.command([id], reason: reason), words: words) })
        ]
    }

    private static func many(
        _ checked: Checked, _ around: Surroundings, _ act: Act
    ) -> [ScreenAction] {
        guard !checked.allowed.isEmpty else {
            return [
                .say(.warn, "\(act.title): nothing to do; " + (checked.skipped.first?.why ?? ""))
            ]
        }
        var lines = checked.allowed.prefix(8).map { row in
            Dialog.Line(
                TextWidth.padded(row.label, to: 18) + TextWidth.padded(row.environment.badge, to: 6)
                    + TextWidth.padded(row.shownMark(around).text, to: 14)
                    + row.holdings
                    + (act == .resume
                        ? row.pausedByAnother(around).map { "  paused by \($0)" } ?? "" : ""))
        }
        if checked.allowed.count > 8 {
            lines.append(Dialog.Line("and \(checked.allowed.count - 8) more"))
        }
        if !checked.skipped.isEmpty {
            lines.append(Dialog.Line(""))
            lines.append(Dialog.Line("Skipped:", .textDim))
            lines += shortened(checked.skipped.map(\.why), to: 5).map {
                Dialog.Line("  \($0)", .textDim)
            }
        }
        let title = "\(act.title) \(counted(checked.allowed.count, "bot"))".uppercased()
        return [
            .open(
                ConfirmDialog(
                    "\(act.title.lowercased())-marked", title: title, lines: lines,
                    action: act.title, around, then: [submit(checked.allowed, act)]))
        ]
    }

    // MARK: Rules

    private struct Skipped {
        var row: BotRow
        var refusal: Refusal
        var around: Surroundings

        var why: String {
            if case .reasonRequired = refusal {
                return "\(row.label): kill switch; resume it alone, with a reason"
            }
            return row.isKnown(around)
                ? refusal.headline : "\(row.label): \(refusal.note(of: row, around))"
        }
        var message: ScreenAction { .say(.warn, refusal.sentence(of: row, around)) }
    }

    private struct Checked {
        var allowed: [BotRow] = []
        var skipped: [Skipped] = []
    }

    private static func check(
        _ rows: [BotRow], _ around: Surroundings, _ rule: (BotRow) throws(Refusal) -> Void
    ) -> Checked {
        var result = Checked()
        for row in rows {
            do throws(Refusal) {
                try rule(row)
                result.allowed.append(row)
            } catch {
                result.skipped.append(Skipped(row: row, refusal: error, around: around))
            }
        }
        return result
    }

}

extension BotRow {
    /// Whose pause it would undo to resume, with the rule below it; nil for one's own, and for a
    /// limit's alone.
    fileprivate func pausedByAnother(_ around: Surroundings) -> String? {
        guard let name = bot.pausedBy else { return nil }
        let isOwn = name == around.person?.name
        let rule = bot.pauseCause.flatMap { $0.isRule ? $0.word : nil }
        guard let rule else { return isOwn ? nil : name }
        return "\(isOwn ? "you" : name); \(rule)"
    }

    /// What `y` offers to copy of a bot.
    func copies(whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        [
            ("y", "id", id.description), ("l", "label", label), ("i", "IPv4", bot.ipv4),
            ("6", "IPv6", bot.ipv6), ("r", "row", whole),
            ("c", "last command", around.lastCommand?.description ?? ""),
        ].map { ListMenu.Copy($0.0, $0.1, $0.2, most: nil) }
    }

    /// The row as one line of text.
    func plainText(_ around: Surroundings) -> String {
        [
            label, environment.badge, shownMark(around).text, causeCell(around).text,
            "hb \(heartbeat(around).text)",
            openPositions.map { "\($0) pos" } ?? "", "uPnL \(profit(around).text)",
            bot.templateName ?? "-", bot.region, bot.version,
        ].joined(separator: "  ")
    }
}

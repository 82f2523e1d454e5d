/// Restarting, updating, stopping, deploying bots and giving them a key: what is asked before.
import Core
import Store

/// One bot at a time, or updates of many; the engine's own rules decide what is asked at all.
enum LifeActs {
    /// Nil for a command of another kind.
    static func act(
        _ command: KeyCommand, _ rows: [BotRow], _ around: Surroundings
    ) -> [ScreenAction]? {
        switch command {
        case .deploy: [.open(DeployForm(around))]
        case .rollOut: rollOut(rows, around)
        case .update where rows.count > 1: rollOut(rows, around)
        case .restart, .update, .start, .stop, .assignKey, .sleepSchedule:
            one(command, rows, around)
        default: nil
        }
    }

    /// Why an act on one bot does nothing now, in a few words for menus and the message line.
    static func refusal(
        of command: KeyCommand, _ row: BotRow?, _ around: Surroundings
    ) -> String? {
        if command == .rollOut {
            return around.fleet?.rollout == nil ? rollOutRefusal(around) : nil
        }
        guard let row else { return nil }
        let now = around.now
        do throws(Refusal) {
            switch command {
            case .restart: try LifeRules.restart(row.bot, row.instance, at: now)
            case .update: try LifeRules.update(row.bot, row.instance, at: now)
            case .start: try LifeRules.allow(.redeploy, row.bot, row.instance, at: now)
            case .stop: try LifeRules.allow(.stop, row.bot, row.instance, at: now)
            case .assignKey: return row.holds ? "only while it is flat" : nil
            default: return nil
            }
            return nil
        } catch { return error.note(of: row, around) }
    }

    /// How it goes while one is under way, or went when nothing is left to update; otherwise the
    /// form of the next.
    private static func rollOut(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        let rollout = around.fleet?.rollout
        let why = rollOutRefusal(around)
        if let rollout, why != nil || !rollout.isOver { return [.open(RolloutPanel())] }
        if let why { return [.say(.warn, why)] }
        return [.open(RolloutForm(rows, around))]
    }

    /// Why the form of the next does not open.
    private static func rollOutRefusal(_ around: Surroundings) -> String? {
        let rows = around.fleet?.rows ?? []
        return rows.contains(where: \.isUpdateAvailable) ? nil : "all run the newest version"
    }

    private static func one(
        _ command: KeyCommand, _ rows: [BotRow], _ around: Surroundings
    ) -> [ScreenAction] {
        guard rows.count == 1, let row = rows.first else {
            return [.say(.warn, rows.isEmpty ? "no bot here" : "one bot at a time")]
        }
        do throws(Refusal) {
            switch command {
            case .restart: return try restart(row, around)
            case .update: return try update(row, around)
            case .start: return try start(row, around)
            case .stop: return try stop(row, around)
            case .sleepSchedule: return [.open(SessionPanel(row, around))]
            default: return assignKey(row, around)
            }
        } catch { return [.say(.warn, error.sentence(of: row, around))] }
    }

    private static func restart(
        _ row: BotRow, _ around: Surroundings
    ) throws(Refusal) -> [ScreenAction] {
        try LifeRules.restart(row.bot, row.instance, at: around.now)
        let id = row.id.description
        let words = "Restarting \(row.label)"
        guard around.person?.isStaff == true else {
            return confirm(
                "Restart", row, ["Trading waits until it has reconciled with the exchange."],
                around, .submit(.restart(bot: id, reason: nil), words: words))
        }
        return [
            .open(
                ReasonPrompt(
                    title: title("Restart", row), lines: ["The reason is shown to the owner."],
                    around
                ) { .submit(.restart(bot: id, reason: $0), words: words) })
        ]
    }

    private static func update(
        _ row: BotRow, _ around: Surroundings
    ) throws(Refusal) -> [ScreenAction] {
        try LifeRules.update(row.bot, row.instance, at: around.now)
        let versions = "\(row.bot.version) to \(row.bot.availableVersion ?? "")"
        return confirm(
            "Update", row,
            [
                "From \(versions), one to two minutes.",
                "Trading waits, pending orders are cancelled; positions and addresses stay.",
            ], around,
            .submit(.update(bot: row.id.description), words: "Updating \(row.label)"))
    }

    private static func stop(
        _ row: BotRow, _ around: Surroundings
    ) throws(Refusal) -> [ScreenAction] {
        try LifeRules.allow(.stop, row.bot, row.instance, at: around.now)
        let id = row.id.description
        guard row.holds else {
            return confirm(
                "Stop", row, ["The instance and its addresses are released; it can be started."],
                around,
                .submit(
                    .stop(bot: id, .refuse, confirmation: nil), words: "Stopping \(row.label)"))
        }
        return [.open(StopDialog(row, around))]
    }

    private static func start(
        _ row: BotRow, _ around: Surroundings
    ) throws(Refusal) -> [ScreenAction] {
        try LifeRules.allow(.redeploy, row.bot, row.instance, at: around.now)
        return confirm(
            "Start", row, ["Deployed again as it was configured, with new addresses."],
            around, .submit(.start(bot: row.id.description), words: "Starting \(row.label)"))
    }

    private static func assignKey(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        if let refusal = keyRefusal(row) { return [.say(.warn, refusal)] }
        return [.open(KeyPicker(row))]
    }

    /// Why its key cannot be changed or taken away now.
    static func keyRefusal(_ row: BotRow) -> String? {
        row.holds ? "\(row.label): a key changes only while it is flat" : nil
    }

    private static func title(_ verb: String, _ row: BotRow) -> String {
        "\(verb) \(row.label)  \(row.environment.badge)"
    }

    private static func confirm(
        _ verb: String, _ row: BotRow, _ lines: [String], _ around: Surroundings,
        _ action: ScreenAction
    ) -> [ScreenAction] {
        [
            .open(
                ConfirmDialog(
                    verb.lowercased(), title: "\(verb) \(row.label)",
                    badge: row.environment.badge, lines: lines.map { Dialog.Line($0) },
                    action: verb, around, then: [action]))
        ]
    }
}

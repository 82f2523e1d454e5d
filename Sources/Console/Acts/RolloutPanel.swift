/// An update of many bots while it runs and how it ended: the stage, and each bot's part in it.
import Core
import Store

/// Read afresh with every board of the fleet; changes nothing.
struct RolloutPanel: Overlay {
    let name = "rollout"
    let keyContext = KeyContext.panel
    private var top = 0

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        guard let rollout = around.fleet?.rollout else { return .close }
        switch command {
        case .closeTop, .open: return .close
        case .copy:
            let lines = rollout.members.map { member in
                "\(member.label)  \(state(member, rollout, around.bot(member.id), around).0)"
            }
            return .stay(.perform(.copy(lines.joined(separator: "\n"))))
        default: top = command.moved(top, of: rollout.members.count)
        }
        return .stay
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        let goesOn = around.fleet?.rollout?.isOver == false
        return [
            hint(.down, .up, to: "scroll", around),
            hint(.closeTop, to: goesOn ? "close; it goes on" : "close", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard let rollout = around.fleet?.rollout else { return }
        let size = Size(76, rollout.members.count + 4)
        let inner = canvas.panel(title: "Update to \(rollout.version)", size, around)
        let isBad = rollout.rollout.stage == .rolledBack
        let words = TextWidth.wrapped(
            Untrusted.display(rollout.words(now: around.now)), to: max(1, inner.columns - 2))
        for (row, line) in words.prefix(3).enumerated() {
            inner.text(1, row, line, isBad ? .messageError : .textStrong)
        }
        let first = min(words.count, 3) + 1
        for (row, member) in rollout.members.dropFirst(top).enumerated()
        where first + row < inner.rows {
            draw(member, rollout, in: inner, first + row, around)
        }
        inner.rest(1, min(first, inner.rows - 1))
    }

    private func draw(
        _ member: RolloutProgress.Member, _ rollout: RolloutProgress, in canvas: Canvas,
        _ row: Int, _ around: Surroundings
    ) {
        let bot = around.bot(member.id)
        canvas.text(1, row, member.label, .text, cells: 20)
        canvas.text(22, row, member.isCanary ? "canary" : "", .badgeUpdate, cells: 7)
        let (words, role) = state(member, rollout, bot, around)
        let version = bot.map { "v\($0.bot.version)" } ?? ""
        let room = canvas.columns - 31 - TextWidth.of(version) - 1
        canvas.text(30, row, words, role, cells: max(0, room))
        canvas.textRight(canvas.columns - 1, row, version, .textDim)
    }

    private func state(
        _ member: RolloutProgress.Member, _ rollout: RolloutProgress, _ bot: BotRow?,
        _ around: Surroundings
    ) -> (String, Role) {
        if let job = bot?.job(now: around.now), member.result == .updating || rollout.isOver {
            return (job.words, .statusDeploying)
        }
        switch member.result {
        case .waiting: return ("waits for the canaries", .textDim)
        case .updating: return ("updating", .statusDeploying)
        case .updated:
            let watched = rollout.words(of: member.id, now: around.now)
            return (watched == nil ? "updated" : "updated, watched", .messageOk)
        case .failed: return ("not updated", .messageError)
        case .rolledBack: return ("back to \(member.oldVersion)", .messageWarn)
        }
    }
}

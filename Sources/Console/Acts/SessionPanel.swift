/// A bot's own sessions being written, with what they would mean below: when it sleeps and wakes.
import Core
import Store

/// The words of the template file. Nothing is sent before a dialog has asked.
struct SessionPanel: Overlay {
    let name = "sessions"
    let keyContext = KeyContext.writing
    let takesText = true
    private var row: BotRow
    private var area: TextArea
    private let openedAt: Instant
    /// Whether the person has changed anything: Esc asks nothing, but says so.
    private var isChanged = false

    init(_ row: BotRow, _ around: Surroundings) {
        self.row = row
        openedAt = around.wall
        var text = SessionFile.print(row.sessions)
        if text.isEmpty { text = SessionFile.example }
        while text.last == "\n" { text.removeLast() }
        area = TextArea(text, limit: SessionFile.longest)
    }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        row = around.bot(row.id) ?? row
        return .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop:
            return isChanged ? .close(.say(.info, "the sessions stay as they were")) : .close
        case .save where !isTooSoon(around): return save(around)
        default: return .stay
        }
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if !isTooSoon(around), area.handle(key) == .changed { isChanged = true }
        return .stay
    }

    private func isTooSoon(_ around: Surroundings) -> Bool {
        around.wall - openedAt < Dialog.typeAheadTime
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        switch area.paste(text) {
        case .changed: isChanged = true
        case .full: return .stay(.say(.warn, area.tooLong(text)))
        default: break
        }
        return .stay
    }

    private var isEmpty: Bool { area.text.allSatisfy(\.isWhitespace) }

    private var parsed: Result<[SessionWindow], FileError> {
        do throws(FileError) {
            return .success(try SessionFile.parse(area.text, file: "line"))
        } catch { return .failure(error) }
    }

    private func save(_ around: Surroundings) -> OverlayAnswer {
        if isEmpty, row.bot.sessions == nil {
            return .stay(.say(.warn, "\(row.label) has no sessions of its own to take away"))
        }
        if !isEmpty, case .failure(let error) = parsed {
            return .stay(.say(.warn, ConsoleState.sentence(error.headline, error.remedy)))
        }
        let command = Command.setSessions(
            bot: row.id.description, text: isEmpty ? nil : area.text)
        return .close(
            .open(
                ConfirmDialog(
                    "sessions", title: "Sessions of \(row.label)", badge: row.environment.badge,
                    lines: outlook(around), action: "Set", around,
                    then: [.submit(command, words: "Setting the sessions of \(row.label)")])))
    }

    /// What the text means, or what is wrong with it.
    private func outlook(_ around: Surroundings) -> [Dialog.Line] {
        if isEmpty {
            return [Dialog.Line("Its own are taken away: the template's are in force again.")]
        }
        switch parsed {
        case .failure(let error):
            return [
                Dialog.Line(error.headline, .messageWarn), Dialog.Line(error.remedy, .textDim),
            ]
        case .success(let sessions):
            let plan = SessionPlan(sessions, at: around.now)
            let state = plan.isOpen ? "Open now." : "Closed now: no entries, sleeps once flat."
            return [Dialog.Line(state, plan.isOpen ? .messageOk : .messageWarn)]
                + (plan.sleeps.isEmpty ? [Dialog.Line("It never sleeps.")] : [])
                + plan.sleeps.map { Dialog.Line($0.words) }
        }
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.save, to: "set..", around),
            KeyHint(keys: "empty", label: "the template's", isDangerous: false),
            hint(.closeTop, to: "leave", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let foot = outlook(around)
        let size = Size(
            min(canvas.columns, 76), min(canvas.rows, max(18, foot.count + 14)))
        let inner = canvas.panel(title: "Sessions of \(row.label)", size, around)
        let whose =
            row.sessionSource == "bot"
            ? row.sessionsFlaw == nil ? "its own" : "its own, which cannot be read"
            : row.sessionSource == "none"
                ? "none, around the clock" : "the template's"
        inner.text(1, 0, "In force: \(whose). Its own replace the template's.", .textDim)
        let room = max(1, inner.rows - foot.count - 3)
        let columns = max(1, inner.columns - 2)
        for (at, line) in foot.enumerated() {
            inner.text(1, room + 3 + at, line.text, line.role, cells: columns)
        }
        area.draw(in: inner[Rect(1, 2, columns, room)])
    }
}

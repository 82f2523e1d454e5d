/// What keys mean on the support screen while nothing is being written.
import Core
import Store

extension SupportScreen {
    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if let actions = act(command, around) { return actions }
        switch command {
        case .open:
            guard list.cursor != nil else { return nil }
            focus = focus == .thread ? .context : .thread
            return markSeen()
        case .nextPane: return turn(1)
        case .previousPane: return turn(-1)
        case .closeTop: return goUp()
        case .nextMessage: return step(1, around)
        case .previousMessage: return step(-1, around)
        case .cycleKind: scope = scope.next
        case .showClosed: scope = scope == .all ? .open : .all
        case .zoom: isZoomed.toggle()
        case .reverseSort: sorting.reverse()
        default: return move(command, around)
        }
        follow(around)
        return []
    }

    /// Movement in the pane that has the focus.
    private mutating func move(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
        switch focus {
        case .list:
            guard !SpareKeys.marking.contains(command) else { return nil }
            let before = list.cursor
            let ids = rows(around).map(\.ticket.id)
            guard list.handle(command, ids, page: listPage(around)) else { return nil }
            if list.cursor != before { cursorMoved() }
        case .thread:
            guard let lines = command.lines(page: threadSize(around).rows) else {
                return nil
            }
            scroll(by: lines, around)
        case .context:
            guard let lines = command.lines(page: around.body.rows / 2) else { return nil }
            let all = shownThread.map { context($0, around).lines.count } ?? 0
            contextTop = min(max(0, contextTop + lines), max(0, all - 1))
        }
        return []
    }

    // MARK: The thread

    /// Cells for the thread's text.
    func threadSize(_ around: Surroundings) -> Size {
        let layout = layout(around)
        return layout.thread.map { layout.inner($0).size } ?? Size(0, 0)
    }

    private mutating func scroll(by lines: Int, _ around: Surroundings) {
        guard let thread = shownThread else { return }
        let size = threadSize(around)
        let layout = ThreadLayout(thread.entries, columns: size.columns)
        let top = layout.top(place, rows: size.rows)
        place = layout.place(showing: max(0, top + lines), rows: size.rows)
        message = nil
    }

    /// The next or previous message comes to the top of the pane.
    private mutating func step(_ step: Int, _ around: Surroundings) -> [ScreenAction]? {
        guard let thread = shownThread, !thread.entries.isEmpty else { return nil }
        let last = thread.entries.count - 1
        let next = message.map { min(max(0, $0 + step), last) } ?? last
        message = next
        let size = threadSize(around)
        let layout = ThreadLayout(thread.entries, columns: size.columns)
        place = layout.place(showing: layout.starts[next], rows: size.rows)
        focus = .thread
        return markSeen()
    }

    private mutating func turn(_ step: Int) -> [ScreenAction] {
        let all = SupportPane.allCases
        focus = all[(focus.rawValue + step + all.count) % all.count]
        return focus == .thread ? markSeen() : []
    }

    /// Esc: one thing only, the topmost.
    private mutating func goUp() -> [ScreenAction]? {
        if isZoomed {
            isZoomed = false
        } else if focus != .list {
            focus = .list
        } else {
            return nil
        }
        return []
    }

    /// The thread under the cursor counts as read.
    mutating func markSeen() -> [ScreenAction] {
        guard let ticket = current?.ticket, seen.see(ticket) else { return [] }
        return [.perform(.keep(name: SeenMessages.name, text: seen.text))]
    }

    // MARK: Acts

    /// nil for commands that are no acts on tickets.
    private mutating func act(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
        switch command {
        case .newTicket: return openForm(from: nil, around)
        case .sort: return [.open(sorting.menu)]
        case .copy: return current.map { [.open(copyMenu($0))] }
        case .showPlain:
            return shownThread.map { [.open(TextPanel.plain("\($0.row.mark)", $0.text))] }
        case .goToBot:
            return current?.ticket.botID.map { [.go(.bot($0, .template))] } ?? []
        case .reply, .editor: return openReply(around, inEditor: command == .editor)
        case .internalNote: return openNote(around)
        case .attachLog: return attachLog(around)
        case .cancelCommand: return CancelAct.actions(askedOfBot, around)
        case .priority: return menu(TicketPriorityAct.menu)
        case .assign: return menu { AssignTicketAct.menu($0, board?.supportNames ?? []) }
        case .closeTicket:
            return current.map { CloseTicketAct.ask($0, around) } ?? []
        default: return nil
        }
    }

    /// An order was chosen from the menu.
    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] {
        if sorting.choose(choice) { follow(around) }
        return []
    }

    private func copyMenu(_ row: TicketRow) -> ListMenu {
        let entries = shownThread?.entries ?? []
        let chosen = message.flatMap { entries.indices.contains($0) ? entries[$0] : nil }
        return ListMenu.copy([
            ListMenu.Copy("y", "id", row.ticket.id.description),
            ListMenu.Copy("l", "subject", row.ticket.subject),
            ListMenu.Copy("m", "message", (chosen ?? entries.last)?.body ?? ""),
            ListMenu.Copy("t", "thread", shownThread?.text ?? ""),
        ])
    }

    /// What was asked of the bot of the ticket shown.
    private var askedOfBot: [CommandRecord] { commands?.rows.map(\.record) ?? [] }

    private func menu(_ make: (TicketRow) -> ListMenu) -> [ScreenAction] {
        current.map { [.open(make($0))] } ?? []
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        let isSupport = around.person?.actsForSupport == true
        switch binding.command {
        case .internalNote, .assign:
            guard isSupport else { return "support only" }
            guard let current else { return "no ticket" }
            return binding.command == .assign ? closed(current) : nil
        case .priority: return current.map(closed) ?? "no ticket"
        case .editor where !around.namesEditor: return "no editor set"
        case .reply, .editor:
            guard let current else { return "no ticket" }
            return around.person?.isStaff == true ? closed(current) : nil
        case .closeTicket: return current == nil ? "no ticket" : nil
        case .cancelCommand: return CancelAct.refusal(askedOfBot)
        case .goToBot, .attachLog:
            guard let current else { return "no ticket" }
            return current.ticket.botID == nil ? "no bot named" : nil
        default: return SpareKeys.refusal(of: binding, sorts: true)
        }
    }

    private func closed(_ row: TicketRow) -> String? {
        row.ticket.status == .closed ? "closed, E reopens" : nil
    }
}

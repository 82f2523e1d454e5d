/// What keys mean on the support screen while nothing is being written.
import Core
import Store

extension SupportScreen {
    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        list.settle()
        if let actions = act(command, around) { return actions }
        switch command {
        case .nextPane: return turn(1)
        case .previousPane: return turn(-1)
        case .closeTop: return goUp()
        case .nextMessage: return step(1, around)
        case .previousMessage: return step(-1, around)
        case .cycleKind: scope = scope.next
        case .showClosed: scope = scope == .all ? .open : .all
        case .zoom: isZoomed.toggle()
        default: return move(command, around)
        }
        arrange(around)
        list.settle()
        return []
    }

    /// Enter goes on to the thread, then to its context.
    mutating func open(_ row: TicketRow, _ around: Surroundings) -> [ScreenAction]? {
        focus = focus == .thread ? .context : .thread
        return markSeen()
    }

    /// Movement in the pane that has the focus.
    private mutating func move(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
        guard Self.spareKeys.refusal(of: command) == nil else { return nil }
        switch focus {
        case .list: return handleSorted(command, around)
        case .thread:
            guard let lines = command.lines(page: threadSize(around).rows) else {
                return handleSorted(command, around)
            }
            if let shownThread { pane.scroll(shownThread, by: lines, in: threadSize(around)) }
        case .context:
            guard let lines = command.lines(page: around.body.rows / 2) else {
                return handleSorted(command, around)
            }
            let all = shownThread.map { context($0, around).lines.count } ?? 0
            pane.scrollContext(by: lines, of: all)
        }
        return []
    }

    // MARK: The thread

    /// Cells for the thread's text.
    func threadSize(_ around: Surroundings) -> Size {
        let layout = layout(around.body)
        return layout.thread.map { layout.inner($0).size } ?? Size(0, 0)
    }

    /// The next or previous message comes to the top of the pane.
    private mutating func step(_ step: Int, _ around: Surroundings) -> [ScreenAction]? {
        guard let thread = shownThread, !thread.entries.isEmpty else { return nil }
        pane.step(step, in: thread, threadSize(around))
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
        if let ticket = current?.ticket { seen.see(ticket) }
        return keepSeen()
    }

    private mutating func keepSeen() -> [ScreenAction] {
        seen.takeFresh().map { [.perform(.keep(name: SeenMessages.name, text: $0))] } ?? []
    }

    mutating func tick(_ around: Surroundings) -> [ScreenAction] { keepSeen() }

    // MARK: Acts

    /// nil for commands that are no acts on tickets.
    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        switch command {
        case .newTicket: return openForm(from: nil, around)
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

    func copies(
        _ row: TicketRow, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] {
        let message = shownThread.flatMap { pane.chosen(in: $0) }
        return [
            ListMenu.Copy("y", "id", row.ticket.id.description),
            ListMenu.Copy("l", "subject", row.ticket.subject),
            ListMenu.Copy("m", "message", message?.body ?? ""),
            ListMenu.Copy("t", "thread", shownThread?.text ?? ""),
            ListMenu.Copy("r", "row", whole),
        ]
    }

    /// The thread: a line of the queue is too short for it.
    func plain(_ around: Surroundings) -> TextPanel? {
        shownThread.map { TextPanel.plain("\($0.row.mark)", $0.text) }
    }

    /// What was asked of the bot of the ticket shown.
    private var askedOfBot: [CommandRecord] { pane.commands?.rows.map(\.record) ?? [] }

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
        default: return rowRefusal(of: binding, around)
        }
    }

    private func closed(_ row: TicketRow) -> String? {
        row.ticket.status == .closed ? "closed, E reopens" : nil
    }
}

/// Draws the support screen: panes, their lines or frames, and what stands where nothing is.
import Core
import Store

extension SupportScreen {
    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard !canvas.bounds.isEmpty else { return }
        let layout = layout(canvas.size)
        if let list = layout.list { drawList(in: canvas, list, layout, around) }
        if let thread = layout.thread { drawThread(in: canvas, thread, layout, around) }
        if let context = layout.context { drawContext(in: canvas, context, layout, around) }
        guard let place = layout.writing else { return }
        let kept = draftWords(around)
        switch writing {
        case .message(let composer):
            composer.draw(
                in: canvas[place], isFramed: layout.isFramed, saved: kept, around.keymap)
        case .ticket(let form):
            form.draw(in: canvas[place], saved: kept, around.keymap)
        case nil: break
        }
    }

    func layout(_ size: Size) -> SupportLayout {
        SupportLayout(
            size, rows: rows.count + 1, isWriting: writing != nil, focus: focus,
            zoomed: isZoomed, isForm: writing?.purpose == .newTicket)
    }

    func grid(_ body: Size) -> ListGrid {
        let layout = layout(body)
        return TicketList.grid(layout.list.map { layout.inner($0) } ?? Rect(0, 0, 0, 0))
    }

    private func draftWords(_ around: Surroundings) -> String {
        guard let changedAt else { return "" }
        if around.keeping.problem != nil { return " draft NOT on disk " }
        guard around.keeping.holds(changedAt: changedAt), let at = around.keeping.writtenAt
        else { return "" }
        return " draft kept \(at.clockText)Z "
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        switch writing {
        case .message(let composer): composer.hints(around)
        case .ticket(let form): form.hints(around)
        case nil: listHints(cells, around)
        }
    }

    // MARK: Words

    func nothing(_ keys: KeyNames) -> [String] {
        ["No tickets yet.", "\(keys[.newTicket]) new ticket: ask support."]
    }

    func others(_ keys: KeyNames) -> String? { "\(keys[.cycleKind]) shows others" }

    func nothingChosen(_ keys: KeyNames) -> [String]? {
        [
            "No \(scope.rawValue) tickets.",
            "\(keys[.cycleKind]) shows others, \(keys[.newTicket]) new ticket.",
        ]
    }

    func crumb(_ around: Surroundings) -> Crumb {
        var path = ["Support"]
        if let current { path.append("\(current.mark)  \(current.ticket.subject)") }
        let open = list.all.count { $0.ticket.status != .closed }
        let drafts = DraftPurpose.count(in: around.kept)
        var counts = "\(open) open  \(list.all.count - open) closed"
        if !list.filter.isEmpty { counts = list.counts }
        if drafts > 0 { counts += "  " + counted(drafts, "draft") }
        let arrow = sorting.isDescending ? "^" : "v"
        let order = "\(scope.rawValue)   sort \(sorting.order.rawValue) \(arrow)"
        return Crumb(path: path, counts: counts, order: order)
    }

    // MARK: The queue

    private func drawList(
        in canvas: Canvas, _ place: Rect, _ layout: SupportLayout, _ around: Surroundings
    ) {
        if layout.isFramed {
            canvas[place].box(title: "Tickets \(rows.count)", isFocused: isQueueFocused)
        }
        let inner = canvas[layout.inner(place)]
        if around.person == nil {
            EmptyWords.draw(emptyWords(around).reading, in: inner)
        } else {
            rows.isEmpty ? drawEmpty(in: inner, around) : drawRows(in: inner, around)
        }
    }

    private var isQueueFocused: Bool { focus == .list && writing == nil }

    func drawRows(in canvas: Canvas, _ around: Surroundings) {
        guard let reader = around.person else { return }
        let items = rows.map { row in
            TicketListItem(
                row: row, unread: seen.unread(row.ticket, reader: reader.name),
                hasDraft: DraftPurpose.exists(about: row.ticket.id, in: around.kept))
        }
        TicketList(items: items, reader: reader, now: around.now)
            .draw(in: canvas, state: list.state, isFocused: isQueueFocused)
    }

    // MARK: The thread

    private func drawThread(
        in canvas: Canvas, _ place: Rect, _ layout: SupportLayout, _ around: Surroundings
    ) {
        let isFocused = focus == .thread && writing == nil
        drawEdge(
            title(isFramed: layout.isFramed),
            right: current.map { facts($0, around) } ?? "", isFocused, in: canvas[place],
            layout.isFramed)
        let inner = canvas[layout.inner(place)]
        guard list.cursor != nil else { return }
        guard let thread = shownThread else {
            inner.text(1, 0, "Reading the thread ...", .textDim)
            return
        }
        ThreadView(
            layout: ThreadLayout(thread.entries, columns: inner.columns), scroll: pane.scroll,
            current: pane.message, isFocused: isFocused, now: around.now
        ).draw(in: inner)
        if isFocused, pane.message == nil { inner.rest(0, 0) }
    }

    /// The crumb line names the ticket; a frame beside other panes does so again.
    private func title(isFramed: Bool) -> String {
        guard let current else { return "thread" }
        if isFramed { return "\(current.mark)  \(current.ticket.subject)" }
        let count = current.ticket.messageCount
        return "thread, \(counted(count, "message"))"
    }

    private func facts(_ row: TicketRow, _ around: Surroundings) -> String {
        let ticket = row.ticket
        let bot = currentBot(around).map { "  \($0.label) \($0.shownMark(around).text)" } ?? ""
        return "\(ticket.priority.mark)  \(ticket.category.title)  \(ticket.status.words)\(bot)"
    }

    /// A frame with words left and right, or a line where panes have none.
    private func drawEdge(
        _ left: String, right: String, _ isFocused: Bool, in canvas: Canvas, _ isFramed: Bool
    ) {
        let role: Role = isFocused ? .borderFocus : isFramed ? .border : .separator
        if isFramed {
            canvas.box(isFocused: isFocused)
        } else {
            let line = canvas.glyphs.frame(isFocused: isFocused).horizontal
            canvas.fill(Rect(0, 0, canvas.columns, 1), line, role)
        }
        let end = canvas.columns - 2
        let most = max(0, end - 2)
        let wanted = right.isEmpty ? 0 : TextWidth.of(Untrusted.display(right)) + 2
        let least = min(TextWidth.of(Untrusted.display(left)) + 2, 24)
        let hasRoom = wanted + least <= most
        let room = hasRoom ? most - wanted : most
        let words = TextWidth.truncated(" \(Untrusted.display(left)) ", to: room)
        canvas.text(1, 0, words, .title)
        if hasRoom, wanted > 0 { canvas.textRight(end + 1, 0, " \(right) ", .textDim) }
    }

    // MARK: The context

    func context(_ thread: TicketThread, _ around: Surroundings) -> TicketContext {
        var thread = thread
        thread.now = around.now
        return TicketContext(
            thread: thread, reader: around.person, commands: pane.commands?.rows ?? [])
    }

    private func drawContext(
        in canvas: Canvas, _ place: Rect, _ layout: SupportLayout, _ around: Surroundings
    ) {
        let isFocused = focus == .context && writing == nil
        drawEdge(
            "Context", right: current?.ticket.botID == nil ? "" : "b bot", isFocused,
            in: canvas[place], layout.isFramed)
        let inner = canvas[layout.inner(place)]
        guard let thread = shownThread else { return }
        context(thread, around).draw(in: inner, from: pane.contextTop)
        if isFocused { inner.rest(0, 0) }
    }
}

/// The root reducer: events go to the topmost layer first, then down until something takes them.
import Core
import Store

extension ConsoleState {
    /// Takes one event. Pure: performs nothing, reads no clock.
    /// - Parameter wall: wall clock when it came.
    /// - Returns: what the loop has to do, in order.
    mutating func update(_ event: ConsoleEvent, at wall: Instant) -> [ConsoleEffect] {
        around.wall = wall
        effects = []
        handle(event)
        let wants = wants
        if wants != watched {
            watched = wants
            boards = boards.filter { wants.contains($0.key) }
            effects.append(.watch(wants))
        }
        return effects
    }

    private mutating func handle(_ event: ConsoleEvent) {
        switch event {
        case .key(let key): press(key)
        case .paste(let text): paste(text)
        case .pasting(let goesOn): isPasting = goesOn
        case .resize(let size): around.size = size
        case .focus, .background: break
        case .tick: tick()
        case .board(let board): receive(board)
        case .unreadable(let headline, let remedy):
            around.trouble = StatusLine.Message(
                level: .error, text: headline, offer: remedy, at: around.wall)
        case .person(let person): around.person = person
        case .engine(let engine): engineChanged(engine)
        case .answer(let key, let answer): take(answer, key: key)
        case .unanswered(let key, let error): lose(key, error)
        case .copied(let copy): copied(copy)
        case .edited(let tag, let text, let problem): edited(tag, text, problem)
        case .kept(let problem): kept(problem)
        case .themeChosen(let code, let problem): themeChosen(code, problem)
        case .notice(let text): say(.warn, text)
        case .hangup: effects.append(.quit(.hangup))
        case .signal(let number): signal(number)
        }
    }

    // MARK: Keys

    private mutating func press(_ key: Key) {
        keyPressed(leaves: !readsAnew(key))
        switch key {
        case .control("c"): return interrupt()
        case .control("z"): return effects.append(.suspend)
        case .control("l"): return effects.append(.repaint)
        default: break
        }
        if !overlays.isEmpty {
            let answer = overlays[overlays.count - 1].press(key, around)
            return settle(answer, at: overlays.count - 1)
        }
        if prompt != nil { return typeFilter(key) }
        guard !screens.isEmpty else { return }
        if screens[screens.count - 1].takesText {
            return perform(screens[screens.count - 1].type(key, around))
        }
        guard
            let binding = around.keymap.binding(for: key, in: screens[screens.count - 1].keyContext)
        else { return sayUnknown(key) }
        run(binding)
    }

    /// The key that reads anew and starts an engine, where nothing else takes it.
    private func readsAnew(_ key: Key) -> Bool {
        guard !around.off.contains(.refreshLeavesNothing), overlays.isEmpty, !takesText,
            let top
        else { return false }
        return around.keymap.binding(for: key, in: top.keyContext)?.command == .refresh
    }

    /// Text out of a paste reaches fields only: <doc:ConsoleRules#Pasted-text>.
    private mutating func paste(_ text: String) {
        if !overlays.isEmpty {
            let answer = overlays[overlays.count - 1].paste(text, around)
            return settle(answer, at: overlays.count - 1)
        }
        if prompt != nil {
            if prompt?.editor.paste(text) == .full {
                say(.warn, prompt?.editor.tooLong(text) ?? "")
            }
            return applyFilter()
        }
        if let top, top.takesText {
            return perform(screens[screens.count - 1].paste(text, around))
        }
        say(.warn, "pasted text was dropped: it is never taken as commands")
    }

    /// Runs a key's command unless something forbids it; then says what.
    mutating func run(_ binding: Binding) {
        if let reason = around.refusal(of: binding) ?? top?.refusal(of: binding, around) {
            let key = binding.keys.first?.name ?? ""
            let words =
                binding.label.hasSuffix("..")
                ? String(binding.label.dropLast(2)) : binding.label
            return say(.warn, around.answer("\(key) \(words)", refused: reason))
        }
        if binding.command == .resume, let undo = around.undo, around.undoUntil > around.wall {
            around.undo = nil
            return submit(undo.command, words: undo.words, undo: nil)
        }
        if binding.command == .closeTop, let filter = top?.filter, !filter.isEmpty {
            setFilter("")
            return keepFilter()
        }
        if !screens.isEmpty,
            let actions = screens[screens.count - 1].handle(binding.command, around)
        {
            return perform(actions)
        }
        guard runOwn(binding.command) || KeyCommand.moving.contains(binding.command) else {
            let key = binding.keys.first?.name ?? ""
            return say(.info, "\(key) \(binding.label): nothing to do here")
        }
    }

    /// ^C: closes what is open; twice within a second it offers to quit.
    private mutating func interrupt() {
        if let last = interruptedAt, around.wall - last < .seconds(1) {
            interruptedAt = nil
            overlays = [LineQuestion.quit(around)]
            prompt = nil
            return
        }
        interruptedAt = around.wall
        if !overlays.isEmpty {
            overlays.removeLast()
        } else if prompt != nil {
            prompt = nil
        } else {
            say(.info, "nothing to cancel here; ^C twice offers to quit")
        }
    }

    // MARK: Boards, engine, time

    private mutating func receive(_ board: Board) {
        around.trouble = nil
        // An older page is asked for by a key, once: kept back it would never come.
        if around.frozen != nil, !board.request.isOlderPage {
            if case .fleet = board { around.frozen?.waiting += 1 }
            return
        }
        boards[board.request] = board
        if case .refused(.fleet, _) = board { (around.fleet, boards) = (nil, [.fleet: board]) }
        if case .fleet(let fleet) = board { receive(fleet) }
        for index in screens.indices { screens[index].receive(board, around) }
        for index in overlays.indices.reversed() where overlays.indices.contains(index) {
            hand(board, toOverlay: index)
        }
        refreshOverlays()
    }

    mutating func refreshOverlays() {
        let state = self
        for index in overlays.indices { overlays[index].refresh(state) }
    }

    /// An overlay over a board that the person may not read closes and says why.
    mutating func hand(_ board: Board, toOverlay index: Int) {
        guard case .refused(let request, let refusal) = board else {
            return settle(overlays[index].receive(board, around), at: index)
        }
        guard overlays[index].wants.contains(request) else { return }
        overlays.remove(at: index)
        say(.warn, refusal.headline, offer: refusal.remedy)
    }

    private mutating func receive(_ fleet: FleetBoard) {
        let known = around.fleet?.alerts.map(\.id)
        around.fleet = fleet
        around.fleetAt = around.wall
        around.clock.see(fleet.now, at: around.wall)
        guard let known else { return }
        let fresh = fleet.alerts.filter { !known.contains($0.id) }
        guard let alert = fresh.max(by: { $0.severity.rank < $1.severity.rank }) else { return }
        let name = alert.botID.flatMap { id in fleet.rows.first { $0.id == id }?.label }
        let subject = name.flatMap { alert.message.hasPrefix($0) ? nil : "\($0): " } ?? ""
        tell(alert.severity.level, subject + alert.message)
        if alert.severity == .critical, rungAt.map({ around.wall - $0 > .seconds(10) }) ?? true {
            rungAt = around.wall
            effects.append(.beep)
        }
    }

    private mutating func tick() {
        if around.undoUntil <= around.wall { around.undo = nil }
        if !screens.isEmpty { perform(screens[screens.count - 1].tick(around)) }
        for index in overlays.indices.reversed() where overlays.indices.contains(index) {
            let answer = overlays[index].tick(around)
            settle(answer, at: index)
        }
    }

    private mutating func edited(_ tag: String, _ text: String?, _ problem: String?) {
        guard let text else {
            let words = problem ?? "the editor failed"
            return say(.error, "\(words); the text is as it was")
        }
        for index in screens.indices { perform(screens[index].edited(tag, text, around)) }
    }

    private mutating func copied(_ copy: Clipboard.Copy?) {
        guard let copy else {
            return say(.warn, "this terminal has no clipboard; Y shows the text")
        }
        let words = "sent to the terminal, \(counted(copy.bytes, "byte"))"
        say(copy.isWhole ? .ok : .warn, copy.isWhole ? words : "\(words): more does not fit")
    }

    private mutating func kept(_ problem: String?) {
        if let problem, around.keeping.problem == nil {
            tell(.warn, "drafts and views are not on disk: \(problem)")
        }
        around.keeping.problem = problem
        if problem == nil { around.keeping.writtenAt = around.wall }
    }

    private mutating func themeChosen(_ code: String, _ problem: String?) {
        if let problem { return say(.error, problem) }
        around.theme = code
        keep("theme", code)
    }

    private mutating func signal(_ number: Int32) {
        switch number {
        case SignalNumber.terminate, SignalNumber.interrupt:
            effects.append(.quit(.signal(number)))
        case SignalNumber.hangup: effects.append(.quit(.hangup))
        case SignalNumber.stop: effects.append(.suspend)
        default: break
        }
    }

    mutating func say(_ level: StatusLine.Level, _ text: String, offer: String = "") {
        around.status.show(level, text, offer: offer, at: around.wall)
    }

    /// Says what no key asked for.
    mutating func tell(
        _ level: StatusLine.Level, _ text: String, ofEngine: Bool = false
    ) {
        around.status.tell(level, text, ofEngine: ofEngine, at: around.wall)
    }

    /// Takes an overlay's answer: closes it first, then does what it asks.
    mutating func settle(_ answer: OverlayAnswer, at index: Int) {
        if answer.closes, overlays.indices.contains(index) { overlays.remove(at: index) }
        perform(answer.actions)
    }
}

/// The signals that mean something to the state; the numbers are Linux's.
enum SignalNumber {
    static let hangup: Int32 = 1
    static let interrupt: Int32 = 2
    static let terminate: Int32 = 15
    static let stop: Int32 = 20
}

extension Severity {
    var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        case .critical: 3
        }
    }

    var level: StatusLine.Level {
        switch self {
        case .info: .info
        case .warning: .warn
        case .error: .error
        case .critical: .critical
        }
    }
}

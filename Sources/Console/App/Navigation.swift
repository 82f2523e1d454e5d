/// The console's own keys, and how actions of screens are carried out.
import Core
import Store

extension ConsoleState {
    /// Carries out what a screen or an overlay asked for.
    mutating func perform(_ actions: [ScreenAction]) {
        for action in actions {
            switch action {
            case .go(let destination): go(to: destination)
            case .back: back()
            case .open(let overlay): open(overlay)
            case .submit(let command, let words, let undo):
                submit(command, words: words, undo: undo)
            case .previewClose(let subject): preview(subject)
            case .foresee(let question, let dialog): foresee(question, dialog)
            case .say(let level, let text): say(level, text)
            case .run(let command): run(command)
            case .choose(let choice): choose(choice)
            case .setReadOnly(let on): setReadOnly(on)
            case .setFilter(let text):
                setFilter(text)
                takeFilter()
            case .perform(.keep(let name, let text)): keep(name, text)
            case .perform(let effect): effects.append(effect)
            case .quit: effects.append(.quit(.person))
            }
        }
    }

    /// Remembers a text, here and across runs.
    mutating func keep(_ name: String, _ text: String?) {
        around.kept[name] = text
        effects.append(.keep(name: name, text: text))
    }

    private mutating func choose(_ choice: String) {
        guard !screens.isEmpty else { return }
        perform(screens[screens.count - 1].choose(choice, around))
    }

    /// A command by name, as a menu runs it: with the same refusals as its key.
    private mutating func run(_ command: KeyCommand) {
        let context = top?.keyContext ?? .everywhere
        let keymap = around.keymap
        if let binding = keymap.binding(of: command, in: context)
            ?? keymap.binding(of: command, in: .actions)
        {
            return run(binding)
        }
        runOwn(command)
    }

    /// A key that means nothing here; what the menu of acts takes is told.
    mutating func sayUnknown(_ key: Key) {
        let heavy = around.keymap.menuOnly(in: top?.keyContext ?? .everywhere)
        guard let binding = heavy.first(where: { $0.keys.contains(key) }) else {
            return say(.info, "\(key.name) is no key here; ? shows the keys")
        }
        say(.info, "\(binding.label) is in the menu of acts: \(binding.keyNames)")
    }

    /// Commands that no screen took. False for one that means nothing here.
    @discardableResult
    mutating func runOwn(_ command: KeyCommand) -> Bool {
        switch command {
        case .fleet: go(to: .fleet)
        case .positions: go(to: .positions)
        case .support: go(to: .support)
        case .audit: go(to: .audit)
        case .billing: go(to: .billing)
        case .back: back(asksAtRoot: true)
        case .closeTop: if screens.count > 1 { back() }
        case .quit: effects.append(.quit(.person))
        case .lastView: swapView()
        case .filter: openPrompt()
        case .freeze: toggleFreeze()
        case .refresh: effects.append(.refresh)
        case .repaint: effects.append(.repaint)
        case .suspend: effects.append(.suspend)
        case .actions: open(ListMenu.actions(of: self))
        case .help: open(ScreenDirectory.help(self), "help")
        case .palette: open(ScreenDirectory.palette(self), "the command line")
        case .messages: open(ScreenDirectory.messages(self), "the message history")
        case .alerts: open(AlertsPanel())
        default: return false
        }
        return true
    }

    mutating func open(_ overlay: any Overlay) {
        var overlay = overlay
        overlay.opened(at: around.now)
        overlays.append(overlay)
        let index = overlays.count - 1
        for want in overlay.wants {
            guard let board = boards[want], overlays.indices.contains(index) else { continue }
            hand(board, toOverlay: index)
        }
    }

    private mutating func open(_ overlay: (any Overlay)?, _ name: String) {
        guard let overlay else { return say(.warn, "\(name) is not in this build") }
        open(overlay)
    }

    // MARK: Destinations

    mutating func go(to destination: Destination) {
        guard let screen = ScreenDirectory.screen(for: destination, around) else {
            return say(.warn, "this screen is not in this build")
        }
        if let root = screens.first { sections[root.name] = root }
        let isSame = top?.name == screen.name
        if !isSame { lastScreens = screens }
        thaw()
        prompt = nil
        if destination.isRoot {
            if isSame, screens.count == 1 { return }
            screens = [sections[screen.name] ?? screen]
        } else if isSame {
            screens[screens.count - 1] = screen
        } else {
            screens.append(screen)
        }
        greetTop()
    }

    /// A screen that has just come to the top learns what is known already.
    private mutating func greetTop() {
        guard !screens.isEmpty else { return }
        if let fleet = around.fleet { screens[screens.count - 1].receive(.fleet(fleet), around) }
        for want in screens[screens.count - 1].wants(around) where want != .fleet {
            if let board = boards[want] { screens[screens.count - 1].receive(board, around) }
        }
    }

    private mutating func back(asksAtRoot: Bool = false) {
        if screens.count > 1 {
            lastScreens = screens
            screens.removeLast()
            thaw()
            return greetTop()
        }
        if asksAtRoot { open(LineQuestion.quit(around)) }
    }

    private mutating func swapView() {
        guard !lastScreens.isEmpty else { return say(.info, "there is no last view yet") }
        let here = screens
        screens = lastScreens
        lastScreens = here
        thaw()
        greetTop()
    }

    // MARK: Seeing

    private mutating func toggleFreeze() {
        if around.frozen != nil {
            thaw()
            effects.append(.refresh)
        } else {
            around.frozen = Surroundings.Frozen(at: around.now)
        }
    }

    private mutating func thaw() { around.frozen = nil }

    private mutating func setReadOnly(_ on: Bool) {
        around.isReadOnly = on
        say(.info, on ? "read-only: nothing can be changed; :rw leaves it" : "read-only is off")
    }

    // MARK: Filter

    /// Where nothing can be filtered it opens too: what is typed next is no row of commands.
    private mutating func openPrompt() {
        guard top?.filter != nil || !around.off.contains(.filterTakesText) else {
            return say(.info, FilterPrompt.nothingHere)
        }
        prompt = FilterPrompt(top?.filter ?? "")
    }

    mutating func setFilter(_ text: String) {
        guard !screens.isEmpty, top?.filter != nil else { return }
        screens[screens.count - 1].filter = text
        greetTop()
        if prompt == nil, let problem = top?.filterProblem(around) {
            say(.error, problem.headline, offer: "Esc clears it")
        }
    }

    /// It is no longer looked at only; what cannot be asked is neither taken nor kept.
    private mutating func takeFilter() {
        guard let top, top.filterProblem(around) == nil else { return }
        screens[screens.count - 1].acceptFilter()
        keepFilter()
    }

    /// A filter in force is there again at the next start, in every list by its screen's name:
    /// <doc:ConsoleRules#What-is-kept>.
    mutating func keepFilter() {
        guard let top, let filter = top.filter else { return }
        let name = "\(top.name).filter"
        let text = filter.isEmpty ? nil : filter
        if around.kept[name] != text { keep(name, text) }
    }

    mutating func applyFilter() {
        if let text = prompt?.editor.text { setFilter(text) }
    }

    mutating func typeFilter(_ key: Key) {
        switch key {
        case .up, .down: return walkHistory(key == .up ? -1 : 1)
        default: break
        }
        guard var open = prompt else { return }
        let result = open.editor.handle(key)
        prompt = open
        switch result {
        case .changed: applyFilter()
        case .accepted:
            // The body says what is wrong; the prompt stays, to mend it.
            if top?.filterProblem(around) != nil { return }
            guard top?.filter != nil else {
                prompt = nil
                return say(.info, FilterPrompt.nothingHere)
            }
            let text = open.editor.text
            if !text.isEmpty, filterHistory.last != text { filterHistory.append(text) }
            prompt = nil
            takeFilter()
        case .cancelled:
            prompt = nil
            setFilter("")
            keepFilter()
        case .full: say(.info, "No more fits into this field.")
        case .moved, .ignored: break
        }
    }

    private mutating func walkHistory(_ step: Int) {
        guard !filterHistory.isEmpty, let open = prompt else { return }
        let index = (open.historyIndex ?? filterHistory.count) + step
        guard index >= 0 else { return }
        prompt?.historyIndex = min(index, filterHistory.count)
        prompt?.editor.text = index < filterHistory.count ? filterHistory[index] : ""
        applyFilter()
    }
}

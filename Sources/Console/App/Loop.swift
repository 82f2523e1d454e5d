/// Waits for keys, signals and the engine; hands events to the state; paints.
import Core
import Glibc
import Store

/// One thread, one poll(2). All waiting input is read before one paint; answers to keys are
/// painted at once, data at most ten times a second: <doc:ConsoleRules#Painting>.
final class Loop {
    private let terminal: any Terminal
    private let signals: SignalPipe?
    private let backend: Backend
    private let helpers: LoopHelpers
    private let clock: () -> WallClock
    private(set) var state: ConsoleState
    private var quit: QuitReason?
    private var paintedAt = Span.seconds(-60)
    private var tickedAt = Span.seconds(-60)
    /// The picture is out of date; it can wait for its turn.
    private var isDue = false
    /// The picture answers a key: it cannot wait.
    private var isUrgent = true
    /// The theme in use, and what the terminal's own background is like.
    private var paints: ThemePaints?
    private var ground: TerminalGround
    /// What was read and is not handled yet.
    private var waiting: InputQueue
    private let off: Switches<InputSafeguard>

    static let frameSpacing = Span.milliseconds(100)
    /// Keys are handled so long without a picture; drawing it takes the rest of the spacing.
    static let slice = Span.milliseconds(60)

    /// - Parameters:
    ///   - off: rules that a test of the tests leaves out.
    ///   - clock: another one for tests only.
    init(
        _ state: ConsoleState, terminal: any Terminal, signals: SignalPipe?, backend: Backend,
        helpers: LoopHelpers, off: Switches<InputSafeguard> = [],
        clock: @escaping () -> WallClock = WallClock.read
    ) {
        self.clock = clock
        self.off = off
        waiting = InputQueue(off: off)
        self.state = state
        self.terminal = terminal
        self.signals = signals
        self.backend = backend
        self.helpers = helpers
        paints = helpers.paints
        ground = helpers.ground
    }

    /// Runs until the person, a signal or a dropped line ends it.
    func run() -> QuitReason {
        let start = clock()
        take(backend.identify(), at: start)
        // The first picture waits for no engine and no terminal answer.
        take([.tick] + helpers.notices.map { .notice($0) }, at: start)
        paint(start)
        while quit == nil { turn() }
        helpers.kept.flush()
        backend.close()
        return quit ?? .person
    }

    private func turn() {
        let ready = wait()
        let now = clock()
        if ready.contains(signals?.descriptor ?? -1) { takeSignals(now) }
        if terminal.isBusy { terminal.writeOn() }
        if terminal.inputDescriptor < 0 || ready.contains(terminal.inputDescriptor)
            || terminal.inputDeadline.map({ $0 <= now.monotonic }) ?? false || !waiting.isEmpty
        {
            takeInput(now)
        }
        if ready.contains(backend.descriptor) { take(backend.hear(), at: now) }
        take(backend.turn(now.monotonic), at: now)
        if now.monotonic - tickedAt >= .seconds(1) {
            tickedAt = now.monotonic
            take([.tick], at: now)
        }
        if helpers.kept.turn(now.monotonic) != nil {
            take([.kept(problem: helpers.kept.problem)], at: now)
        }
        guard quit == nil, !terminal.isBusy else { return }
        if isUrgent || (isDue && now.monotonic - paintedAt >= Self.frameSpacing) {
            paint(clock())
        }
    }

    /// The descriptors that have something to say.
    private func wait() -> [Int32] {
        var poller = Poller()
        for descriptor in [
            signals?.descriptor ?? -1, terminal.inputDescriptor, backend.descriptor,
        ] where descriptor >= 0 {
            poller.watch(descriptor, for: .readable)
        }
        if terminal.isBusy { poller.watch(terminal.outputDescriptor, for: .writable) }
        return poller.wait(patience).map(\.descriptor)
    }

    private var patience: Span {
        // A scripted terminal has no descriptor: what it has is there at once.
        if terminal.inputDescriptor < 0 || !waiting.isEmpty { return .seconds(0) }
        let now = clock().monotonic
        var patience = min(backend.patience(now), .seconds(1) - (now - tickedAt))
        if isDue, !terminal.isBusy {
            patience = min(patience, Self.frameSpacing - (now - paintedAt))
        }
        if let deadline = terminal.inputDeadline { patience = min(patience, deadline - now) }
        return max(.seconds(0), patience)
    }

    // MARK: Events

    private func takeSignals(_ now: WallClock) {
        for number in signals?.received() ?? [] {
            switch number {
            case SIGWINCH:
                if terminal.resize() { take([.resize(terminal.size)], at: now) }
                isUrgent = true
            case SIGCONT:
                terminal.repaint()
                isUrgent = true
            default: take([.signal(number)], at: now)
            }
        }
    }

    /// Takes what waits, but no longer than a frame may be away; more is read when that is done.
    private func takeInput(_ started: WallClock) {
        var now = started
        if waiting.isEmpty {
            waiting.add(terminal.readEvents(at: now.monotonic), at: now.monotonic)
            tellPaste(now)
        }
        while quit == nil,
            let event = waiting.next(takesText: state.takesText, at: now.monotonic)
        {
            isUrgent = true
            if case .background(let ground) = event { use(ground) }
            take([event], at: now)
            now = clock()
            if now.monotonic - started.monotonic >= Self.slice { return }
        }
    }

    private func tellPaste(_ now: WallClock) {
        guard terminal.isPasting != state.isPasting, !off.contains(.pasteIsTold) else { return }
        isUrgent = true
        take([.pasting(terminal.isPasting)], at: now)
    }

    /// Hands events to the state and does what it asks, until nothing follows any more.
    private func take(_ events: [ConsoleEvent], at now: WallClock) {
        var waiting = events
        while !waiting.isEmpty, quit == nil {
            let event = waiting.removeFirst()
            isDue = true
            for effect in state.update(event, at: now.utc) {
                waiting += perform(effect, now)
            }
        }
    }

    private func perform(_ effect: ConsoleEffect, _ now: WallClock) -> [ConsoleEvent] {
        switch effect {
        case .watch(let requests): return backend.watch(requests, at: now.monotonic)
        case .refresh:
            let started =
                state.around.engine.isRunning ? [] : backend.startEngine(at: now.monotonic)
            return started + backend.refresh()
        case .submit(let key, let command):
            return backend.submit(command, key: key, at: now.monotonic)
        case .startEngine: return backend.startEngine(at: now.monotonic)
        case .useTheme(let code): return [useTheme(code)]
        case .copy(let text): return [.copied(copy(text))]
        case .edit(let tag, let text): return edit(tag, text)
        case .keep(let name, let text): helpers.kept.put(name, text)
        case .beep: terminal.ring()
        case .repaint:
            terminal.repaint()
            isUrgent = true
        case .suspend: suspend()
        case .quit(let reason): quit = reason
        }
        return []
    }

    private func copy(_ text: String) -> Clipboard.Copy? {
        guard terminal.hasClipboard else { return nil }
        let copy = helpers.clipboard.copy(of: text)
        terminal.send(copy.sequence)
        return copy
    }

    private func useTheme(_ code: String) -> ConsoleEvent {
        do throws(FileError) {
            let paints = try helpers.themes.load(code)
            terminal.use(paints.theme(at: terminal.depth, on: ground))
            self.paints = paints
            isUrgent = true
            return .themeChosen(paints.code, problem: nil)
        } catch {
            return .themeChosen(code, problem: "\(error.headline). \(error.remedy)")
        }
    }

    /// Some themes have one half for dark terminals and one for light ones.
    private func use(_ ground: TerminalGround) {
        guard ground != self.ground else { return }
        self.ground = ground
        if let paints { terminal.use(paints.theme(at: terminal.depth, on: ground)) }
    }

    private func edit(_ tag: String, _ text: String) -> [ConsoleEvent] {
        guard let editor = helpers.editor else {
            return [.notice("no editor: set $EDITOR to one, or write here")]
        }
        terminal.suspend()
        let edit = editor.edit(text, hearing: signals)
        terminal.resume()
        isUrgent = true
        let edited = ConsoleEvent.edited(tag: tag, text: edit.text, problem: edit.problem)
        return [edited, .resize(terminal.size)] + (edit.signal.map { [.signal($0)] } ?? [])
    }

    private func suspend() {
        terminal.suspend()
        if signals != nil { SignalPipe.stopProcess() }
        terminal.resume()
        isUrgent = true
    }

    // MARK: Painting

    private func paint(_ now: WallClock) {
        terminal.present(view(state, in: terminal.size, terminal.glyphs))
        paintedAt = now.monotonic
        isDue = false
        isUrgent = false
    }
}

/// What the loop needs besides terminal and backend.
struct LoopHelpers {
    var themes: ThemeLibrary
    var kept: KeptTexts
    var clipboard: Clipboard
    /// nil: the person has chosen none.
    var editor: ExternalEditor?
    /// The theme that the terminal was opened with.
    var paints: ThemePaints?
    /// What the terminal's name says of its background.
    var ground = TerminalGround.unknown
    /// What to tell once at the start.
    var notices: [String] = []
}

/// Waits for keys, signals and the engine; hands events to the state; paints.
import Core
import Glibc
import Store

/// One thread, one poll(2). All waiting input is read before one paint; answers to keys are
/// painted at once, data at most ten times a second. **Source** TUI lessons 20, 21.
final class Loop {
    private let terminal: any Terminal
    private let signals: SignalPipe?
    private let backend: Backend
    private let helpers: LoopHelpers
    private(set) var state: ConsoleState
    private var quit: QuitReason?
    private var paintedAt = Span.seconds(-60)
    private var tickedAt = Span.seconds(-60)
    /// The picture is out of date; it can wait for its turn.
    private var isDue = false
    /// The picture answers a key: it cannot wait.
    private var isUrgent = true

    static let frameSpacing = Span.milliseconds(100)

    init(
        _ state: ConsoleState, terminal: any Terminal, signals: SignalPipe?, backend: Backend,
        helpers: LoopHelpers
    ) {
        self.state = state
        self.terminal = terminal
        self.signals = signals
        self.backend = backend
        self.helpers = helpers
    }

    /// Runs until the person, a signal or a dropped line ends it.
    func run() -> QuitReason {
        let start = WallClock.read()
        take(backend.identify(), at: start)
        // The first picture waits for no engine and no terminal answer.
        take([.tick], at: start)
        paint(start)
        while quit == nil { turn() }
        helpers.kept.flush()
        backend.close()
        return quit ?? .person
    }

    private func turn() {
        let ready = wait()
        let now = WallClock.read()
        if ready.contains(signals?.descriptor ?? -1) { takeSignals(now) }
        if terminal.inputDescriptor < 0 || ready.contains(terminal.inputDescriptor) {
            takeInput(now)
        }
        if ready.contains(backend.descriptor) { take(backend.hear(), at: now) }
        take(backend.turn(now.monotonic), at: now)
        if now.monotonic - tickedAt >= .seconds(1) {
            tickedAt = now.monotonic
            take([.tick], at: now)
        }
        helpers.kept.turn(now.monotonic)
        guard quit == nil else { return }
        if isUrgent || (isDue && now.monotonic - paintedAt >= Self.frameSpacing) { paint(now) }
    }

    /// The descriptors that have something to say.
    private func wait() -> [Int32] {
        var poller = Poller()
        for descriptor in [
            signals?.descriptor ?? -1, terminal.inputDescriptor, backend.descriptor,
        ] where descriptor >= 0 {
            poller.watch(descriptor, for: .readable)
        }
        let now = WallClock.read().monotonic
        var patience = min(
            backend.patience(now), max(.seconds(0), .seconds(1) - (now - tickedAt)))
        if isDue {
            patience = min(patience, max(.seconds(0), Self.frameSpacing - (now - paintedAt)))
        }
        // A scripted terminal has no descriptor: what it has is there at once.
        if terminal.inputDescriptor < 0 { patience = .seconds(0) }
        return poller.wait(patience).map(\.descriptor)
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

    private func takeInput(_ now: WallClock) {
        var guardian = PasteGuard(terminal.readEvents())
        while quit == nil, let event = guardian.next(takesText: state.takesText) {
            isUrgent = true
            take([event], at: now)
        }
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
        case .watch(let requests): return backend.watch(requests)
        case .refresh:
            let started =
                state.around.engine.isRunning ? [] : backend.startEngine(at: now.monotonic)
            return started + backend.refresh()
        case .submit(let key, let command):
            return backend.submit(command, key: key, at: now.monotonic)
        case .startEngine: return backend.startEngine(at: now.monotonic)
        case .useTheme(let code): return [useTheme(code)]
        case .copy(let text): terminal.send(helpers.clipboard.sequence(text))
        case .edit(let tag, let text): return edit(tag, text)
        case .keep(let name, let text):
            helpers.kept.put(name, text)
            state.around.kept[name] = text
        case .beep: terminal.ring()
        case .repaint:
            terminal.repaint()
            isUrgent = true
        case .suspend: suspend()
        case .quit(let reason): quit = reason
        }
        return []
    }

    private func useTheme(_ code: String) -> ConsoleEvent {
        do throws(FileError) {
            let paints = try helpers.themes.load(code)
            terminal.use(paints.theme(at: terminal.depth))
            isUrgent = true
            return .themeChosen(paints.code, problem: nil)
        } catch {
            return .themeChosen(code, problem: "\(error.headline). \(error.remedy)")
        }
    }

    private func edit(_ tag: String, _ text: String) -> [ConsoleEvent] {
        terminal.suspend()
        let edited = helpers.editor.edit(text)
        terminal.resume()
        isUrgent = true
        return [.edited(tag: tag, text: edited), .resize(terminal.size)]
    }

    private func suspend() {
        terminal.suspend()
        signals?.stopProcess()
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
    var editor: ExternalEditor
}

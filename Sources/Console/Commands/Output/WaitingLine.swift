/// What a person sees while a command takes its time: one line on stderr, written over and over.

import Core
import Store

/// On a terminal the line names the phase, what is left of it and the time so far. Elsewhere
/// nothing is written, or with `--verbose` one line a phase. **Source** <doc:CommandLine#Waiting>.
final class WaitingLine {
    private let output: Output
    private let owner: UInt32?
    private let start: () -> StartProgress?
    private let silence: () -> Span?
    private let progress: (ID<CommandRecord>) -> CommandProgress?
    private let startedAt: Span
    private var cells = 0
    private var phase = ""
    private var second: Int64 = 0

    /// Most commands have ended by then, and nothing flickers.
    static let patience = Span.seconds(1)

    /// - Parameters:
    ///   - owner: of the home, where that is somebody else.
    ///   - start: how far the start of the engine is; nil when it is not starting.
    ///   - silence: for how long the engine has been silent, where it hangs.
    ///   - progress: reads how far the command is; nil when it has ended meanwhile.
    ///   - now: since the machine started, as in ``glance(_:at:)``.
    init(
        _ output: Output, at now: Span, owner: UInt32? = nil,
        start: @escaping () -> StartProgress? = { nil },
        silence: @escaping () -> Span? = { nil },
        progress: @escaping (ID<CommandRecord>) -> CommandProgress?
    ) {
        self.output = output
        self.owner = owner
        self.start = start
        self.silence = silence
        self.progress = progress
        startedAt = now
    }

    /// Looks once a second, and writes what is new.
    func glance(_ command: ID<CommandRecord>?, at now: Span) {
        let elapsed = now - startedAt
        let whole = elapsed.milliseconds / 1000
        guard elapsed >= Self.patience, whole != second, !output.isQuiet else { return }
        guard output.messagesReachTerminal || output.isVerbose else { return }
        second = whole
        let starting =
            silence().map {
                "\(LeaseHolder.words(ofSilence: $0)); "
                    + output.named(LeaseHolder.remedy(asking: owner))
            }
            ?? start().map { "the engine is starting: \($0.words)" }
        guard let command else {
            return rewrite("\(starting ?? "sent; no answer yet"), \(elapsed.countdownText)")
        }
        guard var found = progress(command) else { return }
        if let starting { found = CommandProgress(phase: "\(command) accepted; \(starting)") }
        if output.messagesReachTerminal {
            let left = found.left.map { ", \($0.countdownText) left" } ?? ""
            rewrite("\(found.phase)\(left)   \(elapsed.countdownText) so far")
        } else if found.phase != phase {
            output.detail("\(DisplayText.clean(found.phase)), after \(elapsed.countdownText)")
        }
        phase = found.phase
    }

    /// Takes the line away: what follows stands on a clean one.
    func clear() {
        guard cells > 0 else { return }
        output.streams.write(message: "\r" + String(repeating: " ", count: cells) + "\r")
        cells = 0
    }

    /// Blanks instead of an erasing sequence: every terminal understands them.
    private func rewrite(_ words: String) {
        guard output.messagesReachTerminal else { return }
        let room = max(20, output.streams.messageColumns - 1)
        let text = TextWidth.truncated(DisplayText.clean(words), to: room)
        let width = TextWidth.of(text)
        let rest = String(repeating: " ", count: max(0, cells - width))
        output.streams.write(message: "\r\(text)\(rest)")
        cells = width
    }
}

/// The wait for a command's outcome: what a person sees of it, and ^C, which ends only the wait.

import Core
import Glibc
import Store

final class CommandWait {
    private let output: Output
    private let line: WaitingLine
    private let start: () -> StartProgress?
    /// Nil where ^C was ignored from the start, as for a job in the background: it stays ignored.
    private let signals: SignalPipe?
    private var accepted: ID<CommandRecord>?
    private(set) var isInterrupted = false

    /// - Parameters:
    ///   - owner: of the home, where that is somebody else.
    ///   - start: how far the start of the engine is; nil when it is not starting.
    ///   - silence: for how long the engine has been silent, where it hangs.
    ///   - progress: reads how far a command is; nil when it has ended meanwhile.
    init(
        _ output: Output, owner: UInt32? = nil,
        start: @escaping () -> StartProgress? = { nil },
        silence: @escaping () -> Span? = { nil },
        progress: @escaping (ID<CommandRecord>) -> CommandProgress?
    ) {
        self.output = output
        self.start = start
        line = WaitingLine(
            output, at: WallClock.read().monotonic, owner: owner, start: start,
            silence: silence, progress: progress)
        signals = SignalPipe.isIgnored(SIGINT) ? nil : try? SignalPipe([SIGINT])
    }

    /// Called a few times a second, with the id once the command was accepted; false after ^C.
    func goesOn(_ command: ID<CommandRecord>?) -> Bool {
        accepted = command
        line.glance(command, at: WallClock.read().monotonic)
        isInterrupted = signals?.received().contains(SIGINT) ?? false
        return !isInterrupted
    }

    /// Leaves a clean line, and ^C as it was. Twice is the same as once.
    func end() {
        line.clear()
        signals?.close()
    }

    /// Says what goes on, then ends the program as ^C does: the script that runs it ends as well.
    func endProgram() {
        end()
        output.failure(interruption)
        raise(SIGINT)
    }

    private var interruption: CommandFailure {
        let message =
            accepted.map { "\($0) goes on in the engine; only the waiting for it has ended" }
            ?? (start().map { "the engine is still starting (\($0.words)) and" } ?? "the engine")
                + " had not answered yet; whether it took the command is not known"
        return CommandFailure(
            .notFinished, "interrupted", message, remedy: "See how it stands: plutarc commands.")
    }
}

/// A program that has the terminal for a while, as an editor does; stopped and continued with us.
import Core
import Glibc
import Store

/// It is in our process group, so that the terminal's keys and a dropped line reach it too.
struct ForegroundChild {
    private let process: pid_t
    /// A signal that asked us to end while it ran; it was told.
    private(set) var ending: Int32?

    /// How often a child is looked at while nothing wakes us.
    private static let turn = Span.milliseconds(50)

    /// - Parameter words: the path of the program, then its arguments.
    /// - Returns: nil when it cannot be started.
    init?(_ words: [String]) {
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in SignalPipe.forwarded { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var child: pid_t = 0
        guard posix_spawn(&child, words[0], nil, &attributes, arguments, environ) == 0 else {
            return nil
        }
        process = child
    }

    /// Waits until it has ended; gives its status as waitpid(2) does, -1 when nothing is known.
    ///
    /// When it is stopped (^Z) we stop as well, so that the shell has its terminal back; both go on
    /// with `fg`. Where there is no shell that could do so, the child is continued at once.
    mutating func wait(hearing signals: SignalPipe?) -> Int32 {
        while true {
            var status: Int32 = 0
            let found = waitpid(process, &status, WUNTRACED | (signals == nil ? 0 : WNOHANG))
            if found < 0, errno != EINTR { return -1 }
            if found == process {
                guard Self.isStopped(status) else { return status }
                if goesOn() { continue }
                SignalPipe.stopProcess()
                kill(0, SIGCONT)
                if let signals { hear(signals) }
            } else if let signals {
                _ = Poller.wait(on: signals.descriptor, for: .readable, Self.turn)
                hear(signals)
            }
        }
    }

    /// Whether the stop that was seen is over: ^Z stops us along with it, and what the shell's `fg`
    /// continued is not to be stopped once more. It is looked for a little: both come at once.
    private func goesOn() -> Bool {
        for _ in 0..<5 {
            usleep(10_000)
            var news = siginfo_t()
            if waitid(P_PID, id_t(process), &news, WCONTINUED | WNOHANG) == 0,
                news.si_signo == SIGCHLD
            {
                return true
            }
        }
        return false
    }

    private static func isStopped(_ status: Int32) -> Bool { status & 0xFF == 0x7F }

    /// Stops and continuations are the child's own affair; what ends us ends it.
    private mutating func hear(_ signals: SignalPipe) {
        for number in signals.received() where [SIGTERM, SIGHUP].contains(number) {
            ending = number
            kill(process, number)
        }
    }
}

/// What is still done when a signal ends the program: the terminal restored, a document made.
import Core
import Glibc

/// What the handler needs, prepared before: nothing may be allocated once the program is broken.
private struct Restoration {
    var descriptor: Int32 = -1
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var settings = termios()
    var report: Int32 = -1
}

nonisolated(unsafe) private var restoration = Restoration()
/// 1 while the terminal is ours; the handler and ``CrashRestorer/restore()`` take it down once.
nonisolated(unsafe) private var isArmed: Int32 = 0

/// poll(2), tcflush(3), write(2) and tcsetattr(3) only: all are async-signal-safe. A terminal that
/// takes nothing loses what it has not taken: it would hold the write for ever.
private func writeRestoration() {
    guard isArmed == 1 else { return }
    isArmed = 0
    var ready = pollfd(fd: restoration.descriptor, events: Int16(POLLOUT), revents: 0)
    if poll(&ready, 1, 0) == 0 { tcflush(restoration.descriptor, TCOFLUSH) }
    if let bytes = restoration.bytes {
        var written = 0
        while written < restoration.count {
            let count = write(
                restoration.descriptor, bytes + written, restoration.count - written)
            if count <= 0 { break }
            written += count
        }
    }
    tcsetattr(restoration.descriptor, TCSANOW, &restoration.settings)
}

/// What a script reads in the place of a result that will not come.
private struct OwedDocument {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
}

nonisolated(unsafe) private var crashDocument = OwedDocument()
nonisolated(unsafe) private var stopDocument = OwedDocument()
/// 1 while the program owes a document of which nothing was written yet.
nonisolated(unsafe) private var isOwed: Int32 = 0

private func writeDocument(_ number: Int32) {
    guard isOwed == 1 else { return }
    isOwed = 0
    let document = CrashRestorer.isCrash(number) ? crashDocument : stopDocument
    if let bytes = document.bytes { _ = write(STDOUT_FILENO, bytes, document.count) }
}

/// Restores the terminal, writes the document that is owed, leaves one line in the report and dies
/// of the same signal, so that the exit status says what happened.
private func crashed(_ number: Int32) {
    writeRestoration()
    writeDocument(number)
    if restoration.report >= 0 {
        var tens = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10)
        var ones = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
        var end = UInt8(ascii: "\n")
        _ = write(restoration.report, &tens, 1)
        _ = write(restoration.report, &ones, 1)
        _ = write(restoration.report, &end, 1)
    }
    // The handler was installed to be used once: the default action follows.
    raise(number)
}

extension CommandFailure {
    static var endedBySignal: CommandFailure {
        CommandFailure(
            .failed, "ended_by_signal", "plutarc was ended by a signal before its result",
            remedy: "If it was to change something, look what became of it: plutarc commands.")
    }
}

enum CrashRestorer {
    /// Signals of a broken program.
    static let fatal: [Int32] = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGSYS]
    /// Every other signal that ends a program and can be caught, but those that the loop hears and
    /// SIGXFSZ, which is ignored.
    static let ending: [Int32] =
        [
            SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL, SIGPWR, SIGXCPU,
            16,  // SIGSTKFLT
        ] + Array(34...64)
    /// What a person or a dropped line ends a program with.
    static let stopping: [Int32] = [SIGHUP, SIGINT, SIGTERM]

    static func isCrash(_ number: Int32) -> Bool {
        switch number {
        case SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGSYS: true
        default: false
        }
    }

    /// Bracketed paste, focus reports and synchronised output off: what ncurses does not know of.
    static let xtermModesOff = "\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1004l"

    /// A terminfo string without its delays (`$<5>`), which are for tputs and not for the terminal.
    static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "<"),
                let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
            {
                index = end + 1
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// Remembers how the terminal is now and what restores it, and watches the fatal signals.
    /// - Parameter report: a descriptor that gets the number of the fatal signal; -1 for none.
    static func arm(_ restore: [UInt8], descriptor: Int32, report: Int32 = -1) {
        isArmed = 0
        restoration.bytes?.deallocate()
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, restore.count))
        for (index, byte) in restore.enumerated() { bytes[index] = byte }
        restoration.bytes = bytes
        restoration.count = restore.count
        restoration.descriptor = descriptor
        restoration.report = report
        tcgetattr(descriptor, &restoration.settings)
        isArmed = 1
        watch(fatal + ending)
    }

    /// From here on a signal that ends the program before it has written anything leaves the error
    /// document on standard output.
    static func oweDocument() {
        crashDocument = prepared(
            CommandFailure(
                .failed, "crashed", "plutarc was ended by a fault of its own",
                remedy: "Run the command again; if it was to change something, look first: "
                    + "plutarc commands."))
        stopDocument = prepared(.endedBySignal)
        isOwed = 1
        watch(fatal + ending + stopping)
    }

    /// The first bytes of the document are about to be written.
    static func documentBegins() { isOwed = 0 }

    private static func prepared(_ failure: CommandFailure) -> OwedDocument {
        let text = Array((failure.json.description + "\n").utf8)
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
        bytes.initialize(from: text, count: text.count)
        return OwedDocument(bytes: bytes, count: text.count)
    }

    /// Signals that were ignored from the start stay so. The handler has a stack of its own: the
    /// usual one may be what ran out.
    private static func watch(_ signals: [Int32]) {
        ProcessHygiene.provideSignalStack()
        for number in signals where !SignalPipe.isIgnored(number) {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = crashed
            action.sa_flags =
                Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER | Int32(SA_ONSTACK)
            sigaction(number, &action, nil)
        }
    }

    /// Restores the terminal now; does nothing when it already is.
    static func restore() { writeRestoration() }

    /// The terminal was given back in an orderly way, or is ours again.
    static func setArmed(_ armed: Bool) { isArmed = armed && restoration.descriptor >= 0 ? 1 : 0 }
}

/// Leaves the terminal as it was, whatever happens: prepared at start, also written on a crash.
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
/// 1 while the terminal is ours; the handler and ``CrashGuard/restore()`` take it down once.
nonisolated(unsafe) private var isArmed: Int32 = 0

/// write(2) and tcsetattr(3) only: both are async-signal-safe.
private func writeRestoration() {
    guard isArmed == 1 else { return }
    isArmed = 0
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

/// Restores the terminal, leaves one line in the report and dies of the same signal, so that the
/// exit status says what happened.
private func crashed(_ number: Int32) {
    writeRestoration()
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

enum CrashGuard {
    static let fatal: [Int32] = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP]

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
        for number in fatal {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = crashed
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
            sigaction(number, &action, nil)
        }
    }

    /// Restores the terminal now; does nothing when it already is.
    static func restore() { writeRestoration() }

    /// The terminal was given back in an orderly way, or is ours again.
    static func setArmed(_ armed: Bool) { isArmed = armed && restoration.descriptor >= 0 ? 1 : 0 }
}

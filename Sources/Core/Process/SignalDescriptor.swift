/// The signals that ask the engine to end, as something to poll.

import CLinux
import Glibc

/// SIGTERM, SIGINT and SIGHUP, blocked and readable. Made before any other thread exists.
public final class SignalDescriptor {
    public let descriptor: Int32

    /// - Throws: ``SystemFailure`` when the kernel refuses.
    public init() throws(SystemFailure) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
        sigprocmask(SIG_BLOCK, &signals, nil)
        descriptor = linux_signal_descriptor(&signals)
        guard descriptor >= 0 else { throw .latest("signalfd") }
    }

    deinit { close(descriptor) }

    /// The number of a signal that has arrived; nil when there is none.
    public func next() -> Int32? {
        // struct signalfd_siginfo: 128 bytes, the number of the signal first.
        var facts = [UInt32](repeating: 0, count: 32)
        return read(descriptor, &facts, 128) == 128 ? Int32(facts[0]) : nil
    }
}

/// What this process does as it crashes: it says so where the next one finds it.
import Glibc

/// The handlers of signals by which a process ends through its own fault, and of the one that the
/// end of a mapped file brings.
enum CrashMark {
    /// Written by the signal handlers alone.
    nonisolated(unsafe) private static var word: UnsafeMutablePointer<Int64>?
    /// The page of the file in which the word is.
    nonisolated(unsafe) private static var page: UnsafeMutableRawPointer?
    /// Others cut the file under it: it is memory of this process alone.
    nonisolated(unsafe) private static var isApart = false
    private static let length = 4096

    /// - Parameters:
    ///   - mapping: of a file; who cuts it does not end this process.
    ///   - place: in it, for the number of the signal.
    static func install(
        _ mapping: UnsafeMutableRawPointer, _ place: UnsafeMutablePointer<Int64>
    ) {
        word = place
        page = mapping
        isApart = false
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGFPE, SIGABRT] {
            signal(number) { number in CrashMark.end(by: number) }
        }
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = { number, info, _ in
            let place = info?.pointee._sifields._sigfault.si_addr
            if !CrashMark.standsIn(for: place) { CrashMark.end(by: number) }
        }
        action.sa_flags = SA_SIGINFO
        sigaction(SIGBUS, &action, nil)
    }

    private static func end(by number: Int32) {
        word?.pointee = Int64(number)
        signal(number, SIG_DFL)
        raise(number)
    }

    /// The file ends before its page does: other memory takes the place, and work goes on.
    private static func standsIn(for place: UnsafeMutableRawPointer?) -> Bool {
        guard let page, let place, place >= page, place < page + length, mends else {
            return false
        }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
        let found = mmap(page, length, PROT_READ | PROT_WRITE, flags, -1, 0)
        isApart = true
        return found == page
    }

    /// Only a debug build can be told to end here.
    private static var mends: Bool {
        #if DEBUG
            return getenv("PLUTARC_UNMENDED") == nil
        #else
            return true
        #endif
    }

    /// Whether a mapping stands for its file no longer.
    static func isApart(_ mapping: UnsafeMutableRawPointer) -> Bool { mapping == page && isApart }

    /// It does again.
    static func join(_ mapping: UnsafeMutableRawPointer) {
        if mapping == page { isApart = false }
    }

    static func forget(_ mapping: UnsafeMutableRawPointer) {
        guard mapping == page else { return }
        page = nil
        word = nil
    }
}

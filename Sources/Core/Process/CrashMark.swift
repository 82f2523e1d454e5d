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

    /// What handled each signal before, and goes on once the word is written.
    nonisolated(unsafe) private static var earlier: UnsafeMutablePointer<sigaction>?
    /// Where the handler of each is that was put in its place; -1 for none.
    nonisolated(unsafe) private static var own: UnsafeMutablePointer<Int>?

    /// - Parameters:
    ///   - mapping: of a file; who cuts it does not end this process.
    ///   - place: in it, for the number of the signal.
    static func install(
        _ mapping: UnsafeMutableRawPointer, _ place: UnsafeMutablePointer<Int64>
    ) {
        word = place
        page = mapping
        isApart = false
        makeRoom()
        ProcessHygiene.provideSignalStack()
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGFPE, SIGABRT] {
            watch(number) { number, _, _ in CrashMark.end(by: number) }
        }
        watch(SIGBUS) { number, info, _ in
            let place = info?.pointee._sifields._sigfault.si_addr
            if !CrashMark.standsIn(for: place) { CrashMark.end(by: number) }
        }
    }

    /// Prepared before: nothing may be allocated once the program is broken.
    private static func makeRoom() {
        guard earlier == nil else { return }
        let count = 65
        let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: count)
        actions.initialize(repeating: sigaction(), count: count)
        let places = UnsafeMutablePointer<Int>.allocate(capacity: count)
        places.initialize(repeating: -1, count: count)
        (earlier, own) = (actions, places)
    }

    private static func watch(
        _ number: Int32,
        _ handler: @convention(c) (
            Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?
        ) -> Void
    ) {
        guard let earlier, let own else { return }
        var action = sigaction()
        sigaction(number, nil, &action)
        // It stands already: remembered as what was there before, it would call itself.
        guard address(of: action) != own[Int(number)] else { return }
        let isIgnored = address(of: action) == unsafeBitCast(SIG_IGN, to: Int.self)
        earlier[Int(number)] = isIgnored ? sigaction() : action
        action = sigaction()
        action.__sigaction_handler.sa_sigaction = handler
        action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
        sigaction(number, &action, nil)
        own[Int(number)] = address(of: action)
    }

    private static func address(of action: sigaction) -> Int {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    }

    private static func end(by number: Int32) {
        word?.pointee = Int64(number)
        if let earlier {
            sigaction(number, earlier + Int(number), nil)
        } else {
            signal(number, SIG_DFL)
        }
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

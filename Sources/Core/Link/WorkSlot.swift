/// Which bot the engine is at work on, in memory that outlives it: behind the line of the lease.
import Glibc
import Store

/// Plain stores into a mapped file, made with every look at a bot: whatever ends the process, the
/// next one reads them. An engine that dies at work on a bot, and again before a commit has passed
/// that instant, suspects the bot.
public final class WorkSlot {
    /// What the words of the slot say, in their order.
    private enum Word: Int, CaseIterable {
        /// Of the work under way; 0 for none.
        case bot, at, isStart
        /// The signal of a crash; 0 while there was none, and for a kill.
        case signal
        /// Of the deaths so far.
        case deadBot, deadAt, deaths
    }

    private let mapping: UnsafeMutableRawPointer
    private let words: UnsafeMutablePointer<Int64>
    private var isMapped = true
    private static let length = 4096
    private static let fileLength =
        LeaseHolder.length + Word.allCases.count * MemoryLayout<Int64>.stride

    /// The bot that is suspected; nil for none.
    public private(set) var suspect: ID<Bot>?

    /// Maps the file of a lease that this process holds. Nil where the system does not.
    init?(descriptor: Int32) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { return nil }
        if facts.st_size < Self.fileLength, ftruncate(descriptor, Self.fileLength) != 0 {
            return nil
        }
        let place = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let place, place != MAP_FAILED else { return nil }
        mapping = place
        words = (place + LeaseHolder.length).bindMemory(
            to: Int64.self, capacity: Word.allCases.count)
    }

    deinit { close() }

    /// Before the file is cut: a store behind its end would end this process.
    func close() {
        guard isMapped else { return }
        if CrashMark.word == words + Word.signal.rawValue { CrashMark.word = nil }
        isMapped = false
        munmap(mapping, Self.length)
    }

    // MARK: - Work

    /// The words of the work under way, for ``World``; of no use once this is closed.
    var pointer: UnsafeMutablePointer<Int64> { words }

    func begin(_ bot: ID<Bot>, at now: Instant, isStart: Bool = false) {
        guard isMapped else { return }
        self[.at] = now.milliseconds
        self[.isStart] = isStart ? 1 : 0
        self[.bot] = bot.number
    }

    func rest() {
        if isMapped { self[.bot] = 0 }
    }

    /// Everything up to an instant is on disk: what killed an engine there is behind us.
    func committed(at now: Instant) {
        guard isMapped, self[.deaths] > 0, now.milliseconds > self[.deadAt] else { return }
        self[.deaths] = 0
    }

    // MARK: - What the engine before has left

    /// Counts a death at work, and marks crashes of this process from here on.
    public func takeOver() {
        if self[.bot] != 0 { countDeath() }
        self[.bot] = 0
        self[.signal] = 0
        CrashMark.install(words + Word.signal.rawValue)
        if self[.deaths] >= 2 { suspect = ID(self[.deadBot]) }
    }

    /// A kill from outside says nothing of the bot, unless it hits twice at the very same work; at
    /// the start, where most of the time goes into one bot after the other, not even then.
    private func countDeath() {
        let isKill = self[.signal] == 0
        if isKill, self[.isStart] == 1 { return }
        let isAgain =
            self[.deaths] > 0 && self[.deadBot] == self[.bot]
            && (!isKill || self[.deadAt] == self[.at])
        self[.deaths] = isAgain ? self[.deaths] + 1 : 1
        self[.deadBot] = self[.bot]
        self[.deadAt] = isAgain ? max(self[.deadAt], self[.at]) : self[.at]
    }

    private subscript(word: Word) -> Int64 {
        get { words[word.rawValue] }
        set { words[word.rawValue] = newValue }
    }
}

/// Notes that this process ends by its own fault, where the next one finds it.
enum CrashMark {
    /// Written by the signal handler alone.
    nonisolated(unsafe) static var word: UnsafeMutablePointer<Int64>?

    static func install(_ place: UnsafeMutablePointer<Int64>) {
        word = place
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
            signal(number) { number in
                CrashMark.word?.pointee = Int64(number)
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }
}

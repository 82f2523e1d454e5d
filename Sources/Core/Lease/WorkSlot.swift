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
        /// The world's clock in the last commit.
        case clock
    }

    private let descriptor: Int32
    private let mapping: UnsafeMutableRawPointer
    private let words: UnsafeMutablePointer<Int64>
    private var isMapped = true
    fileprivate static let length = 4096
    static let fileLength =
        LeaseHolder.length + Word.allCases.count * MemoryLayout<Int64>.stride

    /// The bot that is suspected; nil for none.
    public private(set) var suspect: ID<Bot>?

    /// Maps the file of a lease that this process holds. Nil where the system does not.
    init?(descriptor: Int32) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { return nil }
        // With a block behind it: to touch a page that the disk has no room for ends a process.
        if posix_fallocate(descriptor, 0, off_t(Self.fileLength)) != 0,
            facts.st_size < Self.fileLength
        {
            return nil
        }
        let place = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let place, place != MAP_FAILED else { return nil }
        self.descriptor = descriptor
        mapping = place
        words = (place + LeaseHolder.length).bindMemory(
            to: Int64.self, capacity: Word.allCases.count)
    }

    deinit { close() }

    /// Where others have cut the file, it gets its length back and the slot its place in it.
    /// - Returns: whether that was so.
    func mend() -> Bool {
        guard isMapped else { return false }
        var facts = stat()
        let isShort = fstat(descriptor, &facts) == 0 && facts.st_size < Self.fileLength
        guard isShort || CrashMark.isApart(mapping) else { return false }
        guard ftruncate(descriptor, max(facts.st_size, Self.fileLength)) == 0 else { return true }
        let flags = MAP_SHARED | MAP_FIXED
        _ = mmap(mapping, Self.length, PROT_READ | PROT_WRITE, flags, descriptor, 0)
        CrashMark.join(mapping)
        return true
    }

    func close() {
        guard isMapped else { return }
        CrashMark.forget(mapping)
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
    /// - Parameter clock: of the world, as the last commit has it.
    func committed(at now: Instant, clock: Instant) {
        guard isMapped else { return }
        self[.clock] = clock.milliseconds
        guard self[.deaths] > 0, now.milliseconds > self[.deadAt] else { return }
        self[.deaths] = 0
    }

    /// The world's clock in the last commit of the engine before; nil where it left no word.
    var lastClock: Instant? {
        guard isMapped, self[.clock] != 0 else { return nil }
        return Instant(milliseconds: self[.clock])
    }

    /// The same of a file that another process holds.
    static func lastClock(in descriptor: Int32) -> Instant? {
        var clock: Int64 = 0
        let size = MemoryLayout<Int64>.stride
        let place = LeaseHolder.length + Word.clock.rawValue * size
        guard pread(descriptor, &clock, size, off_t(place)) == size, clock != 0 else { return nil }
        return Instant(milliseconds: clock)
    }

    // MARK: - What the engine before has left

    /// Deaths at work on a bot that make it suspect.
    private static let enough: Int64 = 2

    /// Counts a death at work, and marks crashes of this process from here on.
    public func takeOver() {
        CrashMark.install(mapping, words + Word.signal.rawValue)
        if self[.bot] != 0 { countDeath(isKill: self[.signal] == 0) }
        self[.bot] = 0
        self[.signal] = 0
        if self[.deaths] >= Self.enough { suspect = ID(self[.deadBot]) }
    }

    /// This engine ends because the store refuses what it has to write of a bot: as a crash there.
    func countRefusal(of bot: ID<Bot>, at now: Instant) {
        guard isMapped else { return }
        begin(bot, at: now)
        countDeath(isKill: false)
        rest()
    }

    /// A kill from outside says nothing of the bot, unless it hits twice at the very same work; at
    /// the start, where most of the time goes into one bot after the other, not even then.
    private func countDeath(isKill: Bool) {
        if isKill, self[.isStart] == 1 { return }
        let isAgain =
            self[.deaths] > 0 && self[.deadBot] == self[.bot]
            && (!isKill || self[.deadAt] == self[.at])
        self[.deaths] = isAgain ? min(self[.deaths], Self.enough) + 1 : 1
        self[.deadBot] = self[.bot]
        self[.deadAt] = isAgain ? max(self[.deadAt], self[.at]) : self[.at]
    }

    private subscript(word: Word) -> Int64 {
        get { words[word.rawValue] }
        set { words[word.rawValue] = newValue }
    }
}

/// The decision records of a replay: candles on which nothing changed share one.
import Glibc
import Store

/// Lossless for the facts: run after run, each the count of its bytes, what ``DecisionCoding``
/// makes of its first candle, then how many candles it has. A candle on which nothing changed
/// costs a comparison and a count; memory is allotted as runs are added, and never beyond
/// ``bound``: then the older half goes, as the engine's records go after their time.
final class DecisionRuns {
    private var start: UnsafeMutablePointer<UInt8>?
    private var capacity = 0
    /// Bytes that are taken, those of the run under way included.
    private(set) var byteCount = 0
    /// Candles of the run under way.
    private var length = 0
    /// How the strategy and the bot stood in that run, where nothing but they decided.
    private var changes = -1
    private var standing: UInt16 = 0
    /// Runs before the one under way.
    private var finished = 0
    /// Candles recorded so far, those that were dropped included.
    private(set) var candles = 0
    /// Candles whose records made room for others.
    private(set) var dropped = 0
    /// Their outcomes.
    private var droppedOutcomes = DecisionOutcomes()

    /// **Units** bytes: some 400,000 runs of a template of the usual size.
    static let bound = 8 << 20
    private static let least = 1 << 16

    deinit { free(start) }

    /// Runs that are kept.
    var runs: Int { finished + (length > 0 ? 1 : 0) }

    /// Counts a candle on which the strategy asked for nothing, when it decided on the candle
    /// before just so and the bot stands as it stood then; false when that needs a run of its own.
    @inline(__always)
    func repeats(_ strategy: Strategy, _ standing: UInt16) -> Bool {
        guard changes == strategy.changes, self.standing == standing else {
            (changes, self.standing) = (strategy.changes, standing)
            return false
        }
        candles += 1
        length += 1
        return true
    }

    /// Begins a run with the decision of a strategy's last close.
    @inline(never)
    func add(_ head: DecisionHead, _ strategy: Strategy) {
        candles += 1
        // Limits or the exchange had a say: the next candle may differ though nothing changes.
        if head.asked || head.isLate { changes = -1 }
        let facts = DecisionCoding.room(
            votes: strategy.parts.signals.count, verdicts: strategy.parts.checks.count)
        // The length of the run before, ten bytes, and the count of this one's bytes, two.
        guard let start = makeRoom(facts + 12) else { return }
        var cursor = ByteCursor(start + byteCount)
        if length > 0 {
            cursor.put(number: length)
            finished += 1
        }
        length = 1
        let count = cursor.next
        cursor.put(UInt8(0))
        cursor.put(UInt8(0))
        DecisionCoding.write(head, strategy, &cursor)
        let bytes = count.distance(to: cursor.next) - 2
        count[0] = UInt8(truncatingIfNeeded: bytes)
        count[1] = UInt8(truncatingIfNeeded: bytes >> 8)
        byteCount = start.distance(to: cursor.next)
    }

    private func makeRoom(_ bytes: Int) -> UnsafeMutablePointer<UInt8>? {
        if byteCount + bytes > Self.bound { dropOlderHalf() }
        guard byteCount + bytes > capacity else { return start }
        capacity = min(max(2 * capacity, Self.least), Self.bound)
        start = realloc(start, capacity)?.assumingMemoryBound(to: UInt8.self)
        return start
    }

    /// Keeps at least the run under way, whose length is not written yet.
    private func dropOlderHalf() {
        guard let start else { return }
        var place = 0
        while place < byteCount / 2 {
            let run = bounds(at: place)
            guard run.end < byteCount else { break }
            place = run.end
            dropped += run.length
            droppedOutcomes.add(start + run.first, times: run.length)
            finished -= 1
        }
        byteCount -= place
        memmove(start, start + place, byteCount)
    }

    // MARK: - Reading

    /// What stood first against an entry, and on how many candles.
    var obstacles: [Obstacle: Int] {
        guard let start else { return [:] }
        var outcomes = droppedOutcomes
        var place = 0
        while place < byteCount {
            let run = bounds(at: place)
            outcomes.add(start + run.first, times: run.length)
            place = run.end
        }
        return outcomes.obstacles
    }

    /// The records that are kept, one for each candle, oldest first.
    var records: [[UInt8]] {
        var records: [[UInt8]] = []
        var place = 0
        while place < byteCount {
            let run = read(at: place)
            records.append(contentsOf: repeatElement(run.facts, count: run.length))
            place = run.end
        }
        return records
    }

    /// The run under way has no length behind its facts yet.
    private func read(at place: Int) -> (facts: [UInt8], length: Int, end: Int) {
        guard let start else { return ([], 0, place) }
        let (first, last, length, end) = bounds(at: place)
        let facts = Array(UnsafeBufferPointer(start: start + first, count: last - first))
        return (facts, length, end)
    }

    /// From where to where the facts of a run go, and where the next one begins.
    private func bounds(at place: Int) -> (first: Int, last: Int, length: Int, end: Int) {
        guard let start else { return (place, place, 0, place) }
        let first = place + 2
        let last = first + Int(start[place]) + Int(start[place + 1]) << 8
        var end = last
        guard end < byteCount else { return (first, last, length, end) }
        var (number, shift) = (0, 0)
        while start[end] >= 0x80 {
            number |= Int(start[end] & 0x7F) << shift
            shift += 7
            end += 1
        }
        return (first, last, number | Int(start[end]) << shift, end + 1)
    }
}

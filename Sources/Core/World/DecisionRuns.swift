/// The decision records of a replay: candles on which nothing changed share one.
import Store

/// Lossless for the facts: run after run, each the count of its candles and then the bytes that
/// ``DecisionCoding`` makes of one. A candle on which nothing changed costs a comparison and a
/// count; memory is allotted as runs are added, and never beyond ``bound``: then the older half
/// goes, as the engine's records go after their time.
struct DecisionRuns {
    private(set) var bytes: [UInt8] = []
    /// The run under way; not in `bytes` yet.
    private var head: DecisionHead?
    private var facts: [UInt8] = []
    private var length = 0
    /// Runs in `bytes`.
    private(set) var finished = 0
    /// Candles recorded so far, those that were dropped included.
    private(set) var candles = 0
    /// Candles whose records made room for others.
    private(set) var dropped = 0

    /// **Units** bytes: some 400,000 runs of a template of the usual size.
    static let bound = 8 << 20

    /// Runs that are kept.
    var runs: Int { finished + (length > 0 ? 1 : 0) }

    /// - Parameter changed: whether a vote or a verdict differs from the candle before.
    @inline(__always)
    mutating func add(_ head: DecisionHead, changed: Bool, _ strategy: Strategy) {
        candles += 1
        guard changed || self.head != head else {
            length += 1
            return
        }
        begin(head, strategy)
    }

    @inline(never)
    private mutating func begin(_ head: DecisionHead, _ strategy: Strategy) {
        if length > 0 { endRun() }
        self.head = head
        length = 1
        facts.removeAll(keepingCapacity: true)
        DecisionCoding.write(head, strategy.votes, strategy.verdicts, to: &facts)
    }

    private mutating func endRun() {
        if bytes.count + facts.count + 12 > Self.bound { dropOlderHalf() }
        Self.write(length, to: &bytes)
        Self.write(facts.count, to: &bytes)
        bytes.append(contentsOf: facts)
        finished += 1
    }

    private mutating func dropOlderHalf() {
        var place = 0
        while place < bytes.count / 2 {
            let run = read(at: place)
            place = run.end
            dropped += run.length
            finished -= 1
        }
        bytes.removeSubrange(..<place)
    }

    // MARK: - Reading

    /// The records that are kept, one for each candle, oldest first.
    var records: [[UInt8]] {
        var records: [[UInt8]] = []
        var place = 0
        while place < bytes.count {
            let run = read(at: place)
            let facts = Array(bytes[run.start..<run.end])
            records.append(contentsOf: repeatElement(facts, count: run.length))
            place = run.end
        }
        return records + repeatElement(facts, count: length)
    }

    private func read(at place: Int) -> (length: Int, start: Int, end: Int) {
        var place = place
        let length = Self.number(bytes, &place)
        let count = Self.number(bytes, &place)
        return (length, place, place + count)
    }

    /// Seven bits a byte, the lowest first.
    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func number(_ bytes: [UInt8], _ place: inout Int) -> Int {
        var number = 0
        var shift = 0
        while bytes[place] >= 0x80 {
            number |= Int(bytes[place] & 0x7F) << shift
            shift += 7
            place += 1
        }
        number |= Int(bytes[place]) << shift
        place += 1
        return number
    }
}

/// The distances between the rows of a candle file, and the timeframe that they speak for.
import Store

/// The timeframe is the shortest distance, unless another is more than twice as common: then the
/// rows that lie closer are astray, and the first of them is named.
struct CandleSteps {
    private var counts: [Span: Int] = [:]
    private var latest = Span.seconds(0)
    private var shortest = Span(milliseconds: .max)
    /// The line of the first row that lies so close to the one before.
    private var line = 0

    /// A market that was silent for longer is none; more often a time was written wrong. **Units**
    /// ten years.
    static let longest = Span.days(3653)

    /// - Throws: ``FileError`` for a distance that no market has.
    mutating func add(_ step: Span, _ file: CandleFile) throws(FileError) {
        guard step <= Self.longest else {
            throw FileError(
                file: file.path, line: file.row + 1, key: "open_time_ms",
                problem: "\(step.milliseconds / 31_557_600_000) years after the row before",
                remedy: "Gaps of up to ten years are fine; correct the time, in milliseconds.")
        }
        latest = step
        counts[step, default: 0] += 1
        if step < shortest { (shortest, line) = (step, file.row + 1) }
    }

    /// So many more rows followed at the distance of the last.
    mutating func repeatLast(_ count: Int) {
        if count > 0 { counts[latest, default: 0] += count }
    }

    /// - Throws: ``FileError`` naming the row that gives no timeframe.
    func span(of path: String) throws(FileError) -> Span {
        guard shortest.milliseconds % 1000 == 0 else {
            throw FileError(
                file: path, line: line, key: "open_time_ms",
                problem: "only \(shortest.milliseconds) ms after the row before",
                remedy: "Candles are whole seconds long; correct the open times.")
        }
        let most = counts.values.max() ?? 0
        guard 2 * (counts[shortest] ?? 0) >= most else {
            throw FileError(
                file: path, line: line, key: "open_time_ms",
                problem: "only \(shortest.ageText) after the row before, as hardly any other "
                    + "row is",
                remedy: "Candles of one length do not overlap; correct or remove the row.")
        }
        return shortest
    }
}

/// A CSV file of candles, read as a stream in one pass and a few kilobytes.
import Glibc
import Store

/// Columns `open_time_ms,open,high,low,close,volume` (the first may be called `ts_ms`), UTC, rising
/// times, exact decimals. Prices hold at most 10 decimals; volume beyond 8 is rounded.
public final class CandleFile {
    public let path: String
    /// Rows given so far; the header is line 1, so row n stands on line n + 1.
    public private(set) var row = 0
    private let descriptor: Int32
    /// False for a pipe, a terminal and standard input: what was read from them is gone.
    let canBeReadAgain: Bool
    private let bytes: UnsafeMutablePointer<UInt8>
    private var position = 0
    private var filled = 0
    private var isAtEnd = false
    private var latest = Int64(-1)
    /// Index of the last newline in the block; -1 where there is none. A row that starts before it
    /// can be read without looking for its end.
    private var lastNewline = -1
    /// Decimals that the row given last is written with, at most. See ``CandleFields``.
    private(set) var priceDecimals = 0
    private(set) var volumeDecimals = 0

    private static let block = 65_536
    /// With room for a newline at the end of the file.
    private static let capacity = block + 1 + CandleFields.slack
    static let columns = ["open_time_ms", "open", "high", "low", "close", "volume"]

    /// The name of standard input.
    public static let standardInput = "-"

    /// Opens the file, or standard input, and reads its header.
    /// - Throws: ``FileError`` when it cannot be read or the header is another.
    public init(_ path: String) throws(FileError) {
        self.path = path
        let isFile = path != Self.standardInput
        descriptor =
            isFile ? open(path, O_RDONLY | O_CLOEXEC) : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
        let cause = errno
        var facts = stat()
        canBeReadAgain =
            isFile && fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
        bytes = .allocate(capacity: Self.capacity)
        bytes.initialize(repeating: 0, count: Self.capacity)
        guard descriptor >= 0 else {
            throw FileError(
                file: path, problem: "cannot be opened: \(String(cString: strerror(cause)))",
                remedy: "Check the path and that the file may be read.")
        }
        try readHeader()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        bytes.deallocate()
    }

    /// - Throws: ``FileError`` where the rows can be had only once.
    public func expectRereading() throws(FileError) {
        guard !canBeReadAgain else { return }
        throw FileError(
            file: path, problem: "is not a file that can be read twice",
            remedy: "Save the candles in a file first, and name that.")
    }

    private func readHeader() throws(FileError) {
        let end = try lineEnd()
        var header = end.map { text(position, $0) } ?? ""
        // Spreadsheets mark their files so.
        if header.first == "\u{FEFF}" { header.removeFirst() }
        let rest = Self.columns.dropFirst().joined(separator: ",")
        guard header == "open_time_ms," + rest || header == "ts_ms," + rest else {
            throw FileError(
                file: path, line: 1, problem: "the header is not that of a candle file",
                remedy: "Write \(Self.columns.joined(separator: ",")) as the first line.")
        }
        position = (end ?? -1) + 1
    }

    /// The next candle; nil at the end of the file.
    /// - Throws: ``FileError`` that names the line and what was expected there.
    public func next() throws(FileError) -> Candle? {
        if position > lastNewline, try lineEnd() == nil { return nil }
        var cursor = UnsafePointer(bytes + position)
        guard let plain = CandleFields(plain: &cursor) else { return try nextWithCare() }
        position = UnsafePointer(bytes).distance(to: cursor)
        row += 1
        return try accept(plain)
    }

    /// Copies plain rows of the block onto a tape: all up to the first that ``next()`` has to
    /// read.
    /// - Returns: the open time of the last; nil when there was none.
    /// - Parameter until: no row that opens from here on.
    func copyPlainRows(to tape: CandleTape, until: Instant) -> Instant? {
        guard position <= lastNewline, latest >= 0 else { return nil }
        let start = UnsafePointer(bytes)
        var cursor = start + position
        guard let taken = tape.take(&cursor, to: start + lastNewline, until) else { return nil }
        position = start.distance(to: cursor)
        row += taken.rows
        latest = taken.latest.milliseconds
        return taken.latest
    }

    /// A row that is written in another way, or wrong.
    private func nextWithCare() throws(FileError) -> Candle? {
        guard let end = try lineEnd() else { return nil }
        let line = text(position, end)
        position = end + 1
        row += 1
        guard line.isEmpty else {
            return try accept(CandleFields(line: line, file: path, number: row + 1))
        }
        try expectOnlyBlankLines()
        return nil
    }

    @inline(__always) private func accept(_ fields: CandleFields) throws(FileError) -> Candle {
        guard fields.isSensible(after: latest) else { throw complaint(fields) }
        latest = fields.time
        priceDecimals = fields.priceDecimals
        volumeDecimals = fields.volumeDecimals
        return fields.candle
    }

    private func complaint(_ fields: CandleFields) -> FileError {
        let (column, problem) = fields.complaint(after: latest)
        return FileError(
            file: path, line: row + 1, key: column, problem: problem,
            remedy: "Correct the row, or remove it: gaps are fine.")
    }

    private func expectOnlyBlankLines() throws(FileError) {
        while let end = try lineEnd() {
            guard text(position, end).isEmpty else {
                throw FileError(
                    file: path, line: row + 1, problem: "an empty line stands between rows",
                    remedy: "Remove the empty line.")
            }
            position = end + 1
        }
        row -= 1
    }

    /// Index of the newline that ends the line at `position`; nil at the end of the file.
    /// A last line without one is given one.
    private func lineEnd() throws(FileError) -> Int? {
        while true {
            if position < filled,
                let newline = memchr(bytes + position, 0x0A, filled - position)
            {
                return UnsafeMutableRawPointer(bytes).distance(to: newline)
            }
            if isAtEnd {
                guard position < filled else { return nil }
                bytes[filled] = 0x0A
                lastNewline = filled
                filled += 1
                continue
            }
            try refill()
        }
    }

    private func refill() throws(FileError) {
        if position > 0 {
            memmove(bytes, bytes + position, filled - position)
            filled -= position
            position = 0
        }
        guard filled < Self.block else {
            throw FileError(
                file: path, line: row + 2, problem: "the line is longer than 64 KiB",
                remedy: "Write one candle on each line.")
        }
        var count = read(descriptor, bytes + filled, Self.block - filled)
        while count < 0, errno == EINTR {
            count = read(descriptor, bytes + filled, Self.block - filled)
        }
        guard count >= 0 else {
            throw FileError(
                file: path, problem: "cannot be read: \(String(cString: strerror(errno)))",
                remedy: "Check that it is a file on a healthy disk.")
        }
        filled += count
        isAtEnd = count == 0
        lastNewline = filled - 1
        while lastNewline >= 0, bytes[lastNewline] != 0x0A { lastNewline -= 1 }
    }

    /// A line as text, without a carriage return at its end.
    private func text(_ start: Int, _ end: Int) -> String {
        let last = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
        return String(
            decoding: UnsafeBufferPointer(start: bytes + start, count: last - start),
            as: UTF8.self)
    }
}

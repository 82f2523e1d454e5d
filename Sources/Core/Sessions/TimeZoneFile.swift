/// A zone of the system's time zone database (TZif, RFC 8536): how far its clock is from UTC.

import Glibc
import Store

/// A time between two changes of a zone's clock.
struct TimeZoneStretch: Sendable, Equatable {
    var from: Instant
    /// Not part of it.
    var to: Instant
    /// Seconds east of UTC.
    var offset: Int64

    static let universal = TimeZoneStretch(
        from: Instant(milliseconds: .min), to: Instant(milliseconds: .max), offset: 0)

    func holds(at now: Instant) -> Bool { now >= from && now < to }
}

/// Read without the C library's clock, whose zone is one for the whole process.
struct TimeZoneFile: Sendable {
    /// Seconds since 1970 at which the offset changes, rising.
    private var changes: [Int64] = []
    /// Seconds east of UTC: before the first change, then from each change on.
    private var offsets: [Int64] = []
    /// What holds after the last change.
    private var rule: TimeZoneRule?

    /// Nil for a name that the system's database does not have.
    init?(named name: String) {
        guard Self.isPlain(name) else { return nil }
        let wanted = HomePath.environment("TZDIR") ?? ""
        let folder = wanted.isEmpty ? "/usr/share/zoneinfo" : wanted
        guard let bytes = Self.contents(of: "\(folder)/\(name)"), read(bytes) else { return nil }
    }

    /// The offset at an instant, and how long before and after it that holds.
    func stretch(around now: Instant) -> TimeZoneStretch {
        let time = now.floored(to: .seconds(1)).milliseconds / 1000
        if let rule, changes.last.map({ time >= $0 }) ?? true {
            let stretch = rule.stretch(around: now)
            let first = changes.last.map { Instant(milliseconds: $0 * 1000) } ?? stretch.from
            return TimeZoneStretch(
                from: max(first, stretch.from), to: stretch.to, offset: stretch.offset)
        }
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= time { low = middle + 1 } else { high = middle }
        }
        let from = low > 0 ? changes[low - 1] * 1000 : .min
        let to = low < changes.count ? changes[low] * 1000 : .max
        return TimeZoneStretch(
            from: Instant(milliseconds: from), to: Instant(milliseconds: to), offset: offsets[low])
    }

    /// Names as `America/Port-au-Prince` or `Etc/GMT+3`; nothing that leads out of the folder.
    private static func isPlain(_ name: String) -> Bool {
        let isWord = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
                UInt8(ascii: "-"), UInt8(ascii: "+"):
                true
            default: false
            }
        }
        return isWord && !name.isEmpty && !name.hasPrefix("/")
    }

    /// The largest zones have four kilobytes.
    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= 65_536 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += buffer[..<count]
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        let first: Int64 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
        return bytes.reduce(first) { $0 << 8 | Int64($1) }
    }

    /// The second block of the file has times of eight bytes; a version 1 file has none.
    private mutating func read(_ bytes: [UInt8]) -> Bool {
        guard let first = Self.counts(bytes[...]), bytes[4] >= UInt8(ascii: "2") else {
            return false
        }
        let start = 44 + Self.length(first, time: 4)
        guard start <= bytes.count, let counts = Self.counts(bytes[start...]) else { return false }
        let body = start + 44
        let end = body + Self.length(counts, time: 8)
        guard end <= bytes.count, counts.types > 0 else { return false }
        let places = body + counts.times * 8
        let types = places + counts.times
        let known = (0..<counts.types).map { type in
            Self.number(bytes[(types + type * 6)..<(types + type * 6 + 4)])
        }
        offsets = [known[0]]
        for index in 0..<counts.times {
            changes.append(Self.number(bytes[(body + index * 8)..<(body + index * 8 + 8)]))
            let type = Int(bytes[places + index])
            guard type < known.count else { return false }
            offsets.append(known[type])
        }
        let footer = bytes[end...].split(separator: UInt8(ascii: "\n")).first
        rule = footer.flatMap { TimeZoneRule(String(decoding: $0, as: UTF8.self)) }
        return true
    }

    private struct Counts {
        var universal: Int, standard: Int, leaps: Int, times: Int, types: Int, letters: Int
    }

    private static func counts(_ bytes: ArraySlice<UInt8>) -> Counts? {
        guard bytes.count >= 44, bytes.starts(with: Array("TZif".utf8)) else { return nil }
        let numbers = (0..<6).map { index in
            let place = bytes.startIndex + 20 + index * 4
            return Int(number(bytes[place..<(place + 4)]))
        }
        guard numbers.allSatisfy({ (0...10_000).contains($0) }) else { return nil }
        return Counts(
            universal: numbers[0], standard: numbers[1], leaps: numbers[2], times: numbers[3],
            types: numbers[4], letters: numbers[5])
    }

    private static func length(_ counts: Counts, time: Int) -> Int {
        counts.times * (time + 1) + counts.types * 6 + counts.letters
            + counts.leaps * (time + 4) + counts.standard + counts.universal
    }
}

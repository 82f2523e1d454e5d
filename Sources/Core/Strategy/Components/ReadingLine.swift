/// One component's reading as JSON.

import Store

/// Entries keep the readings of their moment as text, so the text is made on the path of a trade.
struct ReadingLine {
    let name: String
    /// All before the value, which never changes.
    private let start: [UInt8]

    init(name: String, role: ComponentRole, weight: Double) {
        self.name = name
        var start = Array("{\"name\":".utf8)
        JSON.quote(name, to: &start)
        start += ",\"role\":\"\(role.rawValue)\",\"weight\":\(weight.shortText),\"value\":".utf8
        self.start = start
    }

    /// Writes `{"name":"RSI","role":"filter","weight":1,"value":"54.3","state":"pass"}`; nil where
    /// that might need more room, whatever has to be escaped.
    func write(_ value: String, _ state: String, _ room: Int, _ cursor: inout ByteCursor) -> Void? {
        guard start.count + 32 + 6 * (value.utf8.count + state.utf8.count) <= room else {
            return nil
        }
        start.withUnsafeBufferPointer { cursor.put($0) }
        cursor.put(quoted: value)
        cursor.put(",\"state\":")
        cursor.put(quoted: state)
        cursor.put(UInt8(0x7D))
        return ()
    }

    /// A JSON array of what `each` writes, with commas between; `each` is told the room that is
    /// left, and nil from it asks for more. **Requires** that `each` can be asked again.
    static func list(
        _ indices: some Sequence<Int>, room: Int = 1024,
        _ each: (Int, Int, inout ByteCursor) -> Void?
    ) -> String {
        let text: String? = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { space in
            guard let first = space.baseAddress else { return "" }
            var cursor = ByteCursor(first)
            cursor.put(UInt8(0x5B))
            for index in indices {
                let used = first.distance(to: cursor.next)
                if used > 1 { cursor.put(UInt8(0x2C)) }
                guard each(index, room - used - 2, &cursor) != nil else { return nil }
            }
            cursor.put(UInt8(0x5D))
            let bytes = UnsafeBufferPointer(start: first, count: first.distance(to: cursor.next))
            return String(decoding: bytes, as: UTF8.self)
        }
        return text ?? list(indices, room: 4 * room, each)
    }
}

extension ComponentReading {
    /// As ``LastDecision/readings`` and the signal state at entry keep it.
    public static func text(of readings: [ComponentReading]) -> String {
        ReadingLine.list(readings.indices) { index, room, cursor in
            let reading = readings[index]
            return ReadingLine(name: reading.name, role: reading.role, weight: reading.weight)
                .write(reading.value, reading.state, room, &cursor)
        }
    }
}

extension Strategy {
    /// Every component's value and state without the exits, as the trade keeps it: the signal
    /// state at entry.
    func snapshotText() -> String { text(of: parts.entryIndices, nil) }

    /// Every component as the console reads it back.
    func readingsJSON(for track: PositionTrack?) -> String {
        text(of: Array(parts.all.indices), track)
    }

    private func text(of indices: [Int], _ track: PositionTrack?) -> String {
        ReadingLine.list(indices) { index, room, cursor in
            parts.lines[index].write(
                parts.all[index].reading, state(at: index, track), room, &cursor)
        }
    }
}

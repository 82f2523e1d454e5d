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

    /// Appends `{"name":"RSI","role":"filter","weight":1,"value":"54.3","state":"pass"}`.
    func write(value: String, state: String, to out: inout [UInt8]) {
        let room = start.count + 32 + 6 * (value.utf8.count + state.utf8.count)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { space in
            guard let first = space.baseAddress else { return }
            var cursor = ByteCursor(first)
            for byte in start { cursor.put(byte) }
            cursor.put(quoted: value)
            cursor.put(",\"state\":")
            cursor.put(quoted: state)
            cursor.put(UInt8(0x7D))
            out.append(contentsOf: space[..<first.distance(to: cursor.next)])
        }
    }

    /// A JSON array of what `each` writes, with commas between.
    static func list(_ places: some Sequence<Int>, _ each: (Int, inout [UInt8]) -> Void) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        out.append(0x5B)
        for place in places {
            if out.count > 1 { out.append(0x2C) }
            each(place, &out)
        }
        out.append(0x5D)
        return String(decoding: out, as: UTF8.self)
    }
}

extension ComponentReading {
    /// As ``LastDecision/readings`` and the signal state at entry keep it.
    public static func text(of readings: [ComponentReading]) -> String {
        ReadingLine.list(readings.indices) { index, out in
            let reading = readings[index]
            ReadingLine(name: reading.name, role: reading.role, weight: reading.weight)
                .write(value: reading.value, state: reading.state, to: &out)
        }
    }
}

extension Strategy {
    /// Every component's value and state without the exits, as the trade keeps it: the signal
    /// state at entry.
    func snapshotText() -> String {
        ReadingLine.list(parts.entryPlaces) { place, out in
            parts.lines[place].write(
                value: parts.all[place].reading, state: state(at: place, nil), to: &out)
        }
    }

    /// Every component as the console reads it back.
    func readingsJSON(for track: PositionTrack?) -> String {
        ReadingLine.list(parts.all.indices) { place, out in
            parts.lines[place].write(
                value: parts.all[place].reading, state: state(at: place, track), to: &out)
        }
    }
}

/// A component's reading as JSON, with all that never changes written beforehand.

import Store

/// Entries keep the readings of their moment as text, so the text is made on the path of a trade.
struct ReadingLine {
    /// Up to the value's place: `{"name":"RSI","role":"filter","weight":1,"value":`.
    private let head: [UInt8]

    init(name: String, role: ComponentRole, weight: Double) {
        var head: [UInt8] = []
        head += "{\"name\":".utf8
        JSON.quote(name, to: &head)
        head += ",\"role\":\"\(role.rawValue)\",\"weight\":\(weight.shortText),\"value\":".utf8
        self.head = head
    }

    func write(value: String, state: String, to out: inout [UInt8]) {
        out += head
        JSON.quote(value, to: &out)
        out += Self.between
        JSON.quote(state, to: &out)
        out.append(0x7D)
    }

    private static let between = Array(",\"state\":".utf8)

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

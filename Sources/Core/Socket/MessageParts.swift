/// Long answers, cut into messages that fit the wire, and put together again.

/// The engine's side: cuts.
enum MessageParts {
    /// Of the text, before it is quoted: quoting can double it.
    static let partLength = 30 * 1024

    /// The messages that carry one document: itself when it fits.
    static func split(_ document: JSON) -> [[UInt8]] {
        var bytes: [UInt8] = []
        document.write(to: &bytes)
        guard bytes.count > EngineProtocol.messageLimit else { return [bytes] }
        let pieces = cut(bytes)
        return pieces.enumerated().map { index, piece in
            let part: JSON = [
                "type": "part", "part": .int(index), "of": .int(pieces.count),
                "text": .string(String(decoding: piece, as: UTF8.self)),
            ]
            var out: [UInt8] = []
            part.write(to: &out)
            return out
        }
    }

    /// Cuts before the first byte of a character, never inside one.
    private static func cut(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            var end = min(start + partLength, bytes.count)
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            pieces.append(bytes[start..<end])
            start = end
        }
        return pieces
    }
}

/// The client's side: puts together.
struct PartJoiner {
    enum Joined: Equatable {
        case whole(JSON)
        case more
        case garbled
    }

    /// Bytes of one document; no answer is meant to come near it.
    static let limit = 16 * 1024 * 1024

    private var text: [UInt8] = []
    private var expected: Int64 = 0

    /// Takes one message from the wire. Parts of one document come one after the other.
    mutating func add(_ bytes: [UInt8]) -> Joined {
        guard let json = try? JSON.parse(bytes) else { return .garbled }
        guard json["type"]?.text == "part" else {
            return expected == 0 ? .whole(json) : .garbled
        }
        guard let index = json["part"]?.integer, let count = json["of"]?.integer,
            let piece = json["text"]?.text, index == expected, index < count,
            text.count + piece.utf8.count <= Self.limit
        else { return .garbled }
        text += piece.utf8
        expected += 1
        guard expected == count else { return .more }
        defer { self = PartJoiner() }
        return (try? JSON.parse(text)).map { .whole($0) } ?? .garbled
    }
}

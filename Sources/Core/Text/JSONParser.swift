/// Reads JSON text: strict, bounded in depth, never trapping on hostile bytes.

/// Text that is not JSON, with the byte at which it fails.
public struct JSONError: Error, Equatable, Sendable {
    public var offset: Int
    public var problem: String
    public var headline: String { "not JSON at byte \(offset): \(problem)" }
}

extension JSON {
    /// - Throws: ``JSONError``. Depth is limited to 64.
    public static func parse(_ text: String) throws(JSONError) -> JSON {
        try parse(Array(text.utf8))
    }

    /// - Throws: ``JSONError``. Depth is limited to 64.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.position == bytes.count else { throw parser.error("text after the value") }
        return value
    }
}

struct JSONParser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func error(_ problem: String) -> JSONError { JSONError(offset: position, problem: problem) }

    mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < 64 else { throw error("nested deeper than 64") }
        skipBlanks()
        switch next {
        case 0x7B: return try object(depth)
        case 0x5B: return try array(depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case nil: throw error("the text ends too early")
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[position...].starts(with: text.utf8) else { throw error("unknown word") }
        position += text.utf8.count
        return value
    }

    private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        position += 1
        skipBlanks()
        if next == 0x7D { position += 1; return .object([]) }
        while true {
            skipBlanks()
            guard next == 0x22 else { throw error("expected a key in quotes") }
            let key = try string()
            skipBlanks()
            guard next == 0x3A else { throw error("expected \":\"") }
            position += 1
            members.append(JSON.Member(key, try value(depth: depth + 1)))
            if try closes(with: 0x7D) { return .object(members) }
        }
    }

    private mutating func array(_ depth: Int) throws(JSONError) -> JSON {
        var values: [JSON] = []
        position += 1
        skipBlanks()
        if next == 0x5D { position += 1; return .array([]) }
        while true {
            values.append(try value(depth: depth + 1))
            if try closes(with: 0x5D) { return .array(values) }
        }
    }

    private mutating func closes(with end: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        guard let byte = next, byte == end || byte == 0x2C else { throw error("expected \",\"") }
        position += 1
        return byte == end
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        if next == 0x2D { position += 1 }
        guard let first = next, first >= 0x30, first <= 0x39 else { throw error("unknown value") }
        digits()
        if first == 0x30, position > start + (bytes[start] == 0x2D ? 2 : 1) {
            throw error("a number starts with 0")
        }
        if next == 0x2E {
            position += 1
            guard digits() > 0 else { throw error("digits are missing after the point") }
        }
        if next == 0x65 || next == 0x45 {
            position += 1
            if next == 0x2B || next == 0x2D { position += 1 }
            guard digits() > 0 else { throw error("digits are missing in the exponent") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    @discardableResult private mutating func digits() -> Int {
        let start = position
        while let byte = next, byte >= 0x30, byte <= 0x39 { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var out: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case 0x22:
                guard let text = String(validating: out, as: UTF8.self) else {
                    throw error("a string is not UTF-8")
                }
                return text
            case 0x5C: try escape(into: &out)
            case 0..<0x20: throw error("a control character in a string")
            default: out.append(byte)
            }
        }
        throw error("a string does not end")
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw error("a string does not end") }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: out.append(byte)
        case 0x62: out.append(0x08)
        case 0x66: out.append(0x0C)
        case 0x6E: out.append(0x0A)
        case 0x72: out.append(0x0D)
        case 0x74: out.append(0x09)
        case 0x75: out += String(try scalar()).utf8
        default: throw error("unknown escape")
        }
    }

    private mutating func scalar() throws(JSONError) -> Character {
        let first = try hex()
        guard first >= 0xD800, first < 0xDC00 else { return try character(first) }
        guard next == 0x5C, position + 1 < bytes.count, bytes[position + 1] == 0x75 else {
            throw error("half a character")
        }
        position += 2
        let second = try hex()
        guard second >= 0xDC00, second < 0xE000 else { throw error("half a character") }
        return try character(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    private func character(_ value: UInt32) throws(JSONError) -> Character {
        guard let scalar = Unicode.Scalar(value) else { throw error("half a character") }
        return Character(scalar)
    }

    private mutating func hex() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count, bytes[position] != 0x2B,
            let value = UInt32(
                String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits were expected") }
        position += 4
        return value
    }
}

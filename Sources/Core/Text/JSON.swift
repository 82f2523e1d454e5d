/// JSON that keeps the order of keys and the text of numbers.

/// One JSON value. Numbers stay text, so that no decimal is bent by binary floating point.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    /// Keys in the order in which they were written.
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSON
        public init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// The value of a key; nil when this is no object or has no such key.
    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    public var text: String? { if case .string(let value) = self { value } else { nil } }
    public var integer: Int64? { if case .number(let value) = self { Int64(value) } else { nil } }
    public var flag: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var elements: [JSON]? { if case .array(let value) = self { value } else { nil } }
    public var isNull: Bool { self == .null }

    public static func int(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
    /// A string, or null.
    public static func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .number(String(value)) }
}

extension JSON: CustomStringConvertible {
    /// The compact text, on one line.
    public var description: String {
        var out: [UInt8] = []
        write(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends the compact text.
    public func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .number(let value): out += value.utf8
        case .string(let value): Self.quote(value, to: &out)
        case .array(let values):
            Self.list(values, "[", "]", to: &out) { value, out in value.write(to: &out) }
        case .object(let members):
            Self.list(members, "{", "}", to: &out) { member, out in
                Self.quote(member.key, to: &out)
                out.append(0x3A)
                member.value.write(to: &out)
            }
        }
    }

    private static func list<Item>(
        _ items: [Item], _ open: String, _ close: String, to out: inout [UInt8],
        _ each: (Item, inout [UInt8]) -> Void
    ) {
        out += open.utf8
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(0x2C) }
            each(item, &out)
        }
        out += close.utf8
    }

    /// Appends a text as a JSON string: all in ASCII that would act on a terminal or hide in it.
    static func quote(_ text: String, to out: inout [UInt8]) {
        var text = text
        out.append(0x22)
        let isPlain = text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 < 0x7F }
            if isPlain { out.append(contentsOf: bytes) }
            return isPlain
        }
        if !isPlain { for scalar in text.unicodeScalars { escape(scalar, to: &out) } }
        out.append(0x22)
    }

    private static func escape(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        switch scalar {
        case "\"", "\\": out += [0x5C, UInt8(ascii: scalar)]
        case "\n": out += "\\n".utf8
        case "\r": out += "\\r".utf8
        case "\t": out += "\\t".utf8
        default:
            if Untrusted.isLetOut(scalar) { return out += String(scalar).utf8 }
            for unit in String(scalar).utf16 { hex(unit, to: &out) }
        }
    }

    /// `\u00AD`; a scalar beyond the first plane takes two.
    private static func hex(_ unit: UInt16, to out: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        out += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
    }
}

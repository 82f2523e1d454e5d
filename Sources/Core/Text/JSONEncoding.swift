/// Writes any value that is made of encodable parts as JSON, without Foundation.

/// Why a value cannot be written as JSON, or JSON is not that value.
public struct JSONCodingError: Error, Sendable, Equatable {
    public var problem: String

    init(problem: String) { self.problem = problem }

    init(_ error: any Error) {
        self = error as? JSONCodingError ?? JSONCodingError(problem: "\(error)")
    }
}

extension JSON {
    /// The value's parts by name, in the order in which they are declared.
    public init(of value: some Encodable) throws(JSONCodingError) {
        let slot = JSONSlot()
        do { try slot.put(value, []) } catch { throw JSONCodingError(error) }
        self = slot.json
    }
}

/// A place that an encoder fills, as a whole or part by part.
private final class JSONSlot {
    enum Content {
        case whole(JSON)
        case elements([JSONSlot])
        case members([(name: String, slot: JSONSlot)])
    }

    var content = Content.whole(.null)

    var json: JSON {
        switch content {
        case .whole(let json): json
        case .elements(let slots): .array(slots.map(\.json))
        case .members(let slots): .object(slots.map { JSON.Member($0.name, $0.slot.json) })
        }
    }

    var count: Int { if case .elements(let slots) = content { slots.count } else { 0 } }

    func added() -> JSONSlot {
        let slot = JSONSlot()
        if case .elements(var slots) = content {
            content = .whole(.null)
            slots.append(slot)
            content = .elements(slots)
        }
        return slot
    }

    func added(_ name: String) -> JSONSlot {
        let slot = JSONSlot()
        if case .members(var slots) = content {
            content = .whole(.null)
            slots.append((name, slot))
            content = .members(slots)
        }
        return slot
    }

    func put(_ value: some Encodable, _ path: [any CodingKey]) throws {
        if let leaf = Self.leaf(value) {
            content = .whole(leaf)
        } else {
            try value.encode(to: JSONEncoding(slot: self, codingPath: path))
        }
    }

    /// Text, a flag or a number; nil for what has parts.
    private static func leaf(_ value: some Encodable) -> JSON? {
        switch value {
        case let text as String: .string(text)
        case let flag as Bool: .bool(flag)
        case let number as Double: real(number)
        case let number as Float: real(Double(number))
        case let number as any FixedWidthInteger: .int(number)
        default: nil
        }
    }

    /// JSON has no number for what is not finite.
    private static func real(_ number: Double) -> JSON {
        number.isFinite ? .number("\(number)") : .string("\(number)")
    }
}

private struct JSONEncoding: Encoder {
    let slot: JSONSlot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.content = .members([])
        return KeyedEncodingContainer(JSONMembers(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.content = .elements([])
        return JSONElements(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONWhole(slot: slot, codingPath: codingPath)
    }
}

private struct JSONWhole: SingleValueEncodingContainer {
    let slot: JSONSlot
    let codingPath: [any CodingKey]

    mutating func encodeNil() { slot.content = .whole(.null) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try slot.put(value, codingPath)
    }
}

private struct JSONElements: UnkeyedEncodingContainer {
    let slot: JSONSlot
    let codingPath: [any CodingKey]
    var count: Int { slot.count }

    private func next() -> JSONEncoding { JSONEncoding(slot: slot.added(), codingPath: codingPath) }

    mutating func encodeNil() { _ = slot.added() }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        try slot.added().put(value, codingPath)
    }
    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedEncodingContainer<Key> { next().container(keyedBy: type) }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next().unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { next() }
}

private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: JSONSlot
    let codingPath: [any CodingKey]

    private func member(_ name: String, _ key: (any CodingKey)?) -> JSONEncoding {
        JSONEncoding(slot: slot.added(name), codingPath: codingPath + (key.map { [$0] } ?? []))
    }

    mutating func encodeNil(forKey key: Key) { _ = slot.added(key.stringValue) }
    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try slot.added(key.stringValue).put(value, codingPath + [key])
    }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        member(key.stringValue, key).container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        member(key.stringValue, key).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { member("super", nil) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { member(key.stringValue, key) }
}

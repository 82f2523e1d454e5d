/// Reads values back from JSON that may come from anywhere: what is not that value is refused.

extension JSON {
    /// The value that was written with ``init(of:)``.
    /// - Throws: ``JSONCodingError`` for anything else.
    public func decoded<Value: Decodable>(_ type: Value.Type) throws(JSONCodingError) -> Value {
        do { return try JSONPart(json: self, codingPath: []).value(type) } catch {
            throw JSONCodingError(error)
        }
    }
}

/// One value inside of the whole, with the way to it.
private struct JSONPart: Decoder, SingleValueDecodingContainer {
    let json: JSON
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let leaf: Any?
        switch type {
        case is String.Type: leaf = json.text
        case is Bool.Type: leaf = json.flag
        case is Double.Type: leaf = real
        case is Float.Type: leaf = real.map { Float($0) }
        case let whole as any FixedWidthInteger.Type: leaf = integer(whole)
        default: return try Value(from: self)
        }
        guard let leaf = leaf as? Value else { throw mismatch("\(type)") }
        return leaf
    }

    private var real: Double? {
        switch json {
        case .number(let text): Double(text)
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        case .string("nan"): .nan
        default: nil
        }
    }

    private func integer<Whole: FixedWidthInteger>(_ type: Whole.Type) -> Whole? {
        guard case .number(let text) = json else { return nil }
        return Whole(text)
    }

    func mismatch(_ wanted: String) -> JSONCodingError {
        let way = codingPath.map(\.stringValue).joined(separator: ".")
        return JSONCodingError(problem: "\(way): no \(wanted)")
    }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = json else { throw mismatch("object") }
        var byName: [String: JSON] = [:]
        for member in members where byName.updateValue(member.value, forKey: member.key) != nil {
            throw mismatch("object: \(member.key) stands twice")
        }
        return KeyedDecodingContainer(JSONNamedParts(byName: byName, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = json.elements else { throw mismatch("array") }
        return JSONPartList(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { json.isNull }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }
}

private struct JSONPartList: UnkeyedDecodingContainer {
    let elements: [JSON]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSON], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> JSONPart {
        guard !isAtEnd else { throw JSONCodingError(problem: "an array ends too early") }
        defer { currentIndex += 1 }
        return JSONPart(json: elements[currentIndex], codingPath: codingPath)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next().value(type)
    }
    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> { try next().container(keyedBy: type) }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct JSONNamedParts<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let byName: [String: JSON]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { byName.keys.compactMap { Key(stringValue: $0) } }
    func contains(_ key: Key) -> Bool { byName[key.stringValue] != nil }

    private func part(_ name: String, _ key: (any CodingKey)?) throws -> JSONPart {
        let path = codingPath + (key.map { [$0] } ?? [])
        guard let json = byName[name] else {
            throw JSONPart(json: .null, codingPath: path).mismatch("value, and it is missing")
        }
        return JSONPart(json: json, codingPath: path)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try part(key.stringValue, key).json.isNull }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try part(key.stringValue, key).value(type)
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try part(key.stringValue, key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try part(key.stringValue, key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { try part("super", nil) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try part(key.stringValue, key) }
}

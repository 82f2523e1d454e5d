/// A small map with an order: for keys that are looked up often and added seldom.

/// Looking up compares keys and hashes nothing: with one key it is one comparison.
struct SortedMap<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    private var keys: ContiguousArray<Key> = []
    private var values: ContiguousArray<Value> = []

    @inline(__always) subscript(_ key: Key) -> Value? {
        get {
            let place = place(of: key)
            return place < keys.count && keys[place] == key ? values[place] : nil
        }
        set { set(key, newValue) }
    }

    private mutating func set(_ key: Key, _ value: Value?) {
        let place = place(of: key)
        let isKnown = place < keys.count && keys[place] == key
        switch (value, isKnown) {
        case (let value?, true): values[place] = value
        case (let value?, false):
            keys.insert(key, at: place)
            values.insert(value, at: place)
        case (nil, true):
            keys.remove(at: place)
            values.remove(at: place)
        case (nil, false): break
        }
    }

    /// Where a key stands, or would.
    @inline(__always) private func place(of key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Where bytes are written one after the other, into room that somebody else has made.

struct ByteCursor {
    private(set) var next: UnsafeMutablePointer<UInt8>

    init(_ start: UnsafeMutablePointer<UInt8>) { next = start }

    @inline(__always) mutating func put(_ byte: UInt8) {
        next.pointee = byte
        next += 1
    }

    /// Eight bytes, the lowest first.
    @inline(__always) mutating func put(_ word: UInt64) {
        UnsafeMutableRawPointer(next).storeBytes(of: word.littleEndian, as: UInt64.self)
        next += 8
    }

    /// Seven bits a byte, the lowest first: ten bytes at most.
    @inline(__always) mutating func put(number: Int) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            put(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        put(UInt8(truncatingIfNeeded: rest))
    }
}

extension ByteCursor {
    mutating func put(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { put(text.utf8Start[index]) }
    }

    /// A JSON string: up to six bytes for each of the text's, and two.
    mutating func put(quoted text: String) {
        let start = next
        put(UInt8(0x22))
        for byte in text.utf8 {
            guard byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F else {
                next = start
                return putEscaped(text)
            }
            put(byte)
        }
        put(UInt8(0x22))
    }

    private mutating func putEscaped(_ text: String) {
        var bytes: [UInt8] = []
        JSON.quote(text, to: &bytes)
        for byte in bytes { put(byte) }
    }
}

/// Codes of a few bits each, side by side from the lowest bit of a byte.
struct BitPacker {
    private let bits: Int
    private var pending: UInt8 = 0
    private var used = 0

    /// **Requires** that eight is a multiple of the bits of a code.
    init(bits: Int) { self.bits = bits }

    @inline(__always) mutating func put(_ code: UInt8, _ cursor: inout ByteCursor) {
        pending |= code &<< UInt8(truncatingIfNeeded: used)
        used += bits
        if used == 8 { end(&cursor) }
    }

    /// Puts out what fills no whole byte.
    @inline(__always) mutating func end(_ cursor: inout ByteCursor) {
        guard used > 0 else { return }
        cursor.put(pending)
        (pending, used) = (0, 0)
    }
}

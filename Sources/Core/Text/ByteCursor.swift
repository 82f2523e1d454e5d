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
    @inline(__always) mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        next.update(from: start, count: bytes.count)
        next += bytes.count
    }

    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A JSON string: up to six bytes for each of the text's, and two.
    mutating func put(quoted text: String) {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy {
                $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F
            }
            guard isPlain else { return false }
            put(UInt8(0x22))
            put(bytes)
            put(UInt8(0x22))
            return true
        }
        if !isPlain { putEscaped(text) }
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

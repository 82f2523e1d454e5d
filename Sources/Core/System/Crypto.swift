/// OpenSSL's digests and random bytes, behind the few calls that we need.

internal import COpenSSL

/// The kernel or OpenSSL gave no random bytes.
public struct RandomnessError: Error, Equatable, Sendable {
    public init() {}
    public var headline: String { "the system gives no random bytes" }
    public var remedy: String { "Check that /dev/urandom can be read, then try again." }
}

/// Stateless; the core may hash, but random bytes are for the rim alone: keys and generations.
public enum Crypto {
    /// Bytes of a SHA-256 digest.
    public static let digestLength = 32

    public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digestLength) { digest, count in
            var length: UInt32 = 0
            let done = bytes.withUnsafeBytes { source in
                EVP_Digest(
                    source.baseAddress, source.count, digest.baseAddress, &length, EVP_sha256(),
                    nil)
            }
            precondition(done == 1 && length == UInt32(digestLength), "SHA-256 is not available")
            count = digestLength
        }
    }

    /// Lower-case, two digits a byte.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that lower-case hexadecimal text names; nil for anything else.
    public static func bytes(hex text: String) -> [UInt8]? {
        let source = Array(text.utf8)
        guard source.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 2)
        for index in stride(from: 0, to: source.count, by: 2) {
            guard let high = value(source[index]), let low = value(source[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// - Throws: ``RandomnessError``.
    public static func random(_ count: Int) throws(RandomnessError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw RandomnessError() }
        return bytes
    }

    /// Random lower-case hexadecimal text: an idempotency key has 16 bytes, 32 digits.
    /// - Throws: ``RandomnessError``.
    public static func randomHex(bytes count: Int = 16) throws(RandomnessError) -> String {
        hex(try random(count))
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

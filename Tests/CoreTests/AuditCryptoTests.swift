/// Digests and hexadecimal text against known values.

import Core
import Testing

@Suite struct AuditCryptoTests {
    /// FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func digestsAreThoseOfTheStandard(_ text: String, _ digest: String) {
        #expect(Crypto.hex(Crypto.sha256(Array(text.utf8))) == digest)
    }

    @Test func hexadecimalTextComesBack() {
        let all = (0...255).map { UInt8($0) }
        #expect(Crypto.bytes(hex: Crypto.hex(all)) == all)
        #expect(Crypto.bytes(hex: "") == [])
        for text in ["0", "0g", "AB", "a b "] { #expect(Crypto.bytes(hex: text) == nil) }
    }

    @Test func randomKeysAreLongAndDiffer() throws {
        let keys = try (0..<64).map { _ in try Crypto.randomHex() }
        #expect(Set(keys).count == 64)
        #expect(keys.allSatisfy { $0.utf8.count == 32 && Crypto.bytes(hex: $0) != nil })
        #expect(try Crypto.random(0).isEmpty)
    }
}

/// Bytes become characters one by one, as Swift and the C library decode whole texts.
import Core
import Foundation
import Store
import Testing

@testable import Console

@Suite(.serialized) struct TextDecoderTests {
    private func decoded(_ bytes: [UInt8], _ decoder: TextDecoder = .utf8) -> String {
        var decoder = decoder
        var result = String.UnicodeScalarView()
        func take(_ byte: UInt8) {
            switch decoder.take(byte) {
            case .pending: break
            case .scalar(let scalar): result.append(scalar)
            case .broken: result.append("\u{FFFD}")
            case .brokenBefore:
                result.append("\u{FFFD}")
                take(byte)
            }
        }
        for byte in bytes { take(byte) }
        return String(result)
    }

    private func typed(_ reads: [[UInt8]]) -> String {
        let events = KeyInputTests.events(
            reads.enumerated().map { (at: Int64($0) * 200, bytes: $1) })
        return String(
            events.compactMap { event -> Character? in
                if case .key(.character(let character)) = event { character } else { nil }
            })
    }

    @Test func aCharacterSplitOverTwoReadsIsWhole() {
        #expect(typed([Array("x".utf8), [0xE6, 0x97], [0xA5], Array("yz".utf8)]) == "x日yz")
        for text in ["Grüße 日本 €5 done", "a😀b", "é"] {
            let bytes = Array(text.utf8)
            for cut in bytes.indices {
                #expect(typed([Array(bytes[..<cut]), Array(bytes[cut...])]) == text)
            }
        }
    }

    @Test(arguments: [1, 2, 7, 333, 4096])
    func noChunkLosesACharacter(size: Int) {
        let text = String(repeating: "漢字かな交じり文", count: 225)
        let bytes = Array(text.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
        #expect(typed(chunks) == text)
        let pasted = KeyInputTests.events(
            ([Array("\u{1B}[200~".utf8)] + chunks + [Array("\u{1B}[201~".utf8)]).enumerated().map {
                (at: Int64($0), bytes: $1)
            })
        #expect(pasted == [.paste(text)])
    }

    @Test(arguments: [
        ([0xFF], "\u{FFFD}"), ([0x41, 0x80, 0x42], "A\u{FFFD}B"),
        ([0xE6, 0x97, 0x41], "\u{FFFD}A"),
        ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"), ([0xF0, 0x9F, 0x98, 0xC3, 0xA9], "\u{FFFD}é"),
        ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF5, 0x41], "\u{FFFD}A"),
    ])
    func anInvalidByteTakesNothingWithIt(_ bytes: [UInt8], _ text: String) {
        #expect(decoded(bytes) == text)
        #expect(typed([bytes]) == text)
    }

    /// Any bytes at all become what Swift makes of the whole text.
    @Test func anyBytesAgreeWithSwift() {
        var dice = Randomness(seed: 11)
        for _ in 0..<4000 {
            let bytes =
                (0..<dice.integer(in: 0...24)).map { _ in
                    dice.chance(1, in: 3)
                        ? UInt8(dice.integer(in: 0x20...0x7E))
                        : UInt8(dice.integer(in: 0x80...0xFF))
                } + Array("!".utf8)
            #expect(decoded(bytes) == String(decoding: bytes, as: UTF8.self), "\(bytes)")
        }
    }

    /// The library's decoder, fed by bytes, in the one locale that every machine has.
    @Test func theLocalesDecoderReadsByBytes() throws {
        try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
        defer { setlocale(LC_CTYPE, "C") }
        let text = "Grüße 日本 €5 😀 done"
        #expect(decoded(Array(text.utf8), .locale) == text)
        #expect(decoded([0x41, 0xFF, 0x42, 0xE6, 0x97, 0x41], .locale) == "A\u{FFFD}B\u{FFFD}A")
    }

    /// UTF-8 that is typed under a locale of single bytes: half a letter opens no string.
    @Test func halfALetterOpensNothing() {
        for text in ["ß", "Û", "É", "Ï", "Ğ", "ŝ"] {
            let bytes = Array("\(text)jX".utf8)
            #expect(typedRaw(bytes, .latin1).hasSuffix("jX"), "\(text)")
        }
        #expect(typedRaw([0xE4, 0xDF, 0x9F, 0x6A], .latin1) == "äß\u{FFFD}j")
        let open = typedRaw(Array("ßjX".utf8), .latin1, [.rawUpperSetOpensNothing])
        #expect(open == "Ã")
    }

    private func typedRaw(
        _ bytes: [UInt8], _ decoder: TextDecoder, _ off: Set<InputSafeguard> = []
    ) -> String {
        var input = KeyInput(decoder: decoder, off: off)
        input.take(bytes, at: .seconds(1))
        return String(
            input.events().compactMap { event -> Character? in
                if case .key(.character(let character)) = event { character } else { nil }
            })
    }

    /// A locale that knows ASCII only says nothing about the line: UTF-8 is taken as such.
    @Test func withoutALocaleTextIsStillText() {
        setlocale(LC_CTYPE, "C")
        let text = "Grüße 日本 €5 done"
        #expect(decoded(Array(text.utf8), .ofLocale()) == text)
        #expect(decoded([0xFC, 0x41], .ofLocale()) == "\u{FFFD}A")
    }
}

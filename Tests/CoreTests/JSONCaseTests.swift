/// The JSON parsing cases of ../shared through every reader that takes JSON.
import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct JSONCaseTests {
    static let cases = Shared.files("vectors/json", ending: ".json").map { file in
        JSONCase(
            name: file.lastPathComponent,
            bytes: (try? Data(contentsOf: file)).map { Array($0) } ?? [])
    }

    /// `y_` is JSON, `n_` is none; of `i_` the format says nothing.
    @Test(.enabled(if: !cases.isEmpty, "no ../shared beside this clone"), arguments: cases)
    func isTakenOrRefusedAsItsNameSays(_ one: JSONCase) {
        let json = try? JSON.parse(one.bytes)
        if one.name.hasPrefix("y_") { #expect(json != nil) }
        if one.name.hasPrefix("n_") { #expect(json == nil) }
        guard let json else { return }
        // What was read is written so that it is read again as the same.
        #expect((try? JSON.parse(json.description)) == json)
    }

    /// None of the cases is a message, a lease or a result: each reader says so.
    @Test(.enabled(if: !cases.isEmpty, "no ../shared beside this clone"), arguments: cases)
    func noReaderTakesItForItsOwn(_ one: JSONCase) {
        let text = String(decoding: one.bytes, as: UTF8.self)
        #expect(LeaseHolder(bytes: one.bytes) == nil)
        #expect(LeaseHolder(bytes: one.padded) == nil)
        #expect(ComponentReading.list(text: text)?.isEmpty != false)
        var joiner = PartJoiner()
        let whole = joiner.add(one.bytes)
        #expect(whole != .more)
        guard let json = try? JSON.parse(one.bytes) else { return }
        #expect(CommandRequest(json) == nil)
        #expect((try? Command(verb: "pause", arguments: json)) == nil)
        #expect((try? Command(verb: "risk-set", arguments: json)) == nil)
    }

    @Test func depthIsBounded() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for depth in [63, 64, 65, 100_000] {
                let text =
                    String(repeating: open, count: depth) + "1"
                    + String(repeating: close, count: depth)
                #expect(((try? JSON.parse(text)) != nil) == (depth < 64))
            }
        }
    }

    @Test(arguments: [
        Array("\"\\ud800\"".utf8), Array("\"\\udc00x\"".utf8), Array("\"\\ud800\\u0041\"".utf8),
        [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ])
    func textThatIsNoUTF8IsRefused(_ bytes: [UInt8]) { #expect((try? JSON.parse(bytes)) == nil) }

    @Test(arguments: ["\"\\u+123\"", "\"\\u-123\"", "\"\\u 123\"", "\"\\u12\"", "\"\\u12g4\""])
    func anEscapeHasFourDigits(_ text: String) { #expect((try? JSON.parse(text)) == nil) }
}

struct JSONCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var testDescription: String { name }

    /// As long as the line of a lease.
    var padded: [UInt8] { bytes + Array(repeating: 0x20, count: max(0, 512 - bytes.count)) }
}

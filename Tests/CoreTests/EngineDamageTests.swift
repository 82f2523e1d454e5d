/// Damage that is found while the engine runs: an alarm, no entries, and everything else goes on.

import Core
import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct EngineDamageTests {
    @Test(
        arguments: [
            ("{\"ok\":true,\"problems\":[]}", 0, []),
            ("{\"ok\":false,\"problems\":[\"a\",\"b\"]}", 7, ["a", "b"]),
            ("{\"ok\":false,\"problems\":[\"a\",\"b\"],\"bots\":[\"b\"]}", 7, ["a"]),
            ("{\"ok\":false,\"problems\":[\"b\"],\"bots\":[\"b\"]}", 7, []),
            ("{\"error\":{\"code\":\"damaged\",\"message\":\"m\"}}", 7, ["m"]),
            ("", 137, ["the check of the histories ended with status 137"]),
            (
                "{\"ok\":true,\"problems\":[]}", 7,
                ["the check of the histories ended with status 7"]
            ),
        ] as [(String, Int32, [String])])
    func theAnswerOfTheCheckIsUnderstood(_ text: String, _ status: Int32, _ found: [String]) {
        #expect(HistoryCheck.problems(in: text, status: status) == found)
    }
}

/// The rules that every JSON document of the command line keeps.

import Core
import Foundation
import Testing

/// **Source** <doc:CommandLine#Values-in-JSON>.
enum JSONRules {
    /// Every broken rule with its place; empty when all is well.
    static func violations(_ json: JSON, at place: String = "") -> [String] {
        switch json {
        case .object(let members):
            return members.flatMap { member in
                check(member, at: place) + violations(member.value, at: "\(place).\(member.key)")
            }
        case .array(let rows):
            return uneven(rows, at: place)
                + rows.enumerated().flatMap { violations($1, at: "\(place)[\($0)]") }
        default: return []
        }
    }

    private static func check(_ member: JSON.Member, at place: String) -> [String] {
        let key = member.key
        var broken: [String] = []
        // Below `parameters` stand the components' own words, by category and symbol.
        if !key.utf8.allSatisfy({ $0 == 0x5F || (0x61...0x7A).contains($0) || isDigit($0) }) {
            broken.append("\(place).\(key): not snake_case")
        }
        if key.hasSuffix("_at") || key == "at" || key == "since" || key == "time",
            let text = member.value.text, !isTime(text)
        {
            broken.append("\(place).\(key): \(text) is no RFC 3339 time")
        }
        if key.hasSuffix("_ms") || key.hasSuffix("_s"), key != "bars_per_s", key != "elapsed_s",
            !member.value.isNull, member.value.integer == nil
        {
            broken.append("\(place).\(key): \(member.value) is no integer")
        }
        if isMoney(key), case .number(let text) = member.value {
            broken.append("\(place).\(key): \(text) is no string")
        }
        return broken
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isMoney(_ key: String) -> Bool {
        ["price", "pnl", "equity", "notional", "fees", "funding", "wallet"].contains {
            key == $0 || key.hasSuffix("_\($0)") || key.hasPrefix("\($0)_pnl")
        }
    }

    private static func isTime(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
    }

    /// Absent values are null, never missing: all rows of a list have the same keys.
    private static func uneven(_ rows: [JSON], at place: String) -> [String] {
        let keys = rows.compactMap { row -> [String]? in
            guard case .object(let members) = row else { return nil }
            return members.map(\.key)
        }
        guard let first = keys.first, let odd = keys.first(where: { $0 != first }) else {
            return []
        }
        return ["\(place): a row has \(odd), another \(first)"]
    }
}

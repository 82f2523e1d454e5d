/// The General Decimal Arithmetic test cases, as Debian's `libpython3.11-testsuite` installs them.
import Foundation

/// One case of a file: an operation, its operands and its result as they are written.
public struct DecimalCase: Sendable {
    public let name: String
    public let operation: String
    public let operands: [String]
    public let result: String
    /// The rounding in force: `half_up`, `floor` and others.
    public let rounding: String
    /// The result was brought onto the precision of the case: it is not the exact one.
    public let isRounded: Bool
}

public enum DecimalCases {
    private static let folder = "/usr/lib/python3.11/test/decimaltestdata"

    public static var areInstalled: Bool { FileManager.default.fileExists(atPath: folder) }
    public static let advice = "libpython3.11-testsuite is not installed"

    /// Every case of some operations, over all files.
    public static func all(of operations: Set<String>) -> [DecimalCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".decTest") }.sorted().flatMap { file in
            cases(in: "\(folder)/\(file)").filter { operations.contains($0.operation) }
        }
    }

    private static func cases(in path: String) -> [DecimalCase] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        var rounding = "half_up"
        var cases: [DecimalCase] = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.hasPrefix("--") { continue }
            let words = words(of: line)
            if words.first == "rounding:", words.count > 1 { rounding = words[1].lowercased() }
            guard let arrow = words.firstIndex(of: "->"), arrow > 2, words.count > arrow + 1 else {
                continue
            }
            let flags = words[(arrow + 2)...].prefix { $0 != "--" }
            cases.append(
                DecimalCase(
                    name: words[0], operation: words[1].lowercased(),
                    operands: Array(words[2..<arrow]), result: words[arrow + 1],
                    rounding: rounding,
                    isRounded: flags.contains { $0 == "Inexact" || $0.hasPrefix("Over") }))
        }
        return cases
    }

    /// Words between blanks; those in quotes without them.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in line + " " {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character != " ", character != "\t" {
                word.append(character)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        return words
    }

    /// `1.20E+2` as `120`, `-0.00` as `0`: plain and without needless zeros. Nil for no number.
    public static func plain(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" || $0 == "+" }
            .split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, let exponent = parts.count == 2 ? Int(parts[1]) : 0,
            abs(exponent) < 100
        else { return nil }
        let halves = mantissa.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        var digits = String(halves[0]) + fraction
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        var point = digits.count - fraction.count + exponent
        if point < 1 {
            digits = String(repeating: "0", count: 1 - point) + digits
            point = 1
        }
        digits += String(repeating: "0", count: max(0, point - digits.count))
        var whole = String(digits.prefix(point).drop { $0 == "0" })
        if whole.isEmpty { whole = "0" }
        var rest = digits.dropFirst(point)
        while rest.last == "0" { rest.removeLast() }
        let value = rest.isEmpty ? whole : "\(whole).\(rest)"
        return isNegative && value != "0" ? "-" + value : value
    }
}

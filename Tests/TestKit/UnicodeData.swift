/// Unicode's own files, as Debian's package `unicode-data` installs them; outside data, not ours.
import Foundation

public enum UnicodeData {
    static let folder = "/usr/share/unicode/"

    /// Whether the package is installed; tests over it are skipped visibly when it is not.
    public static let isThere = FileManager.default.fileExists(
        atPath: folder + "auxiliary/GraphemeBreakTest.txt")

    /// The lines of a file without comments, each cut at `;` or at nothing.
    public static func lines(_ name: String) throws -> [[String]] {
        let text = try String(contentsOfFile: folder + name, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.prefix { $0 != "#" }.split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return fields.isEmpty || fields[0].isEmpty ? nil : fields
        }
    }

    /// `0041 0308` as text.
    public static func text(_ codes: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for code in codes.split(separator: " ") {
            if let scalar = UInt32(code, radix: 16).flatMap({ Unicode.Scalar($0) }) {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Every text of GraphemeBreakTest as the clusters that Unicode cuts it into.
    public static func clusters() throws -> [[String]] {
        try lines("auxiliary/GraphemeBreakTest.txt").map { fields in
            fields[0].split(separator: "÷").map { text($0.replacing("×", with: " ")) }
                .filter { !$0.isEmpty }
        }
    }

    /// Every sequence of emoji-test, with what it is: `fully-qualified`, `component`.
    public static func emoji() throws -> [(text: String, status: String)] {
        try lines("emoji/emoji-test.txt").map { (text($0[0]), $0[1]) }
    }

    /// The ranges of a file `0300..036F ; Mn` with the value of each.
    public static func ranges(_ name: String) throws -> [(ClosedRange<UInt32>, String)] {
        try lines(name).compactMap { fields in
            let ends = fields[0].split(separator: ".").compactMap { UInt32($0, radix: 16) }
            guard let first = ends.first, let last = ends.last, fields.count > 1 else { return nil }
            return (first...last, fields[1])
        }
    }
}

/// Widths and cuts against Unicode's own data, and against another program's table of widths.
import Core
import Foundation
import TestKit
import Testing

@Suite(.enabled(if: UnicodeData.isThere, "the package unicode-data is not installed"))
struct UnicodeWidthTests {
    // MARK: Cuts

    /// Two scissors joined: newer versions of Unicode, which Swift follows, no longer call them a
    /// picture, so that nothing joins them. What joins is replaced before drawing anyway.
    private static let cutByOthers: Set<String> = ["\u{2701}\u{200D}\u{2701}"]

    /// Whatever room there is, a text ends between two clusters.
    @Test func noCutFallsInsideACluster() throws {
        let lines = try UnicodeData.clusters()
        try #require(!lines.isEmpty)
        for clusters in lines where !Self.cutByOthers.contains(clusters.joined()) {
            let text = clusters.joined()
            for cells in 0...TextWidth.of(text) + 1 {
                expectWhole(TextWidth.prefix(of: text, cells: cells), of: clusters)
                let padded = TextWidth.padded(text, to: cells)
                #expect(TextWidth.of(padded) == cells)
            }
        }
    }

    @Test func noCutFallsInsideAnEmoji() throws {
        let emoji = try UnicodeData.emoji()
        try #require(!emoji.isEmpty)
        for (text, _) in emoji {
            for cells in 0...TextWidth.of(text) + 2 {
                expectWhole(TextWidth.prefix(of: "a\(text)b", cells: cells), of: ["a", text, "b"])
                let padded = TextWidth.padded("\(text)\(text)", to: cells)
                #expect(TextWidth.of(padded) == cells)
            }
        }
    }

    /// A broken line is the same text again, cut between clusters.
    @Test func linesBreakBetweenClusters() throws {
        for clusters in try UnicodeData.clusters() where !clusters.contains(where: isBlank) {
            let text = clusters.joined()
            if Self.cutByOthers.contains(text) { continue }
            for cells in 1...3 {
                let lines = TextWidth.wrapped(text, to: cells)
                #expect(lines.joined() == text)
                for line in lines.indices {
                    expectWhole(lines[...line].joined(), of: clusters)
                }
            }
        }
    }

    private func isBlank(_ cluster: String) -> Bool {
        cluster.unicodeScalars.contains { $0 == " " } || cluster.contains(where: \.isNewline)
    }

    private func expectWhole(_ beginning: String, of clusters: [String]) {
        var ends: Set<Int> = [0]
        var count = 0
        for cluster in clusters {
            count += cluster.unicodeScalars.count
            ends.insert(count)
        }
        let cut = beginning.unicodeScalars.count
        #expect(ends.contains(cut), "\(clusters.map(\.debugDescription)) cut at \(cut)")
    }

    // MARK: Widths

    /// Where our widths differ from what others say, and why. Ours are those of the C library,
    /// because ncurses lays out the screen by them.
    private static let differences: [(scalars: ClosedRange<UInt32>, why: String)] = [
        (0x1160...0x11FF, "vowels and finals join the Hangul letter before them"),
        (0xD7B0...0xD7FB, "the same, of old Hangul"),
        (0x2630...0x2637, "trigrams became wide with Unicode 16"),
        (0x268A...0x268F, "monograms and digrams became wide with Unicode 16"),
        (0x1D300...0x1D376, "Tai Xuan Jing and counting rods became wide with Unicode 16"),
        (0x302E...0x302F, "Hangul tone marks stand beside their letter"),
        (0x3164...0x3164, "the Hangul filler is a blank of two cells"),
        (0x3248...0x324F, "circled numbers are ambiguous, and drawn wide"),
        (0x4DC0...0x4DFF, "hexagrams became wide with Unicode 16"),
        (0x16FF0...0x16FF1, "Vietnamese reading marks stand beside their letter"),
        (0x1F1E6...0x1F1FF, "a flag is two letters of one cell each"),
    ]

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        if differences.contains(where: { $0.scalars.contains(scalar.value) }) { return true }
        // A spacing mark has a cell in terminals; newer tables count it to its letter.
        return scalar.properties.generalCategory == .spacingMark
    }

    /// East Asian width and category say what takes two cells and what none.
    @Test func widthsFollowUnicodesOwnProperties() throws {
        var expected: [UInt32: Int] = [:]
        for (range, value) in try UnicodeData.ranges("EastAsianWidth.txt")
        where value == "W" || value == "F" {
            for scalar in range { expected[scalar] = 2 }
        }
        for (range, value) in try UnicodeData.ranges("extracted/DerivedGeneralCategory.txt")
        where value == "Mn" || value == "Me" {
            for scalar in range { expected[scalar] = 0 }
        }
        let wrong = shown.filter { scalar in
            (expected[scalar.value] ?? 1) != TextWidth.of(scalar) && !Self.isKnown(scalar)
        }
        let known = try knownScalars()
        let names = wrong.filter { known.contains($0.value) }.map { String($0.value, radix: 16) }
        #expect(names.isEmpty, "\(names.count): \(names.prefix(60))")
    }

    /// Scalars that show as what they are.
    private var shown: [Unicode.Scalar] {
        (0x20...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }.filter { Untrusted.isShown($0) }
    }

    /// What the C library of Debian 12 knows; about newer scalars everybody says something else.
    private func knownScalars() throws -> Set<UInt32> {
        var result: Set<UInt32> = []
        for (range, age) in try UnicodeData.ranges("DerivedAge.txt")
        where (Double(age) ?? 99) <= 14 {
            result.formUnion(range)
        }
        return result
    }

    /// `wcwidth` of PyPI, where some Python has it.
    @Test(.enabled(if: OtherWidths.isThere, "no python3 has the package wcwidth"))
    func widthsAgreeWithAnotherTable() throws {
        let others = try OtherWidths.all()
        try #require(others.count > 100_000)
        let known = try knownScalars()
        let wrong = shown.filter { scalar in
            guard let other = others[scalar.value], other >= 0 else { return false }
            return other != TextWidth.of(scalar) && !Self.isKnown(scalar)
                && known.contains(scalar.value)
        }
        let names = wrong.map { String($0.value, radix: 16) }
        #expect(names.isEmpty, "\(names.count): \(names.prefix(60))")
    }
}

/// The widths that Python's `wcwidth` gives.
private enum OtherWidths {
    static let isThere = run("import wcwidth; print(1)").first == "1"

    static func all() throws -> [UInt32: Int] {
        let program = """
            import wcwidth
            for c in range(0x20, 0x110000):
                if not 0xD800 <= c < 0xE000: print(c, wcwidth.wcwidth(chr(c)))
            """
        var result: [UInt32: Int] = [:]
        for line in run(program) {
            let words = line.split(separator: " ")
            if words.count == 2, let scalar = UInt32(words[0]) { result[scalar] = Int(words[1]) }
        }
        return result
    }

    private static func run(_ program: String) -> [String] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return [] }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

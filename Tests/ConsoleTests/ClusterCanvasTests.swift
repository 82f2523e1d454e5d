/// What is drawn of a text of many scalars: whole clusters, in exactly the cells that it has.
import Core
import TestKit
import Testing

@testable import Console

@Suite(.enabled(if: UnicodeData.isThere, "the package unicode-data is not installed"))
struct ClusterCanvasTests {
    @Test func noEdgeCutsACluster() throws {
        let texts =
            try UnicodeData.clusters().map { $0.joined() }
            + UnicodeData.emoji().map { $0.text }
        try #require(texts.count > 1000)
        for text in texts { expectWhole(text) }
    }

    private func expectWhole(_ text: String) {
        let clean = Untrusted.display("a\(text)b")
        for columns in 1...TextWidth.of(clean) + 1 {
            let canvas = Canvas(Size(columns, 1))
            canvas.text(0, 0, "a\(text)b")
            let line = canvas.frame.line(0)
            let expected = TextWidth.padded(clean, to: columns)
            #expect(line == expected, "\(text.debugDescription) in \(columns)")
            #expect(line.unicodeScalars.reduce(0) { $0 + TextWidth.of($1) } == columns)
        }
    }

    /// In the middle of a row as well: what stands there before is never half of one.
    @Test func fieldsHoldWholeClusters() throws {
        for (text, _) in try UnicodeData.emoji() {
            for cells in 1...4 {
                let canvas = Canvas(Size(8, 1))
                canvas.text(0, 0, "漢漢漢漢")
                canvas.text(1, 0, text, .text, cells: cells)
                let line = canvas.frame.line(0)
                #expect(
                    line.unicodeScalars.reduce(0) { $0 + TextWidth.of($1) } == 8,
                    "\(text.debugDescription) in \(cells)")
            }
        }
    }
}

/// Drawing: clipping, wide characters, frames, what a frame prints as and how frames differ.
import Core
import Testing

@testable import Console

@Suite struct CanvasTests {
    @Test func textOutsideIsClipped() {
        let canvas = Canvas(Size(5, 2))
        canvas.text(-2, 0, "abcdefghij")
        canvas.text(0, 7, "nowhere")
        canvas[Rect(3, 1, 10, 10)].text(0, 0, "xyz")
        #expect(canvas.frame.text == "cdef~\n   x~")
    }

    @Test func wideCharacterTakesTwoCellsAndIsNeverHalved() {
        let canvas = Canvas(Size(5, 1))
        canvas.text(0, 0, "a漢字b漢")
        #expect(canvas.frame.line(0) == "a漢~ ")
        #expect(canvas.frame[2, 0].isTail)
        let cut = Canvas(Size(4, 1))
        cut.text(0, 0, "a漢字")
        #expect(cut.frame.line(0) == "a漢~")
    }

    @Test(arguments: [
        ("8.4000", "~"), ("at 8.4000", "at ~"), ("a +1,234", "a ~"), ("18:00:07", "~"),
        ("btc-01x", "btc-~"), ("ab   ", "ab"), ("12345", "12345"), ("1 2 3 4", "1 2 ~"),
    ])
    func aFigureIsNeverCutAtTheEdge(_ text: String, _ shown: String) {
        let canvas = Canvas(Size(5, 1))
        canvas.text(0, 0, text)
        #expect(canvas.frame.text == shown)
    }

    /// What a panel would leave of a figure is taken away; words stay.
    @Test func aPanelLeavesNoHalfFigure() {
        let canvas = Canvas(Size(20, 3))
        canvas.text(0, 0, "1,234.50 word -1.25%")
        canvas.text(0, 1, "bot-number ago 15:30")
        _ = canvas.raised(Rect(4, 0, 12, 3))
        #expect(canvas.frame.text == "\nbot-\n")
    }

    @Test func overwritingHalfOfAWideCharacterBlanksTheOtherHalf() {
        let canvas = Canvas(Size(4, 1))
        canvas.text(0, 0, "漢字")
        canvas.text(1, 0, "x")
        #expect(canvas.frame.line(0) == " x字")
        canvas.text(2, 0, "y")
        #expect(canvas.frame.line(0) == " xy ")
        let other = Canvas(Size(4, 1))
        other.text(1, 0, "漢")
        other.text(0, 0, "字")
        #expect(other.frame.line(0) == "字  ")
        #expect(!other.frame[2, 0].isTail)
    }

    @Test func combiningMarksStayOnTheirBase() {
        let canvas = Canvas(Size(3, 1))
        canvas.text(0, 0, "e\u{301}x")
        #expect(canvas.frame[0, 0].scalars == ["e", "\u{301}"])
        #expect(canvas.frame[1, 0].first == "x")
    }

    @Test func controlCharactersNeverReachTheFrame() {
        let canvas = Canvas(Size(40, 1))
        canvas.text(0, 0, "a\u{1B}[2J\u{9B}31m\u{202E}b\u{200B}\rc\n")
        for cell in canvas.frame.cells {
            for scalar in cell.scalars {
                #expect(Untrusted.visible(scalar) == scalar)
            }
        }
    }

    @Test func boxIsDrawnInBothGlyphSets() {
        let canvas = Canvas(Size(8, 3))
        canvas.box(title: "Ab").text(0, 0, "inside it")
        #expect(canvas.frame.text == "┌ Ab ──┐\n│insid~│\n└──────┘")
        let plain = Canvas(Size(8, 3), .ascii)
        plain.box(isFocused: true)
        #expect(plain.frame.text == "+======+\n#      #\n+======+")
    }

    @Test func asciiGlyphsTransliterate() {
        let canvas = Canvas(Size(12, 1), .ascii)
        canvas.text(0, 0, "Zoë — 漢x")
        #expect(canvas.frame.text == "Zoe - ??x")
    }

    @Test func meterNeverRoundsSomeToNoneOrAlmostToAll() {
        #expect(Gauge.filledCells(0, of: 16) == 0)
        #expect(Gauge.filledCells(0.001, of: 16) == 1)
        #expect(Gauge.filledCells(0.999, of: 16) == 15)
        #expect(Gauge.filledCells(1, of: 16) == 16)
        #expect(Gauge.filledCells(.nan, of: 16) == 0)
        #expect(Gauge.filledCells(7, of: 16) == 16)
        let canvas = Canvas(Size(10, 1), .ascii)
        canvas.meter(0, 0, cells: 10, share: 0.5)
        #expect(canvas.frame.text == "[####....]")
    }

    @Test func sparklineHasTwoValuesInABrailleCell() {
        let rising = Gauge.sparkline([0, 1, 2, 3], cells: 2, .unicode)
        #expect(rising.count == 2)
        #expect(rising[0] == "\u{28E0}")
        #expect(Gauge.sparkline([1, 2, 3], cells: 2, .ascii).count == 2)
        #expect(Gauge.sparkline([], cells: 2, .ascii).isEmpty)
        #expect(Gauge.sparkline([.nan, 1, 2], cells: 3, .ascii).first == " ")
    }

    @Test func roleLettersAndLegendAreInTheSnapshot() {
        let canvas = Canvas(Size(6, 1))
        canvas.text(0, 0, "a", .gain)
        canvas.rest(0, 0)
        #expect(canvas.frame.snapshot.contains("\(Role.gain.letter) gain"))
        #expect(canvas.frame.snapshot.contains("6x1 cursor 0,0"))
        #expect(canvas.frame.roleText == "\(Role.gain.letter)")
    }

    @Test func onlyChangedCellsAreInTheDifference() {
        let old = Canvas(Size(10, 3))
        old.text(0, 1, "price 100")
        let new = Canvas(Size(10, 3))
        new.text(0, 1, "price 101")
        #expect(new.frame.changes(from: old.frame) == [.init(row: 1, columns: 8..<9)])
        #expect(new.frame.changes(from: new.frame).isEmpty)
        #expect(new.frame.changes(from: nil).count == 3)
        #expect(new.frame.changes(from: Frame(Size(9, 3))).count == 3)
    }

    @Test func differenceCoversBothHalvesOfWideCharacters() {
        let old = Canvas(Size(4, 1))
        old.text(1, 0, "漢")
        let new = Canvas(Size(4, 1))
        new.text(2, 0, "x")
        #expect(new.frame.changes(from: old.frame) == [.init(row: 0, columns: 1..<3)])
    }

    /// Words with wide characters and without, moved about over each other.
    private static let pictures: [Frame] = (0..<12).map { step in
        let canvas = Canvas(Size(12, 2))
        canvas.fill()
        canvas.text(step % 5, 0, step % 3 == 0 ? "漢字 9" : "price 101", .gain)
        canvas.text(step % 7, 1, step % 2 == 0 ? "字" : "x", .text)
        if step % 4 == 0 { canvas.lay(.selection, under: Rect(0, 0, 12, 1)) }
        return canvas.frame
    }

    @Test func paintingInPartsIsPaintingWhole() {
        for old in Self.pictures {
            for new in Self.pictures {
                let runs = new.changes(from: old)
                #expect(PaintCheck.fault(runs, from: old, to: new) == nil)
                // A run that is missing is noticed.
                for index in runs.indices {
                    var others = runs
                    others.remove(at: index)
                    #expect(PaintCheck.fault(others, from: old, to: new) != nil)
                }
            }
        }
        let whole = Self.pictures[0].changes(from: nil)
        #expect(PaintCheck.fault(whole, from: nil, to: Self.pictures[0]) == nil)
        #expect(PaintCheck.fault([whole[0]], from: nil, to: Self.pictures[0]) == Point(0, 1))
    }

    /// Half of a wide character that is painted over leaves a blank, which a run has to cover.
    @Test func halfOfAWideCharacterIsNoticed() {
        let old = Canvas(Size(4, 1))
        old.text(1, 0, "漢")
        let new = Canvas(Size(4, 1))
        new.text(2, 0, "x")
        let half = [Frame.Run(row: 0, columns: 2..<3)]
        #expect(PaintCheck.fault(half, from: old.frame, to: new.frame) == nil)
        let other = Canvas(Size(4, 1))
        other.text(1, 0, "x ", .gain)
        let lead = [Frame.Run(row: 0, columns: 1..<2)]
        #expect(PaintCheck.fault(lead, from: old.frame, to: other.frame) == Point(2, 0))
    }

    @Test func cellsAreSixteenTrivialBytes() {
        #expect(MemoryLayout<Cell>.stride == 16)
        #expect(_isPOD(Cell.self))
    }

    @Test(arguments: [Size(0, 0), Size(1, 1), Size(2, 1), Size(300, 100)])
    func everySizeCanBeDrawnOn(_ size: Size) {
        let canvas = Canvas(size)
        canvas.box(title: "title", isFocused: true).text(0, 0, "漢字")
        canvas.meter(0, 0, cells: size.columns, share: 0.5)
        canvas.rest(0, 0)
        #expect(canvas.frame.cells.count == size.columns * size.rows)
    }
}

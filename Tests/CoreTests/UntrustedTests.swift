/// Text from outside cannot act on a terminal, hide in it or reorder it.
import Core
import Testing

@Suite struct UntrustedTests {
    @Test(arguments: [
        ("\u{1B}[2J", "␛[2J"), ("a\u{7}b", "a␇b"), ("a\r\nb", "a␍␊b"), ("a\u{7F}", "a␡"),
        ("a\u{9B}31m", "a\u{FFFD}31m"), ("\u{202E}abc", "\u{FFFD}abc"),
        ("a\u{200B}b", "a\u{FFFD}b"), ("a\u{E0041}", "a\u{FFFD}"), ("\u{E000}", "\u{FFFD}"),
        ("a\u{2028}b", "a\u{FFFD}b"), ("a\u{AD}b", "a\u{FFFD}b"), ("a\u{3164}", "a\u{FFFD}"),
        ("\u{FEFF}x", "\u{FFFD}x"), ("a\u{A0}b", "a b"), ("❤\u{FE0F}", "❤"),
        ("plain ASCII", "plain ASCII"), ("naïve 漢字", "naïve 漢字"),
    ])
    func actingCharactersBecomeMarks(_ text: String, _ shown: String) {
        #expect(Array(Untrusted.display(text).unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test func atMostTwoMarksStay() {
        let zalgo = "a" + String(repeating: "\u{300}", count: 20) + "b"
        #expect(Untrusted.display(zalgo).unicodeScalars.count == 4)
        #expect(TextWidth.of(Untrusted.display(zalgo)) == 2)
    }

    @Test func leadingMarkGetsABaseOfItsOwn() {
        #expect(Untrusted.display("\u{301}x").unicodeScalars.first == "\u{25CC}")
    }

    @Test func emojiSequencesFallApartIntoWidthsThatAllTerminalsShare() {
        let family = Untrusted.display("👩\u{200D}👩")
        #expect(!family.unicodeScalars.contains("\u{200D}"))
        #expect(family == "👩👩")
        #expect(Untrusted.display("👩🏽\u{200D}❤\u{FE0F}\u{200D}👩") == "👩❤👩")
        // Elsewhere a joiner hides something.
        for hidden in [
            "a\u{200D}b", "👩\u{200D}", "\u{200D}👩", "1\u{200D}2", "👩\u{200D}\u{200D}👩",
        ] {
            #expect(Untrusted.display(hidden).contains("\u{FFFD}"), "\(hidden)")
        }
        #expect(Untrusted.display("👍🏽") == "👍")
    }

    /// England and Scotland are a black flag and letters that nobody sees; other hidden letters
    /// are told.
    @Test func lettersOfAFlagAreLeftOutAndNoOthers() {
        func tags(_ text: String) -> String {
            String(String.UnicodeScalarView(
                text.unicodeScalars.compactMap { Unicode.Scalar(0xE0000 + $0.value) }))
        }
        let flag = "\u{1F3F4}"
        for region in ["gbeng", "gbsct", "usca"] {
            let shown = Untrusted.display("a" + flag + tags("\(region)\u{7F}") + "b")
            #expect(Array(shown.unicodeScalars) == Array("a\(flag)b".unicodeScalars))
        }
        for hidden in [
            flag + tags("gbeng"), flag + tags("buy everything\u{7F}"), flag + tags("\u{7F}"),
            flag + tags("GBENG\u{7F}"), flag + tags("gbeng\u{7F}gbeng\u{7F}"),
            "x" + tags("gbeng\u{7F}"), tags("gbeng\u{7F}"), flag + "x" + tags("gbeng\u{7F}"),
        ] {
            let shown = Untrusted.display(hidden).unicodeScalars
            let count = hidden.unicodeScalars.count { (0xE0000...0xE007F).contains($0.value) }
            #expect(shown.count { $0 == "\u{FFFD}" } == count, "\(shown)")
        }
    }

    @Test func outputIsCutToCells() {
        #expect(Untrusted.display("漢字漢字", maxCells: 5) == "漢字~")
        #expect(TextWidth.of(Untrusted.display("\u{1B}\u{1B}\u{1B}", maxCells: 2)) == 2)
    }

    @Test func displayIsIdempotent() {
        let text = "x\u{1B}\u{301}\u{301}\u{301}\u{202E}漢\u{E0001}🇩🇪"
        let once = Untrusted.display(text)
        #expect(Untrusted.display(once) == once)
    }

    @Test func linesAreSplitBeforeTheyAreCleaned() {
        #expect(Untrusted.lines("a\r\nb\rc\nd", maxCells: 10) == ["a", "b", "c", "d"])
        #expect(Untrusted.lines("", maxCells: 10) == [""])
    }

    @Test func identifiersAreASCII() {
        #expect(Untrusted.isIdentifier("btc-trend_01:a/b.c"))
        #expect(!Untrusted.isIdentifier("bтc"))
        #expect(!Untrusted.isIdentifier("a b"))
        #expect(!Untrusted.isIdentifier(""))
    }

    /// Each kind of way out: nothing that acts or hides leaves, and what is read back is the same.
    @Test(arguments: [
        "a\u{9B}b", "\u{202E}x", "\u{2066}", "a\u{200B}b", "\u{E0041}", "\u{2028}", "\u{FEFF}",
        "\u{AD}", "\u{3164}", "\u{1B}[2J", "\u{7F}", "\r", "\t", "\u{A0}", "\u{FE0F}",
        "\u{10FFFD}", "plain", "naïve 漢字 é", "\\u{41}", "\\u{", "\\u{}", "\\u{110000}",
        "\\u{D800}", "a\\b", "\"",
    ])
    func everySinkKeepsTheTextAndHidesNothing(_ text: String) throws {
        let json = JSON.string(text).description
        #expect(json.unicodeScalars.allSatisfy(Untrusted.isShown))
        #expect(try JSON.parse(json) == .string(text))
        let file = Untrusted.escaped(text)
        #expect(file.unicodeScalars.allSatisfy(Untrusted.isShown))
        #expect(Array(Untrusted.unescaped(file).unicodeScalars) == Array(text.unicodeScalars))
        #expect(Untrusted.display(text).unicodeScalars.allSatisfy(Untrusted.isShown))
    }

    @Test func fileEscapesKeepLines() {
        #expect(Untrusted.escaped("a\nb\u{200B}\n") == "a\nb\\u{200B}\n")
        // A line break cannot be smuggled into a value.
        #expect(Untrusted.unescaped("a\\u{A}b") == "a\\u{A}b")
    }
}

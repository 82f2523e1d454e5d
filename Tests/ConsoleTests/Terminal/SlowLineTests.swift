/// A slow line brings a sequence a byte at a time: none of it is anybody's key.
import Core
import Store
import Testing

@testable import Console

@Suite struct SlowLineTests {
    private static let j = KeyInputTests.j

    /// All that terminals send but what opens as Alt and a key do.
    static let sequences = Set(KeyInputTests.unknown + KeyInputTests.reports)
        .filter { !" #X^".contains($0.first ?? " ") }.sorted()

    private static func events(
        _ bytes: [UInt8], each pause: Int64, delay: Int64, _ off: Set<InputSafeguard> = []
    ) -> [TerminalEvent] {
        KeyInputTests.events(
            bytes.enumerated().map { (at: Int64($0) * pause, bytes: [$1]) },
            delay: delay, off: off)
    }

    private static func typed(
        _ text: String, each pause: Int64, _ off: Set<InputSafeguard> = []
    ) -> String {
        String(
            events(Array(text.utf8), each: pause, delay: 25, off).compactMap {
                if case .key(.character(let character)) = $0 { character } else { nil }
            })
    }

    /// Whole or late, nothing of it is a letter; the key behind it is itself.
    @Test(arguments: sequences, [(25, 100), (25, 500), (100, 1000), (500, 1000), (500, 2900)])
    func aByteAtATimeIsNoKey(_ sequence: String, _ pace: (delay: Int64, pause: Int64)) {
        let bytes = Array("\u{1B}\(sequence)j".utf8)
        let events = Self.events(bytes, each: pace.pause, delay: pace.delay)
        let played = events.filter {
            if case .key(let key) = $0 { key != .escape && key != .up } else { false }
        }
        #expect(played == [Self.j])
    }

    /// Each of these opened a dialog or another screen at one byte a second.
    @Test(arguments: ["[1;1R", "[<0;10;5X", "[M XX", "[1;5B", "]11;rgb:1e1e/1e1e/1e1e\u{7}"])
    func patienceThatDoesNotMovePlaysTheRest(_ sequence: String) {
        let text = "\u{1B}\(sequence)"
        #expect(Self.typed(text, each: 1000).isEmpty)
        #expect(!Self.typed(text, each: 1000, [.patienceMoves]).isEmpty)
    }

    /// Of what a person types after Esc goes no more than could belong to a sequence.
    @Test(arguments: [
        ("pause", "pause"), ("]]", "]"), ("]j", "j"), ("]1j", "j"), ("[jk", "k"), ("[12jk", "k"),
        ("[[[[", "[["), ("[[jk", "jk"), ("[/9j", "9j"), ("OKj", "j"), ("Pause", "ause"),
        ("P1;j", ""), ("_x", "x"), ("(x)", "x)"), ("Xy", "Xy"), ("^k", "^k"), ("j[k", "j[k"),
    ])
    func keysBehindEscapeAreKept(_ keys: String, _ kept: String) {
        for pause in [200, 1000, 2500] as [Int64] {
            #expect(Self.typed("\u{1B}\(keys)", each: pause) == kept, "\(pause) ms")
        }
        #expect(Self.typed("\u{1B}\(keys)", each: 4000) == keys)
    }

    @Test func aGuessWithoutAnEndTakesEverything() {
        #expect(Self.typed("\u{1B}]jjjj", each: 1000, [.guessEnds]).isEmpty)
        #expect(Self.typed("\u{1B}]jjjj", each: 1000) == "jjjj")
    }

    /// A control character goes with the sequence that it stands in, at any place and pace.
    @Test(arguments: ["[1;1R", "[<0;10;5X", "[M XX", "OX", "[[E", "]0;X R\u{7}", "P1$rX\u{1B}\\"])
    func aControlInsideASequenceEndsNone(_ sequence: String) {
        let bytes = Array(sequence.utf8)
        for control in [0x00, 0x08, 0x09, 0x0A, 0x0D, 0x15] as [UInt8] {
            for place in 0..<bytes.count where bytes[..<place].last != 0x1B {
                let spoilt = [0x1B] + bytes[..<place] + [control] + bytes[place...]
                let whole = KeyInputTests.events([(at: 0, bytes: spoilt + Array("j".utf8))])
                let keys = whole.filter { $0 != .key(.function(5)) }
                #expect(keys == [Self.j], "\(control) at \(place)")
                guard place > 0 else { continue }
                let slow = Self.events(spoilt, each: 1000, delay: 25)
                #expect(slow.allSatisfy { $0 == .key(.escape) }, "\(control) at \(place), slow")
            }
        }
        let open = Self.typed("\u{1B}[1\r;1R", each: 0, [.controlsInsideAreDropped])
        #expect(open.contains("R"))
    }

    /// A paste whose brackets come late may pause as long as they do.
    @Test func aLatePasteIsStillText() {
        let bytes = Array("\u{1B}[200~pX\u{1B}[201~j".utf8)
        #expect(Self.events(bytes, each: 2900, delay: 25).suffix(2) == [.paste("pX"), Self.j])
    }

    /// Three seconds without a byte, Esc and ^C give the keys back.
    @Test func whatWaitsForItsEndLetsGo() {
        for begun in ["[1;", "]0;X", "P1$r", "O", "[M!"] {
            for end in ["\u{1B}", "\u{3}"] {
                let events = KeyInputTests.events("\u{1B}\(begun)", end, "j", apart: 1000)
                #expect(events.last == Self.j && events.count == 2, "\(begun)")
            }
            let events = KeyInputTests.events("\u{1B}\(begun)", "j", apart: 4000)
            #expect(events == [Self.j], "\(begun)")
        }
    }
}

/// Bytes of a terminal become keys: whatever the reads, by the grammar, nothing played twice.
import Core
import Foundation
import Store
import Testing

@testable import Console

@Suite struct KeyInputTests {
    /// A paste whose end never comes is over after a second, or with ^C; its text is no keys.
    @Test(arguments: [Set<InputSafeguard>(), [.stuckPasteEnds]])
    func aPasteWithoutAnEndIsNotForEver(_ off: Set<InputSafeguard>) {
        let isGuarded = off.isEmpty
        var input = KeyInput(off: off)
        input.take("\u{1B}[200~pause".utf8, at: .seconds(1))
        input.expire(at: .seconds(1) + .milliseconds(900))
        #expect(input.events().isEmpty)
        input.expire(at: .seconds(2))
        #expect(input.events() == (isGuarded ? [.paste("pause")] : []))
        input = KeyInput(off: off)
        input.take("\u{1B}[200~ab".utf8, at: .seconds(1))
        input.take([0x03], at: .seconds(1) + .milliseconds(300))
        #expect(input.events() == (isGuarded ? [.paste("ab")] : []))
        input.take("j".utf8, at: .seconds(1) + .milliseconds(600))
        #expect(input.events() == (isGuarded ? [.key(.character("j"))] : []))
    }

    /// What reads at given milliseconds become; the deadline is looked at before each.
    static func events(
        _ reads: [(at: Int64, bytes: [UInt8])], delay: Int64 = 25, off: Set<InputSafeguard> = []
    ) -> [TerminalEvent] {
        var input = KeyInput(delay: .milliseconds(delay), off: off)
        var result: [TerminalEvent] = []
        for read in reads + [(at: 100_000, bytes: [])] {
            if let deadline = input.deadline, deadline.milliseconds < read.at {
                input.expire(at: deadline)
            }
            input.take(read.bytes, at: .milliseconds(read.at))
            result += input.events()
        }
        return result
    }

    static func events(
        _ texts: String..., apart: Int64 = 0, delay: Int64 = 25, off: Set<InputSafeguard> = []
    ) -> [TerminalEvent] {
        let reads = texts.enumerated().map { (at: Int64($0) * apart, bytes: Array($1.utf8)) }
        return events(reads, delay: delay, off: off)
    }

    static let j = TerminalEvent.key(.character("j"))

    // MARK: Keys

    @Test func controlBytesAreTheirKeys() {
        #expect(
            Self.events("\u{3}\r\t\u{7F}j\u{1B}") == [
                .key(.control("c")), .key(.enter), .key(.tab), .key(.backspace), Self.j,
                .key(.escape),
            ])
    }

    @Test(
        arguments: [
            ("[A", Key.up), ("OB", .down), ("[1;5C", .right), ("[1;3A", .up), ("[1;10D", .left),
            ("O5A", .up), ("O1;5A", .up), ("[a", .up), ("Oc", .right), ("[H", .home), ("OF", .end),
            ("[1;2H", .home), ("[1~", .home), ("[7~", .home), ("[4~", .end), ("[3~", .delete),
            ("[3;5~", .delete), ("[5;3~", .pageUp), ("[6^", .pageDown), ("[2$", .insert),
            ("[Z", .backTab), ("OM", .enter), ("OP", .function(1)), ("[11~", .function(1)),
            ("[[E", .function(5)), ("[15~", .function(5)), ("[24~", .function(12)),
            ("[S", .function(4)),
            ("\u{1B}[A", .up),
        ])
    func knownSequencesAreKeys(_ sequence: String, _ key: Key) {
        #expect(Self.events("\u{1B}" + sequence) == [.key(key)], "\(sequence)")
    }

    /// What nobody asked for, and keys that mean nothing here.
    static let unknown = [
        "[1;1R", "[24;80R", "[?1;2c", "[>41;354;0c", "[0n", "[?2026;0$y", "[8;24;80t", "[97;5u",
        "[113u", "[27;5;99~", "[1;2P", "[15;2~", "[25~", "[E", "[<0;10;20M", "[<0;10;20m",
        "[32;10;20M", "[M !!", "[M\u{7F}\u{7E}X", "[1;2;3A", "[1:3A", "[=5c", "[200;1~", "[5A",
        "[q",
        "[ q", "[!p", "[?25$}", "[\"q", "Op", "OX", "Oj", "O2P", "]10;rgb:ffff/ffff/ffff\u{7}",
        "]52;c;WFhY\u{1B}\\", "]0;X R A\u{7}", "P1$r0m\u{1B}\\", "P>|XTerm(388)\u{1B}\\",
        "_Gi=31;OK\u{1B}\\", "^X\u{1B}\\", "Xabc\u{1B}\\", "(B", " F", "#8",
    ]

    @Test(arguments: unknown)
    func unknownSequencesAreDroppedWhole(_ sequence: String) {
        #expect(Self.events("\u{1B}\(sequence)j") == [Self.j])
        // The same a byte at a time, as a slow line brings it.
        let bytes = Array("\u{1B}\(sequence)j".utf8)
        guard !"(# ".contains(sequence.first ?? " ") else { return }
        let slow = Self.events(bytes.enumerated().map { (at: Int64($0) * 10, bytes: [$1]) })
        #expect(slow == [Self.j], "a byte at a time")
    }

    @Test func theUpperSetIntroducesAsWell() {
        #expect(Self.events("\u{9B}1;1Rj\u{9B}A") == [Self.j, .key(.up)])
        #expect(Self.events("\u{9D}0;X\u{9C}j\u{8F}Xj\u{85}j") == [Self.j, Self.j, Self.j])
    }

    @Test func whatCannotStandInASequenceEndsIt() {
        for begun in ["[1;", "O", "]0;X", "P1$r", "[M!", "_G"] {
            #expect(
                Self.events("\u{1B}\(begun)\u{3}j") == [.key(.control("c")), Self.j], "\(begun)")
            #expect(Self.events("\u{1B}\(begun)\u{1B}[Aj") == [.key(.up), Self.j], "\(begun)")
        }
    }

    /// Alt with every key of the keyboard is nothing, and what follows is itself.
    @Test func escapeGluedToAKeyIsAltAndNothing() {
        let keys = (0x20..<0x7F).map { String(Unicode.Scalar(UInt8($0))) }
        for key in keys + ["\r", "\t", "\u{7F}", "\u{3}", "é", "日", "😀"] {
            let pause = Int64("[O".contains(key) ? 4000 : 300)
            #expect(Self.events("\u{1B}\(key)", "j", apart: pause) == [Self.j], "\(key)")
        }
        #expect(
            Self.events("\u{1B}X", off: [.altIsNothing]).contains(.key(.character("X"))) == false)
        #expect(
            Self.events("\u{1B}R", off: [.altIsNothing]) == [.key(.escape), .key(.character("R"))])
    }

    // MARK: Time

    @Test func anEscapeIsRejoinedWithinTheDelayOnly() {
        #expect(Self.events("\u{1B}", "[A", apart: 20) == [.key(.up)])
        #expect(Self.events("\u{1B}", "OA", apart: 80, delay: 100) == [.key(.up)])
        #expect(Self.events("\u{1B}", "[", "1;5", "A", apart: 90, delay: 100) == [.key(.up)])
        #expect(Self.events("\u{1B}", apart: 0) == [.key(.escape)])
        // Two keys, a while apart, on a line that is given 100 ms.
        #expect(Self.events("\u{1B}", "j", apart: 60, delay: 100) == [.key(.escape), Self.j])
        #expect(Self.events("\u{1B}", "\u{1B}", apart: 300) == [.key(.escape), .key(.escape)])
    }

    /// Cut anywhere, with any pause: nothing of it is played as a letter.
    @Test(arguments: unknown + ["[A", "OA", "[1;5A", "[15~", "[M !!", "[[A"])
    func aRestThatComesLateIsDropped(_ sequence: String) {
        let bytes = Array("\u{1B}\(sequence)".utf8)
        // An announcement is Alt and a key when nothing follows it in time.
        guard !"(# X^_".contains(sequence.first ?? " ") else { return }
        for cut in 1..<bytes.count where sequence != "]0;X R A\u{7}" || cut > 2 {
            for pause in [50, 700, 2500] as [Int64] {
                let events = Self.events([
                    (at: 0, bytes: Array(bytes[..<cut])), (at: pause, bytes: Array(bytes[cut...])),
                    (at: pause + 5000, bytes: Array("j".utf8)),
                ])
                let played = events.filter { $0 != .key(.escape) }
                #expect(played == [Self.j], "cut at \(cut), \(pause) ms")
            }
        }
    }

    /// What terminals report and answer.
    static let reports = [
        "[1;1R", "[24;80R", "[<0;10;20M", "[<64;7;9m", "[M !!", "[I", "[O", "[?1;2c",
        "[>41;354;0c", "[?2026;2$y", "[200~\u{1B}[201~", "]11;rgb:1e1e/1e1e/1e1e\u{7}",
        "]11;rgb:ffff/ffff/ffff\u{1B}\\", "P1$r0m\u{1B}\\", "P>|XTerm(388)\u{1B}\\",
        "_Gi=31;OK\u{1B}\\", "(B", "[A", "OA", "[1;5A",
    ]

    /// Cut once or twice, with pauses below and above the delay: only Esc comes of it.
    @Test(arguments: reports, [Set<InputSafeguard>(), [.lateHeadIsDropped]])
    func aReportInPiecesIsNoKey(_ sequence: String, _ off: Set<InputSafeguard>) {
        let bytes = Array("\u{1B}\(sequence)".utf8)
        var played: [String] = []
        let delays: [(Int64, [Int64])] = [(25, [10, 60, 1400]), (200, [60, 250, 1400])]
        for (delay, pauses) in delays {
            for first in 1..<bytes.count {
                for second in first + 1...bytes.count {
                    let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                    for pause in pauses
                    where Self.plays(pieces.map { Array($0) }, pause, delay, off) {
                        played.append("cut at \(first) and \(second), \(pause) of \(delay) ms")
                    }
                }
            }
        }
        #expect(played.isEmpty == off.isEmpty, "\(played.prefix(3))")
    }

    /// Whether a key comes of them, but Esc and the one that the whole is.
    static func plays(
        _ pieces: [[UInt8]], _ pause: Int64, _ delay: Int64, _ off: Set<InputSafeguard>
    ) -> Bool {
        let reads = pieces.enumerated().map { (at: Int64($0) * pause, bytes: $1) }
        let end = [(at: Int64(50_000), bytes: [UInt8]())]
        return events(reads + end, delay: delay, off: off).contains {
            if case .key(let key) = $0 { key != .escape && key != .up } else { false }
        }
    }

    /// A person who presses Esc, and a bracket a while later, means the bracket.
    @Test func aBracketAfterEscapeIsAKey() {
        for key in ["[", "]", "O", "P"] {
            #expect(
                Self.events("\u{1B}", key, "j", apart: 4000)
                    == [.key(.escape), .key(.character(Character(key))), Self.j])
        }
        #expect(Self.events("\u{1B}", "[A", "j", apart: 300) == [.key(.escape), Self.j])
        let late = Self.events("\u{1B}", "[A", apart: 300, off: [.lateRestIsDropped])
        #expect(late.contains(.key(.character("A"))))
        let open = Self.events("\u{1B}[1;1Rj", off: [.unknownIsDropped])
        #expect(open.contains(.key(.character("R"))))
    }

    /// A string that never ends gives the keys back after three seconds' pause or 64 keys, and ^C
    /// at once.
    @Test func aStringThatNeverEndsHoldsNobody() {
        #expect(Self.events("\u{1B}]0;abc", "j", apart: 4000) == [Self.j])
        #expect(Self.events("\u{1B}]0;abc", "\u{3}", apart: 300) == [.key(.control("c"))])
        #expect(Self.events("\u{1B}]0;abc", "\u{1B}", "j", apart: 300) == [.key(.escape), Self.j])
        let typed = (0..<150).map { (at: Int64($0) * 100, bytes: Array("k".utf8)) }
        let begun = [(at: Int64(0), bytes: Array("\u{1B}Pabc".utf8))]
        #expect(50...60 ~= Self.events(begun + typed).count)
    }

    @Test func namesOfTerminfoAreKnown() {
        var input = KeyInput(known: [[0x1B, 0x5B, 0x4D]: .function(1), [0x1B, 0x41]: .up])
        input.take(Array("\u{1B}[M\u{1B}Aj".utf8), at: .seconds(0))
        #expect(input.events() == [.key(.function(1)), .key(.up), Self.j])
    }

    @Test func reportsAreNoKeys() {
        var input = KeyInput()
        input.take(Array("\u{1B}[I\u{1B}[O\u{1B}[?2026;2$y".utf8), at: .seconds(0))
        #expect(input.events() == [.focus(true), .focus(false)])
        #expect(input.knowsSynchronisedOutput)
    }

    // MARK: Pastes

    @Test func pastedTextIsOneEvent() {
        let text = "x\ry\r\nz\u{3}日"
        #expect(
            Self.events("a\u{1B}[200~\(text)\u{1B}[201~j") == [
                .key(.character("a")), .paste("x\ny\nz\u{3}日"), Self.j,
            ])
        // A byte at a time, and late as well.
        for pause in [5, 20] as [Int64] {
            let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
            let slow = Self.events(bytes.enumerated().map { (at: Int64($0) * pause, bytes: [$1]) })
            let played = slow.filter { if case .key(.character) = $0 { true } else { false } }
            #expect(played.isEmpty, "\(pause) ms: \(slow)")
        }
    }

    @Test func sequencesAmongPastedTextStayText() {
        #expect(
            Self.events("\u{1B}[200~\u{1B}[31mX\u{1B}[0m\u{1B}\u{1B}[201~")
                == [.paste("\u{1B}[31mX\u{1B}[0m\u{1B}")])
    }

    @Test func aLoneEscapeEndsAPasteWhoseEndWasLost() {
        #expect(
            Self.events("\u{1B}[200~b\u{1B}X", "\u{1B}", "j", apart: 300) == [
                .paste("b\u{1B}X"), Self.j,
            ])
        // The same byte at the end of a piece of text sets no keys free.
        let cut = Self.events("\u{1B}[200~ab\u{1B}", "[0mX\u{1B}[201~", apart: 300)
        #expect(cut == [.paste("ab\u{1B}[0mX")])
        let free = Self.events(
            "\u{1B}[200~ab\u{1B}", "Rest", apart: 300, off: [.onlyLoneEscapeEndsPaste])
        #expect(free.contains(.key(.character("R"))))
    }

    @Test func aPasteTooLongIsSaidToBeCut() {
        let long = String(repeating: "x", count: KeyInput.maxPaste + 1)
        let events = Self.events("\u{1B}[200~\(long)\u{1B}[201~")
        #expect(events.count == 2)
        if case .notice(let words)? = events.last { #expect(words.contains("first")) }
    }

    // MARK: Characters of several scalars

    @Test(arguments: ["e\u{301}", "🇩🇪", "👨‍👩‍👧", "👍🏽", "한", "❤️", "नि"])
    func whatIsOneCharacterIsOneKey(_ text: String) {
        #expect(
            Self.events("a\(text)b") == [
                .key(.character("a")), .key(.character(Character(text))), .key(.character("b")),
            ])
    }

    /// A million marks on one letter are no longer work each.
    @Test func marksWithoutEndAreSeveralKeys() {
        let piled = "e" + String(repeating: "\u{301}", count: 100)
        let keys = Self.events(piled)
        #expect(keys.count == 4)
    }
}

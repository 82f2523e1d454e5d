/// Makes events of what a terminal sends: keys, whole pastes, focus.
import Core
import Store

/// Pure: fed with bytes and times; nothing here reads a terminal or a clock.
struct KeyInput: Sendable {
    private var parser: SequenceParser
    private var collected: [TerminalEvent] = []
    private var paste: String.UnicodeScalarView?
    private var pasteCount = 0
    /// Scalars in the character that was typed last.
    private var clusterCount = 0
    /// The terminal answered that it knows mode 2026 (synchronised output).
    private(set) var knowsSynchronisedOutput = false

    /// Longer pastes are cut, and said to be, in scalars.
    static let maxPaste = 1 << 20
    /// What is joined to one character at most; more stand for themselves.
    static let maxCluster = 32

    /// - Parameters:
    ///   - delay: how long an ESC waits for what may follow.
    ///   - known: sequences that terminfo names for this terminal, with their ESC.
    ///   - off: rules that a test of the tests leaves out.
    init(
        delay: Span = .milliseconds(25), decoder: TextDecoder = .utf8,
        known: [[UInt8]: Key] = [:], off: Switches<InputSafeguard> = []
    ) {
        parser = SequenceParser(delay: delay, decoder: decoder, known: known, off: off)
    }

    mutating func take(_ bytes: some Sequence<UInt8>, at now: Span) {
        for byte in bytes { parser.take(byte, at: now) }
        collect()
    }

    /// A paste has begun and its end has not come: no key means anything.
    var isPasting: Bool { paste != nil }

    /// When ``expire(at:)`` has something to decide.
    var deadline: Span? { parser.deadline }

    /// Nothing more had come when the deadline passed.
    mutating func expire(at now: Span) {
        parser.expire(at: now)
        collect()
    }

    /// Everything complete; a paste that has not ended stays.
    mutating func events() -> [TerminalEvent] {
        defer { collected.removeAll(keepingCapacity: true) }
        return collected
    }

    private mutating func collect() {
        for token in parser.taken() {
            switch token {
            case .text(let scalar): paste == nil ? type(scalar) : append(scalar)
            case .control(let byte): collected.append(.key(.controlByte(UInt32(byte))))
            case .escape: collected.append(.key(.escape))
            case .sequence(let sequence, let isLate): take(sequence, isLate)
            case .pasteEnds: endPaste()
            case .answer(let text):
                if let ground = TerminalGround(answer: text) {
                    collected.append(.background(ground))
                }
            }
        }
    }

    private mutating func take(_ sequence: ControlSequence, _ isLate: Bool) {
        switch sequence.meaning {
        case .key(let key): if !isLate { collected.append(.key(key)) }
        case .focus(let has): collected.append(.focus(has))
        case .pasteBegins: (paste, pasteCount) = (String.UnicodeScalarView(), 0)
        case .knowsSynchronisedOutput: knowsSynchronisedOutput = true
        case nil: break
        }
    }

    /// A scalar joins the character typed before it where the two are one: marks, flags, families.
    private mutating func type(_ scalar: Unicode.Scalar) {
        if !scalar.isASCII, clusterCount < Self.maxCluster,
            case .key(.character(let base))? = collected.last
        {
            let joined = String(base) + String(scalar)
            if joined.count == 1, let character = joined.first {
                collected[collected.count - 1] = .key(.character(character))
                clusterCount += 1
                return
            }
        }
        clusterCount = 1
        collected.append(.key(.character(Character(scalar))))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        pasteCount += 1
        if pasteCount <= Self.maxPaste { paste?.append(scalar) }
    }

    private mutating func endPaste() {
        guard let text = paste else { return }
        paste = nil
        var lines = ""
        for character in String(text) {
            lines.append(character == "\r" || character == "\r\n" ? "\n" : character)
        }
        collected.append(.paste(lines))
        if pasteCount > Self.maxPaste {
            collected.append(.notice("only the first \(Self.maxPaste) characters were pasted"))
        }
    }
}

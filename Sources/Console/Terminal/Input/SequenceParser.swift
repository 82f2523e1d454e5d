/// Where a control sequence begins and ends in what a terminal sends: the grammar of ECMA-48.
import Core
import Store

/// What of the rules below a test switches off, to see that somebody would miss it.
enum InputSafeguard: CaseIterable, Sendable {
    /// A sequence that is not known is dropped whole.
    case unknownIsDropped
    /// ESC glued to another key is Alt, and nothing.
    case altIsNothing
    /// What comes too late of a sequence is dropped as well.
    case lateRestIsDropped
    /// So is its beginning, where it comes byte by byte after an ESC that was taken for Esc.
    case lateHeadIsDropped
    /// Every byte of a late sequence gives the next one as long as the first had.
    case patienceMoves
    /// A control character inside a sequence is dropped with it, and does not end it.
    case controlsInsideAreDropped
    /// One raw byte of the upper set opens nothing: it may be a piece of a letter.
    case rawUpperSetOpensNothing
    /// What cannot follow an opening that may have been typed is a key.
    case guessEnds
    /// ESC among pasted text ends no paste.
    case onlyLoneEscapeEndsPaste
    /// ^C, or a second without a byte, ends a paste whose end does not come.
    case stuckPasteEnds
    /// The rest of a burst that comes in the next read belongs to it.
    case pasteGoesOn
    /// Enter and Tab in a burst are text where a field is open.
    case linesInFieldAreText
    /// As long as a paste goes on, the screen says so.
    case pasteIsTold
}

/// Fed with bytes and the times at which they came, so that no read decides what belongs together.
///
/// Bytes that wait are taken before the deadline is looked at: what has arrived came in time.
struct SequenceParser: Sendable {
    enum Token: Equatable, Sendable {
        case text(Unicode.Scalar)
        case control(UInt8)
        case escape
        /// Whole; a late one began before the deadline and ended after it.
        case sequence(ControlSequence, isLate: Bool)
        case pasteEnds
        /// The text of an operating system command: the terminal answers a question so.
        case answer(String)
    }

    enum StringKind: Equatable, Sendable { case operatingSystem, device, application, other }

    enum State: Equatable, Sendable {
        case ground
        /// One ESC or several, and nothing behind them yet.
        case escape(count: Int)
        /// A character that ESC was glued to is not whole yet.
        case alternate
        /// ESC and bytes of the group 2/0 to 2/15.
        case announced
        case control, singleShift, consoleFunction
        case mouse(left: Int)
        case string(StringKind, isEmpty: Bool, sawEscape: Bool)
        /// The deadline has passed where the next byte may be the rest or a person's key.
        case doubtful(Origin)
        /// Such a byte, long after the cut: in company it is the rest, alone it is a key.
        case held(UInt8, Origin)
        /// Between the brackets; how much of the closing one has come.
        case paste(matched: Int)
    }

    /// What was cut where the state is doubtful.
    enum Origin: Equatable, Sendable {
        case escape
        case string(StringKind)
        /// ESC and one byte of the group that names character sets.
        case designation
    }

    /// How long a sequence may pause in the middle.
    let delay: Span
    /// An ESC is glued to what follows it within this time.
    var glue: Span { min(delay, .milliseconds(25)) }
    /// How long the next byte of a sequence that was cut is still expected.
    static let patience = Span.seconds(3)
    /// So many of its bytes may come with a pause before them; no answer is longer.
    static let longestWait = 64
    /// How long a paste may pause: no key means anything as long as it goes on.
    static let pastePause = Span.seconds(1)
    /// More of one sequence is not remembered.
    static let limit = 128

    let known: [[UInt8]: Key]
    let off: Switches<InputSafeguard>
    var decoder: TextDecoder
    var state = State.ground
    /// The bytes of the sequence behind ESC.
    var bytes: [UInt8] = []
    /// The text of a string so far; longer ones are nothing that was asked for.
    var answer: [UInt8] = []
    static let longestAnswer = 64
    var lastAt = Span.seconds(-60)
    /// Set once a sequence is late: until when its next byte is waited for.
    var lateUntil: Span?
    private var waits = 0
    /// What opened the sequence may have been typed.
    var isGuess = false
    /// How long the paste may pause: longer where its opening came late already.
    var pause = Self.pastePause
    /// ESC came a while after what was pasted before it.
    var isLone = false
    private var tokens: [Token] = []

    /// - Parameters:
    ///   - known: sequences that terminfo names for this terminal, with their ESC.
    ///   - off: rules that a test of the tests leaves out.
    init(
        delay: Span, decoder: TextDecoder, known: [[UInt8]: Key] = [:],
        off: Switches<InputSafeguard> = []
    ) {
        self.delay = delay
        self.decoder = decoder
        self.known = known
        self.off = off
    }

    /// All that is complete.
    mutating func taken() -> [Token] {
        defer { tokens.removeAll(keepingCapacity: true) }
        return tokens
    }

    mutating func emit(_ token: Token) { tokens.append(token) }

    mutating func take(_ byte: UInt8, at now: Span) {
        if let lateUntil, now >= lateUntil { reset() }
        step(byte, now)
        if lateUntil != nil { wait(now) }
        lastAt = now
    }

    /// As long as a late sequence goes on its end is waited for, whatever a byte takes. One that
    /// never ends lets go: a person's keys would be swallowed for ever.
    private mutating func wait(_ now: Span) {
        if now - lastAt > glue { waits += 1 }
        guard waits <= Self.longestWait, !off.contains(.patienceMoves) else { return }
        lateUntil = now + Self.patience
    }

    mutating func reset() {
        state = .ground
        bytes = []
        answer = []
        lateUntil = nil
        waits = 0
        isGuess = false
    }

    // MARK: One byte

    mutating func step(_ byte: UInt8, _ now: Span) {
        if isPassedOver(byte) { return }
        switch state {
        case .ground: stepGround(byte)
        case .escape(let count): stepEscape(byte, count, now)
        case .alternate: stepAlternate(byte, now)
        case .announced:
            let isFit = isGuess ? Origin.designation.expects(byte) : 0x20..<0x7F ~= byte
            if !isFit { return restart(byte, now) }
            if byte >= 0x30 { reset() }
        case .control: stepControl(byte, now)
        case .singleShift: stepSingleShift(byte, now)
        case .consoleFunction: stepConsoleFunction(byte, now)
        case .mouse(let left):
            if byte < 0x20 { return restart(byte, now) }
            left > 1 ? state = .mouse(left: left - 1) : reset()
        case .string(let kind, _, let sawEscape): stepString(byte, kind, sawEscape, now)
        case .doubtful(let origin): stepDoubtful(byte, origin, now)
        case .held(let first, let origin):
            resume(origin, now)
            step(first, now)
            step(byte, now)
        case .paste(let matched): stepPaste(byte, matched, now)
        }
    }

    /// What was begun is dropped; the byte stands for itself.
    private mutating func restart(_ byte: UInt8, _ now: Span) {
        reset()
        step(byte, now)
    }

    private mutating func stepGround(_ byte: UInt8) {
        if byte == 0x1B, !decoder.isPending {
            state = .escape(count: 1)
        } else if byte < 0x20 || byte == 0x7F, !decoder.isPending {
            emit(.control(byte))
        } else {
            decode(byte)
        }
    }

    /// A character of text, or a control function of the upper set in one character of UTF-8. In
    /// other character sets it is one byte, as is each half of a letter that came in UTF-8.
    private mutating func decode(_ byte: UInt8) {
        let isRaw = !decoder.isPending && !off.contains(.rawUpperSetOpensNothing)
        switch decoder.take(byte) {
        case .pending: break
        case .broken: emit(.text("\u{FFFD}"))
        case .brokenBefore:
            emit(.text("\u{FFFD}"))
            stepGround(byte)
        case .scalar(let scalar) where 0x80...0x9F ~= scalar.value && isRaw:
            emit(.text("\u{FFFD}"))
        case .scalar(let scalar) where 0x80...0x9F ~= scalar.value:
            _ = begin(UInt8(scalar.value - 0x40))
        case .scalar(let scalar): emit(.text(scalar))
        }
    }

    /// Whether a byte behind ESC opens a sequence; opens it.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["): state = .control
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "]"): state = .string(.operatingSystem, isEmpty: true, sawEscape: false)
        case UInt8(ascii: "P"): state = .string(.device, isEmpty: true, sawEscape: false)
        case UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            let kind = byte == UInt8(ascii: "_") ? StringKind.application : .other
            state = .string(kind, isEmpty: true, sawEscape: false)
        default: return false
        }
        bytes = [byte]
        return true
    }

    private mutating func stepEscape(_ byte: UInt8, _ count: Int, _ now: Span) {
        if byte == 0x1B {
            state = .escape(count: count + 1)
            return
        }
        let isLate = lateUntil != nil
        if let key = known[[0x1B, byte]] {
            reset()
            return emit(.sequence(ControlSequence(bytes: [byte], key), isLate: isLate))
        }
        if begin(byte) { return }
        guard isLate || (now - lastAt <= glue && !off.contains(.altIsNothing)) else {
            takeEscapes(count)
            return step(byte, now)
        }
        switch byte {
        case 0x20..<0x30: (state, bytes) = (.announced, [byte])
        case 0x80...:
            state = .alternate
            step(byte, now)
        case ..<0x20 where !Self.cancelling.contains(byte): doubt(.escape)
        default: reset()
        }
    }

    private mutating func stepAlternate(_ byte: UInt8, _ now: Span) {
        switch decoder.take(byte) {
        case .pending: break
        case .brokenBefore: restart(byte, now)
        case .scalar, .broken: reset()
        }
    }

    // MARK: What was cut

    /// The rest of a sequence may come byte by byte as well. For a while what looks like its
    /// beginning opens it, and is nobody's key; after that a byte on its own is one.
    private mutating func stepDoubtful(_ byte: UInt8, _ origin: Origin, _ now: Span) {
        guard origin.expects(byte) || origin == .escape && known[[0x1B, byte]] != nil else {
            return restart(byte, now)
        }
        guard now - lastAt < Self.patience, !off.contains(.lateHeadIsDropped) else {
            return state = .held(byte, origin)
        }
        resume(origin, now)
        step(byte, now)
    }

    /// Goes on with what was cut, too late to be played.
    private mutating func resume(_ origin: Origin, _ now: Span) {
        reset()
        if off.contains(.lateRestIsDropped) { return }
        lateUntil = now + Self.patience
        isGuess = !off.contains(.guessEnds)
        switch origin {
        case .escape: state = .escape(count: 1)
        case .string(let kind): state = .string(kind, isEmpty: true, sawEscape: false)
        case .designation: state = .announced
        }
    }
}

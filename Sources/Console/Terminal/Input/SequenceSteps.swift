/// The inside of sequences, strings and pastes, and what happens when the rest does not come.
import Core
import Store

extension SequenceParser {
    // MARK: Controls inside

    /// ^C, ^X (CAN), ^Z (SUB) and ESC end whatever is open, and are themselves.
    static let cancelling: Set<UInt8> = [0x03, 0x18, 0x1A, 0x1B]

    /// Any other control character inside a sequence does nothing; the sequence goes on behind it.
    func isPassedOver(_ byte: UInt8) -> Bool {
        guard byte < 0x20 || byte == 0x7F, !Self.cancelling.contains(byte),
            !off.contains(.controlsInsideAreDropped)
        else { return false }
        return switch state {
        case .announced, .control, .singleShift, .consoleFunction: true
        case .mouse: byte != 0x7F
        case .string(_, _, sawEscape: true): false
        case .string(let kind, _, _): byte != 0x07 || kind != .operatingSystem
        default: false
        }
    }

    // MARK: Sequences

    /// Parameters 3/0 to 3/15, intermediates 2/0 to 2/15, one final byte 4/0 to 7/14.
    mutating func stepControl(_ byte: UInt8, _ now: Span) {
        switch byte {
        case 0x30..<0x40 where isGuess && bytes.last.map { $0 < 0x30 } == true:
            // No parameter stands behind an intermediate.
            reset()
            step(byte, now)
        case 0x20..<0x40: remember(byte)
        case UInt8(ascii: "[") where bytes.count == 1:
            remember(byte)
            state = .consoleFunction
        case UInt8(ascii: "M") where bytes.count == 1 && known[[0x1B, 0x5B, 0x4D]] == nil:
            state = .mouse(left: 3)
        case 0x40..<0x7F: finish(byte)
        default:
            reset()
            step(byte, now)
        }
    }

    /// One final byte; some terminals put a modifier before it.
    mutating func stepSingleShift(_ byte: UInt8, _ now: Span) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"): remember(byte)
        case 0x20..<0x7F: finish(byte)
        default:
            reset()
            step(byte, now)
        }
    }

    /// `[ [` and a letter from A to E; two brackets may have been typed.
    mutating func stepConsoleFunction(_ byte: UInt8, _ now: Span) {
        guard byte >= 0x20, !isGuess || UInt8(ascii: "A")...UInt8(ascii: "E") ~= byte else {
            reset()
            return step(byte, now)
        }
        finish(byte)
    }

    private mutating func remember(_ byte: UInt8) {
        if bytes.count < Self.limit { bytes.append(byte) }
    }

    mutating func finish(_ final: UInt8) {
        bytes.append(final)
        let sequence = ControlSequence(bytes: bytes, known[[0x1B] + bytes])
        let isLate = lateUntil != nil
        reset()
        if off.contains(.unknownIsDropped), sequence.meaning == nil {
            for byte in sequence.bytes { emit(.text(Unicode.Scalar(byte))) }
        } else if sequence.meaning == .pasteBegins {
            state = .paste(matched: 0)
            pause = isLate ? Self.patience : Self.pastePause
        }
        emit(.sequence(sequence, isLate: isLate))
    }

    // MARK: Strings

    /// Ends with ESC `\`, an operating system command with BEL too. What cancels ends it as well,
    /// so that no string swallows ^C.
    mutating func stepString(_ byte: UInt8, _ kind: StringKind, _ sawEscape: Bool, _ now: Span) {
        if sawEscape {
            if byte == UInt8(ascii: "\\") { return endString(kind) }
            let isCut = now - lastAt > delay
            reset()
            state = .escape(count: 1)
            if isCut { takeEscapes(1) }
            return step(byte, now)
        }
        // ST as one character of the upper set.
        if byte == 0x9C, bytes.last == 0xC2 { return endString(kind) }
        switch byte {
        case 0x1B: state = .string(kind, isEmpty: false, sawEscape: true)
        case 0x07 where kind == .operatingSystem: endString(kind)
        case 0x20...0x7E, 0x80...:
            guard !isGuess || kind.mayBegin(with: answer + [byte]) else {
                reset()
                return step(byte, now)
            }
            bytes = [byte]
            if answer.count <= Self.longestAnswer { answer.append(byte) }
            state = .string(kind, isEmpty: false, sawEscape: false)
        default:
            reset()
            step(byte, now)
        }
    }

    private mutating func endString(_ kind: StringKind) {
        let text = answer
        reset()
        guard kind == .operatingSystem, text.count <= Self.longestAnswer else { return }
        emit(.answer(String(decoding: text, as: UTF8.self)))
    }

    // MARK: Pastes

    private static let closing: [UInt8] = Array("\u{1B}[201~".utf8)

    mutating func stepPaste(_ byte: UInt8, _ matched: Int, _ now: Span) {
        // Alone it is the person's; in company it was pasted.
        if byte == 0x03, now - lastAt > glue, !off.contains(.stuckPasteEnds) {
            reset()
            return emit(.pasteEnds)
        }
        if byte == Self.closing[matched], matched > 0 || !decoder.isPending {
            if matched == 0 { isLone = now - lastAt > glue }
            let isWhole = matched + 1 == Self.closing.count
            state = isWhole ? .ground : .paste(matched: matched + 1)
            if isWhole { emit(.pasteEnds) }
            return
        }
        for byte in Self.closing.prefix(matched) { emit(.text(Unicode.Scalar(byte))) }
        state = .paste(matched: 0)
        matched > 0 ? stepPaste(byte, 0, now) : pasteText(byte, now)
    }

    private mutating func pasteText(_ byte: UInt8, _ now: Span) {
        switch decoder.take(byte) {
        case .pending: break
        case .scalar(let scalar): emit(.text(scalar))
        case .broken: emit(.text("\u{FFFD}"))
        case .brokenBefore:
            emit(.text("\u{FFFD}"))
            stepPaste(byte, 0, now)
        }
    }

    // MARK: Time

    /// When ``expire(at:)`` has something to decide; nil while nothing is open.
    var deadline: Span? {
        switch state {
        case .ground, .alternate, .doubtful: nil
        case .paste(let matched):
            matched == 1 && (isLone || off.contains(.onlyLoneEscapeEndsPaste))
                ? lastAt + delay
                : off.contains(.stuckPasteEnds) ? nil : lastAt + pause
        default: lateUntil ?? lastAt + delay
        }
    }

    /// The deadline has passed, and nothing more had come.
    mutating func expire(at now: Span) {
        guard let deadline, now >= deadline else { return }
        switch state {
        case .escape(let count): takeEscapes(lateUntil == nil ? count : 0)
        case .held(let byte, _):
            reset()
            step(byte, now)
        case .string(_, _, sawEscape: true) where lateUntil != nil: takeEscapes(1)
        case .string(let kind, isEmpty: true, _): kind == .other ? reset() : doubt(.string(kind))
        case .control where lateUntil == nil && isShifted:
            // rxvt ends keys under Shift so.
            bytes.removeLast()
            finish(UInt8(ascii: "$"))
        case .control, .singleShift, .consoleFunction, .mouse, .string: waitForRest(now)
        case .announced where lateUntil == nil && "()*+".utf8.contains(bytes.first ?? 0):
            doubt(.designation)
        case .paste(let matched):
            emit(.pasteEnds)
            matched > 1 ? cutClosing(matched, now) : doubt(.escape)
        case .ground, .alternate, .announced, .doubtful: reset()
        }
    }

    /// `[`, a number, `$`: a key under Shift of rxvt, and not the middle of another sequence.
    private var isShifted: Bool {
        bytes.last == UInt8(ascii: "$")
            && bytes.dropFirst().dropLast().allSatisfy { 0x30..<0x3A ~= $0 }
    }

    /// Nothing came behind them: they are keys.
    mutating func takeEscapes(_ count: Int) {
        for _ in 0..<count { emit(.escape) }
        doubt(.escape)
    }

    /// The closing bracket of a paste has stopped in its middle.
    private mutating func cutClosing(_ matched: Int, _ now: Span) {
        reset()
        (state, bytes) = (.control, Array(Self.closing[1..<matched]))
        waitForRest(now)
    }

    mutating func doubt(_ origin: Origin) {
        reset()
        if !off.contains(.lateRestIsDropped) { state = .doubtful(origin) }
    }

    private mutating func waitForRest(_ now: Span) {
        if lateUntil != nil || off.contains(.lateRestIsDropped) { return reset() }
        lateUntil = now + Self.patience
    }
}

extension SequenceParser.StringKind {
    /// Whether what a terminal answers may begin so.
    func mayBegin(with text: [UInt8]) -> Bool {
        let digits = text.prefix { 0x30..<0x3A ~= $0 }
        let parameters = text.prefix { 0x30..<0x40 ~= $0 }
        let head = text.prefix(
            parameters.count + text.dropFirst(parameters.count).prefix { 0x20..<0x30 ~= $0 }.count)
        let next = text.dropFirst(self == .device ? head.count : digits.count).first
        return switch self {
        case .operatingSystem: !digits.isEmpty && next ?? UInt8(ascii: ";") == UInt8(ascii: ";")
        case .device: !head.isEmpty && 0x40..<0x7F ~= next ?? 0x40
        case .application: text.first == UInt8(ascii: "G")
        case .other: false
        }
    }
}

extension SequenceParser.Origin {
    /// Whether a byte can go on with what was cut.
    func expects(_ byte: UInt8) -> Bool {
        switch self {
        case .escape: "[O]P_()".utf8.contains(byte)
        case .string(.operatingSystem): "0123456789".utf8.contains(byte)
        // What a terminal answers about pictures.
        case .string(.application): byte == UInt8(ascii: "G")
        case .string: 0x20..<0x40 ~= byte
        case .designation: "0AB".utf8.contains(byte)
        }
    }
}

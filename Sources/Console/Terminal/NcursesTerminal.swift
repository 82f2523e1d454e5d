/// The real terminal, through ncurses: the only file that knows it.
import CNcurses
import Core
import Glibc
import Store

final class NcursesTerminal: Terminal {
    private(set) var size: Size
    let glyphs: GlyphSet
    let depth: ColourDepth
    let inputDescriptor = STDIN_FILENO
    /// What to tell once: another name stood in, or letters cannot be shown.
    let notices: [String]

    private let window: UnsafeMutablePointer<WINDOW>
    private let isXtermLike: Bool
    /// What its name says of its background.
    let ground: TerminalGround
    private let namedSize: Size?
    private let output: TerminalOutput
    /// A file in memory that ncurses draws into.
    private let drawing: Int32
    private var settings = TerminalSettings(of: STDIN_FILENO)
    private var theme: Theme
    private var pairs: ColourPairs
    /// Attributes and pair by ``Cell/inkIndex``; 0 is "not looked up yet".
    private var inks: ContiguousArray<UInt64>
    private var shown: Frame?
    private var reader: TerminalReader
    private var isOurs = true

    var inputDeadline: Span? { reader.deadline }
    var isPasting: Bool { reader.isPasting }
    var outputDescriptor: Int32 { output.descriptor }
    var isBusy: Bool { output.isBusy }
    var hasClipboard: Bool { isXtermLike }

    /// - Throws: ``TerminalError`` when standard input or output is no terminal, or no entry fits.
    init(_ choice: TerminalChoice, theme: (ColourDepth) -> Theme) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw TerminalError(
                headline: "standard input and output are not a terminal",
                remedy: "Run plutarc in a terminal, or use a command such as plutarc bots.")
        }
        Self.useLocale(isASCII: choice.glyphs.isASCII)
        guard let (name, restore) = Self.firstKnown(choice) else {
            throw TerminalError(
                headline: "no terminal description for \"\(choice.candidates[0])\" or vt100",
                remedy: "Install ncurses-base, or set TERMINFO.")
        }
        let known = choice.candidates.first ?? name
        let isOther = name != known && !name.hasSuffix("-direct")
        notices =
            (isOther ? ["TERM \(known) taken as \(name)"] : [])
            + (choice.lacksUTF8 ? [Self.withoutUTF8] : [])
        let modes = choice.isXtermLike ? CrashRestorer.xtermModesOff : ""
        output = TerminalOutput(of: STDOUT_FILENO)
        CrashRestorer.arm(Array(modes.utf8) + restore, descriptor: output.descriptor)
        drawing = plutarc_memory_file()
        guard plutarc_open(name, drawing) != nil, let window = plutarc_window() else {
            throw TerminalError(
                headline: "ncurses cannot use \"\(name)\"", remedy: "Set TERM to another value.")
        }
        self.window = window
        isXtermLike = choice.isXtermLike
        ground = choice.ground
        namedSize = choice.namedSize
        glyphs = choice.glyphs
        size = Size(Int(plutarc_columns(window)), Int(plutarc_rows(window)))
        depth = Self.prepareColours(choice, isDirect: name.hasSuffix("-direct"))
        pairs = ColourPairs(limit: depth == .none ? 0 : Int(plutarc_initial_pairs()) - 1)
        inks = ContiguousArray(repeating: 0, count: Role.allCases.count << 8)
        self.theme = theme(depth)
        reader = TerminalReader(
            STDIN_FILENO,
            KeyInput(
                delay: choice.escapeDelay, decoder: .ofLocale(), known: Self.namedKeys()))
        settings.makeRaw()
        _ = resize()
        switchModes(on: true)
    }

    // MARK: Setting up

    private static let withoutUTF8 =
        "no UTF-8 locale: other letters show as near ones or ?, and are kept as they are"

    /// ncurses measures by the locale; without a UTF-8 locale installed C.UTF-8 stands in.
    private static func useLocale(isASCII: Bool) {
        let found = setlocale(LC_ALL, "")
        if !isASCII, found == nil || plutarc_locale_is_wide() == 0 {
            _ = setlocale(LC_CTYPE, "C.UTF-8")
        }
        // Numbers are ours, never the locale's.
        _ = setlocale(LC_NUMERIC, "C")
    }

    /// The first entry that terminfo has, and the bytes that restore such a terminal.
    private static func firstKnown(_ choice: TerminalChoice) -> (String, [UInt8])? {
        var names = choice.candidates
        if choice.promisesTruecolour, !choice.forbidsColour, choice.isXtermLike {
            names.insert("xterm-direct", at: 0)
        }
        for name in names {
            var buffer = [CChar](repeating: 0, count: 512)
            guard plutarc_probe_term(name, &buffer, buffer.count) != 0 else { continue }
            let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return (name, CrashRestorer.withoutPadding(bytes))
        }
        return nil
    }

    private static func prepareColours(_ choice: TerminalChoice, isDirect: Bool) -> ColourDepth {
        guard !choice.forbidsColour, has_colors() else { return .none }
        start_color()
        use_default_colors()
        return isDirect ? .truecolour : min(.indexed, ColourDepth(colours: plutarc_colours()))
    }

    private static func plutarc_colours() -> Int { Int(plutarc_initial_colours()) }

    /// What terminfo says that keys send, where it is a sequence.
    private static func namedKeys() -> [[UInt8]: Key] {
        var result: [[UInt8]: Key] = [:]
        for (name, key) in Key.capabilities {
            guard let text = plutarc_capability(name) else { continue }
            let bytes = Array(String(cString: text).utf8)
            if bytes.first == 0x1B, bytes.count > 1 { result[bytes] = key }
        }
        return result
    }

    /// Bracketed paste and focus reports; asks for mode 2026, and for the background where there is
    /// colour, without waiting for the answers.
    private func switchModes(on: Bool) {
        guard isXtermLike else { return }
        let question = depth == .none ? "" : TerminalGround.question
        send(
            on
                ? "\u{1B}[?2004h\u{1B}[?1004h\u{1B}[?2026$p" + question
                : CrashRestorer.xtermModesOff)
    }

    /// Behind what ncurses has drawn so far.
    func send(_ sequence: String) {
        collect()
        output.append(sequence.utf8)
        output.write()
    }

    func writeOn() { output.write() }

    /// Takes what ncurses has drawn out of its file.
    private func collect() {
        let count = Int(lseek(drawing, 0, SEEK_CUR))
        guard count > 0 else { return }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(drawing, buffer.baseAddress, count, 0))
        }
        output.append(bytes)
        ftruncate(drawing, 0)
        lseek(drawing, 0, SEEK_SET)
    }

    // MARK: Output

    func present(_ frame: Frame) {
        guard isOurs, !isBusy, frame.size == size else { return }
        let runs = frame.changes(from: shown)
        if runs.isEmpty, shown?.cursor == frame.cursor { return }
        if reader.knowsSynchronisedOutput { output.append("\u{1B}[?2026h".utf8) }
        for run in runs { draw(run, of: frame) }
        if let cursor = frame.cursor {
            curs_set(1)
            wmove(window, Int32(cursor.row), Int32(cursor.column))
        } else {
            curs_set(0)
        }
        wrefresh(window)
        collect()
        if reader.knowsSynchronisedOutput { output.append("\u{1B}[?2026l".utf8) }
        output.write()
        shown = frame
    }

    private func draw(_ run: Frame.Run, of frame: Frame) {
        let start = run.row * frame.size.columns
        for column in run.columns {
            let cell = frame.cells[start + column]
            guard !cell.isTail else { continue }
            let ink = ink(of: cell)
            plutarc_put(
                window, Int32(run.row), Int32(column), wchar_t(cell.packed & 0x1F_FFFF),
                wchar_t(cell.packed >> 21 & 0x1F_FFFF), wchar_t(cell.packed >> 42),
                attr_t(ink & 0xFFFF_FFFF), Int32(ink >> 32 & 0x7FFF_FFFF))
        }
    }

    /// Attributes in the low half, the pair in the high one, the top bit says "looked up".
    private func ink(of cell: Cell) -> UInt64 {
        let known = inks[cell.inkIndex]
        if known != 0 { return known }
        let style = theme.style(cell.role, on: cell.ground)
        var attributes: attr_t = 0
        for (_, attribute) in TextAttributes.names where style.attributes.contains(attribute) {
            attributes |= plutarc_attribute(Int32(attribute.rawValue))
        }
        let pair = pairNumber(InkPair(style.foreground, style.background ?? .terminal))
        let ink = UInt64(attributes) | UInt64(pair) << 32 | 1 << 63
        inks[cell.inkIndex] = ink
        return ink
    }

    private func pairNumber(_ pair: InkPair) -> Int {
        guard depth != .none else { return 0 }
        let (number, isNew) = pairs.number(for: pair)
        if isNew {
            init_extended_pair(Int32(number), code(pair.foreground), code(pair.background))
        }
        return number
    }

    /// The number ncurses knows a colour by; -1 is the terminal's own.
    private func code(_ ink: Ink) -> Int32 {
        switch ink {
        case .terminal: -1
        case .indexed(let index):
            depth == .truecolour && index >= 8
                ? Int32(RGB.indexed(index).value) : Int32(index)
        // In direct-colour entries 0 to 7 are names: the darkest blues give way to black.
        case .rgb(let rgb): rgb.value < 8 ? 0 : Int32(rgb.value)
        }
    }

    func use(_ theme: Theme) {
        self.theme = theme
        for index in inks.indices { inks[index] = 0 }
        pairs = ColourPairs(limit: pairs.limit)
        repaint()
    }

    func repaint() {
        shown = nil
        _ = plutarc_redraw(window)
    }

    func resize() -> Bool {
        var now = winsize()
        let isTold = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &now) == 0
        let told = isTold && now.ws_col > 0 && now.ws_row > 0
        let named = told ? Size(Int(now.ws_col), Int(now.ws_row)) : namedSize
        guard let other = named, other != size else { return false }
        resizeterm(Int32(other.rows), Int32(other.columns))
        size = other
        werase(window)
        repaint()
        return true
    }

    func ring() {
        CNcurses.beep()
        send("")
    }

    func readEvents(at now: Span) -> [TerminalEvent] { reader.read(at: now) }

    // MARK: Giving back

    func suspend() {
        guard isOurs else { return }
        isOurs = false
        output.finish(within: Self.lastPatience)
        switchModes(on: false)
        endwin()
        send("")
        output.finish(within: Self.lastPatience)
        settings.restore()
        CrashRestorer.setArmed(false)
    }

    /// How long a terminal is waited for that takes nothing while it is to be given back.
    private static let lastPatience = Span.milliseconds(200)

    func resume() {
        guard !isOurs else { return }
        isOurs = true
        settings.makeRaw()
        CrashRestorer.setArmed(true)
        repaint()
        wrefresh(window)
        switchModes(on: true)
        _ = resize()
    }

    func close() { suspend() }
}

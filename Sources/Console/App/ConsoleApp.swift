/// The full-screen console from its options to its end.
import Core
import Glibc
import Store

/// What the command line says about the console.
struct ConsoleOptions {
    var home: Home
    var reader: BoardReader
    var build: String
    var environment: (String) -> String?
    /// A code or the path of a file; nil: what was last used, else `default`.
    var theme: String?
    var isReadOnly = false
    var mayLaunch = true
    /// For an engine that is started from here: `["--speed", "60"]`.
    var engineOptions: [String] = []
    /// `SCREEN[:BOT[:TAB]]`.
    var view: String?
    /// Without the last view, sort orders and filters.
    var isFresh = false
    var isASCII = false
    var forbidsColour = false
}

extension ConsoleOptions {
    /// From the command line; opens the home and its database.
    init(_ context: CommandContext) throws(CommandFailure) {
        try self.init(context, home: try context.home(), reader: try context.reader())
    }

    /// From the command line, over a home that is open already.
    init(_ context: CommandContext, home: Home, reader: BoardReader) throws(CommandFailure) {
        let call = context.call
        self.init(
            home: home, reader: reader, build: ProgramVersion.text,
            environment: context.environment)
        theme = call[.theme]
        isReadOnly = call.has(.readOnly)
        mayLaunch = !call.has(.noEngine) && !isReadOnly
        view = call[.view]
        isFresh = call.has(.fresh)
        isASCII = call.has(.ascii)
        forbidsColour = call[.color] == "never"
    }
}

enum ConsoleApp {
    /// Runs until the person leaves. A signal or a dropped line ends the process itself, with 128
    /// plus the signal's number, once the terminal is restored.
    static func run(_ options: ConsoleOptions) throws(CommandFailure) -> ExitStatus {
        let themes = ThemeLibrary(environment: options.environment)
        let kept = KeptTexts(home: options.home.path, environment: options.environment)
        let themeName = options.theme ?? kept.texts["theme"] ?? "default"
        let paints: ThemePaints
        do throws(FileError) { paints = try themes.load(themeName) } catch {
            throw CommandFailure(error)
        }
        let destination = try destination(options.view, options.reader)
        let session: String
        do { session = try Crypto.randomHex(bytes: 8) } catch {
            throw CommandFailure(.failed, "no_randomness", "the system gave no random bytes")
        }
        let (terminal, signals) = try open(options, paints)
        defer {
            terminal.close()
            signals.close()
        }
        var state = ConsoleState(size: terminal.size, session: session, at: .fleet)
        state.around.isReadOnly = options.isReadOnly
        state.around.theme = paints.code
        state.around.themes = themes.codes
        state.around.kept = kept.texts.filter { !options.isFresh || !KeptTexts.isView($0.key) }
        let editor = ExternalEditor(environment: options.environment)
        state.around.hasEditor = editor != nil
        state.start(at: destination)
        let policy: EngineConnection.Policy =
            options.mayLaunch ? .launch(options.engineOptions) : .join
        let connection = EngineConnection(
            home: options.home, build: options.build, policy: policy,
            option: options.isReadOnly ? "--read-only" : "--no-engine")
        state.around.mayLaunch = connection.mayLaunch
        state.around.launchOption = connection.barredBy
        let backend = Backend(reader: options.reader, connection: connection)
        let loop = Loop(
            state, terminal: terminal, signals: signals, backend: backend,
            helpers: LoopHelpers(
                themes: themes, kept: kept, clipboard: Clipboard(environment: options.environment),
                editor: editor, paints: paints,
                ground: terminal.ground, notices: terminal.notices))
        let reason = loop.run()
        if let problem = kept.problem, DraftPurpose.count(in: kept.texts) > 0 {
            terminal.close()
            StandardStreams().write(
                message: "plutarc: drafts could not be kept: \(DisplayText.clean(problem))\n")
        }
        guard reason != .person else { return .done }
        terminal.close()
        exit(reason.status)
    }

    private static func open(
        _ options: ConsoleOptions, _ paints: ThemePaints
    ) throws(CommandFailure) -> (NcursesTerminal, SignalPipe) {
        do throws(TerminalError) {
            let choice = try TerminalChoice(
                forbidsColour: options.forbidsColour, isASCII: options.isASCII,
                options.environment)
            let signals = try SignalPipe()
            let terminal = try NcursesTerminal(choice) { paints.theme(at: $0, on: choice.ground) }
            return (terminal, signals)
        } catch {
            throw CommandFailure(.usage, "no_terminal", error.headline, remedy: error.remedy)
        }
    }

    /// Where `--view` says to begin.
    static func destination(
        _ view: String?, _ reader: BoardReader
    ) throws(CommandFailure) -> Destination {
        guard let view else { return .fleet }
        try expectScreen(view)
        let parts = parts(of: view)
        var bot: ID<Bot>?
        if parts.count > 1 {
            do {
                let found = try reader.findBot(parts[1])
                bot = try found.required(.bot, parts[1]) { $0.label }.id
            } catch let refusal as Refusal {
                throw CommandFailure(refusal)
            } catch let error as BoardError {
                throw CommandFailure(error)
            } catch {
                throw CommandFailure(.failed, "view", "\(parts[1]) cannot be looked up")
            }
        }
        guard let destination = destination(parts, of: bot) else { throw unknown(view) }
        try look(at: destination, reader)
        return destination
    }

    /// **Throws** 2 for a screen that there is not, before anything is looked up.
    static func expectScreen(_ view: String?) throws(CommandFailure) {
        guard let view else { return }
        let parts = parts(of: view)
        guard destination(parts, of: parts.count > 1 ? ID(1) : nil) != nil else {
            throw unknown(view)
        }
    }

    private static func destination(_ parts: [String], of bot: ID<Bot>?) -> Destination? {
        ScreenPrinter.destination(parts[0] + (parts.count > 2 ? ":\(parts[2])" : ""), bot: bot)
    }

    private static func unknown(_ view: String) -> CommandFailure {
        .usage(
            "--view does not know \"\(DisplayText.clean(view))\"",
            remedy: "Screens are \(ScreenPrinter.names.joined(separator: ", ")); "
                + "bot:LABEL:risk opens a tab.")
    }

    /// Screen, bot and tab; a label may hold colons too, so only a word that is a tab is one.
    private static func parts(of view: String) -> [String] {
        var parts = view.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 2 else { return parts }
        let screen = parts.removeFirst()
        let tab = ["template", "risk", "activity"].contains(parts.last) ? [parts.removeLast()] : []
        return [screen, parts.joined(separator: ":")] + tab
    }

    /// A screen that is asked for by name and may not be seen is refused before the terminal is
    /// taken: its board is read once.
    private static func look(
        at destination: Destination, _ reader: BoardReader
    ) throws(CommandFailure) {
        let around = Surroundings(size: Size(80, 24))
        let first = ScreenDirectory.screen(for: destination, around)?.wants(around).first
        guard let first else { return }
        let board = try reported { () throws(StoreError) in try first.read(reader) }
        if case .refused(_, let refusal) = board { throw CommandFailure(refusal) }
    }
}

/// What a command is handed: the call, the home it works on, the way out.

import Core
import Glibc
import Store

/// One command while it runs. Home, database and engine are opened when they are first needed.
final class CommandContext {
    let call: Invocation
    let output: Output
    /// A variable of the environment; nil when it is not set.
    let environment: (String) -> String?
    /// Whether a variable is set to bytes that are no text.
    private let isNoText: (String) -> Bool
    /// Commands that this build offers.
    let table: CommandTable
    private var openHome: Home?
    private var openReader: BoardReader?
    private var knownPerson: Operator?
    private var openSender: (any CommandSender)?
    private var knownSight: FleetSight?

    /// - Parameters:
    ///   - reader, person, sender, sight: given by tests; else opened when they are needed.
    init(
        call: Invocation, output: Output, environment: @escaping (String) -> String?,
        isNoText: @escaping (String) -> Bool = { _ in false }, table: CommandTable,
        reader: BoardReader? = nil, person: Operator? = nil, sender: (any CommandSender)? = nil,
        sight: FleetSight? = nil
    ) {
        self.call = call
        self.output = output
        self.environment = environment
        self.isNoText = isNoText
        self.table = table
        self.openReader = reader
        self.knownPerson = person
        self.openSender = sender
        self.knownSight = sight
        output.home = namedHome
    }

    /// An operand that the parser has made sure of.
    func operand(_ index: Int) -> String { call.operands[index] }
    /// An operand that may be absent.
    func optionalOperand(_ index: Int) -> String? {
        index < call.operands.count ? call.operands[index] : nil
    }
}

extension CommandContext {
    /// The folder that `--home`, `--workspace` or the environment names. It is not opened.
    func homePath() throws(CommandFailure) -> String {
        if let name = call[.workspace], name != "personal" {
            guard Untrusted.isIdentifier(name), !name.contains("/"), !name.hasPrefix(".") else {
                throw .usage(
                    "\"\(DisplayText.clean(name))\" is not the name of a workspace",
                    remedy: "Names are lower-case letters, digits and hyphens.")
            }
            return "/var/lib/plutarc/\(name)"
        }
        return try looking { variable throws(CommandFailure) -> String in
            do throws(HomeError) {
                return try HomePath.resolve(given: call[.home], variable: variable)
            } catch { throw CommandFailure(error) }
        }
    }

    /// Looks variables up. **Throws** 2 for one of those looked at that is no text: repaired, it
    /// would name another folder or program. What nobody looks at stops nothing.
    func looking<Value>(
        _ body: ((String) -> String?) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        var faults: [String] = []
        let found: Result<Value, CommandFailure>
        do throws(CommandFailure) {
            found = .success(
                try body { name in
                    if isNoText(name) { faults.append(name) }
                    return environment(name)
                })
        } catch { found = .failure(error) }
        if let name = faults.first {
            throw .usage(
                "$\(name) is not UTF-8 text", remedy: "Give it a name in UTF-8, or unset it.")
        }
        return try found.get()
    }

    /// The home, opened for reading it and for speaking with its engine.
    func home() throws(CommandFailure) -> Home {
        if let openHome { return openHome }
        let path = try homePath()
        do throws(HomeError) {
            let home = try Home.open(path: path, for: .console)
            openHome = home
            return home
        } catch { throw CommandFailure(error) }
    }

    /// Whether a home with a database is there. **Throws** 7 where the database is gone.
    func hasHome() throws(CommandFailure) -> Bool {
        if openReader != nil { return true }
        do throws(CommandFailure) {
            let home = try home()
            guard !home.has(.database) else { return true }
            throw .noDatabase(in: home)
        } catch {
            guard error.status == .noSuchThing else { throw error }
            return false
        }
    }

    /// Boards over the home's database. **Throws** 4 when the home has none yet.
    func reader() throws(CommandFailure) -> BoardReader {
        if let openReader { return openReader }
        let home = try home()
        guard home.has(.database) else { throw .noDatabase(in: home) }
        let owner = (uid: Int64(home.owner), name: Self.accountName(of: home.owner))
        let reader = try reported { () throws(StoreError) in
            try BoardReader(
                path: home.path(of: .database), owner: owner, for: Int64(getuid()))
        }
        openReader = reader
        return reader
    }

    /// Who runs this command. **Throws** 3 when the account is no member of the workspace.
    func person() throws(CommandFailure) -> Operator {
        if let knownPerson { return knownPerson }
        let reader = try reader()
        let person = try reported { () throws(StoreError) in try reader.person() }
        guard let person else { throw CommandFailure(Refusal.notAMember(uid: Int64(getuid()))) }
        knownPerson = person
        return person
    }

    /// **Throws** 3 with `--read-only`, before anything is changed.
    func expectChangesAllowed() throws(CommandFailure) {
        guard call.has(.readOnly) else { return }
        throw CommandFailure(
            .notPermitted, "read_only",
            "--read-only refuses every command that changes something",
            remedy: "Leave the option out.")
    }

    /// Does what was asked, where that may be.
    func run(_ action: CommandAction) throws(CommandFailure) -> ExitStatus {
        if call.isChange { try expectChangesAllowed() }
        return try action(self)
    }

    /// The way to the engine. **Throws** 3 with `--read-only`.
    func sender() throws(CommandFailure) -> any CommandSender {
        try expectChangesAllowed()
        if let openSender { return openSender }
        let sender = try EngineSender(
            home: try home(), mayLaunch: !call.has(.noEngine), output: output
        ) { [unowned self] in try? reader() }
        openSender = sender
        return sender
    }

    /// Whether what is read is true of now: what the home's lease and its last commit say.
    func sight() throws(CommandFailure) -> FleetSight {
        if let knownSight { return knownSight }
        let engine = try StatusActions.engine(self)
        let wall = WallClock.read().utc
        var sight = try self.sight(engine, nil, at: wall)
        if sight.isSeen {
            sight.sinceCommit = try? reader().age(at: wall)
        } else {
            let reader = try reader()
            // Who may not see the fleet still learns that nothing is known of now.
            let fleet = try? reader.fleet()
            sight = try self.sight(engine, fleet?.workspace)
        }
        knownSight = sight
        return sight
    }

    /// What vouches for the fleet, with what helps who asks.
    func sight(
        _ engine: EngineStatus, _ workspace: Workspace?, at wall: Instant = WallClock.read().utc
    ) throws(CommandFailure) -> FleetSight {
        var sight = FleetSight(engine, workspace, at: wall)
        guard sight.remedy != nil else { return sight }
        let remedy = LeaseHolder.remedy(asking: try home().foreignOwner)
        sight.remedy = output.named("\(remedy).")
        return sight
    }

    /// The name of a Unix account; its number where the system knows none.
    static func accountName(of uid: UInt32) -> String {
        guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else { return "\(uid)" }
        return String(cString: name)
    }
}

extension CommandContext {
    /// The bot that a name leads to. **Throws** 4 for none or several.
    func bot(named name: String) throws(CommandFailure) -> Bot {
        let reader = try reader()
        let found = try answered { () throws(BoardError) in try reader.findBot(name) }
        return try permitted { () throws(Refusal) in
            try found.required(.bot, name) { "\($0.id) \($0.label)" }
        }
    }

    /// The bot of `--bot`, if that was given.
    func botOption() throws(CommandFailure) -> Bot? {
        guard let name = call[.bot] else { return nil }
        return try bot(named: name)
    }

    /// World time of the home.
    func clock() throws(CommandFailure) -> Instant {
        let reader = try reader()
        return try answered { () throws(BoardError) in try reader.clock() }
    }
}

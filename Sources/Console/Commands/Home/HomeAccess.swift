/// Opening a home from a command: every failure becomes words and an exit status.

import Core
import Glibc
import Store

enum HomeAccess {
    static func open(
        _ path: String, for use: Home.Use
    ) throws(CommandFailure) -> Home {
        do throws(HomeError) { return try Home.open(path: path, for: use) } catch {
            throw CommandFailure(error)
        }
    }

    static func create(_ path: String) throws(CommandFailure) -> Home {
        do throws(HomeError) {
            return try Home.open(path: path, for: .engine, creating: true)
        } catch { throw CommandFailure(error) }
    }

    /// Asks once: somebody else's engine is never waited for.
    static func lease(_ home: Home) throws(CommandFailure) -> Lease {
        do throws(LeaseError) {
            return try Lease.acquire(in: home, build: ProgramVersion.text)
        } catch { throw CommandFailure(error) }
    }

    /// The same for an engine. Of several that were launched at once one is first, and every
    /// launcher finds that one: for the others nothing is to be done.
    static func engineLease(_ home: Home, isLaunched: Bool) throws(CommandFailure) -> Lease {
        do throws(CommandFailure) { return try lease(home) } catch {
            guard isLaunched, error.code == LeaseError.held(nil).code else { throw error }
            var second = error
            second.remedy = "Another start was first: nothing is to be done."
            throw second
        }
    }

    static func failure(_ error: LoadError) -> CommandFailure {
        switch error {
        case .store(let error): CommandFailure(error)
        case .file(let error): CommandFailure(error)
        }
    }
}

/// A line on stderr that tells how far something is; silent off a terminal.
struct Progress {
    private let output: Output
    private let what: String
    private let isShown: Bool

    init(_ output: Output, _ what: String) {
        self.output = output
        self.what = what
        isShown = isatty(2) == 1 && !output.isQuiet
    }

    /// - Parameter note: what stands behind the bar, as `1.2 M bars/s, 3s left`.
    func show(_ share: Double, note: String = "") {
        guard isShown else { return }
        let percent = min(Int(share * 100), 100)
        let full = percent / 5
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
        output.streams.write(message: "\r\(what) [\(bar)] \(percent) % \(note)\u{1B}[K")
    }

    func end() {
        if isShown { output.streams.write(message: "\n") }
    }
}

extension HomeAccess {
    /// A home that has been created; status 4 otherwise, and 7 where its database is gone.
    static func existing(_ context: CommandContext) throws(CommandFailure) -> Home {
        let home = try context.home()
        guard home.has(.database) else { throw .noDatabase(in: home) }
        return home
    }

    /// Whether a folder holds a database already; it is opened properly later.
    static func isFounded(_ path: String) -> Bool { access("\(path)/plutarc.db", F_OK) == 0 }

    /// Starts an engine when none runs, and waits until its start is over, however long that
    /// takes: it says how far it is.
    static func started(
        _ home: Home, _ pace: Pace, _ output: Output
    ) throws(CommandFailure) -> EngineClient {
        let options = pace == .real ? [] : ["--speed", pace.text]
        let progress = Progress(output, "starting")
        var isShown = false
        let show = { (start: StartProgress?) in
            guard let start else { return }
            progress.show(Double(start.percent) / 100, note: start.words)
            isShown = true
        }
        defer { if isShown { progress.end() } }
        do throws(LaunchError) {
            return try EngineLauncher.ensure(
                in: home, build: ProgramVersion.text, options: options, started: true,
                within: .days(1)
            ) { start in
                show(start)
                return true
            }
        } catch { throw CommandFailure(error) }
    }

    static func housed(_ body: () throws(HomeError) -> Void) throws(CommandFailure) {
        do throws(HomeError) { try body() } catch { throw CommandFailure(error) }
    }

    static func connected<Value>(
        _ body: () throws(ConnectionError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(ConnectionError) { return try body() } catch { throw CommandFailure(error) }
    }
}

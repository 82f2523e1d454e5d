/// How the errors of Core and Store become exit statuses and words.

import Core
import Store

extension CommandFailure {
    /// 7 where the data cannot be used. **Source** <doc:CommandLine#Exit-statuses>.
    init(_ error: StoreError) {
        let status: ExitStatus =
            switch error {
            case .newerVersion, .olderVersion, .notADatabase, .damaged, .locked, .full, .readOnly,
                .moved, .superseded, .cutShort, .noRoom, .strangeJournal, .unsound,
                .notPlain:
                .dataUnusable
            case .notAReadingStatement: .usage
            case .notReadable: .notPermitted
            case .cannotOpen, .constraint, .unknownCommit, .interrupted, .other: .failed
            }
        self.init(status, error.code, error.headline, remedy: error.remedy)
    }

    init(_ error: BoardError) {
        switch error {
        case .store(let error): self.init(error)
        case .refused(let refusal): self.init(refusal)
        }
    }

    init(_ refusal: Refusal) {
        self.init(
            ExitStatus(rawValue: refusal.exitStatus) ?? .failed, refusal.code, refusal.headline,
            remedy: refusal.remedy)
    }

    init(_ error: HomeError) {
        self.init(
            ExitStatus(rawValue: error.exitStatus) ?? .failed, error.code, error.headline,
            remedy: error.remedy)
    }

    /// - Parameter lastWords: why the exchange has rejected an order of the command.
    init(_ error: ConnectionError, lastWords: String? = nil) {
        // What the engine itself said has its status by its code, whichever way it came.
        if case .refused(let word) = error { self.init(word); return }
        self.init(
            ExitStatus(rawValue: error.exitStatus) ?? .failed, error.code,
            error.headline + (lastWords.map { "; the exchange rejected: \($0)" } ?? ""),
            remedy: error.remedy)
    }

    init(_ error: LaunchError) {
        if case .connection(let error) = error { self.init(error); return }
        self.init(
            ExitStatus(rawValue: error.exitStatus) ?? .failed, error.code, error.headline,
            remedy: error.remedy)
    }

    /// It went out, the engine was gone, and no other one came: it may have been taken.
    init(lost key: String, _ error: LaunchError) {
        let lost = ConnectionError.lost(key: key)
        self.init(lost)
        switch error {
        case .connection(.noEngine(_, nil)):
            remedy = "none runs; start one: plutarc engine start"
        case .connection(.noEngine): remedy = "none runs; \(error.remedy)"
        case .starting, .unheard, .connection: break
        default: (message, remedy) = ("\(lost.headline); \(error.headline)", error.remedy)
        }
    }

    init(_ error: LeaseError) {
        self.init(
            ExitStatus(rawValue: error.exitStatus) ?? .failed, error.code, error.headline,
            remedy: error.remedy)
    }

    /// What the engine said no with; its code decides the exit status.
    init(_ error: WireError, _ outcome: CommandOutcome = .refused) {
        self.init(
            Self.status(of: error.code, outcome), error.code, error.message, remedy: error.remedy)
    }

    /// The exit status of a code that came over the wire.
    private static func status(of code: String, _ outcome: CommandOutcome) -> ExitStatus {
        switch code {
        case "unknown_verb", "bad_request", "unknown_limit", "bad_value", "out_of_range",
            "bad_amount", "bad_sessions", "bad_label", "bad_template_name":
            return .usage
        case "not_permitted", "not_for_staff", "support_only", "not_a_member",
            "kill_switch_latched", "wrong_engine":
            return .notPermitted
        case "ambiguous": return .noSuchThing
        case "no_engine", "timeout", "connection_lost", "expired", "engine_starting",
            "engine_stopping":
            return .notFinished
        case "disk_full", "damaged", "locked", "newer_version", "older_version",
            "not_a_database", "not_plain", "read_only", "database_moved", "database_gone",
            "database_cut_short", "superseded", "engine_running", "engine_hung", "lease_orphaned",
            "lease_unusable", "lease_lost", "bad_compute_file":
            return .dataUnusable
        case "cannot_open", "constraint", "unknown_commit", "store": return .failed
        default:
            if code.hasPrefix("no_such_") { return .noSuchThing }
            return outcome == .refused ? .refused : .failed
        }
    }
}

/// Runs `body` and brings its error into the command line's form.
func reported<Value>(
    _ body: () throws(StoreError) -> Value
) throws(CommandFailure) -> Value {
    do throws(StoreError) { return try body() } catch { throw CommandFailure(error) }
}

/// Runs `body`, which reads a board, and brings its error into the command line's form.
func answered<Value>(
    _ body: () throws(BoardError) -> Value
) throws(CommandFailure) -> Value {
    do throws(BoardError) { return try body() } catch { throw CommandFailure(error) }
}

/// Runs `body` and brings its refusal into the command line's form.
func permitted<Value>(
    _ body: () throws(Refusal) -> Value
) throws(CommandFailure) -> Value {
    do throws(Refusal) { return try body() } catch { throw CommandFailure(error) }
}

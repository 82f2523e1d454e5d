/// Why a command ends without its result, for a person and for a script.

import Core
import Store

/// The one error that leaves a command. Printed as text on stderr, or as the JSON document.
struct CommandFailure: Error, Equatable, Sendable {
    var status: ExitStatus
    /// Stable, snake_case: scripts compare it.
    var code: String
    /// What happened.
    var message: String
    /// What to do about it; empty where the message already says so.
    var remedy: String

    init(_ status: ExitStatus, _ code: String, _ message: String, remedy: String = "") {
        self.status = status
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// Wrong usage: exit status 2.
    static func usage(_ message: String, remedy: String) -> CommandFailure {
        CommandFailure(.usage, "usage", message, remedy: remedy)
    }

    /// One that is gone is not one that was never there: that would send people to `init`.
    static func noDatabase(in home: Home) -> CommandFailure {
        do throws(HomeError) { try home.expectNoRemains() } catch {
            return CommandFailure(error)
        }
        return CommandFailure(
            .noSuchThing, "no_home", "\(home.path) has no database yet",
            remedy: "Create it with plutarc init --home \(shellQuoted(home.path)), "
                + "or try plutarc demo.")
    }

    /// It was sent, and no word came: it may still be taken.
    /// - Parameter start: how far the engine's start is; nil for one that is not starting.
    static func noAnswer(_ start: StartProgress?) -> CommandFailure {
        CommandFailure(
            .notFinished, "timeout",
            (start.map { "the engine is still starting (\($0.words)) and" } ?? "the engine")
                + " did not answer in time; whether it takes the command is not known",
            remedy: start == nil
                ? "See what became of it: plutarc commands."
                : "Wait longer with --timeout; see what became of it: plutarc commands.")
    }

    static func notPlayed(seed: UInt64, _ error: any Error) -> CommandFailure {
        CommandFailure(
            .failed, "simulation_stopped", "seed \(seed) could not be played: \(error)",
            remedy: "Run it alone: plutarc simulate --seeds \(seed).")
    }

    /// `{"error":{"code":…,"message":…,"remedy":…}}`. **Source** <doc:CommandLine#Errors>.
    var json: JSON {
        [
            "error": [
                "code": .string(code), "message": .string(message),
                "remedy": remedy.isEmpty ? .null : .string(remedy),
            ]
        ]
    }
}

extension CommandFailure {
    /// A file that does not say what it should: wrong usage.
    init(_ error: FileError) {
        self.init(.usage, error.code, error.headline, remedy: error.remedy)
    }
}

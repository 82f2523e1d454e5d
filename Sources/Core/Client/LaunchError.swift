/// Why no engine could be started or stopped, and what to do about it.

import Glibc
import Store

/// An engine that did not start, or did not end.
public enum LaunchError: Error, Sendable, Equatable {
    /// The new process ended before it answered.
    case ended(status: Int32, log: [String])
    /// It did not answer in time, and gave no sign of life.
    case silent(log: [String])
    /// One is there and was not heard in time. With how long it has been silent, where that is too
    /// long: it hangs. Nothing was asked of it. With the home's owner where that is somebody else.
    case unheard(pid: Int32?, silence: Span?, owner: UInt32? = nil)
    /// It gets on, and needs longer than the caller had. Without progress it has not come so far
    /// as to tell.
    case starting(StartProgress?)
    case system(SystemFailure)
    /// The file into which it would write what goes wrong cannot be written.
    case log(path: String, SystemFailure)
    case connection(ConnectionError)
    case lease(LeaseError)
    /// The engine belongs to another user.
    case notPermitted(pid: Int32)
    /// It did not end in time.
    case remains(pid: Int32)

    /// Stable word for scripts. **Source** <doc:CommandLine#Errors>.
    public var code: String {
        switch self {
        case .ended, .silent: "engine_did_not_start"
        case .unheard(_, let silence, _): silence == nil ? "timeout" : "engine_silent"
        case .starting: "engine_starting"
        case .system(let failure), .log(_, let failure):
            failure.isDiskFull ? "disk_full" : "engine_did_not_start"
        case .connection(let error): error.code
        case .lease(let error): error.code
        case .notPermitted: "not_permitted"
        case .remains: "timeout"
        }
    }

    /// **Source** <doc:CommandLine#Exit-statuses>.
    public var exitStatus: Int32 {
        switch self {
        case .ended(let status, _): (1...7).contains(status) ? status : 1
        case .silent, .unheard, .starting, .remains: 6
        case .log(_, .notPlain): 7
        case .system(let failure), .log(_, let failure): failure.forbidsWriting ? 7 : 1
        case .connection(let error): error.exitStatus
        case .lease(let error): error.exitStatus
        case .notPermitted: 3
        }
    }

    public var headline: String {
        switch self {
        case .ended(let status, _) where status > Self.bySignal:
            "the engine did not start: \(Self.crash(status - Self.bySignal))"
        case .silent(let log):
            (["the engine did not start; nothing was accepted"]
                + [Self.complaint(log).message].filter { !$0.isEmpty })
                .joined(separator: ": ")
        case .ended(_, let log):
            (["the engine did not start"] + [Self.complaint(log).message].filter { !$0.isEmpty })
                .joined(separator: ": ")
        case .unheard(let pid, let silence, _):
            "the engine" + (pid.map { ", process \($0)," } ?? "")
                + (silence.map { " has been silent for \($0.ageText)" }
                    ?? " did not answer in time") + "; nothing was accepted"
        case .starting(let progress):
            "the engine is still starting" + (progress.map { " (\($0.words))" } ?? "")
                + "; nothing was accepted"
        case .system(let failure) where failure.isDiskFull && !failure.isFileLimit,
            .log(_, let failure) where failure.isDiskFull && !failure.isFileLimit:
            "the disk is full: the engine cannot be started"
        case .system(let failure) where failure.forbidsWriting,
            .log(_, let failure) where failure.forbidsWriting:
            "the engine cannot be started, its home cannot be written: \(failure.reason)"
        case .system(let failure): "the engine cannot be started: \(failure)"
        case .log(let path, let failure):
            "the engine cannot be started: \(path) cannot be opened: \(failure.reason)"
        case .connection(let error): error.headline
        case .lease(let error): error.headline
        case .notPermitted(let pid): "the engine, process \(pid), belongs to another user"
        case .remains(let pid): "the engine, process \(pid), is still ending"
        }
    }

    public var remedy: String {
        switch self {
        case .ended(let status, _) where status > Self.bySignal:
            "what it wrote last stands in engine.log of its home; " + Self.lookCloser
        case .ended(_, let log), .silent(let log):
            Self.complaint(log).remedy ?? Self.lookCloser
        case .unheard(_, _?, let owner): LeaseHolder.remedy(asking: owner)
        case .unheard(_, nil, _), .starting:
            "wait longer with --timeout, or look at it: plutarc engine status"
        case .system(let failure) where failure.isFileLimit,
            .log(_, let failure) where failure.isFileLimit:
            SystemFailure.largerFiles
        case .system(let failure) where failure.isDiskFull,
            .log(_, let failure) where failure.isDiskFull:
            "make room: df -h"
        case .system(let failure) where failure.forbidsWriting,
            .log(_, let failure) where failure.forbidsWriting:
            "mount it for writing, or name a home that can be written: plutarc --home DIR"
        case .system: Self.lookCloser
        case .log(let path, .notPlain):
            "look at what it is, then move it away: ls -l \(shellQuoted(path))"
        case .log(let path, _): "look at its owner and mode: ls -l \(shellQuoted(path))"
        case .connection(let error): error.remedy
        case .lease(let error): error.remedy
        case .notPermitted: "ask its owner, or systemctl stop where systemd runs it"
        case .remains: "look again: plutarc engine status"
        }
    }

    /// Above it stands the number of the signal that ended a process.
    static let bySignal: Int32 = 128

    /// One that was ended has written no message: its log ends in the middle of a trace, or with
    /// the words of an engine before it.
    private static func crash(_ signal: Int32) -> String {
        switch signal {
        case SIGKILL, SIGTERM, SIGINT, SIGHUP: "it was ended by signal \(signal)"
        default: "it crashed (signal \(signal))"
        }
    }

    private static let lookCloser = "start it in the foreground to see more: plutarc engine run"

    /// What the engine wrote when it ended: its message, and the remedy below it. Without one,
    /// the last line of its log.
    private static func complaint(_ log: [String]) -> (message: String, remedy: String?) {
        let mark = "plutarc: "
        guard let first = log.lastIndex(where: { $0.hasPrefix(mark) }) else {
            return (log.last ?? "", nil)
        }
        let remedy = log[(first + 1)...].prefix { $0.hasPrefix("  ") }
            .map { $0.drop { $0 == " " } }.joined(separator: " ")
        return (String(log[first].dropFirst(mark.count)), remedy.isEmpty ? nil : remedy)
    }
}

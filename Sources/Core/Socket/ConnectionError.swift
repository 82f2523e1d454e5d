/// Why a client and the engine do not come together.

import Store

/// What can go wrong between a console and the engine.
public enum ConnectionError: Error, Sendable, Equatable {
    /// Nobody listens: nothing was accepted. With the home's owner where that is somebody else:
    /// only that account may start an engine.
    case noEngine(home: String, owner: UInt32? = nil)
    /// The engine speaks another protocol.
    case otherProtocol(WireError)
    /// The engine would not talk at all.
    case refused(WireError)
    /// The time was over. With an id, the command was accepted and goes on.
    case timedOut(accepted: ID<CommandRecord>?)
    /// The command was accepted, then the engine ended, and none has come back so far.
    /// With the owner of the home as in ``noEngine(home:owner:)``.
    case ended(accepted: ID<CommandRecord>, because: WireError?, owner: UInt32? = nil)
    /// The connection broke. With a key, whether that command was accepted is not known.
    case lost(key: String?)
    /// The engine said something that this program does not know.
    case garbled
    /// The request is longer than the wire allows; it was not sent.
    case tooLarge
    /// Somebody else listens in the engine's place.
    case impostor(uid: UInt32)
    case system(SystemFailure)

    var isOtherProtocol: Bool { if case .otherProtocol = self { true } else { false } }

    /// Stable word for scripts. **Source** <doc:CommandLine#Errors>.
    public var code: String {
        switch self {
        case .noEngine: "no_engine"
        case .otherProtocol: "protocol_mismatch"
        case .refused(let error): error.code
        case .timedOut: "timeout"
        case .ended: "engine_ended"
        case .lost: "connection_lost"
        case .garbled: "garbled"
        case .tooLarge: "message_too_large"
        case .impostor: "wrong_engine"
        case .system(let failure): failure.isDiskFull ? "disk_full" : "link_failed"
        }
    }

    /// **Source** <doc:CommandLine#Exit-statuses>.
    public var exitStatus: Int32 {
        switch self {
        case .noEngine, .timedOut, .ended, .lost: 6
        case .impostor: 3
        case .tooLarge: 2
        case .system(let failure): failure.forbidsWriting ? 7 : 1
        case .refused(.stopping): 6
        case .refused(.tooManyConnections), .refused(.tooFast): 5
        case .otherProtocol, .refused, .garbled: 1
        }
    }

    public var headline: String {
        switch self {
        case .noEngine(let home, _): "no engine runs for \(home); nothing was accepted"
        case .otherProtocol(let error), .refused(let error): error.message
        case .timedOut(let id?): "\(id) was accepted and goes on; its outcome did not come in time"
        case .ended(let id, let reason, _):
            "\(id) was accepted, then the engine ended: "
                + (reason?.message ?? "it did not say why")
        case .timedOut(nil): "the engine did not answer in time"
        case .lost(nil): "the engine closed the connection"
        case .lost(_?): "the connection broke; whether the command was accepted is not known"
        case .garbled: "the engine said something that this program does not understand"
        case .tooLarge: "the request is longer than 64 KiB; it was not sent"
        case .impostor(let uid):
            "the engine's socket is held by user \(uid), not by the home's owner"
        case .system(let failure): "the connection to the engine failed: \(failure)"
        }
    }

    public var remedy: String {
        switch self {
        case .noEngine(_, let owner?): Self.asking(owner, to: "start it")
        case .noEngine(_, nil): "start it: plutarc engine start"
        case .otherProtocol(let error), .refused(let error): error.remedy
        case .ended(_, let reason, let owner):
            (reason.map { $0.isStopping ? "" : "\($0.remedy); " } ?? "")
                + "it goes on with the next engine, or has become too old: "
                + (owner.map { Self.asking($0, to: "start one") } ?? "plutarc engine start")
                + ", then plutarc commands"
        case .timedOut(_?), .lost(_?): "see what became of it: plutarc commands"
        case .timedOut(nil), .lost(nil): "look at it: plutarc engine status"
        case .garbled: "use one release everywhere: plutarc --version, plutarc engine status"
        case .tooLarge: "shorten the text"
        case .impostor: "ask the owner of the home who that is"
        case .system: "look at the home: ls -la, df"
        }
    }

    /// Whom to ask for what only the owner of a home, or a service manager, may do.
    static func asking(_ owner: UInt32, to act: String) -> String {
        "ask \(UserNames.name(of: owner)), or the service manager, to \(act)"
    }
}

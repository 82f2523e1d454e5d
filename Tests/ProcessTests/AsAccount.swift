/// Connecting as somebody else from the tester's own process.

import Core
import Foundation
import Store

@testable import Core

/// The kernel keeps an account for each thread; the C library's `seteuid` would change them all.
enum AsAccount {
    private typealias Call = @convention(c) (Int, Int, Int, Int) -> Int
    private static let call = dlsym(nil, "syscall").map { unsafeBitCast($0, to: Call.self) }
    #if arch(x86_64)
        private static let (setUser, setGroup) = (117, 119)
    #else
        private static let (setUser, setGroup) = (147, 149)
    #endif

    /// Does something as an account of the organisation's group.
    static func run<Value>(_ uid: UInt32, _ body: () throws -> Value) rethrows -> Value {
        become(Int(uid), Int(OtherUser.group))
        defer { become(0, 0) }
        return try body()
    }

    private static func become(_ user: Int, _ group: Int) {
        guard let call else { return }
        if user != 0 { _ = call(setGroup, -1, group, -1) }
        guard call(setUser, -1, user, -1) == 0 else { preconditionFailure("not root") }
        if user == 0 { _ = call(setGroup, -1, group, -1) }
    }
}

/// A connection that says what the test says, and only that.
final class BareConnection {
    let socket: PacketSocket
    private(set) var isGone = false

    /// - Returns: nil where the kernel lets nobody in, which a full queue at the door is.
    init?(_ home: Home, as uid: UInt32) {
        let dialled = try? AsAccount.run(uid) {
            try EngineCall.dial(home, until: Deadline(after: .seconds(2)))
        }
        guard let dialled else { return nil }
        socket = PacketSocket(descriptor: dialled.0)
    }

    deinit { close(socket.descriptor) }

    @discardableResult
    func say(_ text: String) -> Bool { socket.send(Array(text.utf8)) == .done }

    func greet() { say(#"{"type":"hello","id":1,"protocol":1,"build":"x","bells":false}"#) }

    /// What has arrived, without waiting.
    func hear() -> [JSON] {
        var heard: [JSON] = []
        while true {
            switch socket.receive() {
            case .packet(let bytes): if let json = try? JSON.parse(bytes) { heard.append(json) }
            case .gone:
                isGone = true
                return heard
            case .nothing, .tooLarge: return heard
            }
        }
    }

    /// Waits for the end and returns the codes of all refusals before it.
    func refusals(within seconds: Double = Patience.untilHung) -> [String] {
        let end = Date() + seconds
        var codes: [String] = []
        repeat {
            codes += hear().compactMap { $0["error"]?["code"]?.text }
            guard !isGone else { return codes }
            _ = Poller.wait(on: socket.descriptor, for: .readable, .milliseconds(10))
        } while Date() < end
        return codes
    }
}

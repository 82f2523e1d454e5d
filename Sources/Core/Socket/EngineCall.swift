/// The first words between a client and the engine.

import CLinux
import Glibc
import Store

/// Dials the engine of a home and exchanges greetings.
enum EngineCall {
    /// - Returns: a connected descriptor, and who is at the other end.
    static func dial(
        _ home: Home, until deadline: Deadline
    ) throws(ConnectionError) -> (Int32, Peer) {
        guard let address = LocalAddress(home.socketAddress) else {
            throw .system(SystemFailure("connect", code: ENAMETOOLONG))
        }
        let descriptor = linux_seqpacket_socket()
        guard descriptor >= 0 else { throw .system(.latest("socket")) }
        do throws(ConnectionError) {
            try connect(descriptor, address, home, until: deadline)
            guard let peer = Peer.of(descriptor) else { throw .system(.latest("getsockopt")) }
            guard peer.uid == home.owner || peer.uid == 0 else { throw .impostor(uid: peer.uid) }
            return (descriptor, peer)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// The kernel lets those who wait at the door in one after the other; who only tried again
    /// and again would find the queue full whenever others push.
    private static func connect(
        _ descriptor: Int32, _ address: LocalAddress, _ home: Home, until deadline: Deadline
    ) throws(ConnectionError) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        defer { _ = fcntl(descriptor, F_SETFL, flags) }
        repeat {
            wait(at: descriptor, atMost: deadline.remaining)
            if address.pass({ Glibc.connect(descriptor, $0, $1) }) == 0 { return }
            let failure = SystemFailure.latest("connect")
            switch failure.code {
            case EINTR, EAGAIN: continue
            case ENOENT, ECONNREFUSED:
                throw .noEngine(home: home.path, owner: home.foreignOwner)
            default: throw .system(failure)
            }
        } while !deadline.hasPassed
        throw .timedOut(accepted: nil)
    }

    /// Zero would be for ever.
    private static func wait(at descriptor: Int32, atMost limit: Span) {
        let milliseconds = max(limit.milliseconds, 1)
        var time = timeval(
            tv_sec: Int(milliseconds / 1000), tv_usec: Int(milliseconds % 1000) * 1000)
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Sends one message whole. The engine reads each turn, so a full pipe empties soon.
    static func send(
        _ message: JSON, on socket: PacketSocket, within limit: Span = EngineProtocol.sendLimit
    ) throws(ConnectionError) {
        var bytes: [UInt8] = []
        message.write(to: &bytes)
        guard bytes.count <= EngineProtocol.messageLimit else { throw .tooLarge }
        let deadline = Deadline(after: limit)
        while true {
            switch socket.send(bytes) {
            case .done: return
            case .gone: throw .lost(key: nil)
            case .full:
                guard !deadline.hasPassed else { throw .timedOut(accepted: nil) }
                _ = Poller.wait(on: socket.descriptor, for: .writable, deadline.remaining)
            }
        }
    }

    /// Says who we are, and hears who the engine is.
    static func greet(
        _ socket: PacketSocket, build: String, bells: Bool, until deadline: Deadline
    ) throws(ConnectionError) -> EngineGreeting {
        let hello = ClientMessage.hello(
            protocol: EngineProtocol.version, build: build, bells: bells)
        do throws(ConnectionError) {
            try send(hello.json(id: 1), on: socket, within: deadline.remaining)
        } catch .lost {
            // Sent away at the door: the reason is still there to be read.
        }
        while true {
            switch socket.receive() {
            case .packet(let bytes):
                guard let json = try? JSON.parse(bytes) else { throw .garbled }
                return try greeting(json)
            case .nothing:
                guard !deadline.hasPassed else { throw .timedOut(accepted: nil) }
                _ = Poller.wait(on: socket.descriptor, for: .readable, deadline.remaining)
            case .tooLarge: throw .garbled
            case .gone: throw .lost(key: nil)
            }
        }
    }

    /// The number of the protocol is judged before anything else is understood.
    private static func greeting(_ json: JSON) throws(ConnectionError) -> EngineGreeting {
        if json["type"]?.text == "refused", let error = WireError(json["error"]) {
            throw error.code == "protocol_mismatch" ? .otherProtocol(error) : .refused(error)
        }
        guard json["type"]?.text == "hello" else { throw .garbled }
        let theirs = json["protocol"]?.integer
        guard theirs == EngineProtocol.version else { throw .otherProtocol(.otherVersion(theirs)) }
        guard let greeting = EngineGreeting(json) else { throw .garbled }
        return greeting
    }
}

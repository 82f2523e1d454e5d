/// The process that watches over the engine, when there is one: systemd's notify protocol.

import CLinux
import Glibc

/// Sends states to `$NOTIFY_SOCKET`; does nothing without it.
/// **Source** <doc:SafetyRules#The-service-and-its-watchdog>.
public struct Supervisor: Sendable {
    private let path: String?

    /// - Parameter path: of the socket, `@` first when it is abstract; nil when nobody watches.
    public init(path: String?) { self.path = path }

    /// As the environment says.
    public init() { self.init(path: environmentValue("NOTIFY_SOCKET")) }

    /// Sends a state, such as `READY=1`. A supervisor that does not listen is not our problem.
    public func tell(_ state: String) {
        guard let path, let address = LocalAddress(path) else { return }
        let descriptor = linux_datagram_socket()
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(state.utf8)
        _ = address.pass {
            sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1)
        }
    }
}

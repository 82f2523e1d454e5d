/// The descriptors that a single-threaded loop waits for, over poll(2).

import Glibc
import Store

/// A set of descriptors with what is wanted of each.
public struct Poller {
    public struct Interest: OptionSet, Sendable {
        public let rawValue: Int16
        public init(rawValue: Int16) { self.rawValue = rawValue }
        public static let readable = Interest(rawValue: Int16(POLLIN))
        public static let writable = Interest(rawValue: Int16(POLLOUT))
    }

    /// What became true of one descriptor.
    public struct Readiness: Sendable, Equatable {
        public var descriptor: Int32
        public var isReadable: Bool
        public var isWritable: Bool
        /// Hung up, in error, or closed by us: reading tells which.
        public var isBroken: Bool
    }

    private var entries: [pollfd] = []

    public init() {}

    /// How many descriptors are watched.
    public var count: Int { entries.count }

    /// Adds a descriptor, or changes what is wanted of it.
    public mutating func watch(_ descriptor: Int32, for interest: Interest) {
        if let place = entries.firstIndex(where: { $0.fd == descriptor }) {
            entries[place].events = interest.rawValue
        } else {
            entries.append(pollfd(fd: descriptor, events: interest.rawValue, revents: 0))
        }
    }

    /// Forgets a descriptor; do so before it is closed.
    public mutating func forget(_ descriptor: Int32) {
        entries.removeAll { $0.fd == descriptor }
    }

    public mutating func forgetAll() { entries.removeAll(keepingCapacity: true) }

    /// Waits until something is ready or the time is over. An interrupting signal ends the wait.
    /// - Parameter timeout: nil waits for ever; negative is zero.
    /// - Returns: in the order in which the descriptors were added; empty after the timeout.
    public mutating func wait(_ timeout: Span?) -> [Readiness] {
        let limit = timeout.map { Int32(clamping: max($0.milliseconds, 0)) } ?? -1
        let count = poll(&entries, nfds_t(entries.count), limit)
        guard count > 0 else { return [] }
        return entries.compactMap { entry in
            entry.revents == 0 ? nil : Self.readiness(entry)
        }
    }

    /// Waits for one descriptor only.
    public static func wait(
        on descriptor: Int32, for interest: Interest, _ timeout: Span
    ) -> Readiness? {
        var poller = Poller()
        poller.watch(descriptor, for: interest)
        return poller.wait(timeout).first
    }

    /// Does nothing for a while. Only for programs that wait for another process.
    public static func pause(_ span: Span) {
        _ = poll(nil, 0, Int32(clamping: max(span.milliseconds, 0)))
    }

    private static func readiness(_ entry: pollfd) -> Readiness {
        let broken = Int16(POLLHUP | POLLERR | POLLNVAL)
        return Readiness(
            descriptor: entry.fd, isReadable: entry.revents & Int16(POLLIN) != 0,
            isWritable: entry.revents & Int16(POLLOUT) != 0,
            isBroken: entry.revents & broken != 0)
    }
}

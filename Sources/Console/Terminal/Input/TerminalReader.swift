/// Reads the bytes of a terminal without waiting for any.
import Core
import Glibc
import Store

struct TerminalReader {
    private let descriptor: Int32
    private var input: KeyInput

    /// More is left where it is until these have been handled.
    private static let limit = 64 * 1024

    init(_ descriptor: Int32, _ input: KeyInput) {
        self.descriptor = descriptor
        self.input = input
    }

    var deadline: Span? { input.deadline }
    var isPasting: Bool { input.isPasting }
    var knowsSynchronisedOutput: Bool { input.knowsSynchronisedOutput }

    /// What has come; where nothing has, what its deadline has decided.
    mutating func read(at now: Span) -> [TerminalEvent] {
        var count = 0
        var isGone = false
        var bytes = [UInt8](repeating: 0, count: 4096)
        while count < Self.limit, !isGone,
            let state = Poller.wait(on: descriptor, for: .readable, .seconds(0))
        {
            let found = Glibc.read(descriptor, &bytes, bytes.count)
            // Readable but empty is the end: the line is gone though no SIGHUP came.
            isGone = found == 0 || (found < 0 && errno != EINTR && errno != EAGAIN)
            guard found > 0 else { continue }
            input.take(bytes.prefix(found), at: now)
            count += found
            if state.isBroken { isGone = found < bytes.count }
        }
        if count == 0 { input.expire(at: now) }
        return input.events() + (isGone ? [.hangup] : [])
    }
}

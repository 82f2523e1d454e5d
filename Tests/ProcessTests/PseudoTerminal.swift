/// A line to the real program of which every byte and every pause is ours.

import Foundation
import TestKit
import Testing

/// A pseudo-terminal without anybody who interprets what is drawn: what the program wrote is kept
/// as bytes, and only read when the test reads.
final class PseudoTerminal {
    let child: Child
    private let path: String
    private let master: Int32
    private(set) var written: [UInt8] = []

    /// Runs a program on a terminal of its own, with nothing of a locale unless it is given.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        columns: Int = 80, rows: Int = 24
    ) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var number: Int32 = 0
        var lock: Int32 = 0
        try #require(master >= 0 && ioctl(master, Self.unlock, &lock) == 0)
        try #require(ioctl(master, Self.askNumber, &number) == 0)
        var size = winsize()
        size.ws_col = UInt16(columns)
        size.ws_row = UInt16(rows)
        try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        path = "/dev/pts/\(number)"
        child = try Child(
            program, arguments,
            environment: ["TERM": "xterm-256color"].merging(environment) { $1 },
            terminal: path)
    }

    /// TIOCSPTLCK and TIOCGPTN, which Swift's Glibc does not show.
    private static let unlock: UInt = 0x4004_5431
    private static let askNumber: UInt = 0x8004_5430

    deinit {
        child.kill()
        close(master)
    }

    /// Types bytes as they are; reads meanwhile, as a terminal does.
    func type(_ bytes: some Collection<UInt8>, readsMeanwhile: Bool = true) throws {
        var rest = Array(bytes)[...]
        let end = Date() + Patience.untilHung
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(master, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else { usleep(1_000) }
            if readsMeanwhile { read() }
            try #require(Date() < end, "nobody reads what is typed")
        }
    }

    func type(_ text: String) throws { try type(Array(text.utf8)) }

    /// Whether the program could write more without waiting.
    var takesMore: Bool {
        let end = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        defer { close(end) }
        var look = pollfd(fd: end, events: Int16(POLLOUT), revents: 0)
        return poll(&look, 1, 0) == 1
    }

    /// Takes what the program has written up to now.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Foundation.read(master, &buffer, buffer.count)
            guard count > 0 else { return }
            written += buffer.prefix(count)
        }
    }

    /// All that was written since a place, as text.
    func text(since place: Int = 0) -> String {
        read()
        return String(decoding: written[min(place, written.count)...], as: UTF8.self)
    }

    /// Waits until the program has written a text behind a place.
    func expect(
        _ wanted: String, since place: Int = 0, within seconds: Double = Patience.untilHung,
        at source: SourceLocation = #_sourceLocation
    ) throws {
        let end = Date() + seconds
        while Date() < end {
            if text(since: place).contains(wanted) { return }
            usleep(20_000)
        }
        let all = text(since: place).suffix(3000).debugDescription
        Issue.record("never saw \"\(wanted)\" in \(all)", sourceLocation: source)
        throw TmuxTerminal.Missing(text: wanted)
    }

    /// Waits until nothing more is written for a moment.
    func settle() {
        var before = -1
        while before != written.count {
            before = written.count
            usleep(300_000)
            read()
        }
    }
}

/// Where a request came from, as the audit tells it.
import Glibc
import Testing

@testable import Core

@Suite struct PeerSessionTests {
    @Test(arguments: [
        (Int64(0), nil), (34_816, "pts/0"), (34_819, "pts/3"), (34_817 + 256, "pts/257"),
        (1_025, "tty1"), (1_088, "ttyS0"), (1_048_576 + 34_816, "pts/256"), (-1, nil),
        (2_561, "tty 10:1"),
    ] as [(Int64, String?)])
    func aDeviceNumberIsATerminal(_ number: Int64, _ name: String?) {
        #expect(PeerSession.terminal(number) == name)
    }

    @Test(arguments: [
        ("203.0.113.5 50222 10.0.0.1 22", "203.0.113.5"), ("2001:db8::1%eth0 5 ::1 22", nil),
        ("2001:db8::1 5 ::1 22", "2001:db8::1"), ("", nil), ("a\u{1B}[31m 1 b 2", nil),
        ("fe80::1%2 1 b 2", "fe80::1%2"), (String(repeating: "1", count: 65), nil),
    ] as [(String, String?)])
    func theFarEndIsAnAddress(_ connection: String, _ address: String?) {
        let found = PeerSession.origin(of: connection)
        #expect(found == address || connection.contains("%eth0"))
    }

    @Test func theWordsNameWhatIsKnown() {
        #expect(PeerSession(pid: 7).words == "pid 7")
        #expect(
            PeerSession(pid: 7, terminal: "pts/3", origin: "203.0.113.5").words
                == "pid 7, pts/3, from 203.0.113.5")
        let own = PeerSession(Peer(uid: getuid(), pid: getpid(), gid: getgid()))
        #expect(own.words.hasPrefix("pid \(getpid())"))
    }
}

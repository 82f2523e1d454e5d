/// A lease that others cut, remove or replace while its engine runs: noticed, and never a trap.

import Core
import Foundation
import TestKit
import Testing

@Suite struct CutLeaseTests {
    /// An engine whose bots are at work all the time.
    private func busy(_ home: TrialHome, mends: Bool = true) throws -> Child {
        try Child(
            Program.path,
            ["engine", "run", "--home", home.path, "--speed", "600", "--for", "864000s"],
            environment: mends ? [:] : ["PLUTARC_UNMENDED": "1"])
    }

    private func isWhole(_ home: TrialHome) throws -> Bool {
        try home.plutarc("engine", "status").output.contains("runs since")
    }

    @Test(arguments: [0, 40, 512, 530]) func aLeaseThatIsCutIsMadeWhole(length: off_t) throws {
        let home = try TrialHome.fresh()
        let engine = try busy(home)
        _ = try home.client()
        for _ in 0..<3 {
            truncate(home.path + "/engine.lease", length)
            #expect(try home.eventually { try isWhole(home) }, "\(engine.errors)")
        }
        let told = try home.eventually {
            try home.count("SELECT count(*) FROM activity WHERE what = 'lease'") > 0
        }
        #expect(told)
        // Still the one engine of this home.
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "an engine runs")
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        engine.send(SIGTERM)
        #expect(engine.wait(within: 30) == 0)
    }

    @Test func aLeaseThatIsReplacedEndsTheEngine() throws {
        let home = try TrialHome.fresh()
        let lease = home.path + "/engine.lease"
        for deed in [{ unlink(lease) }, { rename(lease, lease + "-old") }] {
            let engine = try busy(home)
            _ = try home.client()
            #expect(deed() == 0)
            engine.answer(within: 30).expect(7, saying: "removed or replaced")
        }
        let engine = try busy(home)
        _ = try home.client()
        try Data("{}".utf8).write(to: URL(fileURLWithPath: lease), options: .atomic)
        engine.answer(within: 30).expect(7, saying: "removed or replaced")
        try home.expectSound()
    }

    #if DEBUG
        @Test func withoutTheHandlerACutLeaseIsTheEnd() throws {
            let home = try TrialHome.fresh()
            let engine = try busy(home, mends: false)
            _ = try home.client()
            let end = Date() + 60
            while engine.wait(within: 0.05) == nil, Date() < end {
                truncate(home.path + "/engine.lease", 0)
            }
            #expect(engine.status == 128 + SIGBUS)
        }
    #endif
}

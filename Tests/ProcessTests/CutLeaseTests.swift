/// A lease that others cut, remove or replace while its engine runs: noticed, and never a trap.

import Core
import Foundation
import Store
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
        #expect(engine.wait() == 0)
    }

    private func write(_ text: String, over home: TrialHome) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: home.path + "/engine.lease"))
        defer { try? file.close() }
        try file.write(contentsOf: Data(text.utf8))
    }

    /// An engine that stands still writes nothing over it; its socket still names it.
    @Test(arguments: [String(repeating: " ", count: 512), String(repeating: "[", count: 100_000)])
    func anEngineIsNamedWhateverItsLeaseSays(text: String) throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        engine.send(SIGSTOP)
        try write(text, over: home)
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "process \(engine.pid)")
        let answer = try home.plutarc("engine", "status")
        #expect(answer.output.contains("engine \(engine.pid) runs"), "\(answer)")
        let json = try home.plutarc("engine", "status", "--json").document()
        #expect(json["running"]?.flag == true && json["pid"]?.integer == Int64(engine.pid))
        #expect(try home.plutarc("status").output.contains("pid \(engine.pid)"))
        // The anti-test: without a socket nobody can say who it is, only that it is there.
        rename(home.path + "/engine.sock", home.path + "/elsewhere")
        let nameless = try home.plutarc("engine", "status")
        #expect(nameless.output.hasPrefix("an engine runs;"), "\(nameless)")
        rename(home.path + "/elsewhere", home.path + "/engine.sock")
        engine.send(SIGCONT)
        #expect(try home.eventually { try isWhole(home) })
        #expect(try home.plutarc("engine", "stop").status == 0)
        #expect(engine.wait() == 0)
    }

    #if DEBUG
        /// Its clock stands in a year of five digits: lease and greeting can be read all the same.
        @Test func anEngineOfAnyYearIsFound() throws {
            let home = try TrialHome.fresh(clock: "\(Span.days(365 * 8_100).milliseconds)")
            let engine = try home.engine()
            let client = try home.client()
            #expect(client.greeting.worldClock > Instant(year: 10_000, month: 1, day: 1))
            let answer = try home.plutarc("engine", "status")
            #expect(answer.output.contains("engine \(engine.pid) runs since +1012"), "\(answer)")
            #expect(try home.plutarc("pause", "--all").status == 0)
            #expect(try home.plutarc("engine", "stop").status == 0)
            #expect(engine.wait() == 0)
        }
    #endif

    @Test func aLeaseThatIsReplacedEndsTheEngine() throws {
        let home = try TrialHome.fresh()
        let lease = home.path + "/engine.lease"
        for deed in [{ unlink(lease) }, { rename(lease, lease + "-old") }] {
            let engine = try busy(home)
            _ = try home.client()
            #expect(deed() == 0)
            engine.answer().expect(7, saying: "removed or replaced")
        }
        let engine = try busy(home)
        _ = try home.client()
        try Data("{}".utf8).write(to: URL(fileURLWithPath: lease), options: .atomic)
        engine.answer().expect(7, saying: "removed or replaced")
        try home.expectSound()
    }

    #if DEBUG
        @Test func withoutTheHandlerACutLeaseIsTheEnd() throws {
            let home = try TrialHome.fresh()
            let engine = try busy(home, mends: false)
            _ = try home.client()
            let end = Date() + Patience.untilHung
            while engine.wait(within: 0.05) == nil, Date() < end {
                truncate(home.path + "/engine.lease", 0)
            }
            #expect(engine.status == 128 + SIGBUS)
        }
    #endif
}

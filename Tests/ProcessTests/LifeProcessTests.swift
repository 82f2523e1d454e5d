/// Deploy, stop, restart and update of bots on the command line, against a running engine.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite(.serialized) struct LifeProcessTests {
    /// A home whose engine runs ten minutes in a second.
    private func fast(bots: Int, release: String? = nil) throws -> (TrialHome, Child) {
        let home = try TrialHome.fresh(bots: bots)
        if let release {
            let text = ComputeCatalog.standardText
                .replacing("[faults]", with: "[release]\nnewest = \(release)\n[faults]")
                .replacing("link_hours = 500", with: "link_hours = 0")
            try text.write(
                toFile: home.path + "/compute.ini", atomically: true, encoding: .utf8)
        }
        let engine = try home.engine(speed: "600")
        _ = try home.client()
        return (home, engine)
    }

    private func document(_ home: TrialHome, _ words: String...) throws -> JSON {
        try home.run(words + ["--json"]).document()
    }

    @Test func aBotIsDeployedRestartedAndStoppedWithoutATimeout() throws {
        let (home, engine) = try fast(bots: 1)
        defer { engine.kill() }
        let deploy = try home.plutarc("deploy", "--name", "new-1", "--region", "tokyo", "--json")
        #expect(deploy.status == 0, "\(deploy.output)\(deploy.errors)")
        #expect(try deploy.document()["state"]?.text == "online")
        #expect(try home.plutarc("restart", "new-1").status == 0)
        try home.plutarc("restart", "new-1").expect(5, saying: "restart")
        #expect(try home.plutarc("stop", "new-1").status == 0)
        #expect(try document(home, "bot", "new-1")["state"]?.text == "stopped")
        let rows = try document(home, "commands").elements ?? []
        let stop = rows.first { $0["verb"]?.text == "stop" }
        let took = try #require(stop?["took_ms"]?.integer)
        #expect((5_000...60_000).contains(took), "\(took)")
        try home.expectSound()
    }

    @Test func anUpdateGoesInCohortsByItself() throws {
        let (home, engine) = try fast(bots: 3, release: "1.1.0")
        defer { engine.kill() }
        try #require(
            try home.eventually {
                try document(home, "bots").elements?.allSatisfy {
                    $0["update_available"]?.flag == true
                } ?? false
            })
        try home.plutarc("update", "--all", "--canary", "3").expect(5, saying: "go first")
        try home.plutarc("update", "--all").expect(2, saying: "--canary")
        let first = try home.plutarc("update", "--all", "--canary", "1")
        #expect(first.status == 6, "\(first.output)\(first.errors)")
        #expect(first.output.contains("waits for"), "\(first.output)")
        try #require(
            try home.eventually {
                try document(home, "bots").elements?.allSatisfy {
                    $0["version"]?.text == "1.1.0"
                } ?? false
            })
        let rows = try document(home, "commands").elements?.filter {
            $0["verb"]?.text == "update"
        }
        #expect(
            try home.eventually {
                try home.count("SELECT count(*) FROM commands WHERE outcome = 'done'") == 3
            })
        #expect(rows?.count(where: { $0["outcome"]?.text != "refused" }) == 3)
        try home.expectSound()
    }
}

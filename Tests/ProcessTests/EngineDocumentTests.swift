/// What an engine in the foreground leaves for a script, whatever ends it.

import Core
import Foundation
import TestKit
import Testing

@Suite(.serialized) struct EngineDocumentTests {
    /// One document, and in the lease the mark of what it died of.
    @Test(arguments: [
        SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP, SIGQUIT,
    ])
    func anEngineUnderJSONLeavesADocument(signal: Int32) throws {
        let home = try TrialHome.fresh()
        let engine = try home.start(["engine", "run", "--for", "600s", "--json"])
        _ = try home.client()
        engine.send(signal)
        let answer = engine.answer()
        guard signal != SIGTERM, signal != SIGINT else {
            #expect(answer.status == 0, "\(answer)")
            let document = try answer.document()
            #expect(document["running"]?.flag == false)
            #expect(document["pid"]?.integer == Int64(engine.pid))
            return
        }
        #expect(answer.status == 128 + signal, "\(answer)")
        let isAsked = signal == SIGHUP || signal == SIGQUIT
        let code = try answer.document()["error"]?["code"]?.text
        #expect(code == (isAsked ? "ended_by_signal" : "crashed"))
        guard !isAsked else { return }
        // Behind the line of the lease: bot, instant, whether it started, signal.
        let lease = try #require(FileManager.default.contents(atPath: home.path + "/engine.lease"))
        #expect(lease.count >= 512 + 32 && lease[512 + 24] == UInt8(signal))
    }

    @Test func anEngineWhoseTimeIsOverTellsSo() throws {
        let home = try TrialHome.fresh()
        let answer = try home.run(["engine", "run", "--for", "1s", "--json"])
        #expect(answer.status == 0)
        #expect(try answer.document()["running"]?.flag == false)
        // For people it ends without a word.
        #expect(try home.run(["engine", "run", "--for", "1s"]).output.isEmpty)
    }
}

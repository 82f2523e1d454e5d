/// Crowds and floods at the socket of a real engine, by accounts that the kernel names.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:SafetyRules#Connections-at-the-socket>.
@Suite(.serialized, .enabled(if: OtherUser.isPossible, "needs root, setpriv, a readable binary"))
struct CrowdedSocketTests {
    private static let viewers: [UInt32] = [OtherUser.viewer, 4244]

    private func organisation() throws -> TrialHome {
        try OtherUser.organisation(
            of: nil, Self.viewers.map { ($0, "viewer-\($0)", WorkspaceRole.viewer) })
    }

    /// Silent connections of two accounts without rights, and of strangers.
    @Test func theOwnerHaltsThroughACrowd() throws {
        let home = try organisation()
        let engine = try home.engine()
        _ = try home.client()
        let opened = try home.opened()
        var crowd: [BareConnection] = []
        for uid in Self.viewers + [OtherUser.stranger, 4344] {
            for number in 0..<40 {
                let one = try #require(BareConnection(opened, as: uid))
                if number % 2 == 0 { one.greet() }
                crowd.append(one)
            }
        }
        let preview = try home.plutarc("close-all", "--all", "--preview", "--json")
        let token = try preview.document()["preview_token"]?.text ?? ""
        for command in [["pause", "--all"], ["close-all", "--all", "--confirm", token]] {
            let answer = try home.run(command)
            #expect(answer.status == 0, "\(command): \(answer.output)\(answer.errors)")
        }
        // Whoever has filled a share takes from it, and is answered too.
        try OtherUser.run(["pause", "bot-1", "--home", home.path], as: Self.viewers[0])
            .expect(3, saying: "(Viewer) may not")
        // Who had to go was told why, in whatever state it was.
        let reasons = crowd.map { $0.refusals(within: 0) }
        #expect(reasons.count { $0.contains("too_many_connections") } >= 160 - 48)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        engine.kill()
    }

    @Test func whoDoesNotGreetIsToldSo() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        let silent = try #require(BareConnection(try home.opened(), as: 0))
        #expect(silent.refusals() == ["late_greeting"])
        engine.kill()
    }

    /// The console that has to make room hears the reason, and comes back where it may.
    @Test func theReasonReachesTheClient() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        let first = try home.client()
        let others = try (0..<24).map { _ in try home.client() }
        let isThere = home.eventually {
            Poller.wait(on: first.descriptor, for: .readable, .milliseconds(10)) != nil
        }
        #expect(isThere && others.count == 24)
        guard case .refused(let error)? = try first.receive()?.message else {
            Issue.record("no reason")
            return
        }
        #expect(error.code == "too_many_connections")
        #expect(throws: ConnectionError.lost(key: nil)) { try first.receive() }
        let pause = Command.pause(.all, reason: nil)
        let request = CommandRequest(key: "k", verb: pause.verb, args: pause.arguments)
        guard case .outcome(let report) = try first.perform(request) else {
            Issue.record("not done")
            return
        }
        #expect(report.outcome == .done)
        engine.kill()
    }

    /// A kilobyte of reason with each of thousands of pauses.
    @Test func aHammeringStrangerLeavesTwoRows() throws {
        let home = try organisation()
        let engine = try home.engine()
        _ = try home.client()
        let opened = try home.opened()
        let reason = String(repeating: "because ", count: 128)
        var sent = 0
        let end = Date() + 3
        while Date() < end {
            guard let one = BareConnection(opened, as: OtherUser.stranger) else { continue }
            one.greet()
            for number in 0..<200 {
                let isSent = one.say(
                    #"{"type":"command","id":2,"key":"\#(sent)-\#(number)","verb":"pause","#
                        + #""args":{"all":true,"reason":"\#(reason)"}}"#)
                sent += isSent ? 1 : 0
                _ = one.hear()
                if one.isGone { break }
            }
        }
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
        let rows = try home.rows(
            "SELECT length(reason) + length(target) + length(after) FROM audit WHERE uid = "
                + "\(OtherUser.stranger)")
        #expect(rows.count == 2, "\(rows) after \(sent) pauses")
        #expect(rows.allSatisfy { $0[0].flatMap { Int($0) }.map { $0 < 400 } ?? false })
        #expect(try home.count("SELECT count(*) FROM commands") == 0)
        try home.expectSound()
    }
}

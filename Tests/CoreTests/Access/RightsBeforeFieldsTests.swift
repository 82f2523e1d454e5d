/// Who may not give a command hears that before anything is said of its fields.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct RightsBeforeFieldsTests {
    private static let viewer = Operator(uid: 7, name: "vi", role: .viewer)
    private static let staff = Operator(uid: 8, name: "st", role: .viewer, isStaff: true)
    private static let owner = Operator(uid: 1, name: "ana", role: .owner)

    private func refusal(_ verb: String, _ person: Operator) -> Refusal? {
        do throws(Refusal) { try Gate.check(verb: verb, for: person) } catch { return error }
        return nil
    }

    /// A verb alone never refuses what the whole command would let through.
    @Test func theVerbAloneIsNeverStricter() {
        for command in CommandSamples.all {
            for person in [Self.viewer, Self.staff, Self.owner] {
                guard refusal(command.verb, person) != nil else { continue }
                #expect(throws: Refusal.self, "\(command.verb)") {
                    try Gate.check(command, for: person)
                }
            }
        }
        #expect(refusal("pause", Self.owner) == nil)
        #expect(refusal("pause", Self.viewer)?.exitStatus == 3)
        #expect(refusal("nosuch", Self.viewer) == nil, "an unknown verb is told as one")
    }

    /// Over the wire: a reason that is too long, from a stranger and from the owner.
    @Test func aStrangerHearsNothingOfTheFields() throws {
        let bench = try StartBench()
        try bench.turn { bench.isTrading }
        let reason = String(repeating: "x", count: 5000)
        let request = CommandRequest(
            key: "k", verb: "pause", args: ["all": true, "reason": .string(reason)])
        let message = ClientMessage.command(request).json(id: 1)
        func code(_ uid: UInt32) -> String {
            let answer = bench.engine.request(
                message, from: Peer(uid: uid, pid: 1, gid: 0),
                reply: ReplyID(connection: ConnectionID(number: 1), request: 1))
            return answer.map { $0.description } ?? ""
        }
        #expect(code(bench.home.owner).contains(#""bad_request""#))
        let stranger = code(bench.home.owner + 4242)
        #expect(!stranger.contains("bad_request") && stranger.contains("refused"), "\(stranger)")
    }

    /// The first at once, the others as one number, as where the fields can be read.
    @Test(arguments: [true, false]) func theDenialIsInTheAudit(isOn: Bool) throws {
        let bench = try StartBench()
        try bench.turn { bench.isTrading }
        if !isOn { bench.engine.world.disarmed = [.unreadRefusalsAudited] }
        let user = bench.home.owner + 4242
        func audit() throws -> [AuditEntry] {
            try bench.database.read { db in try db.audit(after: ID(0), limit: .max) }
                .filter { $0.uid == Int64(user) }
        }
        for verb in ["pause", "pause", "pause", "x"] {
            let request = CommandRequest(key: "k", verb: verb, args: ["all": "x", "bots": 7])
            let answer = bench.engine.request(
                ClientMessage.command(request).json(id: 1), from: Peer(uid: user, pid: 1, gid: 0),
                reply: ReplyID(connection: ConnectionID(number: 1), request: 1))
            #expect(answer?["error"]?["code"]?.text == "not_a_member", "\(answer ?? .null)")
        }
        #expect(try audit().map(\.verb) == (isOn ? ["pause"] : []))
        #expect(try audit().allSatisfy { $0.outcome == "refused" && $0.target.isEmpty })
        try bench.engine.desk.endRefusals()
        guard isOn else { return }
        #expect(try audit().last?.after.hasPrefix("2 more like it (not_a_member)") == true)
    }
}

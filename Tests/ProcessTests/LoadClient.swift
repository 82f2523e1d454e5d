/// A client that hammers an engine, remembers every key, and asks again after a crash.

import Core
import Foundation
import Store

/// What became of one request, as its sender saw it.
struct Sent {
    let request: CommandRequest
    var times = 0
    /// Ids under which it was acknowledged: more than one would be two commands.
    var ids: Set<Int64> = []
    var outcome: CommandOutcome?
    var refusal: WireError?

    /// How many commands it is: one for each bot that it names.
    var parts: Int { max(1, request.args["bots"]?.elements?.count ?? 1) }
    var isAcknowledged: Bool { !ids.isEmpty || outcome != nil }
    /// Refused before it reached the desk: it left no trace and may be sent again.
    var isTurnedAway: Bool {
        refusal.map { ["rate_limited", "engine_stopping"].contains($0.code) } ?? false
    }
    var isSettled: Bool { outcome != nil || (refusal != nil && !isTurnedAway) }
}

final class LoadClient {
    private(set) var sent: [String: Sent] = [:]
    private(set) var lostConnections = 0
    private let home: TrialHome
    private let name: String
    private var client: EngineClient?
    private var dice: Randomness
    /// Requests on the present connection, by their number.
    private var underWay: [Int64: String] = [:]
    private var number = 0

    init(_ home: TrialHome, name: String, seed: UInt64) {
        self.home = home
        self.name = name
        dice = Randomness(seed: seed).fork(named: name)
    }

    /// Connects, and sends everything again that has no outcome yet, under its old key.
    func connect() throws {
        client = try home.client()
        underWay = [:]
        for key in sent.keys.sorted() where sent[key]?.isSettled == false { send(key) }
    }

    /// A new request under a new key.
    func submit(_ command: Command, key named: String? = nil) {
        number += 1
        let key = named ?? "\(name)-\(number)"
        let request = CommandRequest(key: key, verb: command.verb, args: command.arguments)
        sent[key] = Sent(request: request)
        send(key)
    }

    private func send(_ key: String) {
        guard let client, let request = sent[key]?.request else { return }
        do {
            underWay[try client.send(request)] = key
            sent[key]?.times += 1
        } catch { hangUp() }
    }

    /// Takes what the engine has said so far.
    func hear() {
        while let client {
            do {
                guard let received = try client.receive() else { return }
                note(received)
            } catch { hangUp() }
        }
    }

    private func note(_ received: EngineClient.Received) {
        guard let key = received.request.flatMap({ underWay[$0] }) else { return }
        switch received.message {
        case .accepted(let id, _): sent[key]?.ids.insert(id.number)
        case .outcome(let report):
            sent[key]?.ids.insert(report.command.number)
            sent[key]?.outcome = report.outcome
        case .refused(let error): sent[key]?.refusal = error
        default: break
        }
    }

    private func hangUp() {
        client = nil
        lostConnections += 1
    }

    var waiting: Int { sent.values.count { !$0.isSettled } }

    /// What an operator in a hurry might ask for.
    /// - Parameter positions: open ones, each with the label of its bot.
    func submitAny(bots: [String], positions: [(id: String, bot: String)]) {
        let bot = bots[Int(dice.next() % UInt64(bots.count))]
        let text = "load \(name) \(number + 1)"
        switch dice.next() % 10 {
        case 0: submit(.pause(.named([bot]), reason: nil))
        case 1, 2: submit(.resume(.named([bot]), reason: "load"))
        case 3:
            let value = String(2 + dice.next() % 9)
            let limit = [LimitSetting("max_positions_total", value)]
            submit(.riskSet(bot: bot, limit, confirmation: .label(bot)))
        case 4: submit(.ticketReply("ticket-2", message: text, asSupport: true))
        case 5: submit(.ticketNote("ticket-2", message: text))
        case 6:
            submit(.ticketOpen(subject: text, message: text, .bot, .low, bot: bot))
        case 7 where !positions.isEmpty:
            let position = positions[Int(dice.next() % UInt64(positions.count))]
            submit(.closePosition(position.id, confirmation: .label(position.bot)))
        case 8: submit(.closeAll(.named([bot]), confirmation: .label(bot)))
        default: submit(.pause(.named(bots), reason: "all of them"))
        }
    }
}

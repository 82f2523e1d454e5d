/// Who takes part in a load run: consoles that work, the owner who looks, and whoever disturbs.

import Core
import Foundation
import Store

/// Twenty consoles of ten accounts, each account at the limit of twenty commands a second.
final class ConsoleCrew {
    static let people: [(uid: UInt32, name: String, role: WorkspaceRole)] =
        [(4401, "ann", .admin), (4402, "rob", .riskManager), (4403, "ria", .riskManager)]
        + (4404...4408).map { ($0, "trader-\($0)", .trader) }
        + (4409...4410).map { ($0, "viewer-\($0)", .viewer) }

    private struct Console {
        var uid: UInt32
        var role: WorkspaceRole
        var client: EngineClient
        var underWay: [Int64: Span] = [:]
    }

    private var consoles: [Console] = []
    private var poller = Poller()
    private var turn = 0
    private(set) var sent = 0
    private(set) var refused: [String: Int] = [:]
    private(set) var lost = 0
    /// Milliseconds from sending to the first answer.
    private(set) var waits: [Int64] = []

    init(_ home: Home) throws {
        for (uid, _, role) in Self.people {
            for _ in 0..<2 {
                let client = try AsAccount.run(uid) {
                    try EngineClient.connect(
                        to: home, build: "load", bells: true, within: .seconds(30))
                }
                consoles.append(Console(uid: uid, role: role, client: client))
            }
        }
    }

    /// One command of each account, on its two consoles in turn.
    func submit() {
        turn += 1
        for index in consoles.indices where index % 2 == turn % 2 {
            let command = command(for: consoles[index].role)
            sent += 1
            let request = CommandRequest(
                key: "load-\(sent)", verb: command.verb, args: command.arguments)
            do {
                let number = try consoles[index].client.send(request)
                consoles[index].underWay[number] = WallClock.read().monotonic
            } catch { lost += 1 }
        }
    }

    private func command(for role: WorkspaceRole) -> Command {
        let bot = BotScope.named(["bot-\(1 + sent % 6)"])
        switch (role, turn % 4) {
        case (.viewer, _), (_, 0): return .pause(bot, reason: nil)
        case (_, 2): return .resume(bot, reason: "load")
        default:
            return .ticketReply("ticket-2", message: "load \(sent)", asSupport: false)
        }
    }

    /// Takes what comes within a time.
    func hear(for span: Span) {
        poller.forgetAll()
        for one in consoles { poller.watch(one.client.descriptor, for: .readable) }
        let ready = Set(poller.wait(span).map(\.descriptor))
        for index in consoles.indices where ready.contains(consoles[index].client.descriptor) {
            do {
                while let one = try consoles[index].client.receive() { note(one, index) }
            } catch {
                lost += 1
                consoles[index].client.close()
            }
        }
        consoles.removeAll { $0.client.descriptor < 0 }
    }

    private func note(_ received: EngineClient.Received, _ index: Int) {
        if case .refused(let error) = received.message { refused[error.code, default: 0] += 1 }
        guard let number = received.request,
            let since = consoles[index].underWay.removeValue(forKey: number)
        else { return }
        waits.append(WallClock.read().monotonic.milliseconds - since.milliseconds)
    }

    var isAnswered: Bool { consoles.allSatisfy(\.underWay.isEmpty) }
    var count: Int { consoles.count }
}

/// Strangers who hammer, and silent connections of strangers and of members without rights.
final class Disturbance {
    static let silent: [(uid: UInt32, name: String, role: WorkspaceRole)] =
        (4411...4412).map { ($0, "silent-\($0)", .viewer) }
    static let strangers: [UInt32] = [4421, 4422]

    private let home: Home
    private var idle: [BareConnection] = []
    private var hammers: [BareConnection] = []
    private(set) var connections = 0
    private(set) var messages = 0

    init(_ home: Home) { self.home = home }

    /// Thirty-two more silent connections of each; every second one has greeted.
    func crowd() {
        idle.removeAll()
        for uid in Self.silent.map(\.uid) + Self.strangers {
            for number in 0..<32 {
                guard let one = BareConnection(home, as: uid) else { continue }
                if number % 2 == 0 { one.greet() }
                idle.append(one)
                connections += 1
            }
        }
    }

    func hammer() {
        hammers.removeAll {
            _ = $0.hear()
            return $0.isGone
        }
        while hammers.count < 2 {
            let uid = Self.strangers[connections % 2]
            guard let one = BareConnection(home, as: uid) else { return }
            one.greet()
            hammers.append(one)
            connections += 1
        }
        for one in hammers {
            for verb in ["pause", "close-all", "close-all-preview"] {
                messages += 1
                one.say(
                    #"{"type":"command","id":3,"key":"s\#(messages)","verb":"\#(verb)","#
                        + #""args":{"all":true}}"#)
            }
        }
    }
}

/// The owner looks at what closing everything would do, again and again, on a thread of his own.
final class OwnerLooking: @unchecked Sendable {
    private let lock = NSLock()
    private let ended = DispatchSemaphore(value: 0)
    private var found: [(from: Span, to: Span)] = []
    private var problems: [String] = []
    private var isOver = false

    /// - Parameter pause: between an answer and the next question.
    init(_ home: TrialHome, times: Int, pause: Span) {
        Thread.detachNewThread { [self] in
            do {
                let home = try home.opened()
                let client = try EngineClient.connect(to: home, build: "owner")
                for number in 0..<times {
                    look(client, "look-\(number)")
                    usleep(UInt32(pause.milliseconds * 1000))
                }
            } catch { lock.withLock { problems.append("\(error)") } }
            lock.withLock { isOver = true }
            ended.signal()
        }
    }

    private func look(_ client: EngineClient, _ key: String) {
        let command = Command.previewCloseAll(.all)
        let request = CommandRequest(key: key, verb: command.verb, args: command.arguments)
        let from = WallClock.read().monotonic
        do {
            let answer = try client.perform(request, within: .seconds(20))
            let to = WallClock.read().monotonic
            guard case .outcome(let report) = answer, report.result["preview_token"] != nil else {
                return lock.withLock { problems.append("\(key): \(answer)") }
            }
            lock.withLock { found.append((from, to)) }
        } catch { lock.withLock { problems.append("\(key): \(error)") } }
    }

    var hasEnded: Bool { lock.withLock { isOver } }
    /// When each answered question was asked and answered.
    var answers: [(from: Span, to: Span)] { lock.withLock { found } }
    var failures: [String] { lock.withLock { problems } }
    func join() { ended.wait() }
}

/// How long this machine did not let a thread run that asked for nothing but five milliseconds.
final class StallWatch: @unchecked Sendable {
    private let lock = NSLock()
    private var stalls: [(at: Span, for: Span)] = []
    private var isOver = false

    init() {
        Thread.detachNewThread { [self] in
            while !lock.withLock({ isOver }) {
                let from = WallClock.read().monotonic
                usleep(5_000)
                let to = WallClock.read().monotonic
                let late = to - from - .milliseconds(5)
                if late > .milliseconds(5) { lock.withLock { stalls.append((to, late)) } }
            }
        }
    }

    /// Within a time.
    func stalled(from: Span, to: Span) -> Span {
        lock.withLock {
            stalls.filter { $0.at >= from && $0.at <= to }.reduce(.seconds(0)) { $0 + $1.for }
        }
    }

    func stop() { lock.withLock { isOver = true } }
}

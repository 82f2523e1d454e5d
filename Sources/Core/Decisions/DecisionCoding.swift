/// Decision facts as bytes: about twenty for a template of the usual size.

import Store

/// Byte 0: the form, 1. Byte 1: flags. Byte 2: phase, cause of the pause. Byte 3: flags of the
/// bot. Then the score (8 bytes, lowest first), the outcome, what was asked of the limits, votes
/// at two bits, verdicts at four.
enum DecisionCoding {
    static let form: UInt8 = 1
    /// Where the outcome stands.
    static let outcome = 12
    /// Indices in these lists are on disk: only ever add at the end.
    static let phases: [BotState] = [
        .deploying, .online, .offline, .error, .sleeping, .waking, .windingDown, .stopped, .paused,
    ]
    static let causes: [PauseCause] = [
        .person, .staff, .killSwitch, .lossStreak, .apiErrors, .reconciliation, .closeAll,
        .billing,
    ]

    static let warm: UInt8 = 1
    static let session: UInt8 = 2
    static let late: UInt8 = 4
    static let long: UInt8 = 8
    static let short: UInt8 = 16
    static let asked: UInt8 = 32
    static let pointless: UInt8 = 64

    static let paused: UInt8 = 1
    static let armed: UInt8 = 2
    static let reconciled: UInt8 = 4
    static let busy: UInt8 = 8
    static let stopped: UInt8 = 16

    /// Bytes that a record takes at most.
    static func room(votes: Int, verdicts: Int) -> Int {
        64 + (votes + 3) / 4 + (verdicts + 1) / 2
    }

    /// Appends a record. Allots nothing beyond what `bytes` needs to grow.
    static func write(
        _ head: DecisionHead, _ votes: some Collection<Vote>,
        _ verdicts: some Collection<Verdict>, to bytes: inout [UInt8]
    ) {
        let room = room(votes: votes.count, verdicts: verdicts.count)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { space in
            guard let start = space.baseAddress else { return }
            var cursor = ByteCursor(start)
            write(head, &cursor)
            cursor.put(number: votes.count)
            pack(votes.lazy.map(\.code), bits: 2, &cursor)
            cursor.put(number: verdicts.count)
            pack(verdicts.lazy.map(\.code), bits: 4, &cursor)
            bytes.append(contentsOf: space[..<start.distance(to: cursor.next)])
        }
    }

    /// The same record, of a strategy's last close.
    static func write(_ head: DecisionHead, _ strategy: Strategy, _ cursor: inout ByteCursor) {
        write(head, &cursor)
        strategy.parts.packOpinions(&cursor)
    }

    private static func write(_ head: DecisionHead, _ cursor: inout ByteCursor) {
        cursor.put(form)
        cursor.put(flags(head))
        cursor.put(standing(head.bot))
        cursor.put(botFlags(head.bot))
        cursor.put(head.score.bitPattern)
        cursor.put(head.outcome?.code ?? 0)
        if let index = head.outcome?.index { cursor.put(number: index) }
        guard head.asked else { return }
        cursor.put(head.denied.rawValue)
        if let rule = head.pointlessRule { cursor.put(number: rule) }
    }

    @inline(__always) static func botFlags(_ bot: BotStanding) -> UInt8 {
        (bot.isPaused ? paused : 0) | (bot.isArmed ? armed : 0)
            | (bot.isReconciled ? reconciled : 0) | (bot.isBusy ? busy : 0)
            | (bot.isStopped ? stopped : 0)
    }

    private static func flags(_ head: DecisionHead) -> UInt8 {
        (head.isWarm ? warm : 0) | (head.sessionOpen ? session : 0) | (head.isLate ? late : 0)
            | (head.lean == .long ? long : head.lean == .short ? short : 0)
            | (head.asked ? asked : 0) | (head.asked && head.pointlessRule != nil ? pointless : 0)
    }

    /// The phase in the lower half, the cause of the pause in the upper.
    @inline(__always) static func standing(_ bot: BotStanding) -> UInt8 {
        let phase = bot.phase == .online ? 1 : phases.firstIndex(of: bot.phase) ?? 15
        let cause = bot.pauseCause.flatMap { causes.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return UInt8(phase | cause << 4)
    }

    private static func pack(
        _ codes: some Collection<UInt8>, bits: Int, _ cursor: inout ByteCursor
    ) {
        var packer = BitPacker(bits: bits)
        for code in codes { packer.put(code, &cursor) }
        packer.end(&cursor)
    }
}

extension Vote {
    /// **Range** 0...3.
    var code: UInt8 { UInt8(rawValue + 1) }
    init?(code: UInt8) { self.init(rawValue: Int8(bitPattern: code) - 1) }
}

/// Decision facts as bytes: about twenty for a template of the usual size.

import Store

/// Byte 0: the form, 1. Byte 1: flags. Byte 2: phase, cause of the pause. Byte 3: flags of the
/// bot. Then the score (8 bytes, lowest first), the outcome, what was asked of the limits, votes
/// at two bits, verdicts at four.
enum DecisionCoding {
    static let form: UInt8 = 1
    /// Places in these lists are on disk: only ever add at the end.
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

    /// Appends a record. Allots nothing beyond what `bytes` needs to grow.
    static func write(
        _ head: DecisionHead, _ votes: some Collection<Vote>,
        _ verdicts: some Collection<Verdict>, to bytes: inout [UInt8]
    ) {
        bytes.append(form)
        bytes.append(flags(head))
        bytes.append(standing(head.bot))
        bytes.append(
            (head.bot.isPaused ? paused : 0) | (head.bot.isArmed ? armed : 0)
                | (head.bot.isReconciled ? reconciled : 0) | (head.bot.isBusy ? busy : 0))
        withUnsafeBytes(of: head.score.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(head.outcome?.code ?? 0)
        if let place = head.outcome?.place { write(place, to: &bytes) }
        if head.asked {
            bytes.append(head.denied.rawValue)
            if let rule = head.pointlessRule { write(rule, to: &bytes) }
        }
        pack(votes.lazy.map(\.code), bits: 2, to: &bytes)
        pack(verdicts.lazy.map(\.code), bits: 4, to: &bytes)
    }

    private static func flags(_ head: DecisionHead) -> UInt8 {
        (head.isWarm ? warm : 0) | (head.sessionOpen ? session : 0) | (head.isLate ? late : 0)
            | (head.lean == .long ? long : head.lean == .short ? short : 0)
            | (head.asked ? asked : 0) | (head.asked && head.pointlessRule != nil ? pointless : 0)
    }

    /// The phase in the lower half, the cause of the pause in the upper.
    private static func standing(_ bot: BotStanding) -> UInt8 {
        let phase = bot.phase == .online ? 1 : phases.firstIndex(of: bot.phase) ?? 15
        let cause = bot.pauseCause.flatMap { causes.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return UInt8(phase | cause << 4)
    }

    /// Seven bits a byte, the lowest first.
    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// The count, then the codes side by side.
    private static func pack(
        _ codes: some Collection<UInt8>, bits: Int, to bytes: inout [UInt8]
    ) {
        write(codes.count, to: &bytes)
        var pending: UInt8 = 0
        var used = 0
        for code in codes {
            pending |= code << UInt8(used)
            used += bits
            guard used == 8 else { continue }
            bytes.append(pending)
            (pending, used) = (0, 0)
        }
        if used > 0 { bytes.append(pending) }
    }
}

extension Vote {
    /// **Range** 0...3.
    var code: UInt8 { UInt8(rawValue + 1) }
    init?(code: UInt8) { self.init(rawValue: Int8(bitPattern: code) - 1) }
}

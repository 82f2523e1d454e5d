/// Decision facts read back from their bytes.

import Store

/// Takes bytes from the front; nil once there are too few.
private struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isEmpty: Bool { rest.isEmpty }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func double() -> Double? {
        guard rest.count >= 8 else { return nil }
        let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest.removeFirst(8)
        return Double(bitPattern: bits)
    }

    /// As ``DecisionCoding`` writes numbers. **Range** 0 ..< 2^28.
    mutating func number() -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 28, by: 7) {
            guard let byte = byte() else { return nil }
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// Codes side by side, after their count.
    mutating func codes(bits: Int) -> [UInt8]? {
        guard let count = number(), (count * bits + 7) / 8 <= rest.count else { return nil }
        let perByte = 8 / bits
        let mask = UInt8(1 << bits - 1)
        let codes = (0..<count).map { index in
            rest[rest.startIndex + index / perByte] >> UInt8(index % perByte * bits) & mask
        }
        rest.removeFirst((count * bits + 7) / 8)
        return codes
    }
}

extension DecisionFacts {
    /// Nil for bytes of an unknown form, too few or too many of them, or unknown codes.
    init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard reader.byte() == DecisionCoding.form, let flags = reader.byte(),
            let standing = reader.byte(), let botFlags = reader.byte(),
            let bot = BotStanding(standing, flags: botFlags), let score = reader.double(),
            let code = reader.byte()
        else { return nil }
        var head = DecisionHead(
            score: score, lean: Self.lean(flags), isWarm: flags & DecisionCoding.warm != 0,
            sessionOpen: flags & DecisionCoding.session != 0,
            isLate: flags & DecisionCoding.late != 0, bot: bot,
            asked: flags & DecisionCoding.asked != 0)
        if code != 0 {
            let hasIndex = Obstacle(code: code, index: 0)?.index != nil
            guard let index = hasIndex ? reader.number() : 0,
                let outcome = Obstacle(code: code, index: index)
            else { return nil }
            head.outcome = outcome
        }
        if head.asked {
            guard let denied = reader.byte() else { return nil }
            head.denied = EntryLimits(rawValue: denied)
            if flags & DecisionCoding.pointless != 0 {
                guard let rule = reader.number() else { return nil }
                head.pointlessRule = rule
            }
        }
        guard let votes = reader.codes(bits: 2), let verdicts = reader.codes(bits: 4),
            reader.isEmpty, verdicts.allSatisfy({ Verdict(code: $0) != nil })
        else { return nil }
        self.init(
            head: head, votes: votes.compactMap(Vote.init(code:)),
            verdicts: verdicts.compactMap(Verdict.init(code:)))
    }

    private static func lean(_ flags: UInt8) -> Side? {
        flags & DecisionCoding.long != 0 ? .long : flags & DecisionCoding.short != 0 ? .short : nil
    }
}

extension BotStanding {
    fileprivate init?(_ standing: UInt8, flags: UInt8) {
        let (phase, cause) = (Int(standing & 15), Int(standing >> 4))
        guard phase < DecisionCoding.phases.count, cause <= DecisionCoding.causes.count else {
            return nil
        }
        self.init()
        self.phase = DecisionCoding.phases[phase]
        pauseCause = cause == 0 ? nil : DecisionCoding.causes[cause - 1]
        isPaused = flags & DecisionCoding.paused != 0
        isArmed = flags & DecisionCoding.armed != 0
        isReconciled = flags & DecisionCoding.reconciled != 0
        isBusy = flags & DecisionCoding.busy != 0
        isStopped = flags & DecisionCoding.stopped != 0
    }
}

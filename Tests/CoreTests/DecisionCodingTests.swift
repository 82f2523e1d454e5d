/// Decision facts survive their bytes, and bytes that are none are refused.

import Store
import Testing

@testable import Core

@Suite struct DecisionCodingTests {
    static func bytes(_ facts: DecisionFacts) -> [UInt8] {
        var bytes: [UInt8] = []
        DecisionCoding.write(facts.head, facts.votes, facts.verdicts, to: &bytes)
        return bytes
    }

    /// Facts that dice chose; every field takes every value.
    static func facts(_ dice: inout Randomness) -> DecisionFacts {
        func below(_ count: Int) -> Int { dice.integer(in: 0...(count - 1)) }
        func flip() -> Bool { below(2) == 0 }
        var head = DecisionHead(
            score: Double(below(2001)) / 1000 - 1,
            lean: [nil, .long, .short][below(3)], isWarm: flip(),
            sessionOpen: flip(), isLate: flip(), asked: flip())
        head.bot.phase = BotState.allCases[below(BotState.allCases.count)]
        head.bot.isPaused = flip()
        head.bot.pauseCause =
            flip() ? nil : PauseCause.allCases[below(PauseCause.allCases.count)]
        head.bot.isArmed = flip()
        head.bot.isReconciled = flip()
        head.bot.isBusy = flip()
        head.bot.isStopped = flip()
        if head.asked {
            head.denied = EntryLimits(rawValue: UInt8(below(64)))
            head.pointlessRule = flip() ? nil : below(300)
        }
        let code = UInt8(below(19))
        head.outcome = Obstacle(code: code, index: below(300))
        return DecisionFacts(
            head: head,
            votes: (0..<below(12)).compactMap { _ in
                Vote(code: UInt8(below(4)))
            },
            verdicts: (0..<below(12)).compactMap { _ in
                Verdict(code: UInt8(below(5)))
            })
    }

    @Test func everythingSurvives() {
        var dice = Randomness(seed: 13)
        for _ in 0..<5000 {
            let facts = Self.facts(&dice)
            #expect(DecisionFacts(bytes: Self.bytes(facts)) == facts)
        }
    }

    @Test func everyPhaseAndCauseHasAPlace() {
        #expect(Set(DecisionCoding.phases) == Set(BotState.allCases))
        #expect(Set(DecisionCoding.causes) == Set(PauseCause.allCases))
        let limits = EntryLimit.allCases.map { EntryLimits($0).rawValue }
        #expect(Set(limits).count == limits.count)
    }

    @Test func everyObstacleHasItsOwnCode() {
        var codes: Set<UInt8> = []
        for code in UInt8(1)...20 {
            let obstacle = Obstacle(code: code, index: 3)
            #expect(obstacle?.code == code)
            #expect(obstacle?.index == nil || obstacle?.index == 3)
            codes.insert(code)
        }
        #expect(codes.count == 20)
        #expect(Obstacle(code: 0, index: 0) == nil && Obstacle(code: 21, index: 0) == nil)
        for limit in EntryLimit.allCases { #expect(codes.contains(Obstacle.limit(limit).code)) }
    }

    @Test func damagedBytesAreRefusedNotGuessed() {
        var dice = Randomness(seed: 14)
        for _ in 0..<300 {
            let bytes = Self.bytes(Self.facts(&dice))
            for count in 0..<bytes.count {
                #expect(DecisionFacts(bytes: Array(bytes.prefix(count))) == nil)
            }
            #expect(DecisionFacts(bytes: bytes + [0]) == nil)
            #expect(DecisionFacts(bytes: [2] + bytes.dropFirst()) == nil)
        }
    }

    /// The form on disk, byte by byte: a change here is a change of every stored record.
    @Test func theFormIsFixed() {
        var head = DecisionHead(score: 1, lean: .long, isWarm: true, sessionOpen: true)
        head.outcome = .component(4)
        let facts = DecisionFacts(
            head: head, votes: [.long, .long, .neutral], verdicts: [.pass, .block, .longOnly])
        #expect(
            Self.bytes(facts) == [
                1, 0b0000_1011, 1, 6, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 6, 4, 3, 0b01_10_10, 3, 0x03,
                0x01,
            ])
    }
}

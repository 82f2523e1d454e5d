/// When a preview still binds, and when it is void.

import Core
import Store
import Testing

@Suite struct PreviewRulesTests {
    static let start = Instant(milliseconds: 1_000_000)
    static let ada = CommandSamples.person(.owner)
    static let content = PreviewContent(
        verb: "close-all", botIDs: [ID(2), ID(1)], positionIDs: [ID(12), ID(11)],
        orderIDs: ["b", "a"],
        notional: CurrencySums(.units(10_000), in: .usdt))
    static let preview = PreviewRules.make(
        content, for: ada, dice: 0x0123_4567_89AB_CDEF, at: start)

    /// The refusal of a confirmation by the preview's token, nil when it is honoured.
    static func refusal(
        _ change: (inout PreviewContent) -> Void = { _ in }, by person: Operator = ada,
        after age: Span = .seconds(1), preview: Preview? = preview
    ) -> Refusal? {
        var now = content
        change(&now)
        do throws(Refusal) {
            try PreviewRules.confirm(
                .token(Self.preview.token), of: now, labels: ["a", "b"], preview: preview,
                by: person, at: start + age)
            return nil
        } catch { return error }
    }

    @Test func previewHoldsWhatItShowed() {
        let preview = Self.preview
        #expect(preview.botIDs == [ID(1), ID(2)])
        #expect(preview.positionIDs == [ID(11), ID(12)])
        #expect(preview.orderIDs == ["a", "b"])
        #expect(preview.expiresAt == Self.start + .seconds(30))
        #expect(preview.actorUID == 1000)
    }

    @Test func tokensComeFromTheDiceAlone() {
        let again = PreviewRules.make(
            Self.content, for: Self.ada, dice: 0x0123_4567_89AB_CDEF, at: Self.start + .days(1))
        #expect(again.token == Self.preview.token)
        let tokens = (0..<1000).map { index in
            PreviewRules.make(
                Self.content, for: Self.ada, dice: UInt64(index) &* 0x9E37_79B9_7F4A_7C15,
                at: Self.start
            ).token
        }
        #expect(Set(tokens).count == 1000)
        #expect(tokens.allSatisfy { $0.utf8.count == 9 && !$0.contains("0") })
    }

    @Test func theSamePictureIsHonoured() { #expect(Self.refusal() == nil) }

    @Test(arguments: zip([0, 30_000, 30_001, -1], [true, true, false, false]))
    func thirtySecondsIsTheLimit(_ age: Int64, _ holds: Bool) {
        let refusal = Self.refusal(after: .milliseconds(age))
        #expect(refusal == (holds ? nil : .stalePreview(.tooOld(age: .milliseconds(age)))))
    }

    @Test func somebodyElsesTokenIsVoid() {
        let bob = CommandSamples.person(.owner, uid: 1001)
        #expect(Self.refusal(by: bob) == .stalePreview(.otherPerson))
    }

    @Test func tokenOfAnotherActIsVoid() {
        #expect(
            Self.refusal { $0.verb = "close" } == .stalePreview(.otherAct(previewed: "close-all")))
    }

    @Test func unknownTokenIsVoid() {
        #expect(Self.refusal(preview: nil) == .stalePreview(.unknown))
        var other = Self.preview
        other.token = "aaaa-aaaa"
        #expect(Self.refusal(preview: other) == .stalePreview(.unknown))
    }

    @Test func aSetThatGrewIsVoid() {
        #expect(
            Self.refusal { $0.botIDs.append(ID(3)) }
                == .stalePreview(.grew(bots: 1, positions: 0, orders: 0)))
        #expect(
            Self.refusal { $0.positionIDs.append(ID(13)) }
                == .stalePreview(.grew(bots: 0, positions: 1, orders: 0)))
        #expect(
            Self.refusal { $0.orderIDs += ["c", "d"] }
                == .stalePreview(.grew(bots: 0, positions: 0, orders: 2)))
        // One gone and one new is still a new one.
        #expect(Self.refusal { $0.positionIDs = [ID(11), ID(13)] } != nil)
    }

    @Test func aSetThatShrankWithinToleranceIsHonoured() {
        #expect(
            Self.refusal {
                $0.orderIDs = []
                $0.positionIDs.removeLast()
                $0.notional = CurrencySums(.units(9_950), in: .usdt)
            } == nil)
    }

    @Test(arguments: [Int64(10_100), 9_900, 10_000])
    func onePercentIsWithinTolerance(_ units: Int64) {
        #expect(Self.refusal { $0.notional = CurrencySums(.units(units), in: .usdt) } == nil)
    }

    @Test(arguments: [Int64(10_100_00000001), 9_899_99999999, 0, 20_000_00000000])
    func moreThanOnePercentIsVoid(_ raw: Int64) {
        let moved = Money(raw: raw)
        #expect(
            Self.refusal { $0.notional = CurrencySums(moved, in: .usdt) }
                == .stalePreview(.moved(from: .units(10_000), to: moved)))
    }

    @Test func typedLabelSpeaksForOneBot() throws {
        func confirm(_ confirmation: Core.Confirmation?, _ labels: [String]) throws(Refusal) {
            try PreviewRules.confirm(
                confirmation, of: Self.content, labels: labels, preview: nil, by: Self.ada,
                at: Self.start)
        }
        try confirm(.label("trend-1"), ["trend-1"])
        for typed in ["trend-2", "Trend-1", "trend-1 ", "bot-1"] {
            #expect(throws: Refusal.labelMismatch(label: "trend-1", typed: typed)) {
                try confirm(.label(typed), ["trend-1"])
            }
        }
        #expect(throws: Refusal.confirmationMissing(.token(bots: 2))) {
            try confirm(.label("trend-1"), ["trend-1", "trend-2"])
        }
        #expect(throws: Refusal.confirmationMissing(.token(bots: 2))) {
            try confirm(nil, ["trend-1", "trend-2"])
        }
        #expect(throws: Refusal.confirmationMissing(.label(bot: "trend-1"))) {
            try confirm(nil, ["trend-1"])
        }
    }

    @Test func costIsFeesAndHalfTheSpread() {
        let cost = PreviewRules.expectedCost(
            of: CurrencySums(.units(10_000), in: .usdt), takerFee: .basisPoints(5),
            halfSpread: .basisPoints(1))
        #expect(cost == CurrencySums(.units(6), in: .usdt))
    }
}

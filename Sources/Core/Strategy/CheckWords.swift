/// What a check says of an entry, in words: the same in every place that shows it.

import Store

/// A check that passes one side alone blocks an entry on the other, and says nothing else.
public struct CheckWords: Sendable, Equatable {
    /// The one side that it passes; nil for a check that is the same for both.
    private let allowed: Side?
    private let state: String
    /// The entry that is thought of is on the other side.
    public let blocksSide: Bool

    /// - Parameters:
    ///   - state: ``ComponentReading/state``.
    ///   - side: of the entry that is thought of; nil where none is.
    public init(_ state: String, for side: Side?) {
        allowed = Verdict.side(passedAloneBy: state)
        self.state = state
        blocksSide = allowed != nil && side != nil && allowed != side
    }

    /// `blocks long`, `allows short`; else the state itself.
    public var answer: String {
        guard let allowed else { return state }
        return blocksSide ? "blocks \(allowed.opposite.rawValue)" : "allows \(allowed.rawValue)"
    }

    /// The other half of the answer: `allows short only`.
    public var remark: String {
        guard blocksSide, let allowed else { return "" }
        return "allows \(allowed.rawValue) only"
    }
}

extension Verdict {
    /// Reads ``text`` back as far as it names a side.
    static func side(passedAloneBy text: String) -> Side? {
        switch text {
        case Verdict.longOnly.text: .long
        case Verdict.shortOnly.text: .short
        default: nil
        }
    }
}

/// Why a candle brought no entry, in words: the same for the console and for `why`.
enum BlockerWords {
    static let session = "outside every session"

    static func score(_ score: Double, of template: Template) -> String {
        "score \(score.text(decimals: 2)) does not exceed \(needed(by: template))"
    }

    /// What the score must exceed: where every vote, or any, decides, just nothing.
    static func needed(by template: Template) -> String {
        template.mode == .unanimous || template.mode == .any
            ? "0" : template.threshold.shortText
    }

    static func direction(of template: Template) -> String {
        "the template opens \(template.direction.rawValue) positions only"
    }

    /// `filter ADX / DMI blocks: ADX 18.2`, `filter EMA Trend blocks long: allows short only`; of
    /// a state that is no check's own `bot pause: paused (by a person)`.
    static func check(
        _ subject: String, _ words: CheckWords, state: String, reading: String
    ) -> String {
        let isBlock = state == Verdict.block.text
        guard isBlock || words.blocksSide else {
            return "\(subject): \(words.answer)" + (reading.isEmpty ? "" : " (\(reading))")
        }
        let remark = [words.remark, reading].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(subject) \(isBlock ? "blocks" : words.answer)"
            + (remark.isEmpty ? "" : ": \(remark)")
    }
}

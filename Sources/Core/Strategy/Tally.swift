/// How votes combine into one score, in the four modes of a template.

import Store

/// Takes votes one by one; holds no memory beyond a few numbers. A signal of weight 0 is disabled.
/// **Source** <doc:ProductRules#Combining-votes>.
struct Tally {
    private var weighed = 0.0
    private var total = 0.0
    private var voted = 0.0
    private var strongest = 0.0
    private var strongestSign = 0.0
    private var longs = 0
    private var shorts = 0
    private var abstentions = 0

    @inline(__always) mutating func add(_ vote: Vote, weight: Double) {
        guard weight > 0 else { return }
        let sign = vote.sign
        total += weight
        weighed += weight * sign
        if sign == 0 {
            abstentions += 1
            return
        }
        voted += weight
        if sign > 0 { longs += 1 } else { shorts += 1 }
        if weight > strongest {
            strongest = weight
            strongestSign = sign
        } else if weight == strongest, sign != strongestSign {
            strongestSign = 0
        }
    }

    /// **Range** -1...1.
    ///
    /// `any`: signals of the same, greatest weight that disagree cancel to 0.
    @inline(__always) func score(_ mode: Template.Mode) -> Double {
        switch mode {
        case .weighted: return total > 0 ? weighed / total : 0
        case .majority: return voted > 0 ? weighed / voted : 0
        case .unanimous:
            if abstentions > 0 || longs + shorts == 0 { return 0 }
            return shorts == 0 ? 1 : longs == 0 ? -1 : 0
        case .any: return strongestSign
        }
    }

    /// The side whose score exceeds the threshold strictly; unanimous and any need only ≠ 0.
    @inline(__always) static func lean(
        _ score: Double, _ mode: Template.Mode, threshold: Double
    ) -> Side? {
        let needed = mode == .unanimous || mode == .any ? 0 : threshold
        return score > needed ? .long : score < -needed ? .short : nil
    }
}

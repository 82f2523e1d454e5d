/// How the words of a template and its last decision are shown.
import Core
import Store

extension DecisionRow {
    /// What a component says of the entry on the side of this decision's score.
    /// - Parameter held: symbols that the bot holds; nil for a reader who may not know.
    func words(
        of reading: ComponentReading?, _ component: ComponentRow, held: Set<String>?
    ) -> CheckWords {
        isIdle(component, held) ? CheckWords("flat", for: nil)
            : CheckWords(reading?.state ?? "-", for: decision.side)
    }

    /// An exit watches a position: without one, what the last candle said of it is over.
    func isIdle(_ component: ComponentRow, _ held: Set<String>?) -> Bool {
        component.role == .exit && held.map { !$0.contains(decision.symbol) } ?? false
    }
}

extension CheckWords {
    private var blocks: Bool { blocksSide || answer == "block" }

    /// What blocks in capitals, so that it is seen without colour.
    var shown: String { blocks ? answer.uppercased() : answer }

    var role: Role {
        switch answer {
        case _ where blocks: .messageError
        case "unwatched": .messageError
        case "long", "pass", "allows long", "allows short", "armed": .gain
        case "short": .loss
        case "no data", "not armed", "neutral", "flat", "-": .textDim
        default: .text
        }
    }
}

extension Sizing {
    /// `size 10 % of equity`.
    var words: String {
        switch self {
        case .quantity(let quantity): "size \(quantity.figure)"
        case .notional(let money): "notional \(money.money)"
        case .equityShare(let share): "\(share.percentText) % of equity"
        case .riskShare(let share): "risk \((share * 100).text(decimals: 1, atMost: 6)) %"
        }
    }
}

extension BotRow {
    /// Whose sessions they are, when they are not the template's.
    var sessionTitle: String { sessionSource == "bot" ? "Own sessions" : "Sessions" }

    /// `Tokyo 09:00-15:00 Asia/Tokyo Mon-Fri`; `24/7` without sessions.
    var sessionWords: String {
        if let sessionsFlaw { return "cannot be read: \(sessionsFlaw)" }
        return sessions.isEmpty
            ? "none, trades 24/7" : sessions.map(\.words).joined(separator: ", ")
    }
}

extension BotDossier {
    /// What stands for the decision where its template has made none.
    var undecided: String {
        row.bot.isArmed
            ? "No candle of this template has closed yet." : "No candle evaluated yet."
    }

    /// Symbols with a position of its own; nil for a reader who may not see positions.
    var heldSymbols: Set<String>? {
        row.openPositions.map { _ in Set(positions.map(\.position.symbol)) }
    }
}

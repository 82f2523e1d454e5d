/// What of the feed a reader may see: orders, signals and limits take rights of their own.

import Store

extension Activity {
    /// Of what happened to a bot, what the reader has a right to; nil where that is nothing.
    func shown(to rights: ReaderRights) -> Activity? {
        // Whoever does not see the workspace sees what happened to bots, and nothing of the rest.
        guard botID != nil || rights.shows(.orgView) else { return nil }
        guard needed.allSatisfy(rights.shows) else { return nil }
        var entry = self
        if !rights.shows(.positionsView) { entry.detail = HoldingWords.removed(from: detail) }
        return entry
    }

    /// By its kind. What a limit did is told with what was held or lost; a bot that failed is not.
    private var needed: [Permission] {
        switch kind {
        case .order, .signal: [.positionsView]
        case .risk: FailureWord.all.contains(what) ? [] : [.positionsView, .riskView]
        case .config:
            what == "limits" ? [.riskView] : what == Trading.unknownSymbols ? [.keysView] : []
        case .command, .life, .error: []
        }
    }
}

/// What of a bot's own rows cannot be read; it cannot run as it was told to.
import Store

struct BotFlaws: Equatable {
    var template: String?
    var sessions: String?
    /// Open positions in markets that are not there.
    var lost: [Position] = []

    var isEmpty: Bool { template == nil && sessions == nil && lost.isEmpty }

    /// Nil when all could be read.
    var words: String? {
        let all = [template, sessions, lostWords].compactMap(\.self)
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }

    mutating func cannotBuild(_ template: String, _ error: TemplateError) {
        self.template = "its template \(template): \(error.headline)"
    }

    /// `no market is there for what it holds: BTC-PERP long 0.5`.
    var lostWords: String? {
        guard !lost.isEmpty else { return nil }
        let positions = lost.map { "\($0.symbol) \($0.side.rawValue) \($0.quantity)" }
        return "no market is there for what it holds: " + positions.joined(separator: ", ")
    }
}

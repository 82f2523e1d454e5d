/// What of a bot's own rows cannot be read; it cannot run as it was told to.
import Store

struct BotFlaws: Equatable {
    var template: String?
    var sessions: String?
    /// Open positions in markets that are not there.
    var lost: [Position] = []
    /// What is wrong with rows of open positions, until those are closed.
    var broken: [ID<Position>: String] = [:]

    var isEmpty: Bool {
        template == nil && sessions == nil && lost.isEmpty && broken.isEmpty
    }

    /// Nil when all could be read.
    var words: String? {
        let all = [template, sessions, lostWords, brokenWords].compactMap(\.self)
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }

    mutating func cannotBuild(_ template: String, _ error: TemplateError) {
        self.template = "its template \(template): \(error.headline)"
    }

    mutating func see(_ position: Position, _ contract: Contract, at clock: Instant) {
        broken[position.id] = position.flaw(contract, at: clock).map { "\(position.named): \($0)" }
    }

    /// `position-7 BTC-PERP long 0.5: its funding cannot be counted`.
    var brokenWords: String? {
        let all = broken.sorted { $0.key < $1.key }.map(\.value)
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// `no market is there for what it holds: BTC-PERP long 0.5`.
    var lostWords: String? {
        guard !lost.isEmpty else { return nil }
        let positions = lost.map { "\($0.symbol) \($0.side.rawValue) \($0.quantity)" }
        return "no market is there for what it holds: " + positions.joined(separator: ", ")
    }
}

/// What the exit rules of a template say of the positions that are open now.

import Store

/// The record of the last close cannot tell it: a position opened since is watched already, and
/// one that was closed since is not watched any more.
struct ExitStates {
    /// What an exit rule says of a position that nobody runs it for.
    static let unwatched = "unwatched"

    private let strategy: Strategy
    private let runs: Bool

    /// Nil for a template that this program cannot run.
    /// - Parameter runs: whether the bot runs its exit rules.
    init?(_ template: Template, runs: Bool = true) {
        // The grid moves no level far enough to make it one or none.
        guard let strategy = try? Strategy(template, tick: Price(raw: 1)) else { return nil }
        self.strategy = strategy
        self.runs = runs
    }

    /// The readings, with each exit rule armed as far as it watches one of the positions.
    /// - Parameter held: the open positions of the symbol.
    func applied(
        to readings: [ComponentReading], of held: [Position]
    ) -> [ComponentReading] {
        readings.map { reading in
            guard reading.role == .exit, let index = index(of: reading) else { return reading }
            var now = reading
            let isArmed = held.contains { watches($0, index, reading) }
            now.state =
                runs || held.isEmpty ? Strategy.words(isArmed: isArmed) : Self.unwatched
            return now
        }
    }

    /// Names of the exit rules that watch a position, in the order of the template.
    /// - Parameter readings: of the last close; a rule that is not among them counts as warm.
    func armed(for position: Position, _ readings: [ComponentReading]) -> [String] {
        guard runs else { return [] }
        let exits = strategy.template.components.indices.filter {
            strategy.template.components[$0].role == .exit
        }
        return exits.filter { index in
            let last = readings.first { $0.role == .exit && self.index(of: $0) == index }
            return watches(position, index, last)
        }.map(strategy.exitName)
    }

    /// Whether a rule has to have seen candles before it watches anything.
    var followsCandles: Bool {
        strategy.parts.all.contains { $0 is any LevelRule && $0 is any CandleFollower }
    }

    private func index(of reading: ComponentReading) -> Int? {
        strategy.parts.lines.indices.first {
            strategy.parts.lines[$0].name == reading.name
                && strategy.template.components[$0].role == reading.role
        }
    }

    /// A level that follows the candles stands as soon as it is warm, which its value tells.
    private func watches(
        _ position: Position, _ index: Int, _ reading: ComponentReading?
    ) -> Bool {
        let component = strategy.parts.all[index]
        if component is any LevelRule, component is any CandleFollower {
            return reading.map { $0.value != component.reading } ?? true
        }
        return strategy.state(at: index, position.track) == Strategy.words(isArmed: true)
    }
}

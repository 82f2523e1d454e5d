/// What the exit rules of a template say of the positions that are open now.

import Store

/// The record of the last close cannot tell it: a position opened since is watched already, and
/// one that was closed since is not watched any more.
struct ExitStates {
    private let strategy: Strategy

    /// Nil for a template that this program cannot run.
    init?(_ template: Template) {
        // The grid moves no level far enough to make it one or none.
        guard let strategy = try? Strategy(template, tick: Price(raw: 1)) else { return nil }
        self.strategy = strategy
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
            now.state = Strategy.words(isArmed: isArmed)
            return now
        }
    }

    private func index(of reading: ComponentReading) -> Int? {
        strategy.parts.lines.indices.first {
            strategy.parts.lines[$0].name == reading.name
                && strategy.template.components[$0].role == reading.role
        }
    }

    /// A level that follows the candles stands as soon as it is warm, which its value tells.
    private func watches(_ position: Position, _ index: Int, _ reading: ComponentReading) -> Bool {
        let component = strategy.parts.all[index]
        if component is any LevelRule, component is any CandleFollower {
            return reading.value != component.reading
        }
        return strategy.state(at: index, position.track) == Strategy.words(isArmed: true)
    }
}

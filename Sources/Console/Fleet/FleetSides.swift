/// What stands beside the bots of the fleet where there is room: one of them, and what happened.
import Core
import Store

struct FleetSides: Sendable {
    /// Of the bot under the cursor; nil while it is being read.
    private var dossier: BotDossier?
    private var events: EventsBoard?

    func wants(in layout: FleetLayout, _ bot: ID<Bot>?) -> [BoardRequest] {
        let preview = layout.preview == nil ? nil : bot
        return (preview.map { [.dossier($0)] } ?? []) + (layout.events == nil ? [] : [.events(nil)])
    }

    mutating func note(_ board: Board, of bot: ID<Bot>?) {
        switch board {
        case .dossier(let one, let dossier) where one == bot: self.dossier = dossier
        case .events(nil, let events): self.events = events
        default: break
        }
    }

    /// The cursor stands on this bot.
    mutating func stand(on bot: ID<Bot>?) {
        if dossier?.row.id != bot { dossier = nil }
    }

    func draw(
        in canvas: Canvas, _ layout: FleetLayout, _ bot: BotRow?, _ around: Surroundings
    ) {
        if let place = layout.preview {
            FleetPreview(bot, dossier, around).draw(in: canvas[place])
        }
        if let place = layout.events {
            EventStrip(events, around).draw(in: canvas[place])
        }
    }
}

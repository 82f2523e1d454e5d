/// Which screen stands at which destination, and which overlays the console's own keys open.
import Core
import Store

/// The one list to add a screen to.
enum ScreenDirectory {
    /// nil when this build has no such screen. Whatever can be filtered is as it was left.
    static func screen(for destination: Destination, _ around: Surroundings) -> (any Screen)? {
        var screen = fresh(at: destination, around)
        if let screenName = screen?.name, let text = around.kept["\(screenName).filter"] {
            screen?.filter = text
        }
        return screen
    }

    private static func fresh(
        at destination: Destination, _ around: Surroundings
    ) -> (any Screen)? {
        switch destination {
        case .fleet: FleetScreen(around)
        case .positions: PositionsScreen(around)
        case .bot(let bot, let tab): BotScreen(bot, tab)
        case .support: SupportScreen(around)
        case .ticket(let id): SupportScreen(ticket: id, around)
        case .newTicket(let origin): SupportScreen(origin: origin, around)
        case .audit: AuditScreen()
        case .commands(let bot): CommandsScreen(of: bot)
        case .billing: BillingScreen()
        }
    }

    /// `?`: the keys of this view first.
    static func help(_ state: ConsoleState) -> (any Overlay)? { HelpOverlay(state) }

    /// `:`.
    static func palette(_ state: ConsoleState) -> (any Overlay)? { Palette(state) }

    /// F8.
    static func messages(_ state: ConsoleState) -> (any Overlay)? { MessageHistory() }
}

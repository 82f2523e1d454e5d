/// All acts, in the orders in which keys, palette and command line show them.
import Core

enum ActList {
    /// With keys of their own wherever bots are shown.
    private static let onBots: [any BotAct.Type] = [
        PauseAct.self, ResumeAct.self, CloseAllAct.self, RestartAct.self,
    ]

    /// In the menu that `a` opens.
    private static let menu: [any BotAct.Type] = [
        UpdateAct.self, RollOutAct.self, AssignKeyAct.self, DeployAct.self, StartAct.self,
        SessionsAct.self, RenameAct.self, StopAct.self,
    ]

    /// In the palette, together.
    private static let palette: [any Act.Type] = [
        PauseAct.self, ResumeAct.self, CloseAllAct.self, DeployAct.self, StartAct.self,
        RestartAct.self, UpdateAct.self, RollOutAct.self, StopAct.self, AssignKeyAct.self,
        SessionsAct.self, RenameAct.self, ClosePositionAct.self,
    ]

    /// On the command line, by the part of the table in which they stand together.
    enum Part: CaseIterable {
        case bots, life, billing, trading, copy, templates, cancel, alerts, tickets
    }

    private static func acts(of part: Part) -> [any Act.Type] {
        switch part {
        case .bots:
            [PauseAct.self, ResumeAct.self, LimitsAct.self, AssignTemplateAct.self]
        case .life:
            [
                DeployAct.self, StartAct.self, StopAct.self, RestartAct.self, UpdateAct.self,
                AssignKeyAct.self, SessionsAct.self, RenameAct.self,
            ]
        case .billing: [TopUpAct.self]
        case .trading: [ClosePositionAct.self, CloseAllAct.self]
        case .copy: [CopyTemplateAct.self]
        case .templates: [ImportTemplateAct.self, DeleteTemplateAct.self]
        case .cancel: [CancelAct.self]
        case .alerts: [AcknowledgeAct.self]
        case .tickets:
            [
                OpenTicketAct.self, ReplyToTicketAct.self, NoteOnTicketAct.self,
                AssignTicketAct.self, TicketPriorityAct.self, TicketCategoryAct.self,
                ResolveTicketAct.self, CloseTicketAct.self, ReopenTicketAct.self,
            ]
        }
    }

    // MARK: What is made of them

    /// What is done to bots, by its name in the table of keys.
    static func botAct(_ command: KeyCommand) -> (any BotAct.Type)? { byKey[command] }

    private static let byKey: [KeyCommand: any BotAct.Type] = Dictionary(
        (onBots + menu).map { ($0.key, $0) }) { first, _ in first }

    /// What the menu of acts alone says of an act that does nothing now.
    static func menuRefusal(
        of command: KeyCommand, _ bot: BotRow?, _ around: Surroundings
    ) -> String? {
        guard let act = botAct(command), act.isAlwaysLit else { return nil }
        return act.refusal(bot, around)
    }

    /// The keys of acts on bots in a view.
    static func bindings(in context: KeyContext) -> [Binding] {
        (context == .actions ? menu : onBots).compactMap { $0.binding(in: context) }
    }

    static let palettes: [PaletteCommand] = palette.compactMap { $0.palette }

    static func words(of part: Part) -> [CommandSpec] { acts(of: part).compactMap { $0.words } }

    /// What each does on the command line, by its name.
    static let actions: [String: CommandAction] = Dictionary(
        Part.allCases.flatMap(acts(of:)).compactMap { act -> (String, CommandAction)? in
            guard let words = act.words else { return nil }
            return (words.name, { context throws(CommandFailure) in try act.run(context) })
        }) { first, _ in first }
}

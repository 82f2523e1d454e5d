/// All commands: the one list from which verbs are read, rights are checked and tests are drawn.
import Store

extension Command {
    /// Each stands in a file of its own, in a folder beside this one; what shows beforehand what
    /// a command would do stands in the file of that command.
    static let all: [any CommandBody.Type] = [
        PauseCommand.self, ResumeCommand.self, AcknowledgeCommand.self, CancelCommand.self,
        AcceptClockCommand.self, TopUpCommand.self, RenameCommand.self,
        ClosePositionCommand.self, PreviewCloseCommand.self,
        CloseAllCommand.self, PreviewCloseAllCommand.self,
        SetLimitsCommand.self, PreviewLimitsCommand.self, ResetLimitsCommand.self,
        AssignTemplateCommand.self, PreviewTemplateCommand.self,
        ImportTemplateCommand.self, CopyTemplateCommand.self, DeleteTemplateCommand.self,
        OpenTicketCommand.self, ReplyToTicketCommand.self, NoteOnTicketCommand.self,
        AssignTicketCommand.self, TicketPriorityCommand.self, TicketCategoryCommand.self,
        ResolveTicketCommand.self, CloseTicketCommand.self, ReopenTicketCommand.self,
        DeployCommand.self, StartCommand.self, StopCommand.self, PreviewStopCommand.self,
        RestartCommand.self, UpdateCommand.self, AssignKeyCommand.self, SetSessionsCommand.self,
    ]

    private static let kinds: [String: any CommandBody.Type] = Dictionary(
        all.map { ($0.verb, $0) }) { first, _ in first }

    /// Each verb once, in the order of the list.
    public static var verbs: [String] { all.map { $0.verb } }

    /// The command of a verb; nil for a word that is none.
    static func kind(of verb: String) -> (any CommandBody.Type)? { kinds[verb] }
}

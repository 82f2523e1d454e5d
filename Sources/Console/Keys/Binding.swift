/// One line of the key table: keys, what they do, in which words, and what it takes.

import Core

struct Binding: Equatable, Sendable {
    var command: KeyCommand
    /// The first is the one that hints show; none when the user unbound the command.
    var keys: [Key]
    /// Two or three words for hints and help: `close all..`; `..` means that it asks first.
    var label: String
    var context: KeyContext
    /// What it needs; nil for what everyone may.
    var permission: Permission?
    /// Ends positions or stops something: drawn as danger, refused in read-only mode.
    var isDangerous: Bool
    /// Changes something, so that read-only mode refuses it.
    var changes: Bool
    /// Place in the footer, the most useful lowest; nil for "only in the help".
    var rank: Int?

    init(
        _ command: KeyCommand, _ keys: [Key], _ label: String, in context: KeyContext = .everywhere,
        needs permission: Permission? = nil, changes: Bool = false, isDangerous: Bool = false,
        rank: Int? = nil
    ) {
        self.command = command
        self.keys = keys
        self.label = label
        self.context = context
        self.permission = permission
        self.changes = changes || isDangerous
        self.isDangerous = isDangerous
        self.rank = rank
    }

    /// `j Down`: all keys for the help; `a U` for what the menu of acts alone takes.
    var keyNames: String {
        (context == .actions ? "a " : "") + keys.map(\.name).joined(separator: " ")
    }
}

/// What a command will do, thing by thing, before any of it is done.
import Store

/// What a command will do, drawn up before anything is written.
struct Plan {
    var deeds: [Deed]
    var result: JSON = .null
}

/// One change to one thing.
struct Deed {
    var botID: ID<Bot>?
    var target: String
    var before = ""
    var after = ""
    var outcome = CommandOutcome.done
    var message = ""
    var refusal: Refusal?
    /// False where there is nothing to do.
    var changes = true
    /// Changes the world and the store, inside the transaction that writes the command.
    /// It may say more in the command's row.
    var act: (Writing, inout CommandRecord) throws(StoreError) -> Void = { _, _ in }

    init(
        bot: Bot? = nil, target: String? = nil, before: String = "", after: String = "",
        outcome: CommandOutcome = .done, message: String = "",
        act: @escaping (Writing, inout CommandRecord) throws(StoreError) -> Void
    ) {
        self.botID = bot?.id
        self.target = target ?? bot?.label ?? ""
        self.before = before
        self.after = after
        self.outcome = outcome
        self.message = message
        self.act = act
    }

    /// Things are as they should become.
    init(bot: Bot, unchanged message: String) {
        self.botID = bot.id
        self.target = bot.label
        self.before = bot.state.rawValue
        self.after = bot.state.rawValue
        self.message = message
        self.changes = false
    }

    /// The same for what is no bot.
    init(target: String, unchanged message: String) {
        self.target = target
        self.message = message
        self.changes = false
    }

    init(bot: Bot? = nil, target: String, refusal: Refusal) {
        self.botID = bot?.id
        self.target = target
        self.refusal = refusal
        self.outcome = .refused
    }
}

extension Operator {
    /// Whoever knocks without being a member: known by number only.
    static func stranger(_ peer: (uid: Int64, session: String)) -> Operator {
        var person = Operator(
            uid: peer.uid, name: "uid \(peer.uid)", role: .viewer, session: peer.session)
        person.isStranger = true
        return person
    }
}

/// The one rule of what people may call a bot, an API key or a template.

/// A name that can be nothing else: no id, no option, nothing that looks like another one.
public enum Label {
    /// Characters, which are bytes.
    public static let longest = 64

    /// The words before the number of every id that people see.
    public static let idPrefixes = [
        Activity.idPrefix, APIKey.idPrefix, AuditEntry.idPrefix, Bot.idPrefix,
        CommandRecord.idPrefix, Deployment.idPrefix, Fill.idPrefix, InternalNote.idPrefix,
        LedgerEntry.idPrefix, Member.idPrefix, Notice.idPrefix, Order.idPrefix, Position.idPrefix,
        Ticket.idPrefix, TicketMessage.idPrefix, Trade.idPrefix,
    ]

    /// What a name has to be, for a refusal.
    public static let rule =
        "Use 1 to 64 ASCII letters, digits, - _ . : / and single spaces inside; "
        + "neither an id (bot-1) nor an option (--all)."

    /// Whether a text may be a label. The schema's `label_is_plain` says the same.
    public static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard 1...longest ~= bytes.count, bytes.allSatisfy(isAllowed), bytes[0] != dash,
            bytes[0] != blank, bytes[bytes.count - 1] != blank
        else { return false }
        let hasTwoBlanks = zip(bytes, bytes.dropFirst()).contains { $0 == blank && $1 == blank }
        return !hasTwoBlanks && !isOfIDForm(text) && text.lowercased() != nothing
    }

    /// `bot-1`, `KEY-02`, and `bot-`, from which an id is looked up by its beginning.
    public static func isOfIDForm(_ text: String) -> Bool {
        var head = text.lowercased()[...]
        while let last = head.utf8.last, isDigit(last) { head.removeLast() }
        return idPrefixes.contains { head == $0 + "-" }
    }

    /// What a new label of a bot may not be, for people.
    public static let reservedWords = "all, all bots, fleet and close N"

    /// Words that people type or read for several bots: `close 5` confirms a close of five.
    /// A label that was given before stays.
    public static func isReserved(_ label: String) -> Bool {
        let word = label.lowercased()
        guard !["all", "all bots", "fleet"].contains(word) else { return true }
        let parts = word.split(separator: " ")
        return parts.count == 2 && parts[0] == "close" && parts[1].utf8.allSatisfy(isDigit)
    }

    /// Whether two labels are one: letters count without their case.
    public static func areSame(_ left: String, _ right: String) -> Bool {
        left.lowercased() == right.lowercased()
    }

    /// What bears a label: exactly, else without regard to case.
    public static func named<Thing>(
        _ label: String, among things: [Thing], by path: KeyPath<Thing, String>
    ) -> Thing? {
        things.first { $0[keyPath: path] == label }
            ?? things.first { areSame($0[keyPath: path], label) }
    }

    /// The word that takes a key or an assignment away.
    static let nothing = "none"
    static let blank = UInt8(ascii: " ")
    static let dash = UInt8(ascii: "-")

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case dash, blank, UInt8(ascii: "_"), UInt8(ascii: "."): true
        // Digits, and beside them the two that are left.
        case UInt8(ascii: "/")...UInt8(ascii: ":"): true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

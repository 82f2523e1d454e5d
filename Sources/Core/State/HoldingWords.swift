/// What the feed of a bot says of its positions beside something else; and the same without it.
import Store

/// Whoever reads bots and not their positions reads what happened without these words.
enum HoldingWords {
    /// Before what a pause leaves running: `3 positions kept, `.
    static func kept(_ count: Int) -> String { counted(count, "position") + keptEnd }

    /// `3 open positions under its exit rules`.
    static func ruled(_ count: Int) -> String { counted(count, "open position") + ruledEnd }

    /// `3 open`.
    static func open(_ count: Int) -> String { "\(count)" + openEnd }

    /// `left open: BTC-PERP long 0.1, …`; what to say of none is the caller's.
    static func left(_ positions: [String]) -> String {
        leftStart + positions.joined(separator: ", ")
    }

    static let none = "nothing is open"
    /// Between the parts of a detail.
    static let separator = "; "

    private static let keptEnd = " kept, "
    private static let ruledEnd = " under its exit rules"
    private static let openEnd = " open"
    private static let leftStart = "left open: "

    /// A detail without the parts that speak of positions.
    static func removed(from detail: String) -> String {
        withoutKept(detail).split(separator: separator, omittingEmptySubsequences: false)
            .filter { !speaks($0) }.joined(separator: separator)
    }

    private static func withoutKept(_ detail: String) -> String {
        let count = detail.prefix { $0.isNumber }
        for noun in [" position", " positions"] where !count.isEmpty {
            let start = count + noun + keptEnd
            if detail.hasPrefix(start) { return String(detail.dropFirst(start.count)) }
        }
        return detail
    }

    private static func speaks(_ part: Substring) -> Bool {
        part == none || part.hasPrefix(leftStart)
            || part.first?.isNumber == true && (part.hasSuffix(openEnd) || part.hasSuffix(ruledEnd))
    }
}

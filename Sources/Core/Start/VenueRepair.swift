/// What the simulated exchange goes on from where some of its rows cannot be true: a close must
/// find what it closes.
import Store

struct VenueRepair {
    private(set) var accounts: [VenueAccount]
    private(set) var positions: [VenuePosition] = []
    /// What was wrong, by account, and what stands there instead.
    private(set) var words: [ID<APIKey>: [String]] = [:]

    /// - Parameters:
    ///   - books: open positions of the bots by their key.
    ///   - instrument: nil for a market that is not there; other laws name that.
    init(
        _ accounts: [VenueAccount], _ rows: [VenuePosition], books: [ID<APIKey>: [Position]],
        instrument: (VenuePosition) -> Instrument?
    ) {
        self.accounts = accounts
        for (index, account) in accounts.enumerated() {
            guard let flaw = account.flaw else { continue }
            self.accounts[index] = account.emptied
            add("the exchange's account: \(flaw); it begins again at zero", account.keyID)
        }
        for row in rows {
            guard let instrument = instrument(row), let flaw = row.flaw(instrument.contract) else {
                positions.append(row)
                continue
            }
            let own = (books[row.keyID] ?? []).filter { $0.symbol == row.symbol }
            let found = row.rebuilt(from: own.sorted { $0.id < $1.id }, instrument)
            if let found { positions.append(found) }
            add("the exchange's \(row.symbol): \(flaw); \(Self.words(found))", row.keyID)
        }
    }

    private static func words(_ found: VenuePosition?) -> String {
        guard let found else { return "it holds nothing there" }
        return "as its book has it, \(found.side.rawValue) \(found.quantity) is open there"
    }

    private mutating func add(_ text: String, _ key: ID<APIKey>) {
        words[key, default: []].append(text)
    }

    /// Open positions by the key that their bot trades with.
    static func books(_ positions: [Position], of bots: [Bot]) -> [ID<APIKey>: [Position]] {
        let keys = Dictionary(bots.map { ($0.id, $0.keyID) }) { first, _ in first }
        var books: [ID<APIKey>: [Position]] = [:]
        for position in positions {
            if let key = keys[position.botID] ?? nil { books[key, default: []].append(position) }
        }
        return books
    }
}

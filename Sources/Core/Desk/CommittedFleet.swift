/// The fleet as the last commit has it, for what cannot wait until it is loaded.
import Store

/// Read once when an engine starts: until the fleet is loaded nothing commits a change of it.
struct CommittedFleet {
    /// In the order of their ids.
    let bots: [Bot]
    private let links: [ID<Bot>: BotLink]
    private let positions: [ID<Bot>: [Position]]
    private let resting: [ID<APIKey>: [String]]
    private let marks: [InstrumentID: Mark]
    private let instruments: [InstrumentID: Instrument]
    private let venues: [ID<APIKey>: VenueName]
    /// Of the first market; nil in a home without one.
    let takerFee: Rate?

    init(_ db: Reading) throws(StoreError) {
        bots = try db.bots()
        links = Dictionary(try db.links().map { ($0.botID, $0) }) { first, _ in first }
        positions = Dictionary(grouping: try db.positions(), by: \.botID)
        let open = try db.openOrders().filter { $0.status == .open }
        resting = Dictionary(grouping: open, by: \.keyID).mapValues { $0.map(\.clientOrderID) }
        marks = Dictionary(try db.marks().map { ($0.instrument, $0) }) { first, _ in first }
        let instruments = try db.markets().map(\.instrument)
        takerFee = instruments.first?.takerFee
        self.instruments = Dictionary(instruments.map { ($0.id, $0) }) { first, _ in first }
        venues = Dictionary(try db.keys().map { ($0.id, $0.venue) }) { first, _ in first }
    }

    func price(of position: Position) -> Price? { marks[id(of: position)]?.price }
    func instrument(of position: Position) -> Instrument? { instruments[id(of: position)] }

    private func id(of position: Position) -> InstrumentID {
        InstrumentID(position.symbol, on: venues[position.keyID] ?? .simulated)
    }

    /// Of one market, as a share of its price; nil where none is known.
    var spread: Rate? {
        for mark in marks.values.sorted(by: { $0.instrument < $1.instrument }) {
            guard let bid = mark.bid?.raw, let ask = mark.ask?.raw, 0 < bid, bid <= ask else {
                continue
            }
            let (both, overflows) = bid.addingReportingOverflow(ask)
            guard !overflows else { continue }
            return Rate(
                raw: multiplyDivide(ask - bid, 2 * powerOfTen(Rate.scale), both, .nearest))
        }
        return nil
    }

    /// As the bot will be once it has heard what waits for it.
    func wanted(_ bot: Bot) -> Bot { links[bot.id]?.applied(to: bot) ?? bot }

    func target(_ bot: Bot) -> CloseTarget {
        CloseTarget(
            bot: bot, positions: positions[bot.id] ?? [],
            resting: bot.keyID.flatMap { resting[$0] } ?? [])
    }

    func bots(in scope: BotScope) throws(Refusal) -> [Bot] {
        guard case .named(let names) = scope else { return bots }
        var found: [Bot] = []
        for name in names {
            let place = try Desk.place(
                of: name, among: bots.count, id: { bots[$0].id }, label: { bots[$0].label })
            if !found.contains(where: { $0.id == bots[place].id }) { found.append(bots[place]) }
        }
        return found
    }

    func position(named name: String) throws(Refusal) -> (Bot, Position) {
        let all = bots.flatMap { bot in (positions[bot.id] ?? []).map { (bot, $0) } }
        let place = try Desk.place(ofPosition: name, among: all.map { ($0.0.label, $0.1) })
        return all[place]
    }
}

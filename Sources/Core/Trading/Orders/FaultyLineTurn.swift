/// Messages from the exchange when the line to it has faults; without any this is not passed.
import Store

extension Trading {
    /// Puts what the exchange tells on the line, and takes what has arrived.
    func relay(_ event: VenueEvent) {
        // The exchange has done it, whoever hears of it when.
        journal.touch(account: event.keyID)
        if case .filled(let fill) = event, trail != nil {
            trail?.executions.append((fill.clientOrderID, fill.at))
        }
        if let fault = venue.line?.tell(event, at: now) { traceFault(fault.rawValue) }
        takeLetters()
    }

    /// Before anything is sent; nil: the exchange is heard at once.
    func putOn(_ line: FaultyLine?) { venue.line = line }

    func takeLetters() {
        guard venue.line != nil else { return }
        for event in venue.line?.arrived(by: now) ?? [] { book(event) }
        guard let next = venue.line?.nextArrival else { return }
        schedule(.letters, at: next)
    }

    /// Whoever compares books asks for what it has missed first.
    func hearMissed(_ bot: BotMachine) {
        guard venue.line != nil, isOn(.missedMessages), let key = bot.record.keyID else { return }
        for event in venue.line?.asked(for: key) ?? [] { book(event) }
    }

    /// After a kill: the exchange goes on from where it was, and is asked before anything is sent.
    func reconnect(_ line: FaultyLine?) {
        guard let line else { return }
        venue.line = line
        for (key, events) in line.unheard.sorted(by: { $0.key < $1.key }) {
            for event in events {
                if let ended = event.ended { venue.paper.forget(ended.id, of: ended.key) }
            }
            for event in venue.line?.asked(for: key) ?? [] {
                // An order that only waits is sent again: the same id is the same order.
                if case .accepted = event { continue }
                book(event)
            }
        }
        takeLetters()
    }

    /// How the next order fares on its way.
    func passage() -> FaultyLine.Passage {
        guard let passage = venue.line?.send() else { return .straight }
        switch passage {
        case .straight: break
        case .lost, .unanswered: traceFault(FaultyLine.Fault.drop.rawValue)
        case .late: traceFault(FaultyLine.Fault.delay.rawValue)
        case .twice: traceFault(FaultyLine.Fault.duplicate.rawValue)
        }
        return passage
    }
}

extension PaperVenue {
    /// Takes an order away that the exchange has ended already.
    mutating func forget(_ id: String, of key: ID<APIKey>) {
        guard let known = order(id, key: key), known.status.isOpen,
            let account = accountIndex[key], markets[known.symbol].remove(id, of: key) != nil
        else { return }
        accounts[account].openOrders -= 1
    }
}

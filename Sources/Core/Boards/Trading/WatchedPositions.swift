/// Which exit rules watch each open position now.

import Store

extension FleetFacts {
    /// The open positions, each with the exit rules that watch it.
    /// - Parameter bot: only this bot's.
    func watchedRows(
        _ db: Reading, of bot: ID<Bot>? = nil
    ) throws(StoreError) -> [PositionRow] {
        var rows = positionRows.filter { bot == nil || $0.position.botID == bot }
        let own = Dictionary(uniqueKeysWithValues: bots.map { ($0.id, $0) })
        var known: [ID<Bot>: Watch] = [:]
        for index in rows.indices {
            let id = rows[index].position.botID
            guard let bot = own[id] else { continue }
            if known[id] == nil { known[id] = try watch(of: bot, db) }
            guard let watch = known[id] else { continue }
            rows[index].isWatched = watch.exits != nil && bot.runsExits(links[id])
            rows[index].exitRules = watch.armed(for: rows[index].position)
        }
        return rows
    }

    /// The exit rules of one bot, and what it read at its last closes.
    private struct Watch {
        var exits: ExitStates?
        var readings: [String: [ComponentReading]] = [:]

        func armed(for position: Position) -> [String] {
            exits?.armed(for: position, readings[position.symbol] ?? []) ?? []
        }
    }

    private func watch(of bot: Bot, _ db: Reading) throws(StoreError) -> Watch {
        let runs = bot.runsExits(links[bot.id])
        var watch = Watch(exits: template(of: bot).flatMap { ExitStates($0, runs: runs) })
        guard runs, watch.exits?.followsCandles == true else { return watch }
        for last in try db.lastDecisions(of: bot.id) {
            watch.readings[last.symbol] = ComponentReading.list(text: last.readings) ?? []
        }
        return watch
    }
}

extension BotRow {
    /// Whether it runs its exit rules, as far as anybody at the desk knows.
    public var runsExits: Bool { bot.runsExits(link) }
}

extension Bot {
    /// Out of sight it goes on with what it heard last.
    fileprivate func runsExits(_ link: BotLink?) -> Bool {
        if state.runsExitRules { return true }
        guard state == .offline, let link else { return false }
        return link.isCut || link.isReturning
    }
}

/// Reading and saving what the simulated exchange knows: accounts and net positions.

extension VenueAccount: Stored {
    static let table = RecordTable(
        "venue_accounts", key: ["key_id"],
        columns: [
            "key_id", "deposits", "wallet", "realised", "fees", "funding",
        ])

    func put(into row: Statement) {
        row.put(keyID)
        row.put(deposits)
        row.put(wallet)
        row.put(realised)
        row.put(fees)
        row.put(funding)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            keyID: row.take(), deposits: row.take(), wallet: row.take(), realised: row.take(),
            fees: row.take(), funding: row.take())
    }
}

extension VenuePosition: Stored {
    static let table = RecordTable(
        "venue_positions", key: ["key_id", "symbol"],
        columns: [
            "key_id", "symbol", "side", "quantity", "entry_price", "leverage", "liquidation_price",
            "cost",
        ])

    func put(into row: Statement) {
        row.put(keyID)
        row.put(symbol)
        row.put(side)
        row.put(quantity)
        row.put(entryPrice)
        row.put(leverage)
        row.put(liquidationPrice)
        row.put(cost)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            keyID: row.take(), symbol: row.take(), side: row.take(), quantity: row.take(),
            entryPrice: row.take(), leverage: row.take(), liquidationPrice: row.take(),
            cost: row.take())
    }
}

private enum Queries {
    static let accounts = VenueAccount.table.select("ORDER BY key_id")
    static let positions = VenuePosition.table.select("ORDER BY key_id, symbol")
    static let delete = Query("DELETE FROM venue_positions WHERE key_id = ?1 AND symbol = ?2")
}

extension Reading {
    /// **Order** by key.
    public func venueAccounts() throws(StoreError) -> [VenueAccount] {
        try all(Queries.accounts)
    }

    /// **Order** by key, then symbol.
    public func venuePositions() throws(StoreError) -> [VenuePosition] {
        try all(Queries.positions)
    }
}

extension Writing {
    /// **Throws** unless wallet = deposits + realised − fees − funding.
    public func save(_ account: VenueAccount) throws(StoreError) { try put(account) }

    public func save(_ position: VenuePosition) throws(StoreError) { try put(position) }

    /// Removes the net position of an account that is flat in a symbol.
    public func deleteVenuePosition(
        of key: ID<APIKey>, symbol: String
    ) throws(StoreError) {
        try run(Queries.delete) { row in
            row.put(key)
            row.put(symbol)
        }
    }
}

/// Reading and saving what the simulated exchange knows: accounts and net positions.

extension VenueAccount: Stored {
    static let table = RecordTable("venue_accounts", of: VenueAccount.self)

    init(_ row: inout some ColumnVisitor<VenueAccount>) throws(StoreError) {
        keyID = try row("key_id", .key) { $0.keyID }
        currency = try row("currency", .key) { $0.currency }
        deposits = try row("deposits") { $0.deposits }
        wallet = try row("wallet") { $0.wallet }
        realised = try row("realised") { $0.realised }
        fees = try row("fees") { $0.fees }
        funding = try row("funding") { $0.funding }
        adjustments = try row("adjustments") { $0.adjustments }
    }
}

extension VenuePosition: Stored {
    static let table = RecordTable("venue_positions", of: VenuePosition.self)

    init(_ row: inout some ColumnVisitor<VenuePosition>) throws(StoreError) {
        keyID = try row("key_id", .key) { $0.keyID }
        symbol = try row("symbol", .key) { $0.symbol }
        side = try row("side") { $0.side }
        quantity = try row("quantity") { $0.quantity }
        entryPrice = try row("entry_price") { $0.entryPrice }
        leverage = try row("leverage") { $0.leverage }
        liquidationPrice = try row("liquidation_price") { $0.liquidationPrice }
        cost = try row("cost") { $0.cost }
    }
}

private enum Queries {
    static let accounts = VenueAccount.table.select("ORDER BY key_id, currency")
    static let positions = VenuePosition.table.select("ORDER BY key_id, symbol")
    static let delete = Query("DELETE FROM venue_positions WHERE key_id = ?1 AND symbol = ?2")
}

extension Reading {
    /// **Order** by key, then currency.
    public func venueAccounts() throws(StoreError) -> [VenueAccount] {
        try all(Queries.accounts)
    }

    /// **Order** by key, then symbol.
    public func venuePositions() throws(StoreError) -> [VenuePosition] {
        try all(Queries.positions)
    }
}

extension Writing {
    /// **Throws** unless wallet = deposits + realised − fees − funding + adjustments.
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

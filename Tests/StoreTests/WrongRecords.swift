/// Records whose lists of columns are wrong, each in one way: what the check has to find.

@testable import Store

/// Symmetric: a row comes back as it went.
struct ExchangedNames: Stored, Equatable {
    static let table = RecordTable("marks", of: Self.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var bid: Price?
    var ask: Price?
    var at: Instant

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        ask = try row("bid") { $0.ask }
        bid = try row("ask") { $0.bid }
        at = try row("at") { $0.at }
    }
}

struct ExchangedWriting: Stored, Equatable {
    static let table = RecordTable("marks", of: Self.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var bid: Price?
    var ask: Price?
    var at: Instant

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        bid = try row("bid") { $0.ask }
        ask = try row("ask") { $0.bid }
        at = try row("at") { $0.at }
    }
}

struct ExchangedReading: Stored, Equatable {
    static let table = RecordTable("marks", of: Self.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var bid: Price?
    var ask: Price?
    var at: Instant

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        ask = try row("bid") { $0.bid }
        bid = try row("ask") { $0.ask }
        at = try row("at") { $0.at }
    }
}

/// Of another name, of another type, missing, and one that would be read as NULL.
struct OtherColumns: Stored, Equatable {
    static let table = RecordTable("marks", of: Self.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var bid: String?
    var offer: Price?
    var at: Instant?

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        bid = try row("bid") { $0.bid }
        offer = try row("offer") { $0.offer }
        at = try row("at") { $0.at }
    }
}

/// Its table leaves the price as it was, which the record calls changing.
struct FixedInPart: Stored, Equatable {
    static let table = RecordTable("marks", of: Frozen.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var at: Instant

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        at = try row("at") { $0.at }
    }
}

private struct Frozen: Stored {
    static let table = RecordTable("marks", of: Self.self)
    var exchange: String
    var environment: TradingEnvironment
    var symbol: String
    var price: Price
    var at: Instant

    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError) {
        exchange = try row("exchange", .key) { $0.exchange }
        environment = try row("environment", .key) { $0.environment }
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price", .fixed) { $0.price }
        at = try row("at") { $0.at }
    }
}

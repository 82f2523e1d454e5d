/// Records for store tests: every field has a value of its own, so that a mix-up shows.

import Foundation
import Testing

@testable import Store

/// 2026-03-10T02:14:07.000Z and minutes after it.
func minute(_ count: Int64) -> Instant {
    Instant(milliseconds: 1_773_108_847_000) + .minutes(count)
}

let zeroHash = String(repeating: "0", count: 64)

func hash(_ number: Int) -> String { String(repeating: "abcdef", count: 10) + "000\(number)" }

func exampleKey(_ label: String = "main", id: Int64 = 0) -> APIKey {
    APIKey(
        id: ID(id), label: label, exchange: "bitmex", environment: .testnet,
        contractType: .inverse, masked: "pk…3f", isActive: true,
        instruments: ["BTC-PERP", "ETH-PERP"], createdAt: minute(1))
}

func exampleBot(_ id: Int64 = 1, label: String = "btc-trend", key: Int64? = 1) -> Bot {
    Bot(
        id: ID(id), label: label, phase: .offline, isPaused: true, pauseCause: .killSwitch,
        killLatchedAt: minute(2), resumeAt: minute(3), keyID: key.map { ID($0) },
        templateName: "Trend Follower", templateVersion: 4, provider: "lumen", region: "london",
        version: "1.2.3", availableVersion: "1.2.4", ipv4: "198.51.100.7", ipv6: "2001:db8::7",
        createdAt: minute(4), upSince: minute(5), heartbeatAt: minute(6), evaluatedAt: minute(7),
        exchangeAckAt: minute(8), reconciledAt: minute(9), orderSequence: 11,
        consecutiveLosses: 2, dayStart: minute(10), dayStartEquity: .units(10_000),
        limitsVersion: 3, errorText: "lost its way",
        sessions: "[session Tokyo]")
}

func examplePosition(_ id: Int64 = 1, bot: Int64 = 1, symbol: String = "BTC-PERP") -> Position {
    Position(
        id: ID(id), botID: ID(bot), keyID: ID(1), symbol: symbol, side: .short,
        quantity: Quantity(raw: 40), openedQuantity: Quantity(raw: 50),
        entryPrice: Price(raw: 101), leverage: 3, margin: Money(raw: 102),
        liquidationPrice: Price(raw: 103), openedAt: minute(11), bestPrice: Price(raw: 104),
        worstPrice: Price(raw: 105), candlesHeld: 6, entryATR: Price(raw: 107),
        decisionPrice: Price(raw: 108), entryScore: 0.625, entrySignals: "EMA Cross −1",
        fees: Money(raw: 109), funding: Money(raw: -110), realised: Money(raw: 111),
        exitValue: Money(raw: 112), exitReason: "Time Stop", templateName: "Trend Follower",
        templateVersion: 4, limitsVersion: 3)
}

func exampleOrder(_ id: Int64 = 1, bot: Int64 = 1, client: String = "g1b1s1") -> Order {
    Order(
        id: ID(id), botID: ID(bot), keyID: ID(1), clientOrderID: client, symbol: "BTC-PERP",
        side: .sell, kind: .limit, quantity: Quantity(raw: 50), limitPrice: Price(raw: 201),
        reduceOnly: true, purpose: .personClose, positionID: ID(1), commandID: nil,
        status: .cancelled, filled: Quantity(raw: 49), averagePrice: Price(raw: 202),
        decisionPrice: Price(raw: 203), touchPrice: Price(raw: 204), leverage: 5,
        reason: "close-all", createdAt: minute(12), deadline: minute(13), doneAt: minute(14),
        rejectReason: "expired", epoch: 0)
}

func exampleFill(
    _ id: Int64 = 1, order: Int64 = 1, position: Int64 = 1, _ side: OrderSide = .sell,
    _ quantity: Int64 = 49
) -> Fill {
    Fill(
        id: ID(id), orderID: ID(order), botID: ID(1), positionID: ID(position),
        symbol: "BTC-PERP", side: side, quantity: Quantity(raw: quantity), price: Price(raw: 301),
        fee: Money(raw: 302), isMaker: true, realised: Money(raw: -303), at: minute(15))
}

func exampleTrade(bot: Int64 = 1, position: Int64 = 9, net: Int64 = 57, closed: Int64 = 17)
    -> Trade
{
    Trade(
        botID: ID(bot), positionID: ID(position), symbol: "BTC-PERP", side: .long,
        quantity: Quantity(raw: 401), entryPrice: Price(raw: 402), exitPrice: Price(raw: 403),
        openedAt: minute(16), closedAt: minute(closed), gross: Money(raw: net + 43),
        fees: Money(raw: 44), funding: Money(raw: -1), net: Money(raw: net),
        exitReason: "Take Profit", mfe: Rate(raw: 404), mae: Rate(raw: 405),
        slippageIn: Rate(raw: -406), slippageOut: Rate(raw: 407), entryScore: -0.75,
        entrySignals: "RSI +1", templateName: "Mean Reverter", templateVersion: 2,
        limitsVersion: 1, leverage: 7)
}

func exampleCommand(_ key: String = "k1", bot: Int64? = 1) -> CommandRecord {
    CommandRecord(
        idempotencyKey: key, verb: "close-all", botID: bot.map { ID($0) }, target: "btc-trend",
        arguments: "{\"a\":1}", actor: "ann", actorUID: 1000, role: "owner", isStaff: true,
        reason: "drill", at: minute(18), expiresAt: minute(19), startedAt: minute(20),
        finishedAt: minute(21), wallAt: minute(22), wallFinishedAt: minute(23),
        outcome: .running, message: "closing", errorCode: "none",
        remedy: "wait")
}

func exampleTicket(_ subject: String = "It does not trade") -> Ticket {
    Ticket(
        subject: subject, category: .apiKey, priority: .urgent, status: .waitingOnUser,
        openedBy: "ann", botID: ID(1), assignee: "sam", openedAt: minute(22),
        activeAt: minute(23), closedAt: minute(24), warnedAt: minute(25), snapshot: "{}")
}

func exampleAudit(_ number: Int) -> AuditEntry {
    AuditEntry(
        id: ID(Int64(number)), at: minute(26), wallAt: minute(27), actor: "ann", uid: 1000,
        role: "owner", workspace: "personal", verb: "pause", target: "bot-1", before: "online",
        after: "paused", reason: "lunch", session: "pts/3", outcome: "done",
        previousHash: number == 1 ? zeroHash : hash(number - 1), hash: hash(number))
}

/// A database in memory with key-1 and bot-1, which holds that key.
func databaseWithABot() throws -> Database {
    let database = try Database.memory()
    try database.write { db throws(StoreError) in
        try db.insert(exampleKey())
        try db.save(exampleBot())
    }
    return database
}

/// A folder of its own for one test, removed with it.
final class Folder {
    let url: URL
    init() throws {
        url = FileManager.default.temporaryDirectory.appending(
            path: "plutarc-store-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    func path(_ name: String = "plutarc.db") -> String { url.appending(path: name).path }
}

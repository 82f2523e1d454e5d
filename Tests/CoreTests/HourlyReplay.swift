/// A few hourly candles of a test's own through a replay: flat, a rise, then what is to be seen.
import Store
import TestKit

@testable import Core

/// Open, high, low and close, as they stand in a file.
struct HourlyRow {
    var text: String

    init(_ open: Double, _ high: Double, _ low: Double, _ close: Double) {
        text = "\(open),\(high),\(low),\(close)"
    }

    static func flat(_ price: Double) -> HourlyRow { HourlyRow(price, price, price, price) }
}

struct HourlyReplay {
    static let start = Instant(year: 2026, month: 1, day: 1)
    private let scratch = Scratch("plutarc-hourly")
    var rows: [HourlyRow]
    var step = Span.hours(1)
    /// Time that lacks before a row, by its index.
    var gaps: [Int: Span] = [:]
    var template = Self.template()
    var limits = Self.wide
    var tick: Double?
    var lot: Double?
    var equity = Money.units(10_000)
    var fees = Rate.zero
    var from: Instant?
    var to: Instant?

    /// Limits that stand in nobody's way.
    static let wide = RiskLimits(
        maxLossPerTrade: .percent(50), dailyLoss: .percent(50), consecutiveLosses: 50,
        maxLeverage: 100, maxSlippage: .percent(5))

    /// Three hours flat at 100, an hour that rises to a price, then the rows.
    init(risingTo price: Double = 101, _ rows: [HourlyRow], _ limits: RiskLimits = wide) {
        self.rows =
            Array(repeating: .flat(100), count: 3)
            + [HourlyRow(100, max(100, price), min(100, price), price)] + rows
        self.limits = limits
    }

    /// A long of all the equity once the price rises by half a percent; a stop far away.
    static func template(
        stop: String = "60", target: String? = nil, leverage: Int = 1, percent: Int64 = 100,
        direction: Template.Direction = .long
    ) -> Template {
        var template = Template(
            name: "Hourly", timeframe: .oneHour, mode: .any,
            components: [
                ComponentSpec("Rate of Change", .signal, ["period": "1", "threshold": "0.5"]),
                ComponentSpec("Hard Stop Loss", .exit, ["percent": stop]),
            ])
        if let target {
            template.components.append(ComponentSpec("Take Profit", .exit, ["percent": target]))
        }
        template.direction = direction
        template.sizing = .equityShare(.percent(percent))
        template.leverage = leverage
        return template
    }

    /// The instant so many hours after the start.
    static func hour(_ hours: Int64) -> Instant { start + .hours(hours) }

    func text(_ rows: ArraySlice<HourlyRow>) -> String {
        var text = "open_time_ms,open,high,low,close,volume\n"
        var opens = Self.start
        for (index, row) in rows.enumerated() {
            if let gap = gaps[index] { opens = opens + gap }
            text += "\(opens.milliseconds),\(row.text),1000\n"
            opens = opens + step
        }
        return text
    }

    func request(_ count: Int? = nil) -> ReplayRequest {
        let file = scratch.write("H-PERP.csv", text(rows.prefix(count ?? rows.count)))
        var request = ReplayRequest(
            file: file, template: template, symbol: "H", limits: limits, fees: fees,
            equity: equity, from: from, to: to)
        request.tick = tick.map { Price(nearest: $0) }
        request.lot = lot.map { Quantity(nearest: $0) }
        return request
    }

    func world(_ count: Int? = nil) throws -> World { try World.replaying(request(count)) }

    /// - Parameters:
    ///   - count: only so many of the rows are in the file.
    ///   - off: safeguards that are left out.
    func run(_ count: Int? = nil, without off: Set<Safeguard> = []) throws -> ReplayResult {
        let world = try world(count)
        world.disarmed = off
        return world.replay(from: from, to: to)
    }
}

extension Money {
    /// The exact amount of a text.
    static func amount(_ text: String) throws -> Money { try Money.parse(text) }
}

/// Candles for the strategy's tests: recorded ones, and ones made from a formula.

import Foundation
import Store

@testable import Core

enum StrategyCandles {
    /// The folder of shared material: $PLUTARC_SHARED, else ../shared beside the package.
    static var shared: URL? {
        let named = ProcessInfo.processInfo.environment["PLUTARC_SHARED"].map {
            URL(fileURLWithPath: $0)
        }
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = named ?? package.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The rows of a CSV file without its header, split at commas.
    static func rows(_ path: String) throws -> (header: [String], rows: [[Substring]]) {
        guard let shared else { return ([], []) }
        let text = try String(contentsOf: shared.appending(path: path), encoding: .utf8)
        var lines = text.split(whereSeparator: \.isNewline)
        let header = lines.removeFirst().split(separator: ",").map(String.init)
        return (header, lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) })
    }

    static func bars(_ name: String) throws -> [Bar] {
        try rows("market-data/candles/\(name).csv").rows.map { row in
            Bar(
                openTime: Int64(row[0]) ?? 0, open: Double(row[1]) ?? 0,
                high: Double(row[2]) ?? 0, low: Double(row[3]) ?? 0, close: Double(row[4]) ?? 0,
                volume: Double(row[5]) ?? 0)
        }
    }

    static func candles(_ name: String) throws -> [Candle] {
        try rows("market-data/candles/\(name).csv").rows.map { row in
            Candle(
                openTime: Instant(milliseconds: Int64(row[0]) ?? 0), open: try Price.parse(row[1]),
                high: try Price.parse(row[2]), low: try Price.parse(row[3]),
                close: try Price.parse(row[4]), volume: Quantity(nearest: Double(row[5]) ?? 0))
        }
    }

    /// A candle whose body and range lie around a price.
    static func bar(
        _ close: Double, at minute: Int = 0, range: Double = 2, volume: Double = 100
    ) -> Bar {
        Bar(
            openTime: Int64(minute) * 60_000, open: close, high: close + range / 2,
            low: close - range / 2, close: close, volume: volume)
    }

    static func candle(
        _ close: Double, at minute: Int, range: Double = 2, volume: Double = 100
    ) -> Candle {
        Candle(
            openTime: Instant(milliseconds: Int64(minute) * 60_000), open: Price(nearest: close),
            high: Price(nearest: close + range / 2), low: Price(nearest: close - range / 2),
            close: Price(nearest: close), volume: Quantity(nearest: volume))
    }

    /// A walk that a seed fixes: prices around `start` with moves of about `step` of them.
    static func walk(
        _ count: Int, seed: UInt64, start: Double = 100, step: Double = 0.004
    ) -> [Bar] {
        var state = seed
        func dice() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        var price = start
        return (0..<count).map { index in
            let open = price
            price *= 1 + (dice() - 0.5) * 2 * step
            let high = max(open, price) * (1 + dice() * step)
            let low = min(open, price) * (1 - dice() * step)
            return Bar(
                openTime: Int64(index) * 300_000, open: open, high: high, low: low, close: price,
                volume: 1 + dice() * 100)
        }
    }
}

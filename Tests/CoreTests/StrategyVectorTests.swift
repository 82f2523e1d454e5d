/// Indicators against values that other software computed (vectors/README.md).

import Foundation
import Testing

@testable import Core

@Suite struct StrategyVectorTests {
    /// Columns that no indicator of ours computes, since no component of PRODUCT 5 uses them.
    static let notCovered: Set<String> = [
        "wma_20", "cci_20", "mfi_14", "willr_14", "sar_0.02_0.2",
        "ichi_senkou_a_9_26_52", "ichi_senkou_b_9_26_52", "ichi_tenkan_9_26_52",
        "ichi_kijun_9_26_52", "ichi_chikou_9_26_52", "hma_20",
        "stochrsi_k_14_14_3_3", "stochrsi_d_14_14_3_3", "cmf_20",
    ]

    static var files: [String] {
        guard let folder = StrategyCandles.shared?.appending(path: "vectors/indicators").path,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else { return [] }
        return names.filter { $0.hasSuffix(".csv") }.sorted()
    }

    @Test(.enabled(if: StrategyCandles.shared != nil, "no shared folder"), arguments: files)
    func everyColumnAgreesToEightDigits(_ file: String) throws {
        let table = try StrategyCandles.rows("vectors/indicators/\(file)")
        let bars = try StrategyCandles.bars(String(file.split(separator: ".")[0]))
        #expect(table.rows.count > 400)
        for (column, name) in table.header.enumerated() where name != "open_time_ms" {
            guard let computed = VectorColumn.make(name) else {
                #expect(Self.notCovered.contains(name), "no indicator for \(name)")
                continue
            }
            try compare(table.rows.map { $0[column] }, bars, computed, "\(file) \(name)")
        }
        #expect(table.rows.indices.allSatisfy { Int64(table.rows[$0][0]) == bars[$0].openTime })
    }

    @Test(.enabled(if: StrategyCandles.shared != nil, "no shared folder"))
    func thereAreFilesToCompareWith() { #expect(Self.files.count >= 6) }

    private func compare(
        _ expected: [Substring], _ bars: [Bar], _ computed: (Bar) -> Double?, _ title: String
    ) throws {
        let numbers = expected.compactMap { Double($0).map(abs) }
        #expect(numbers.count > 100, "\(title) holds \(numbers.count) numbers")
        let largest = numbers.max() ?? 0
        var worst = 0.0
        var differing = 0
        for (row, text) in expected.enumerated() {
            let value = computed(bars[row])
            guard let wanted = Double(text) else {
                if value != nil { differing += 1 }
                continue
            }
            guard let value else {
                differing += 1
                continue
            }
            // Where a column passes through zero its digits are those of its inputs.
            let allowed = max(1e-8 * abs(wanted), 1e-12 * largest)
            worst = max(worst, abs(value - wanted) / allowed)
        }
        #expect(differing == 0, "\(title): \(differing) rows are defined on one side only")
        #expect(worst <= 1, "\(title): differs by \(worst) times what is allowed")
    }

    @Test func noListedColumnIsCoveredAfterAll() {
        for name in Self.notCovered { #expect(VectorColumn.make(name) == nil, "\(name)") }
    }
}

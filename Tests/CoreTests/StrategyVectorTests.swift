/// Indicators against values that other software computed, in the folder `vectors` outside.

import Foundation
import Testing

@testable import Core

@Suite struct StrategyVectorTests {
    static var files: [String] {
        guard let folder = StrategyCandles.shared?.appending(path: "vectors/indicators").path,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else { return [] }
        return names.filter { $0.hasSuffix(".csv") }.sorted()
    }

    @Test(.enabled(if: StrategyCandles.shared != nil, "no shared folder"), arguments: files)
    func everyColumnThatWeComputeAgreesToEightDigits(_ file: String) throws {
        let table = try StrategyCandles.rows("vectors/indicators/\(file)")
        let bars = try StrategyCandles.bars(String(file.split(separator: ".")[0]))
        var compared = 0
        for (column, name) in table.header.enumerated() where name != "open_time_ms" {
            // A column that no indicator of ours computes says nothing about ours.
            guard let computed = VectorColumn.make(name) else { continue }
            compared += 1
            try compare(table.rows.map { $0[column] }, bars, computed, "\(file) \(name)")
        }
        #expect(compared > 0, "\(file) has no column of ours")
        #expect(table.rows.indices.allSatisfy { Int64(table.rows[$0][0]) == bars[$0].openTime })
    }

    @Test(.enabled(if: StrategyCandles.shared != nil, "no shared folder"))
    func thereAreFilesToCompareWith() { #expect(!Self.files.isEmpty) }

    private func compare(
        _ expected: [Substring], _ bars: [Bar], _ computed: (Bar) -> Double?, _ title: String
    ) throws {
        let numbers = expected.compactMap { Double($0).map(abs) }
        #expect(!numbers.isEmpty, "\(title) holds no number")
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
}

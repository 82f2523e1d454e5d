/// How full a limit is, as a meter.
import Core
import Store

extension Canvas {
    func meter(_ column: Int, _ row: Int, cells: Int, _ limit: LimitHeadroom) {
        meter(
            column, row, cells: cells, share: limit.share?.double ?? 0,
            isQuota: limit.name.isQuota)
    }
}

extension LimitHeadroom {
    /// A quota that is not exceeded: it may be full, and nothing is wrong.
    var isOrdinary: Bool { name.isQuota && share.map { $0 <= .percent(100) } ?? true }
}

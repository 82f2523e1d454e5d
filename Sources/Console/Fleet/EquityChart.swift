/// A line of equity over time, several rows high, in braille or ASCII.
import Core
import Store

/// Scales to what it shows; a gap where there is no value.
struct EquityChart {
    private let values: [Money]
    private let labels: (high: String, low: String)

    /// - Parameter points: oldest first.
    init(_ points: [EquityPoint]) {
        values = points.map(\.equity)
        labels = (values.max()?.grouped(0) ?? "", values.min()?.grouped(0) ?? "")
    }

    var isEmpty: Bool { values.count < 2 }

    func draw(in canvas: Canvas, _ role: Role = .chartLine1) {
        let margin = max(labels.high.count, labels.low.count) + 1
        guard canvas.rows > 0, canvas.columns > margin + 4, !isEmpty else { return }
        canvas.textRight(margin - 1, 0, labels.high, .textDim)
        if canvas.rows > 1 { canvas.textRight(margin - 1, canvas.rows - 1, labels.low, .textDim) }
        let plot = canvas[Rect(margin, 0, canvas.columns - margin, canvas.rows)]
        if canvas.glyphs.graph == .braille {
            drawBraille(in: plot, role)
        } else {
            drawASCII(in: plot, role)
        }
    }

    /// Height of each of `count` places, 0 at the bottom ... steps-1; between two points their
    /// mixture. Counted in whole numbers: money is no binary number here either.
    private func levels(_ count: Int, steps: Int) -> [Int] {
        guard let low = values.min(), let high = values.max() else { return [] }
        guard high > low else { return Array(repeating: steps / 2, count: count) }
        let places = max(1, count - 1)
        return (0..<count).map { place in
            let (index, part) = (place * (values.count - 1)).quotientAndRemainder(
                dividingBy: places)
            let left = Int128(values[index].raw)
            let right = Int128(values[min(index + 1, values.count - 1)].raw)
            let height = (left - Int128(low.raw)) * Int128(places) + (right - left) * Int128(part)
            let whole = (Int128(high.raw) - Int128(low.raw)) * Int128(places)
            return min(steps - 1, Int(height * Int128(steps) / whole))
        }
    }

    private func drawBraille(in canvas: Canvas, _ role: Role) {
        let levels = levels(canvas.columns * 2, steps: canvas.rows * 4)
        let leftDots: [UInt32] = [0x40, 0x04, 0x02, 0x01]
        let rightDots: [UInt32] = [0x80, 0x20, 0x10, 0x08]
        var cells: [Point: UInt32] = [:]
        for (place, level) in levels.enumerated() {
            let before = place > 0 ? levels[place - 1] : level
            // Joins neighbours, so that a steep line stays a line.
            let from = level > before ? before + 1 : level
            let to = level < before ? before - 1 : level
            for height in from...to {
                let cell = Point(place / 2, canvas.rows - 1 - height / 4)
                let dots = place % 2 == 0 ? leftDots : rightDots
                cells[cell, default: 0] |= dots[height % 4]
            }
        }
        for row in 0..<canvas.rows {
            for column in 0..<canvas.columns {
                guard let dots = cells[Point(column, row)],
                    let scalar = Unicode.Scalar(0x2800 + dots)
                else { continue }
                canvas.put(scalar, 1, column, row, role)
            }
        }
    }

    private func drawASCII(in canvas: Canvas, _ role: Role) {
        let levels = levels(canvas.columns, steps: canvas.rows * 3)
        let marks: [Unicode.Scalar] = ["_", "-", "'"]
        for (column, level) in levels.enumerated() {
            canvas.put(marks[level % 3], 1, column, canvas.rows - 1 - level / 3, role)
        }
    }
}

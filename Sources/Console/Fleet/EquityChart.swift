/// A line of equity over time, several rows high, in braille or ASCII.
import Core
import Store

/// Scales to what it shows; a gap where there is no value.
struct EquityChart {
    private let values: [Double]
    private let labels: (high: String, low: String)

    /// - Parameter points: oldest first.
    init(_ points: [EquityPoint]) {
        values = points.map(\.equity.double)
        let money = points.map(\.equity)
        labels = (money.max()?.grouped(0) ?? "", money.min()?.grouped(0) ?? "")
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

    /// One value for each of `count` places, between two points their mixture.
    private func spread(_ count: Int) -> [Double] {
        guard count > 1 else { return values.suffix(count) }
        return (0..<count).map { place in
            let at = Double(place) * Double(values.count - 1) / Double(count - 1)
            let left = min(Int(at), values.count - 1)
            let right = min(left + 1, values.count - 1)
            return values[left] + (values[right] - values[left]) * (at - Double(left))
        }
    }

    /// Height of each place, 0 at the bottom ... steps-1.
    private func levels(_ count: Int, steps: Int) -> [Int] {
        guard let low = values.min(), let high = values.max() else { return [] }
        return spread(count).map { value in
            high > low
                ? min(steps - 1, Int((value - low) / (high - low) * Double(steps))) : steps / 2
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

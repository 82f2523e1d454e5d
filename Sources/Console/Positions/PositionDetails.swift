/// Everything known of one open position, as lines to read or to copy.
import Core
import Store

struct PositionDetails {
    private let row: PositionRow
    private let around: Surroundings

    init(_ row: PositionRow, _ around: Surroundings) {
        self.row = row
        self.around = around
    }

    /// Follows the position until it is closed.
    var panel: TextPanel {
        let id = row.id
        return TextPanel("position", title: title, lines, reading: [.positions]) { board, around in
            guard case .positions(let board) = board else { return nil }
            guard let now = board.rows.first(where: { $0.id == id }) else {
                return .gone("\(id) is closed")
            }
            let details = PositionDetails(now, around)
            return .lines(title: details.title, details.lines)
        }
    }

    private var title: String {
        "\(row.id)  \(row.position.symbol)  \(row.environment.badge)"
    }

    private var lines: [Dialog.Line] {
        let position = row.position
        let mark = row.mark.map {
            "\($0.price.figure(on: row.grid))  \(around.age(of: $0.at).ageText) old"
        }
        let profit = row.profit(around)
        let isOld = around.hasStaleMark(row)
        let (old, role): (String, Role) = isOld ? ("~", .stale) : ("", .text)
        var lines = [
            fact("bot", "\(row.botLabel)   exchange \(row.exchange)"),
            fact("side, size", "\(position.side.rawValue) \(row.sizeText)"),
            fact(
                "entry",
                "\(row.entryText)  at \(stamp(position.openedAt))   "
                    + "\(around.age(of: position.openedAt).ageText) ago"),
            fact("mark", mark ?? "none yet"),
            row.notional.map { Dialog.Line(label("notional") + old + $0.money, role) }
                ?? fact("notional", "-"),
            Dialog.Line(label("uPnL") + profit.text, profit.role),
            fact(
                "fees, funding",
                "\(position.fees.money)   \(position.funding.money)   "
                    + "realised \(position.realised.signed)"),
            fact("leverage", "\(position.leverage)x   margin \(position.margin.money) isolated"),
            fact("liquidation", row.liquidationText),
            fact("excursion", excursion),
            row.isWatched
                ? fact("exit rules", row.exitWords)
                : Dialog.Line(label("exit rules") + row.exitWords, .messageError),
            fact("template", "\(position.templateName) version \(position.templateVersion)"),
            fact(
                "limits",
                position.limitsVersion == 0 ? "defaults" : "version \(position.limitsVersion)"),
        ]
        if let reason = position.exitReason {
            lines.append(Dialog.Line(label("closing") + reason, .messageWarn))
        }
        lines += signals
        return lines
    }

    /// Best and worst price since entry, each with what the position made by it.
    private var excursion: String {
        let position = row.position
        let entry = position.entryPrice
        guard entry.isPositive else { return "-" }
        return
            "best \(price(position.bestPrice, entry))   worst \(price(position.worstPrice, entry))"
    }

    /// `62,319.2 (+2.00 %)`: a price, and its distance from the entry, above zero where it is good.
    private func price(_ price: Price, _ entry: Price) -> String {
        let change = price.change(from: entry)
        let gain = row.position.side == .long ? change : -change
        let sign = gain.isPositive ? "+" : ""
        return "\(price.figure(on: row.grid)) (\(sign)\(gain.percent))"
    }

    /// What the components said at entry.
    private var signals: [Dialog.Line] {
        let position = row.position
        var lines = [Dialog.Line(""), fact("score", position.entryScore.score())]
        for reading in ComponentReading.list(text: position.entrySignals) ?? [] {
            let answer = CheckWords(reading.state, for: position.side).answer
            lines.append(
                Dialog.Line(
                    "  " + TextWidth.padded(reading.name, to: 22) + " "
                        + TextWidth.padded(reading.value, to: 16) + " " + answer, .textDim))
        }
        return lines
    }

    private func fact(_ name: String, _ value: String) -> Dialog.Line {
        Dialog.Line(label(name) + value)
    }

    private func label(_ name: String) -> String { TextWidth.padded(name, to: 15) }

    private func stamp(_ instant: Instant) -> String {
        "\(instant.dateText) \(instant.clockText)Z"
    }
}

extension PositionRow: ListRow {
    var sizeText: String { position.quantity.figure(on: grid) }
    var entryText: String { position.entryPrice.figure(on: grid) }
    var markText: String { mark?.price.figure(on: grid) ?? "-" }
    var liquidationText: String { position.liquidation?.figure(on: grid) ?? "-" }

    /// What `y` offers to copy of a position.
    func copies(whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        [
            ListMenu.Copy("y", "id", id.description),
            ListMenu.Copy("l", "bot", botLabel, most: nil),
            ListMenu.Copy("s", "symbol", position.symbol),
            ListMenu.Copy("r", "row", whole, most: nil),
        ]
    }

    /// The row as one line of text.
    func plainText(_ around: Surroundings) -> String {
        [
            botLabel, environment.badge, position.symbol, position.side.rawValue,
            sizeText, "entry \(entryText)",
            "mark \(around.hasStaleMark(self) ? "~" : "")\(markText)",
            "uPnL \(profit(around).text)",
            "\(position.leverage)x", age(now: around.now).ageText, position.id.description,
        ].joined(separator: "  ")
    }
}

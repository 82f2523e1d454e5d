/// Beside the tabs on wide terminals: positions, equity, the last commands.
import Core
import Store

struct BotPane {
    private let dossier: BotDossier
    private let around: Surroundings

    init(_ dossier: BotDossier, _ around: Surroundings) {
        self.dossier = dossier
        self.around = around
    }

    func draw(in canvas: Canvas) {
        let positions = min(12, max(5, dossier.positions.count + 3))
        let first = canvas.bounds.splitTop(positions)
        drawPositions(in: canvas[first.top])
        let second = first.rest.splitTop(12)
        drawEquity(in: canvas[second.top])
        drawCommands(in: canvas[second.rest])
    }

    private func drawPositions(in canvas: Canvas) {
        let count = dossier.row.openPositions.map { " \($0)" } ?? ""
        var pen = Pen(canvas.box(title: "Positions" + count))
        if dossier.positions.isEmpty {
            pen.line([(dossier.word(.positionsView, none: "flat"), .textDim)])
        }
        for position in dossier.positions { PositionLine(position, around).draw(&pen) }
    }

    private func drawEquity(in canvas: Canvas) {
        let mark = around.hasStaleMarks ? "~" : ""
        let now = dossier.row.equity.map { mark + $0.money } ?? "-"
        let inner = canvas.box(title: "Equity 30d   \(now)")
        var pen = Pen(inner)
        guard !dossier.withholds(.analyticsView) else {
            return pen.line([(dossier.word(.analyticsView, none: ""), .textDim)])
        }
        EquityChart(dossier.equity).draw(in: pen.area(max(1, inner.rows - 4)))
        pen.skip()
        let record = dossier.record
        pen.line([
            ("drawdown max 30d ", .textDim), (dossier.maxDrawdown?.percent ?? "-", .text),
        ])
        pen.line([
            ("\(record.trades)", .text), (" trades, ", .textDim), ("\(record.wins)", .text),
            (" won ", .textDim), (record.winRate?.wholePercent ?? "", .text),
            ("   factor ", .textDim), (record.profitFactor?.text(decimals: 2) ?? "-", .text),
        ])
        pen.line([("net 30d ", .textDim), (record.net.signed, record.net.role)])
    }

    private func drawCommands(in canvas: Canvas) {
        var pen = Pen(canvas.box(title: "Commands"))
        if dossier.commands.isEmpty {
            pen.line([(dossier.word(.orgView, none: "none yet"), .textDim)])
        }
        for command in dossier.commands {
            guard pen.left > 0 else { return }
            let who = command.isStaff ? "[Plutarc staff] \(command.actor)" : command.actor
            pen.line(
                [
                    (String(command.at.clockText.prefix(5)) + " ", .textDim),
                    (TextWidth.padded(command.verb, to: 15) + " ", .kindCommand),
                    (who, command.isStaff ? .badgeStaff : .text),
                ], right: (command.outcome.rawValue, command.outcome.role))
            if let reason = command.reason, !reason.isEmpty {
                pen.line([("      \(reason)", .textDim)])
            }
        }
    }
}

extension BotDossier {
    /// What stands where a part is empty: that the reader may not see it, or that there is none.
    func word(_ permission: Permission, none: String) -> String {
        withholds(permission) ? "not permitted: needs \(permission.rawValue)" : none
    }
}

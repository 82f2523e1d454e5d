/// One screen of health, and the state of the engine.

import Core
import Glibc
import Store

enum StatusActions {
    static let actions: [String: CommandAction] = ["status": status]

    @Sendable static func status(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let engine = try engine(context)
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in try reader.status(engine) }
        let sight = try context.sight(engine, board.fleet.workspace)
        let json = board.json.adding("states_known", .bool(sight.isSeen))
        try context.output.result(json: json) { lines(board, context.output, sight) }
        return .done
    }

    /// What the lease of the home says; it is only looked at, not touched.
    static func engine(_ context: CommandContext) throws(CommandFailure) -> EngineStatus {
        let home = try context.home()
        do throws(LeaseError) {
            guard case .held(let holder) = try Lease.status(in: home) else {
                return EngineStatus(isRunning: false)
            }
            guard let holder else {
                let pid = Lease.listener(in: home).map { Int64($0.pid) }
                return EngineStatus(isRunning: true, pid: pid, host: host)
            }
            let wall = WallClock.read()
            return EngineStatus(
                isRunning: true, pid: Int64(holder.process.pid), host: host, since: holder.since,
                epoch: holder.epoch, build: holder.build, lag: holder.age(at: wall),
                silence: holder.silence(at: wall), starting: holder.start?.words)
        } catch { throw CommandFailure(error) }
    }

    private static var host: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Alerts that one screen of health lists.
    private static let shownAlerts = 8

    private static func lines(
        _ board: StatusBoard, _ output: Output, _ sight: FleetSight
    ) -> [String] {
        let fleet = board.fleet
        let name = DisplayText.clean(fleet.workspace?.name ?? "-")
        var lines = [output.heading("\(name)  \(ValueText.time(fleet.now) ?? "-")")]
        lines.append(engineLine(board.engine))
        if let words = sight.words { lines.append("seen      \(words)") }
        if let remedy = sight.remedy { lines.append("remedy    \(remedy)") }
        lines.append("bots      " + botWords(fleet, sight))
        if let why = fleet.entriesStopped { lines.append("entries   stopped: \(why)") }
        if let halt = fleet.halt { lines.append("halt      \(halt.words), by \(halt.actor)") }
        if let alarm = fleet.billingAlarm.flatMap(BillingBoard.words) {
            lines.append("balance   \(alarm)")
        }
        if let rollout = fleet.rollout {
            lines.append("rollout   \(rollout.words(now: fleet.now))")
        }
        lines += fleet.figures.flatMap { figureLines($0, sight) }
        if let tickets = board.openTickets { lines.append("tickets   \(tickets) open") }
        guard fleet.showsAlerts else { return lines }
        lines.append(board.alerts.isEmpty ? "alerts    none" : output.heading("ALERTS"))
        lines += board.alerts.prefix(shownAlerts).map { EventText.line($0) }
        let rest = board.alerts.count - shownAlerts
        if rest > 0 { lines.append(output.named("and \(rest) older: plutarc alerts")) }
        return lines
    }

    /// `5 online, 2 paused`; `7 unknown (were 5 online, 2 paused)` while nobody looks.
    private static func botWords(_ fleet: FleetBoard, _ sight: FleetSight) -> String {
        func words(_ rows: [BotRow]) -> String {
            BotState.allCases.compactMap { state in
                let count = rows.count { $0.state == state }
                return count > 0 ? "\(count) \(state.title.lowercased())" : nil
            }.joined(separator: ", ")
        }
        let unknown = fleet.rows.filter { !sight.knows($0) }
        let known = words(fleet.rows.filter { sight.knows($0) })
        guard !unknown.isEmpty else { return known.isEmpty ? "none" : known }
        return "\(unknown.count) unknown (were \(words(unknown)))"
            + (known.isEmpty ? "" : ", \(known)")
    }

    private static func engineLine(_ engine: EngineStatus) -> String {
        guard engine.isRunning else { return "engine    not running" }
        let words = [
            "pid \(engine.pid.map { String($0) } ?? "?")",
            "since \(ValueText.time(engine.since) ?? "?")",
            "epoch \(engine.epoch.map { String($0) } ?? "?")",
            "build \(DisplayText.clean(engine.build ?? "?"))",
            "heartbeat \(engine.lag?.ageText ?? "?") ago",
        ]
        let starting = engine.starting.map { ["starting: \($0)"] } ?? []
        return "engine    " + (words + starting).joined(separator: ", ")
    }

    /// Trades that are closed stay as they are; what hangs on a price is marked while nobody looks.
    static func figureLines(_ figures: FleetFigures, _ sight: FleetSight) -> [String] {
        let record = figures.record
        func money(_ money: Money) -> String { (ValueText.money(money) ?? "-") + sight.mark }
        func profit(_ money: Money) -> String { (ValueText.profit(money) ?? "-") + sight.mark }
        return [
            "\(figures.title)  \(counted(figures.bots, "bot")), "
                + "equity \(money(figures.equity)), today \(profit(figures.pnlToday)); "
                + "realised today \(ValueText.profit(figures.realisedToday) ?? "-"), "
                + "unrealised \(profit(figures.unrealised))",
            "      \(counted(figures.openPositions, "position")), "
                + "gross \(money(figures.grossNotional)), net \(profit(figures.netNotional))",
            "      \(TradeRecord.periodWords): \(counted(record.trades, "trade")), "
                + "\(ValueText.percent(record.winRate) ?? "-") won, "
                + "profit factor: \(ValueText.ratio(record.profitFactor) ?? "-"), "
                + "net \(ValueText.profit(record.net) ?? "-")",
        ]
    }
}

extension FleetBoard {
    /// Why no position is opened, whatever the states of the bots say; nil where it is.
    var entriesStopped: String? { workspace?.entriesStopped.map { DisplayText.clean($0) } }
}

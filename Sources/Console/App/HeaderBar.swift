/// The first row: where one is, what is wrong, how old what one sees is, what time it is.
import Core
import Store

struct HeaderBar {
    private let around: Surroundings

    init(_ around: Surroundings) { self.around = around }

    func draw(in canvas: Canvas, _ form: ScreenLayout.Form) {
        canvas.fill(nil, " ", .header)
        guard form == .full else { return drawShort(in: canvas) }
        let isWide = canvas.columns >= 120
        let right = rightParts(isWide)
        var start = canvas.columns - right.reduce(0) { $0 + TextWidth.of($1.0) } - 1
        let room = max(0, start - 1)
        var left = 1 + canvas.text(1, 0, "plutarc", .header) + 2
        let whole = Untrusted.display(whoText)
        let who = canvas.columns < 60 ? "" : TextWidth.truncated(whole, to: max(0, room - left))
        left += canvas.text(left, 0, who, .header) + 3
        if isWide { drawFigures(in: canvas, from: left, to: start - 2) }
        for (text, role) in right { start += canvas.text(start, 0, text, role) }
    }

    /// `plutarc 40b 1! LIVE`.
    private func drawShort(in canvas: Canvas) {
        let bots = around.fleet.map { "\($0.rows.count)b" } ?? ""
        let parts = ["plutarc", bots, troubleMark, stake?.badge ?? "", shortEngine]
        canvas.text(0, 0, parts.filter { !$0.isEmpty }.joined(separator: " "), .header)
    }

    /// The first cells of `plutarc 1! LIVE`.
    func drawLine(in canvas: Canvas) {
        canvas.fill(nil, " ", .header)
        let parts = ["plutarc", troubleMark, stake?.badge ?? ""].filter { !$0.isEmpty }
        canvas.text(0, 0, parts.joined(separator: " "), .header)
        canvas.rest(0, 0)
    }

    private var whoText: String {
        let workspace = around.fleet?.workspace?.name ?? ""
        let role = around.person?.roleWord ?? ""
        return [workspace, role].filter { !$0.isEmpty }.joined(separator: " / ")
    }

    /// The environment with most at stake that has bots; sums never mix them.
    private var stake: TradingEnvironment? { around.fleet?.stake }

    private var troubleMark: String {
        guard let fleet = around.fleet else { return "" }
        guard around.seesFleet else { return "" }
        let grave = BotCause.Kind.held.rawValue
        let count = fleet.rows.count {
            $0.troubleRank(now: around.now, judgesClocks: around.judgesClocks) <= grave
        }
        return count == 0 ? "" : "\(count)!"
    }

    private var shortEngine: String { around.engine.isRunning ? "" : "OFF" }

    /// Bots by state and the day's result of the environment with most at stake.
    private func drawFigures(in canvas: Canvas, from column: Int, to end: Int) {
        guard let fleet = around.fleet else { return }
        var groups: [[(String, Role)]] = [[("\(fleet.rows.count) bots", .header)]]
        groups += states(fleet).map { [("  \($0)", .header)] }
        for figures in fleet.figures {
            let day = figures.pnlToday
            let isOld = around.hasStaleMarks
            groups.append([
                ("   \(figures.environment.badge) day ", .header),
                ((isOld ? "~" : "") + day.signed, isOld ? .header : day.role),
            ])
        }
        var at = column
        // A group that does not fit whole ends the row: half a sum would be another sum.
        for group in groups {
            guard at + group.reduce(0, { $0 + TextWidth.of($1.0) }) <= end else { return }
            at += canvas.spans(at, 0, group)
        }
    }

    /// Bots by state, as far as it is known of each.
    private func states(_ fleet: FleetBoard) -> [String] {
        let words: [(BotState, String)] = [
            (.online, "on"), (.paused, "paused"), (.sleeping, "asleep"),
        ]
        let known = fleet.rows.filter { $0.isKnown(around) }
        var parts = words.compactMap { state, word in
            let count = known.count { $0.state == state }
            return count > 0 ? "\(count) \(word)" : nil
        }
        let unknown = fleet.rows.count - known.count
        if unknown > 0 { parts.append("\(unknown) unknown") }
        return parts
    }

    private func rightParts(_ isWide: Bool) -> [(String, Role)] {
        var parts = alerts
        if around.isReadOnly { parts += chip("READ-ONLY", .headerReadonly) }
        if let frozen = around.frozen {
            parts += chip("FROZEN +\(frozen.waiting)", .frozen)
        }
        parts += engine(isWide)
        let zone = isWide ? " UTC" : "Z"
        parts.append((around.now.clockText + zone, .header))
        return parts
    }

    private var alerts: [(String, Role)] {
        guard let fleet = around.fleet else { return [] }
        var parts: [(String, Role)] = []
        if around.size.columns < 60 {
            return troubleMark.isEmpty ? [] : chip(troubleMark, .messageError)
        }
        // What was seen before the engine went is no news of now.
        let error = around.seesFleet ? fleet.count(of: .error) : 0
        let offline = around.seesFleet ? fleet.count(of: .offline) : 0
        let late = fleet.rows.count { $0.lateClock(now: around.now) != nil }
        if error > 0 { parts += chip("\(error) ERR", .messageError) }
        if offline > 0 { parts += chip("\(offline) OFFLINE", .messageError) }
        // While no engine runs, every clock is late: the engine's word says it better.
        if late > 0, around.judgesClocks {
            parts += chip("\(late) LATE", .messageWarn)
        }
        if let runway = fleet.runwayWords {
            parts += chip("RUNWAY \(runway)", .messageError)
        }
        if !fleet.alerts.isEmpty {
            let count = fleet.alerts.count
            // The short mark only beside other badges, where the word finds no room.
            let isTight = around.size.columns < 100 && !parts.isEmpty
            let words = isTight ? "!" : " alert\(count == 1 ? "" : "s")"
            parts += chip("\(count)\(words)", .messageWarn)
        }
        return parts
    }

    /// A piece that means something, with a ground of its own: blanks round it, one after it.
    private func chip(_ text: String, _ role: Role) -> [(String, Role)] {
        [(" \(text) ", role), (" ", .header)]
    }

    /// ` 15h`: for how long nothing was heard of the fleet.
    private var silence: String {
        around.unseenFor.map { " \($0.ageText(within: 4))" } ?? ""
    }

    /// Environment badge with the age of the feed, or why there is no feed.
    private func engine(_ isWide: Bool) -> [(String, Role)] {
        switch around.engine {
        case .absent: return chip("no engine\(silence)", .messageWarn)
        case .stopped: return chip("engine stopped\(silence)", .messageError)
        case .starting: return chip("engine starting", .messageWarn)
        case .running(let greeting):
            guard let start = greeting.start else { break }
            return chip("starting \(start.percent) %", .messageWarn)
        }
        let isLate = around.feedAge > .seconds(30)
        let age = (isLate ? "~" : "") + Figures.fineAge(around.feedAge)
        let badge = stake?.badge ?? "EMPTY"
        return [
            (isWide ? "feed " : "", .header),
            (" \(badge) ", stake?.badgeRole ?? .header),
            (isLate ? " \(age) " : "\(age) ", isLate ? .ageLate : .header), (" ", .header),
        ]
    }
}

extension TradingEnvironment {
    /// How its badge is drawn.
    var badgeRole: Role {
        switch self {
        case .live: .badgeLive
        case .testnet: .badgeTest
        case .paper: .badgePaper
        }
    }

    /// `LIVE+PAPER`: the badges of several bots, the gravest first.
    static func badge(of rows: [BotRow]) -> String {
        [TradingEnvironment.live, .testnet, .paper]
            .filter { environment in rows.contains { $0.environment == environment } }
            .map(\.badge).joined(separator: "+")
    }

    /// The letter where there is no room for the badge.
    var letter: String { String(badge.prefix(1)) }
}

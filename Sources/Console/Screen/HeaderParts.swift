/// The pieces of the first row, each in its forms, and which of them give way where it is narrow.
import Core
import Store

struct HeaderParts {
    enum Part: Hashable, Sendable {
        case product, who, bots, entries, trouble, runway, alerts, tickets, readOnly, frozen
        case engine, clock
    }

    /// From left to right, behind the name of the program and of the person.
    static let right: [Part] = [
        .entries, .trouble, .runway, .alerts, .tickets, .readOnly, .frozen, .engine, .clock,
    ]
    static let short: [Part] = [.product, .bots, .entries, .trouble, .alerts, .engine]

    private let around: Surroundings

    init(_ around: Surroundings) { self.around = around }

    /// At two in the morning: what is wrong stays longest, how one is called leaves first.
    private static let giving: [Part] = [
        .engine, .clock, .who, .clock, .tickets, .who, .trouble, .who, .engine, .clock, .readOnly,
        .frozen, .alerts, .product, .runway, .entries, .engine,
    ]

    func full(_ isWide: Bool) -> GivingWay<Part> {
        GivingWay(
            [
                .product: [[("plutarc  ", .header)], []], .who: who,
                .entries: noEntries.map { chip($0, .messageError) },
                .trouble: [troubles, chip(mark, .messageError)],
                .runway: [
                    chip(around.fleet?.runwayWords.map { "RUNWAY \($0)" }, .messageError), [],
                ],
                .alerts: [
                    chip(alerts(" alert"), .messageWarn), chip(alerts(" al"), .messageWarn),
                ],
                .tickets: [chip(tickets, .header), []],
                .readOnly: around.isReadOnly
                    ? [chip("READ-ONLY", .headerReadonly), chip("RO", .headerReadonly)] : [],
                .frozen: frozen, .engine: engine(isWide), .clock: clock(isWide),
            ], order: Self.giving)
    }

    /// - Parameter hasBots: their number is told too.
    func short(_ hasBots: Bool) -> GivingWay<Part> {
        func word(_ text: String?) -> [Words.Word] {
            text.map { $0.isEmpty ? [] : [("\($0) ", .header)] } ?? []
        }
        let badge = around.fleet?.stake?.badge ?? ""
        let off = around.seesFleet ? "" : "OFF\(silence)"
        return GivingWay(
            [
                .product: [word("plutarc"), []],
                .bots: [word(hasBots ? around.fleet.map { "\($0.rows.count)b" } : nil), []],
                .entries: noEntries.map { word($0) } + [[]],
                .trouble: [word(mark)], .alerts: [word(alerts(" alert")), word(alerts(" al")), []],
                .engine: [word(badge) + word(off), word(badge) + word(off.isEmpty ? "" : "OFF")],
            ], order: [.alerts, .bots, .product, .entries, .alerts, .engine, .entries])
    }

    // MARK: Who and when

    private var who: [[Words.Word]] {
        let workspace = Untrusted.display(around.fleet?.workspace?.name ?? "")
        let names = [workspace, around.person?.roleWord ?? ""].filter { !$0.isEmpty }
        let short = TextWidth.truncated(workspace, to: 12)
        return [names.joined(separator: " / "), workspace, short, ""].map {
            $0.isEmpty ? [] : [("\($0)  ", .header)]
        }
    }

    /// A clock that stands says so: the time is that of what is shown.
    private func clock(_ isWide: Bool) -> [[Words.Word]] {
        if let at = around.asOf, !around.off.contains(.standingClock) {
            let words: [Words.Word] = [("as of \(at.clockText.prefix(5))Z", .header)]
            return [words, words, words, []]
        }
        guard around.fleet != nil || around.engine.isRunning else { return [] }
        let text = around.now.clockText
        return [text + (isWide ? " UTC" : "Z"), text + "Z", "\(text.prefix(5))Z", ""].map {
            $0.isEmpty ? [] : [($0, .header)]
        }
    }

    private var frozen: [[Words.Word]] {
        guard let frozen = around.frozen else { return [] }
        return [chip("FROZEN +\(frozen.waiting)", .frozen), chip("FRZ", .frozen)]
    }

    // MARK: What is wrong

    /// Bots that somebody has to look at, each counted under its gravest cause. What was seen
    /// before the engine went is no news of now.
    private var counts: [(count: Int, word: String, role: Role)] {
        guard let fleet = around.fleet, around.seesFleet else { return [] }
        let kinds = fleet.rows.compactMap { $0.cause(around)?.kind }
        func count(_ wanted: BotCause.Kind...) -> Int { kinds.count { wanted.contains($0) } }
        // While no engine runs, every clock is late: the engine's word says it better.
        return [
            (count(.error), "ERR", .messageError), (count(.unwatched), "UNWATCHED", .messageError),
            (count(.offline), "OFFLINE", .messageError), (count(.late), "LATE", .messageWarn),
            (count(.killSwitch, .held), "HELD", .messageWarn),
        ].filter { $0.0 > 0 }
    }

    /// No bot opens anything, whatever its state says; nothing is told of it while nobody looks.
    private var noEntries: [String] {
        let isStopped = around.seesFleet && around.fleet?.workspace?.entriesStopped != nil
        return isStopped ? ["NO ENTRIES", "NO ENTR"] : []
    }

    private var troubles: [Words.Word] {
        counts.flatMap { chip("\($0.count) \($0.word)", $0.role) }
    }

    private var mark: String? {
        let count = counts.reduce(0) { $0 + $1.count }
        return count == 0 ? nil : "\(count)!"
    }

    private func alerts(_ word: String) -> String? {
        let count = around.fleet?.alarms.count ?? 0
        guard count > 0 else { return nil }
        return "\(count)\(word)" + (count > 1 && word == " alert" ? "s" : "")
    }

    private var tickets: String? {
        guard let count = around.fleet?.waitingTickets, count > 0 else { return nil }
        return counted(count, "ticket")
    }

    // MARK: Engine

    /// A piece that means something, with a ground of its own: blanks round it, one after it.
    private func chip(_ text: String?, _ role: Role) -> [Words.Word] {
        text.map { [(" \($0) ", role), (" ", .header)] } ?? []
    }

    /// ` 15h`: for how long nothing was heard of the fleet, or of the engine where it hangs.
    private var silence: String {
        (around.silentFor ?? around.unseenFor).map { " \($0.ageText(within: 4))" } ?? ""
    }

    private var badge: [Words.Word] {
        around.fleet?.stake.map { [(" \($0.badge) ", $0.badgeRole), (" ", .header)] } ?? []
    }

    /// Environment badge with the age of the feed, or why there is no feed.
    private func engine(_ isWide: Bool) -> [[Words.Word]] {
        let off = "OFF\(silence)"
        switch around.engine {
        case .absent: return unfed("no engine\(silence)", off, .messageWarn)
        case .stopped: return unfed("engine stopped\(silence)", off, .messageError)
        case .silent:
            let words = "engine silent\(silence)"
            let helped = badge + chip("\(words): \(around.silenceRemedy)", .messageError)
            return [helped] + unfed(words, off, .messageError).dropFirst()
        case .starting: return unfed("engine starting", "starting", .messageWarn)
        case .running(let greeting):
            guard let start = greeting.start else { return feed(isWide) }
            let words =
                start.phase == .held ? "database held" : "starting \(start.percent) %"
            return unfed(words, words, .messageWarn)
        }
    }

    private func unfed(_ text: String, _ short: String, _ role: Role) -> [[Words.Word]] {
        let (long, brief) = (badge + chip(text, role), badge + chip(short, role))
        return [long, long, brief]
    }

    private func feed(_ isWide: Bool) -> [[Words.Word]] {
        let isLate = around.hasStaleMarks
        let age = (isLate ? "~" : "") + Figures.fineAge(around.feedAge)
        let stake = around.fleet?.stake
        let badge: Words.Word = (" \(stake?.badge ?? "EMPTY") ", stake?.badgeRole ?? .header)
        let aged: [Words.Word] = [
            badge, (isLate ? " \(age) " : "\(age) ", isLate ? .ageLate : .header), (" ", .header),
        ]
        return [(isWide ? [("feed ", .header)] : []) + aged, aged, aged, [badge, (" ", .header)]]
    }
}

/// Why a bot is not simply at work, in one word: the same in a row, on a card and in a command.

import Store

public struct BotCause: Sendable, Equatable {
    /// The order is that of "trouble first".
    public enum Kind: Int, Sendable, CaseIterable {
        /// A critical error; positions that nobody watches; nothing heard of it.
        case error, unwatched, offline
        case late, killSwitch
        /// Paused by a limit, by a difference of books, by the balance: it waits for a person.
        case held
        /// Paused by a limit, for a time.
        case coolDown
        /// Its job should be over and is not.
        case stuck
        case unarmed
        /// An alert of it that nobody has acknowledged.
        case alert
        /// From here on it is as somebody wants it: a person's pause, a job, sleep.
        case paused, job, asleep

        /// It cannot do what it is there for; the others are told beside what it does.
        public var isHindrance: Bool { self != .alert && self != .paused }

        /// No job mends it: somebody has to look at it whatever is being done to the bot.
        var outlastsJobs: Bool {
            switch self {
            case .unwatched, .killSwitch, .held, .alert: true
            default: false
            }
        }

        /// Somebody has to look at it.
        public var isTrouble: Bool { rawValue < Kind.paused.rawValue }
    }

    public let kind: Kind
    /// At most fifteen cells: `kill switch`, `cool-down`, `unarmed`.
    public let word: String
    /// The word and what more there is to say: `UNARMED: no key`, `cool-down: 23:00 left`.
    public let text: String
    /// At most eight cells, for a row that has no more: `KILL`, `cool`, `person`.
    public let brief: String

    init(_ kind: Kind, _ word: String, _ detail: String = "", brief: String? = nil) {
        let text = detail.isEmpty ? word : "\(word): \(detail)"
        self.init(kind, word, told: text, brief: brief)
    }

    /// - Parameter brief: the word itself where it is short enough.
    init(_ kind: Kind, _ word: String, told text: String, brief: String? = nil) {
        self.kind = kind
        self.word = word
        self.text = text
        self.brief = brief ?? word
    }
}

extension BotRow {
    /// The gravest cause; nil for a bot that does what it should.
    /// - Parameter judgesClocks: false while a late clock means nothing, as after a start.
    public func cause(now: Instant, judgesClocks: Bool = true) -> BotCause? {
        causes(now: now, judgesClocks: judgesClocks).first
    }

    /// Every cause, the gravest first.
    public func causes(now: Instant, judgesClocks: Bool = true) -> [BotCause] {
        let troubles = troubles(now, judgesClocks)
        // What is being mended, or brought up, says so first; unless it takes too long.
        if let job = job(now: now), !troubles.contains(where: { $0.kind == .stuck }) {
            return causes(of: job, troubles)
        }
        return troubles.isEmpty ? calm(now).map { [$0] } ?? [] : troubles
    }

    /// What a job does not mend leads it, so that nobody takes the bot for a healthy one.
    private func causes(of job: JobView, _ troubles: [BotCause]) -> [BotCause] {
        guard let place = troubles.firstIndex(where: \.kind.outlastsJobs) else {
            return [BotCause(.job, job.job.rawValue, told: job.words)] + troubles
        }
        var others = troubles
        let first = others.remove(at: place)
        let text = "\(first.text); \(job.words)"
        return [BotCause(first.kind, first.word, told: text, brief: first.brief)] + others
    }

    /// What comes first when trouble comes first.
    public func troubleRank(now: Instant, judgesClocks: Bool = true) -> Int {
        let kind = cause(now: now, judgesClocks: judgesClocks)?.kind
        return kind.map { $0.isTrouble ? $0.rawValue : Self.calmRank } ?? Self.calmRank
    }

    static let calmRank = BotCause.Kind.allCases.count

    private func troubles(_ now: Instant, _ judgesClocks: Bool) -> [BotCause] {
        [
            stateTrouble,
            isStuck(now) ? BotCause(.stuck, "stuck", job(now: now)?.phaseWords ?? "") : nil,
            judgesClocks
                ? lateClock(now: now).map {
                    BotCause(.late, $0.word, told: $0.title, brief: $0.brief)
                } : nil,
            bot.killLatchedAt == nil
                ? nil : BotCause(.killSwitch, "KILL SWITCH", "u resets it", brief: "KILL"),
            held(now), unarmed, alert(now),
        ].compactMap { $0 }
    }

    /// A pause keeps its own word, where none before has named it: that alerts stand beside it
    /// decides only where it is sorted.
    private func alert(_ now: Instant) -> BotCause? {
        guard openAlerts > 0 else { return nil }
        let words = counted(openAlerts, "alert")
        guard state == .paused, let cause = bot.pauseCause, held(now) == nil,
            bot.killLatchedAt == nil
        else { return BotCause(.alert, words, brief: openAlerts > 9 ? "alerts" : words) }
        return BotCause(
            .alert, cause.word, told: "\(cause.word), \(words)", brief: cause.brief)
    }

    private var stateTrouble: BotCause? {
        switch state {
        case .error: return BotCause(.error, "error", told: bot.errorText ?? "critical error")
        case .stopped where holds, .windingDown where holds:
            let some = counted(openPositions ?? 0, "position")
            return BotCause(
                .unwatched, "unwatched", told: "\(some) unwatched", brief: "no watch")
        case .offline:
            guard let cachedConfig else {
                let bill = isBilled ? "billed" : ""
                return BotCause(.offline, "no heartbeat", bill, brief: "no beat")
            }
            // In the 24 cells of a card; ``unseen`` says all of it.
            let words = waiting.map { "cached; \($0)" }
            return BotCause(
                .offline, "cached",
                told: words ?? cachedConfig.replacing("config", with: "cached", maxReplacements: 1))
        default: return nil
        }
    }

    private var unarmed: BotCause? {
        guard state == .online || state == .offline || state == .error, let missing = bot.missing
        else { return nil }
        // Both names as one: a card has 24 cells.
        let short = missing == "key and template" ? "key/template" : missing
        return BotCause(.unarmed, "UNARMED", "no \(short)")
    }

    private func held(_ now: Instant) -> BotCause? {
        guard state == .paused, bot.killLatchedAt == nil, let cause = bot.pauseCause, cause.isRule
        else { return nil }
        guard let resume = bot.resumeAt else {
            guard let name = bot.pausedBy else {
                return BotCause(.held, cause.word, cause.detail, brief: cause.brief)
            }
            return BotCause(
                .held, cause.word, told: "\(cause.word); by \(name)", brief: cause.brief)
        }
        let left = max(resume - now, .seconds(0)).countdownText
        return BotCause(.coolDown, "cool-down", "\(left) left", brief: "cool")
    }

    private func calm(_ now: Instant) -> BotCause? {
        if state == .paused, let cause = bot.pauseCause {
            return BotCause(.paused, cause.word, cause.detail, brief: cause.brief)
        }
        if state == .sleeping, let wake = instance?.wakeAt {
            let left = max(wake - now, .seconds(0)).countdownText
            return BotCause(.asleep, "asleep", told: "wakes \(wake.dayClock), \(left)")
        }
        return nil
    }

    /// How long a job may be overdue, and how long one phase of it may take at all.
    private static let grace = (overdue: Span.minutes(1), phase: Span.minutes(10))

    private func isStuck(_ now: Instant) -> Bool {
        guard let instance, instance.job != nil else { return false }
        let isOverdue = instance.phaseEndsAt.map { now - $0 > Self.grace.overdue } ?? false
        let isLong = instance.phaseStartedAt.map { now - $0 > Self.grace.phase } ?? false
        return isOverdue || isLong
    }
}

extension LateClock {
    /// At most fifteen cells; ``title`` says more of one of them.
    public var word: String {
        switch self {
        case .heartbeat: "NO HEARTBEAT"
        case .evaluation: "NOT EVALUATING"
        case .exchange: "EXCHANGE SILENT"
        case .reconcile: "NOT RECONCILED"
        }
    }

    /// At most eight cells.
    fileprivate var brief: String {
        switch self {
        case .heartbeat: "NO BEAT"
        case .evaluation: "NO EVAL"
        case .exchange: "NO EXCH"
        case .reconcile: "NO RECON"
        }
    }
}

extension PauseCause {
    /// A rule paused it, not somebody who wanted to.
    public var isRule: Bool {
        switch self {
        case .person, .staff, .closeAll: false
        case .killSwitch, .lossStreak, .apiErrors, .reconciliation, .billing: true
        }
    }

    /// At most fifteen cells.
    public var word: String {
        switch self {
        case .person: "by a person"
        case .staff: "by staff"
        case .killSwitch: "kill switch"
        case .lossStreak: "losing streak"
        case .apiErrors: "API errors"
        case .reconciliation: "books differ"
        case .closeAll: "close-all"
        case .billing: "balance"
        }
    }

    /// At most eight cells.
    fileprivate var brief: String {
        switch self {
        case .person: "person"
        case .staff: "staff"
        case .killSwitch: "kill"
        case .lossStreak: "streak"
        case .apiErrors: "API err"
        case .reconciliation: "books"
        case .closeAll: "closeall"
        case .billing: "balance"
        }
    }

    fileprivate var detail: String {
        switch self {
        case .person, .staff, .killSwitch, .apiErrors: ""
        case .closeAll: "until resumed"
        case .lossStreak: "consecutive losses"
        case .reconciliation: "exchange has other"
        case .billing: "nearly used up"
        }
    }
}

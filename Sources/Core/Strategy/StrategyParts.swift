/// The components of one template, built once and sorted by what they do.

import Store

/// A signal with its vote at the last close.
final class SignalPart {
    private let signal: any SignalComponent
    let weight: Double
    let index: Int
    private(set) var vote = Vote.noData

    init(_ signal: any SignalComponent, weight: Double, index: Int) {
        self.signal = signal
        self.weight = weight
        self.index = index
    }

    @inline(__always)
    func see(_ bar: Bar, _ context: MarketContext, _ changed: inout Bool) {
        let seen = signal.vote(bar, context)
        if seen.code != vote.code {
            changed = true
            vote = seen
        }
    }
}

/// A filter, gate or guard with its verdict at the last close.
final class CheckPart {
    private let check: any EntryCheck
    let index: Int
    private(set) var verdict = Verdict.noData

    init(_ check: any EntryCheck, index: Int) {
        self.check = check
        self.index = index
    }

    @inline(__always)
    func see(_ bar: Bar, _ context: MarketContext, _ changed: inout Bool) {
        let seen = check.verdict(bar, context)
        if seen != verdict {
            changed = true
            verdict = seen
        }
    }
}

/// An exit rule that is a price.
final class LevelPart {
    private let rule: any LevelRule
    let index: Int
    let isStop: Bool

    init(_ rule: any LevelRule, index: Int) {
        self.rule = rule
        self.index = index
        isStop = rule.isStop
    }

    @inline(__always) func level(for track: PositionTrack) -> Price? { rule.level(for: track) }
}

/// An exit rule that is asked at closes.
final class ClosePart {
    private let rule: any CloseRule
    let index: Int

    init(_ rule: any CloseRule, index: Int) {
        self.rule = rule
        self.index = index
    }

    @inline(__always)
    func triggers(for track: PositionTrack, _ decision: Decision) -> Bool {
        rule.triggers(for: track, decision)
    }
}

/// An exit rule that follows the candles.
final class FollowerPart {
    private let follower: any CandleFollower
    init(_ follower: any CandleFollower) { self.follower = follower }
    @inline(__always) func follow(_ bar: Bar) { follower.follow(bar) }
}

/// Objects of one kind that every candle calls: owned by a list of theirs, called without
/// counting references, which would cost more than most components do.
struct Callees<Part: AnyObject> {
    private(set) var owned: ContiguousArray<Part> = []
    private var called: ContiguousArray<Unmanaged<Part>> = []

    mutating func append(_ part: Part) {
        owned.append(part)
        called.append(.passUnretained(part))
    }

    @inline(__always) func forEach(_ body: (Part) -> Void) {
        for index in called.indices { called[index]._withUnsafeGuaranteedRef(body) }
    }

    /// The index of the first part that satisfies a test; nil for none.
    @inline(__always) func firstIndex(where test: (Part) -> Bool) -> Int? {
        for index in called.indices where called[index]._withUnsafeGuaranteedRef(test) {
            return index
        }
        return nil
    }
}

/// An index is one of ``Template/components``.
struct StrategyParts {
    private(set) var all: ContiguousArray<any Component> = []
    private(set) var lines: ContiguousArray<ReadingLine> = []
    /// Components that have a say in entries: all but the exits.
    private(set) var entryIndices: [Int] = []
    private var signalCallees = Callees<SignalPart>()
    private var checkCallees = Callees<CheckPart>()
    private var followerCallees = Callees<FollowerPart>()
    private(set) var levels = Callees<LevelPart>()
    /// Whether any level may change after the entry.
    private(set) var levelsMove = false
    private(set) var closes = Callees<ClosePart>()
    private(set) var entryVolatility: (any EntryVolatilityRule)?
    private(set) var bookDepth: Int?
    /// Whether any component looks beyond the candles.
    private(set) var asksMarket = false

    /// - Throws: ``TemplateError``.
    init(_ template: Template, tick: Price) throws(TemplateError) {
        for index in template.components.indices {
            let setting = try ComponentSetting(template, component: index, tick: tick)
            let component = try Catalog.make(setting)
            all.append(component)
            note(template.components[index], named: setting.kind.name, at: index)
            if type(of: component).asksMarket { asksMarket = true }
            try addExit(component, setting, at: index)
            if let book = component as? OrderBookImbalance { try addBook(book, setting) }
            if setting.role == .signal, let signal = component as? any SignalComponent {
                signalCallees.append(
                    SignalPart(signal, weight: template.components[index].weight, index: index))
            }
        }
        for role in [ComponentRole.filter, .gate, .guardRole] {
            for index in all.indices where template.components[index].role == role {
                guard let check = all[index] as? any EntryCheck else { continue }
                checkCallees.append(CheckPart(check, index: index))
            }
        }
    }

    private mutating func note(_ spec: ComponentSpec, named name: String, at index: Int) {
        lines.append(ReadingLine(name: name, role: spec.role, weight: spec.weight))
        if spec.role != .exit { entryIndices.append(index) }
    }

    private mutating func addExit(
        _ component: any Component, _ setting: ComponentSetting, at index: Int
    ) throws(TemplateError) {
        guard setting.role == .exit else { return }
        if let rule = component as? any LevelRule {
            levels.append(LevelPart(rule, index: index))
            if !type(of: rule).staysPut { levelsMove = true }
        }
        if let rule = component as? any CloseRule {
            closes.append(ClosePart(rule, index: index))
        }
        if let follower = component as? any CandleFollower {
            followerCallees.append(FollowerPart(follower))
        }
        guard let rule = component as? any EntryVolatilityRule else { return }
        if let first = entryVolatility, first.period != rule.period {
            // A position remembers one ATR of its entry.
            throw setting.error(
                "period", "\(rule.period) differs from another rule on the entry's ATR",
                "Use \(first.period) in both.")
        }
        entryVolatility = entryVolatility ?? rule
    }

    private mutating func addBook(
        _ book: OrderBookImbalance, _ setting: ComponentSetting
    ) throws(TemplateError) {
        if let bookDepth, bookDepth != book.depth {
            throw setting.error(
                "depth", "\(book.depth) differs from another look at the book",
                "Use \(bookDepth) in both.")
        }
        bookDepth = book.depth
    }

    var signals: ContiguousArray<SignalPart> { signalCallees.owned }

    /// Filters, then gates, then guards: the order of a decision.
    var checks: ContiguousArray<CheckPart> { checkCallees.owned }

    /// Shows one candle to all; tells whether a vote or a verdict differs from the one before.
    @inline(__always)
    func see(_ bar: Bar, _ context: MarketContext) -> Bool {
        var changed = false
        signalCallees.forEach { $0.see(bar, context, &changed) }
        checkCallees.forEach { $0.see(bar, context, &changed) }
        followerCallees.forEach { $0.follow(bar) }
        return changed
    }

    /// The votes at the last close, combined.
    func score(_ mode: Template.Mode) -> Double {
        var tally = Tally()
        signalCallees.forEach { tally.add($0.vote, weight: $0.weight) }
        return tally.score(mode)
    }

    /// The index of the first check that does not let a side pass; nil when all do.
    @inline(__always)
    func firstBlock(_ lean: Side) -> Int? {
        checkCallees.firstIndex { !$0.verdict.allows(lean) }.map { checks[$0].index }
    }

    /// Votes and verdicts at the last close, as ``DecisionCoding`` writes them.
    func packOpinions(_ cursor: inout ByteCursor) {
        var votes = BitPacker(bits: 2)
        cursor.put(number: signals.count)
        signalCallees.forEach { votes.put($0.vote.code, &cursor) }
        votes.end(&cursor)
        var verdicts = BitPacker(bits: 4)
        cursor.put(number: checks.count)
        checkCallees.forEach { verdicts.put($0.verdict.code, &cursor) }
        verdicts.end(&cursor)
    }

    /// Closed candles before the one on which every component has a value.
    var warmUp: Int { all.map { $0.warmUp }.max() ?? 0 }
}

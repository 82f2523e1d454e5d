/// The components of one template, built once and sorted by what they do.

import Store

/// A signal with its vote at the last close.
final class SignalPart {
    private let signal: any SignalComponent
    let weight: Double
    let place: Int
    private(set) var vote = Vote.noData

    init(_ signal: any SignalComponent, weight: Double, place: Int) {
        self.signal = signal
        self.weight = weight
        self.place = place
    }

    @inline(__always)
    func see(_ bar: Bar, _ context: MarketContext, _ changed: inout Bool) -> Vote {
        let seen = signal.vote(bar, context)
        if seen.code != vote.code {
            changed = true
            vote = seen
        }
        return seen
    }
}

/// A filter, gate or guard with its verdict at the last close.
final class CheckPart {
    private let check: any EntryCheck
    let place: Int
    private(set) var verdict = Verdict.noData

    init(_ check: any EntryCheck, place: Int) {
        self.check = check
        self.place = place
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

/// Places are positions in ``Template/components``.
struct StrategyParts {
    private(set) var all: ContiguousArray<any Component> = []
    private(set) var lines: ContiguousArray<ReadingLine> = []
    /// Components that have a say in entries: all but the exits.
    private(set) var entryPlaces: [Int] = []
    private(set) var signals: ContiguousArray<SignalPart> = []
    /// Filters, then gates, then guards: the order of PRODUCT section 5.
    private(set) var checks: ContiguousArray<CheckPart> = []
    private(set) var levels: ContiguousArray<any LevelRule> = []
    private(set) var levelPlaces: [Int] = []
    private(set) var closes: ContiguousArray<any CloseRule> = []
    private(set) var closePlaces: [Int] = []
    private(set) var followers: ContiguousArray<any CandleFollower> = []
    private(set) var entryVolatility: (any EntryVolatilityRule)?
    private(set) var bookDepth: Int?
    /// Whether any component looks beyond the candles.
    private(set) var asksMarket = false

    /// - Throws: ``TemplateError``.
    init(_ template: Template, tick: Price) throws(TemplateError) {
        for place in template.components.indices {
            let setting = try ComponentSetting(template, component: place, tick: tick)
            let component = try Catalog.make(setting)
            all.append(component)
            note(template.components[place], named: setting.kind.name, at: place)
            if type(of: component).asksMarket { asksMarket = true }
            try addExit(component, setting, at: place)
            if let book = component as? OrderBookImbalance { try addBook(book, setting) }
            if setting.role == .signal, let signal = component as? any SignalComponent {
                signals.append(
                    SignalPart(signal, weight: template.components[place].weight, place: place))
            }
        }
        for role in [ComponentRole.filter, .gate, .guardRole] {
            for place in all.indices where template.components[place].role == role {
                guard let check = all[place] as? any EntryCheck else { continue }
                checks.append(CheckPart(check, place: place))
            }
        }
    }

    private mutating func note(_ spec: ComponentSpec, named name: String, at place: Int) {
        lines.append(ReadingLine(name: name, role: spec.role, weight: spec.weight))
        if spec.role != .exit { entryPlaces.append(place) }
    }

    private mutating func addExit(
        _ component: any Component, _ setting: ComponentSetting, at place: Int
    ) throws(TemplateError) {
        guard setting.role == .exit else { return }
        if let rule = component as? any LevelRule {
            levels.append(rule)
            levelPlaces.append(place)
        }
        if let rule = component as? any CloseRule {
            closes.append(rule)
            closePlaces.append(place)
        }
        if let follower = component as? any CandleFollower { followers.append(follower) }
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

    /// Closed candles before the one on which every component has a value.
    var warmUp: Int { all.map { $0.warmUp }.max() ?? 0 }
}

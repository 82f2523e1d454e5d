/// What a workspace pays for its instances: an account, and how long its balance lasts.
import Store

/// It knows money and nothing of bots: it is told what was used, and what follows is its news.
struct Billing {
    /// Nil where nobody pays: in a replay, and in a home that has no account.
    private(set) var account: BillingAccount?

    init(_ account: BillingAccount? = nil) { self.account = account }

    /// What befalls an account.
    enum Event {
        case used(Usage)
        /// Somebody has paid; an account is opened where there was none.
        case paid(Money, by: String)
        /// Time has passed or money has come: what is left, and what an hour costs.
        case looked(available: Money, burn: Money)
    }

    /// What others make of it, in this order.
    enum News {
        /// The balance has changed by it.
        case booked(LedgerEntry)
        /// The alarm stands elsewhere, though no money moved.
        case alarmMoved
        case warned(String, Severity)
        /// Minutes are left: every bot is paused.
        case runsOut
        /// Nothing is left: every bot is wound down.
        case isUsedUp
    }

    mutating func handle(_ event: Event, at now: Instant) -> [News] {
        switch event {
        case .used(let usage): account == nil ? [] : [book(usage.entry(at: now))]
        case .paid(let amount, let payer): [pay(amount, by: payer, at: now)]
        case .looked(let available, let burn): look(available, burn)
        }
    }

    private mutating func pay(_ amount: Money, by payer: String, at now: Instant) -> News {
        if account == nil { account = BillingAccount(balance: .zero) }
        return book(
            LedgerEntry(at: now, kind: .topUp, amount: amount, detail: "by \(payer)"))
    }

    /// The only way in which the balance changes.
    private mutating func book(_ entry: LedgerEntry) -> News {
        account?.balance += entry.amount
        return .booked(entry)
    }

    private mutating func look(_ available: Money, _ burn: Money) -> [News] {
        guard let before = account?.alarm else { return [] }
        let level = alarmLevel(available, burn, before)
        guard level != before else { return [] }
        account?.alarm = level
        return level > before ? [.alarmMoved] + warning(of: level, available) : [.alarmMoved]
    }

    private func alarmLevel(_ available: Money, _ burn: Money, _ before: Int) -> Int {
        if !available.isPositive { return burn.isZero ? before : 5 }
        guard burn.isPositive else { return 0 }
        let runway = Runway(available, burn)
        return Self.alarmLevels.count { runway.span < $0 }
    }

    private func warning(of level: Int, _ available: Money) -> [News] {
        if level == 5 { return [.isUsedUp] }
        if level == 4 {
            let words = "the balance lasts less than \(Self.pauseWords): every bot is paused"
            return [.warned(words, .critical), .runsOut]
        }
        let words =
            "the balance of \(available.text(decimals: 2)) USD lasts less than "
            + Self.alarmLevels[level - 1].ageText
        return [.warned(words, level == 3 ? .critical : .warning)]
    }

    /// Runway at which an alarm is given; then bots are paused, then wound down.
    /// **Source** <doc:ProductRules#Billing>.
    static let alarmLevels: [Span] = [.hours(24), .hours(6), .hours(1), .minutes(15)]
    /// `15 minutes`, below which they are paused.
    static let pauseWords = "\(alarmLevels[3].milliseconds / 60_000) minutes"

    static func cost(_ hourly: Money, _ seconds: Int64) -> Money {
        (hourly * seconds).divided(by: 3600)
    }
}

extension Billing {
    /// The alarm stands where every bot is paused.
    var runsOut: Bool { account.map { $0.alarm >= 4 } ?? false }

    /// The balance less what was used and is not on the ledger yet; nil when nobody pays.
    /// - Parameter running: instances that nobody has been charged for since.
    func available(
        less running: some Sequence<(since: Instant, hourly: Money)>, at now: Instant
    ) -> Money? {
        guard let account else { return nil }
        return running.reduce(account.balance) { sum, instance in
            let seconds = (now - instance.since).milliseconds / 1000
            return sum - Self.cost(instance.hourly, max(seconds, 0))
        }
    }
}

/// Whole seconds of an instance.
struct Usage {
    let bot: ID<Bot>
    /// `paper tokyo`.
    let place: String
    let hourly: Money
    let seconds: Int64

    fileprivate func entry(at now: Instant) -> LedgerEntry {
        LedgerEntry(
            at: now, kind: .usage, amount: -Billing.cost(hourly, seconds), botID: bot,
            seconds: seconds, detail: "\(place) at \(hourly) an hour")
    }
}

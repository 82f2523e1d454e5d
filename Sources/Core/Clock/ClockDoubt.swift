/// What is wrong with the clock of a machine, found without another clock to ask.
import Store

/// A reading of the clocks that does not fit the one before. Within a boot the wall clock and the
/// clock that nobody can set must agree; over a restart only a bounded absence is believed.
struct ClockDoubt: Equatable {
    enum Kind: Equatable {
        /// Within one boot, wall clock and boottime went apart, at once or in small steps.
        case parted
        /// Over a restart: longer away than is believed unasked.
        case absent
        /// Over a restart: earlier than it was.
        case setBack
        /// Nothing was kept to compare with, and the world is later than the clock.
        case worldAhead
    }

    /// What a clock may differ by: reading it takes time, and it is set by a little now and then.
    static let tolerance = Span.minutes(1)
    /// A weekend, a holiday: so long a machine may be off without asking anybody.
    static let believedAbsence = Span.days(30)

    let kind: Kind
    /// How far the wall clock is ahead of where it should be; behind when negative.
    let by: Span
    /// When it was last believed, by itself.
    let since: Instant
    /// Tells one wrong setting of a clock from another while both clocks go on.
    private let setting: Int64

    /// Nil when the reading can be believed.
    /// - Parameters:
    ///   - earlier: the last reading that was believed; nil where none was kept.
    ///   - world: where a world stands that follows this clock; nil for one that does not.
    init?(_ now: MachineClock, since earlier: MachineClock?, world: Instant?) {
        guard let earlier else {
            guard let world else { return nil }
            self.init(over: now.wall - world, .worldAhead, now, world)
            return
        }
        let passed = now.wall - earlier.wall
        guard now.isOfBoot(of: earlier) else {
            self.init(over: passed, .setBack, now, earlier.wall)
            return
        }
        let counted = now.boottime.milliseconds - earlier.boottime.milliseconds
        let apart = Span(milliseconds: passed.milliseconds - counted)
        guard abs(apart.milliseconds) > Self.tolerance.milliseconds else { return nil }
        self.init(.parted, by: apart, now, earlier.wall)
    }

    private init?(over passed: Span, _ backwards: Kind, _ now: MachineClock, _ since: Instant) {
        if passed > Self.believedAbsence {
            self.init(.absent, by: passed, now, since)
        } else if passed.milliseconds < -Self.tolerance.milliseconds {
            self.init(backwards, by: passed, now, since)
        } else {
            return nil
        }
    }

    private init(_ kind: Kind, by: Span, _ now: MachineClock, _ since: Instant) {
        self.kind = kind
        self.by = by
        self.since = since
        setting = now.wall.milliseconds - now.boottime.milliseconds
    }

    /// Whether this is what somebody was told already, while time passes.
    func isNews(after told: ClockDoubt?) -> Bool {
        guard let told, told.kind == kind else { return true }
        return abs(setting - told.setting) > Self.tolerance.milliseconds
    }

    /// What was found and what to do.
    func words(world: Instant, at wall: Instant) -> String {
        let ahead = world - wall
        let lead =
            ahead > Self.tolerance && kind != .worldAhead
            ? " The world stands at \(world), \(ahead.ageText) ahead of it." : ""
        return "\(finding(world, wall)).\(lead) Set the clock right, "
            + "or accept it: plutarc engine start --accept-clock."
    }

    private func finding(_ world: Instant, _ wall: Instant) -> String {
        let far = Span(milliseconds: abs(by.milliseconds)).ageText
        let side = by.milliseconds > 0 ? "ahead of" : "behind"
        switch kind {
        case .parted:
            return "the wall clock shows \(wall), \(far) \(side) the machine's own count of time; "
                + "within one boot they may part by a minute, small steps added up"
        case .absent:
            return "the wall clock shows \(wall), \(far) after the last commit, \(since); over a "
                + "restart of the machine at most \(Self.believedAbsence.ageText) are believed"
        case .setBack:
            return "the wall clock shows \(wall), \(far) before the last commit, \(since)"
        case .worldAhead:
            return "the world stands at \(world), \(far) ahead of the wall clock, \(wall)"
        }
    }
}

extension MachineClock {
    /// Where the kernel names no boot, each reading is of another.
    func isOfBoot(of earlier: MachineClock) -> Bool {
        bootID == earlier.bootID && bootID != "unknown"
    }
}

/// Seeded outages and error bursts of a simulated exchange's connection.
import Store

/// How a request failed on its way; it may be tried again.
public enum VenueFailure: String, Sendable, CaseIterable {
    case unreachable
    case rateLimited = "rate_limited"
    case serverError = "server_error"

    /// What happened, in words.
    public var headline: String {
        switch self {
        case .unreachable: "the exchange cannot be reached"
        case .rateLimited: "the exchange limits the rate of requests"
        case .serverError: "the exchange answers with a server error"
        }
    }

    /// What to do now.
    public var remedy: String { "The engine tries again with growing pauses; nothing is needed." }
}

/// Storms come at seeded times whoever asks; answers fail within them, and by stray chance.
public struct VenueWeather: Sendable, Equatable {
    /// How bad it gets. Integer odds, so that replays agree.
    public struct Climate: Sendable, Equatable {
        /// Mean time from the end of a storm to the next one, in minutes; 0: never a storm.
        public var calmMinutes: Int
        /// Lengths of storms, in minutes.
        public var stormMinutes: ClosedRange<Int>
        /// Failures in a hundred answers during a storm.
        public var stormPercent: Int
        /// Failures in ten thousand answers at any time.
        public var strayPerTenThousand: Int
        /// Orders in a hundred that are rejected though nothing is wrong with them.
        public var rejectPercent: Int

        public init(
            calmMinutes: Int, stormMinutes: ClosedRange<Int> = 3...12, stormPercent: Int = 90,
            strayPerTenThousand: Int = 0, rejectPercent: Int = 0
        ) {
            self.rejectPercent = rejectPercent
            self.calmMinutes = calmMinutes
            self.stormMinutes = stormMinutes
            self.stormPercent = stormPercent
            self.strayPerTenThousand = strayPerTenThousand
        }

        /// Nothing ever fails. Tests ask for it where they want no dice of the weather.
        public static let fair = Climate(calmMinutes: 0)
        /// A storm every ten days or so: what a paper fleet lives in.
        public static let gentle = Climate(calmMinutes: 14_400, strayPerTenThousand: 1)
    }

    public let climate: Climate
    private var dice: Randomness
    private var stormBegins: Instant
    private var stormEnds: Instant
    private var kind: VenueFailure = .unreachable

    /// Storms from `start` on. No storm is under way at the start.
    public init(_ climate: Climate, dice: Randomness, start: Instant) {
        self.climate = climate
        self.dice = dice
        stormBegins = start
        stormEnds = start
        drawStorm()
    }

    /// Goes on from a saved ``state``. Nil when the text is none.
    public init?(_ climate: Climate, state: String) {
        let words = state.split(separator: " ")
        guard words.count == 4, let dice = Randomness(state: String(words[0])),
            let begins = Int64(words[1]), let ends = Int64(words[2]),
            let kind = VenueFailure(rawValue: String(words[3]))
        else { return nil }
        self.climate = climate
        self.dice = dice
        self.kind = kind
        stormBegins = Instant(milliseconds: begins)
        stormEnds = Instant(milliseconds: ends)
    }

    /// The exact state as text.
    public var state: String {
        "\(dice.state) \(stormBegins.milliseconds) \(stormEnds.milliseconds) \(kind.rawValue)"
    }

    /// What one request meets at a moment; nil: it gets through. Moments must not go back.
    public mutating func answer(at now: Instant) -> VenueFailure? {
        if climate.calmMinutes > 0 {
            while now >= stormEnds { drawStorm() }
            if now >= stormBegins, dice.chance(climate.stormPercent, in: 100) { return kind }
        }
        guard climate.strayPerTenThousand > 0,
            dice.chance(climate.strayPerTenThousand, in: 10_000)
        else { return nil }
        return VenueFailure.allCases[dice.integer(in: 0...VenueFailure.allCases.count - 1)]
    }

    /// Whether the exchange, too busy, rejects the order that has just reached it.
    public mutating func rejectsOrder() -> Bool {
        climate.rejectPercent > 0 && dice.chance(climate.rejectPercent, in: 100)
    }

    private mutating func drawStorm() {
        guard climate.calmMinutes > 0 else { return }
        let calm = dice.integer(in: 1...2 * climate.calmMinutes)
        stormBegins = stormEnds + .minutes(Int64(calm))
        stormEnds = stormBegins + .minutes(Int64(dice.integer(in: climate.stormMinutes)))
        kind = VenueFailure.allCases[dice.integer(in: 0...VenueFailure.allCases.count - 1)]
    }
}

/// How long the engine waits for what, and how often it looks: each number stands here alone.
import Store

/// World time. What tells that something is late and what makes it so ask the same figure.
public enum Deadlines {
    // MARK: Looks

    /// Between two signs of life of a running bot.
    static let heartbeat = Span.seconds(15)
    /// Between two comparisons of a bot's book with the exchange's.
    static let reconcile = Span.seconds(30)

    // MARK: Waits

    /// Until an order that got no answer, or that the exchange was too busy for, is sent again,
    /// and until what a close left of a position is closed.
    static let retry = Span.seconds(2)
    /// An entry that was not delivered by then is given up.
    static let entry = Span.seconds(10)
    /// An exit is late then; it is still sent.
    static let exit = Span.minutes(1)
    /// A command that stops losses and was not begun by then is expired: an old close never fires
    /// unasked.
    public static let killLane = Span.seconds(60)

    // MARK: What is late

    /// One heartbeat was missed, maybe.
    public static let heartbeatLate = Span.seconds(20)
    /// Three heartbeats were missed: the bot is not heard any more.
    public static let heartbeatLost = heartbeat * 3
    /// Silence of the exchange, or since the last comparison, that is an alarm.
    static let exchangeSilence = Span.minutes(2)
    /// Since the last decision of a bot: two candles, and a minute for the exchange to bring them.
    public static func evaluation(ofCandles length: Span) -> Span { length * 2 + .minutes(1) }
    /// A price older than this is marked, and what is reckoned with it.
    public static let mark = Span.minutes(1)
}

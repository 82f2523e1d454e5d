/// When something happens: its instant, and its turn among all that happens at that instant.
import Store

/// At an instant comes first what ends there, of every symbol; then what the calendar brings, at
/// the prices that this leaves; then what begins. One number, so that comparing is one step.
struct Moment: Comparable {
    enum Turn: Int64 {
        /// Where the price went up to now: a print, or the range of a recorded candle.
        case price
        /// A candle closes, and is decided on.
        case close
        /// Funding, the day, a snapshot, an order on its way.
        case due
        /// A recorded candle opens; what waited for it fills.
        case open
    }

    private let order: Int64

    @inline(__always) init(_ at: Instant, _ turn: Turn) {
        order = at.milliseconds &* 4 &+ turn.rawValue
    }

    private init(order: Int64) { self.order = order }

    /// Behind everything.
    static var never: Moment { @inline(__always) get { Moment(order: .max) } }

    var at: Instant { Instant(milliseconds: order >> 2) }

    @inline(__always) static func < (left: Moment, right: Moment) -> Bool {
        left.order < right.order
    }
}

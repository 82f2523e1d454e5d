/// How the wall clock drives the world's clock.
import Store

/// Real time, a multiple of it, or as fast as the machine can.
public enum Pace: Sendable, Equatable {
    /// World milliseconds per wall millisecond. **Range** above 0.
    case factor(Rate)
    case unbounded

    public static let real = Pace.factor(Rate(raw: powerOfTen(Rate.scale)))

    /// Reads `1`, `60`, `0.5`, `60x` or `max`.
    public init(parsing text: String) throws(NumberError) {
        if text == "max" { self = .unbounded; return }
        let digits = text.hasSuffix("x") ? String(text.dropLast()) : text
        let factor = try Rate.parse(unsigned: digits)
        guard factor <= Rate(raw: 1_000_000 * powerOfTen(Rate.scale)) else {
            throw .outOfRange(digits)
        }
        self = .factor(factor)
    }

    /// Nil for what is no speed.
    public init?(text: String) {
        do throws(NumberError) { try self.init(parsing: text) } catch { return nil }
    }

    var isFasterThanReal: Bool {
        guard case .factor(let factor) = self else { return true }
        return factor.raw > powerOfTen(Rate.scale)
    }

    public var text: String {
        switch self {
        case .factor(let factor): factor.description
        case .unbounded: "max"
        }
    }
}

/// Maps the machine's uninterrupted clock onto the world's.
struct WorldClock {
    let pace: Pace
    private var anchor: (world: Instant, boot: Span)

    init(pace: Pace, world: Instant, boot: Span) {
        self.pace = pace
        self.anchor = (world, boot)
    }

    /// Never more than half a day of the world in one turn, so that commands are heard.
    static let longestTurn = Span.hours(12)

    /// Where the world should stand at a moment of the machine's clock.
    func target(at boot: Span, now: Instant) -> Instant {
        switch pace {
        case .unbounded: return now + Self.longestTurn
        case .factor(let factor):
            let passed = boot.milliseconds - anchor.boot.milliseconds
            let world = multiplyDivide(passed, factor.raw, powerOfTen(Rate.scale), .down)
            return min(anchor.world + Span(milliseconds: world), now + Self.longestTurn)
        }
    }

    /// Wall time until the world reaches an instant.
    func wait(until next: Instant, now: Instant) -> Span {
        switch pace {
        case .unbounded: return .milliseconds(0)
        case .factor(let factor):
            let ahead = max((next - now).milliseconds, 0)
            return Span(
                milliseconds: multiplyDivide(ahead, powerOfTen(Rate.scale), factor.raw, .up))
        }
    }

    /// Stands the world's clock at another instant from now on.
    mutating func anchor(world: Instant, boot: Span) { anchor = (world, boot) }
}

/// How long money lasts.
import Store

public struct Runway: Sendable, Equatable {
    public let span: Span

    /// **Requires** a positive burn. Never longer than ten years.
    public init(_ available: Money, _ burn: Money) {
        let longest = Span.days(3653)
        let hours = available.raw / max(burn.raw, 1)
        guard hours < longest.milliseconds / 3_600_000 else {
            span = longest
            return
        }
        span = Span(
            milliseconds: multiplyDivide(max(available.raw, 0), 3_600_000, burn.raw, .down))
    }
}

/// Signal Flip Exit and Time Stop: rules that are asked at candle closes.

import Store

/// Triggers when the opposite score exceeds the threshold, whether or not an entry on that side
/// would be allowed.
final class SignalFlipExit: CloseRule {
    static let kind = ComponentKind(
        "Signal Flip Exit", aliases: ["Signal Flip"], .exit, [.exit], [],
        "Closes when the score turns to the other side past the threshold.")

    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {}

    func triggers(for track: PositionTrack, _ decision: Decision) -> Bool {
        decision.isWarm && decision.lean == track.side.opposite
    }

    var reading: String { "opposite score past the threshold" }
}

/// Triggers after a number of candles.
final class TimeStop: CloseRule {
    static let kind = ComponentKind(
        "Time Stop", .exit, [.exit],
        [.whole("candles", 48, 1...100_000, "candles", "held at least this long closes")],
        "Closes a position that has been held long enough.")

    private let candles: Int
    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {
        candles = setting.whole("candles")
    }

    func triggers(for track: PositionTrack, _ decision: Decision) -> Bool {
        track.candlesHeld >= candles
    }

    var reading: String { "after \(counted(candles, "candle"))" }
}

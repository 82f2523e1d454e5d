/// Trailing Stop and Break-Even Stop: levels that arm once the position has gained enough.

import Store

final class TrailingStop: LevelRule {
    static let kind = ComponentKind(
        "Trailing Stop", aliases: ["Trailing"], .exit, [.exit],
        [
            .number("arm", 1.5, 0...1000, "%", "gain from the entry price that arms it"),
            .number("trail", 1, 0.01...99, "%", "distance from the best price since the entry"),
        ],
        "Follows the best price once armed.")

    private let arm: Rate
    private let trail: Rate
    private let tick: Price
    let warmUp = 0
    let isStop = true

    init(_ setting: ComponentSetting) throws(TemplateError) {
        arm = setting.share("arm")
        trail = setting.share("trail")
        tick = setting.tick
    }

    func level(for track: PositionTrack) -> Price? {
        guard track.hasGained(arm) else { return nil }
        let distance = track.bestPrice.times(trail)
        return track.stop(track.favourable(track.bestPrice, by: -distance), tick: tick)
    }

    var reading: String { "arms at \(arm.percentText) %, trails \(trail.percentText) %" }
}

final class BreakEvenStop: LevelRule {
    static let kind = ComponentKind(
        "Break-Even Stop", aliases: ["Break-Even"], .exit, [.exit],
        [
            .number("arm", 1, 0.01...1000, "%", "gain from the entry price that arms it"),
            .number("offset", 0.1, 0...100, "%", "gain that it keeps, for the fees"),
        ],
        "Moves the stop to the entry price once armed.")

    private let arm: Rate
    private let offset: Rate
    private let tick: Price
    let warmUp = 0
    let isStop = true

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("offset", below: "arm")
        arm = setting.share("arm")
        offset = setting.share("offset")
        tick = setting.tick
    }

    func level(for track: PositionTrack) -> Price? {
        guard track.hasGained(arm) else { return nil }
        let distance = track.entryPrice.times(offset)
        return track.stop(track.favourable(track.entryPrice, by: distance), tick: tick)
    }

    var reading: String { "arms at \(arm.percentText) %, keeps \(offset.percentText) %" }
}

/// Hard Stop Loss and Take Profit: levels at a share of the entry price.

import Store

final class HardStopLoss: LevelRule {
    static let kind = ComponentKind(
        "Hard Stop Loss", aliases: ["Hard Stop"], .exit, [.exit],
        [.number("percent", 2, 0.01...99, "%", "loss from the entry price that closes")],
        "Closes at a fixed loss.")

    private let share: Rate
    private let tick: Price
    let warmUp = 0
    let isStop = true
    static let staysPut = true

    init(_ setting: ComponentSetting) throws(TemplateError) {
        share = setting.share("percent")
        tick = setting.tick
    }

    func level(for track: PositionTrack) -> Price? {
        let distance = track.entryPrice.times(share)
        return track.stop(track.favourable(track.entryPrice, by: -distance), tick: tick)
    }

    var reading: String { "\(share.percentText) % from entry" }
}

final class TakeProfit: LevelRule {
    static let kind = ComponentKind(
        "Take Profit", .exit, [.exit],
        [.number("percent", 4, 0.01...1000, "%", "gain from the entry price that closes")],
        "Closes at a fixed gain.")

    private let share: Rate
    private let tick: Price
    let warmUp = 0
    let isStop = false
    static let staysPut = true

    init(_ setting: ComponentSetting) throws(TemplateError) {
        share = setting.share("percent")
        tick = setting.tick
    }

    #if DEBUG
        /// Off in a test of what looks for traps alone: a level beyond the range of prices is one
        /// then.
        nonisolated(unsafe) static var isBounded = true
    #else
        static var isBounded: Bool { true }
    #endif

    func level(for track: PositionTrack) -> Price? {
        let distance = track.entryPrice.times(share)
        let level = track.favourable(track.entryPrice, by: distance)
        precondition(level.magnitude < .most || Self.isBounded, "a target beyond every price")
        return track.target(level, tick: tick)
    }

    var reading: String { "\(share.percentText) % from entry" }
}

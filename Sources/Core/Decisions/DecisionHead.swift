/// The part of a decision record that has the same size for every template.

import Store

/// The bot as it stood when the candle was decided on.
struct BotStanding: Sendable, Equatable {
    var phase = BotState.online
    var isPaused = false
    var pauseCause: PauseCause?
    var isArmed = true
    var isReconciled = true
    /// Its provider is at work on it: an update, a restart.
    var isBusy = false
    /// The engine opens nothing: disk, clock or database forbid it.
    var isStopped = false

    init() {}

    /// All of it in one number.
    var code: UInt16 {
        @inline(__always) get {
            UInt16(DecisionCoding.standing(self)) | UInt16(DecisionCoding.botFlags(self)) << 8
        }
    }

    /// What stands against an entry, as ``BotMachine/entryBlocker`` asks it.
    var obstacles: [Obstacle] {
        var obstacles: [Obstacle] = []
        if phase != .online { obstacles.append(.phase) }
        if isPaused { obstacles.append(.paused) }
        if isBusy { obstacles.append(.busy) }
        if !isArmed { obstacles.append(.unarmed) }
        if !isReconciled { obstacles.append(.unreconciled) }
        if isStopped { obstacles.append(.stopped) }
        return obstacles
    }
}

/// Inputs and outcome without the votes and verdicts.
struct DecisionHead: Sendable, Equatable {
    /// As the strategy computed it.
    var score: Double
    /// The side on which the score exceeds the threshold, whatever blocks it.
    var lean: Side?
    var isWarm: Bool
    var sessionOpen: Bool
    var isLate = false
    var bot = BotStanding()
    /// The strategy wanted to enter, so that exits and limits were asked.
    var asked = false
    /// The exit rule that would close at once.
    var pointlessRule: Int?
    var denied: EntryLimits = []
    /// What stopped the bot first; nil: it entered.
    var outcome: Obstacle?
}

/// What keeps a world from doing wrong, each with a switch that only a test of the tests throws.
import Store

/// A simulation in which one of these is off must be caught: a safeguard that nobody misses keeps
/// nothing safe, and a test that misses none is no test. Every switch stands where something is
/// about to be done, an entry, an exit, a command; no price and no candle asks for it.
enum Safeguard: String, CaseIterable, Sendable {
    /// No entries while the pause flag is set.
    case pause
    /// No entries while a restart or an update is under way.
    case overlay
    /// No entries until book and exchange have been compared after a time without a process.
    case reconcileFirst
    /// A close never opens anything.
    case reduceOnly
    case sessions
    /// What was approved is looked at once more before it is sent.
    case secondLook
    case positionsPerAsset, positionsTotal, leverage, slippage
    case lossPerTrade, dailyLoss, lossStreak, exchangeErrors
    /// A latched kill switch pauses.
    case latchPauses
    /// Only who may edit limits resets it.
    case latchReset
    case exitsWhilePaused
    /// What a close has left open is closed again.
    case closeAgain
    /// A close that the exchange rejects again and again is an alert.
    case rejectedCloses
    /// What closed while a bot had no process is decided when it has one again.
    case missedExits
    /// An order that is sent again has the id that it had.
    case sameOrderSameID
    /// The exchange is asked for what it told and nobody heard.
    case missedMessages
    case oneKeyOneBot
    /// A key changes only on a bot that holds nothing and has nothing on its way.
    case keyOfFlatBots
    case restartOnceAnHour
    case sleepOnlyFlat
    /// What an instance costs ends with it, and is on the ledger then.
    case chargeEnds, chargeIsBooked, ledgerRow
    case windDownAtZero
    /// A request that comes twice is one command.
    case sameKeySameCommand
    case haltUntilFlat
    /// A token confirms what was shown, for a short time, to one person.
    case previewIsFresh
    /// A confirmation that is given is the right one, also where none is asked for.
    case givenConfirmationHolds
    /// Looser limits, or such as close something at once, are confirmed by the label.
    case limitsAreConfirmed
    /// What a stop closes first is confirmed as every close is.
    case stopIsConfirmed
    case auditRow
    /// Many refusals of one kind are two rows of the audit.
    case refusalsFold
    /// A denied right is in the audit also where the rest of the request cannot be read.
    case unreadRefusalsAudited
    /// Commands wait for a link that is away.
    case waitForLink
    case missedHeartbeats
    /// Nothing is opened while disk, clock or database forbid it.
    case entryStop
    /// A clock that cannot be right is not followed.
    case clockWatch
    /// A bot whose numbers cannot be gone on with stops.
    case failureStops
    /// A trade that the books would refuse is booked without what is wrong with it.
    case soundTrades
    /// What stops losses is done also where a damaged database cannot take it down.
    case closeWithoutRecord
    /// Inside a recorded candle the nearest level comes first, liquidation too.
    case nearestFirst
    /// Limits and drawdown know the extremes of a recorded candle.
    case extremesAreSeen
    /// What ends at an instant comes before funding, day and snapshot of that instant.
    case boundaryOrder
    /// A cool-down is over at its end, for the decision of that instant too.
    case cooldownEndsFirst
    /// A person's pause leaves the cause that a rule gave.
    case ruleCauseStays
    /// A market whose recorded data has ended, or has a gap of days, costs no funding and makes no
    /// equity points.
    case endOfDataIsTheEnd
    /// A trade that breaks even is no loss.
    case evenIsNoLoss
}

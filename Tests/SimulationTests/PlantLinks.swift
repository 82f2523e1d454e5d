/// How the invariants of links, of payment and of time are broken.
import Store

@testable import Core

extension Plant {
    static func outOfReach(_ invariant: Invariant) -> [Picture] {
        var first = living()
        var second = living()
        second.at = now + .hours(1)
        (first.activities, first.fills) = (sound().activities, sound().fills)
        (second.activities, second.fills) = ([], [])
        switch invariant {
        case .cutBotsRunWhatTheyHeardLast:
            second.lives[0].link.lostAt = now + .seconds(1)
            second.lives[0].record.limitsVersion += 1
        case .missedHeartbeatsAreNoticed:
            first.lives[0].link.lostAt = now - .minutes(1)
            second.lives[0].link.lostAt = now - .minutes(1)
        case .whatWaitedIsHandedOver:
            first.lives[0].link.queued = 1
            second.lives[0].link.queued = 1
        case .nobodyRunsUnpaid:
            first.available = .zero
            second.available = .zero
        case .confirmedIsWhatWasShown: break
        default:
            first.clock = now
            second.at = now - .seconds(1)
        }
        return [first, second]
    }

    /// One position was shown; a minute later two are closed.
    static var lateConfirmation: HonouredPreview {
        let shown = ShownPreview(
            scope: .all, token: "k7pd-3wxa", positions: ["position-1"], at: now, who: 1000)
        return HonouredPreview(
            shown: shown, who: 1000, open: ["position-1", "position-2"], at: now + .minutes(1))
    }
}

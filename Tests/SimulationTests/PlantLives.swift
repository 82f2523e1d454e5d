/// How each invariant of a bot's life is broken; each plant is a history of pictures.
import Store

@testable import Core

extension Plant {
    /// A bot that is online behind an instance, as it has been from the start.
    static func living() -> Picture {
        var picture = sound()
        picture.lives = [life()]
        picture.ledger = SeenLedger(balance: .units(5), sum: .units(5), seconds: [bot: 0])
        return picture
    }

    static func life(_ state: BotState = .online) -> SeenLife {
        SeenLife(
            record: Bot(
                id: bot, label: "a", phase: state == .paused ? .online : state,
                isPaused: state == .paused, keyID: ID(1), templateName: "T", ipv4: "198.18.0.1",
                ipv6: "2001:db8::1", createdAt: now, reconciledAt: now),
            instance: Instance(botID: bot, since: now, chargedUntil: now),
            link: BotLink(botID: bot, running: 1))
    }

    /// An observer that knows the bot as it is at first.
    static func lifeObserver() -> Observer {
        var observer = Observer()
        let first = life()
        observer.lives[bot] = KnownLife(first.record, first.instance, sessions: [])
        return observer
    }

    static func trace(
        _ transition: Transition, _ from: BotState, _ to: BotState, after seconds: Int64 = 0
    ) -> LifeTrace {
        LifeTrace(
            bot: bot, transition: transition, from: from, to: to, at: now + .seconds(seconds))
    }

    static func entry(at seconds: Int64, key: Int64 = 1) -> Order {
        var order = fill(9).order
        order.keyID = ID(key)
        order.createdAt = now + .seconds(seconds)
        return order
    }

    /// The second comes half an hour after the first.
    static func restart(_ number: Int64) -> CommandRecord {
        var row = command(.running)
        row.id = ID(number)
        row.verb = "restart"
        row.at = now + .minutes(30 * number)
        return row
    }

    static func livingWrongly(_ invariant: Invariant) -> [Picture] {
        var picture = living()
        picture.at = now + .seconds(60)
        switch invariant {
        case .entriesOnlyWhileOnline:
            picture.trail.traces = [trace(.t7, .online, .offline, after: 10)]
            picture.lives[0].record.phase = .offline
            picture.orders = [entry(at: 20)]
        case .entriesOnlyWhileArmed: picture.orders = [entry(at: 20, key: 0)]
        case .entriesOnlyOnceReconciled:
            picture.trail.downs = [(5, true), (10, false)].map { seconds, isDown in
                LifeDown(
                    bot: bot, isDown: isDown, hasNoProcess: isDown, at: now + .seconds(seconds))
            }
            picture.orders = [entry(at: 20)]
        case .entriesOnlyInSessions:
            picture.orders = [entry(at: 20)]
            picture.lives[0].sessions = [noon]
            var first = living()
            first.lives[0].sessions = [noon]
            return [first, picture]
        case .exitsAreEvaluated:
            picture.lives[0].unexited = [(ID(1), Quantity(raw: 5))]
            var later = picture
            later.at = now + .hours(1)
            return [picture, later]
        case .neverAsleepWithAPosition:
            picture.trail.traces = [trace(.t13, .online, .sleeping, after: 10)]
            picture.lives[0].record.phase = .sleeping
            picture.lives[0].instance = Instance(botID: bot)
            picture.lives[0].holds = 1
        case .oneKeyOneBot:
            var twin = life()
            twin.record.id = ID(2)
            picture.lives.append(twin)
        case .chargedExactlyWhileProvisioned: picture.lives[0].instance.chargedUntil = nil
        case .ledgerSumsToTheBalance: picture.ledger?.balance = .units(4)
        case .oneOrderForOneDecision: picture.orders = [entry(at: 20), entry(at: 21)]
        case .acknowledgedCommandsAreKept: picture.commands = []
        case .restartAtMostOnceAnHour: break
        case .sameAddressAfterSleep: picture.lives[0].record.ipv4 = "198.18.0.2"
        default: picture.lives[0].record.phase = .offline
        }
        return [picture]
    }

    private static let noon = SessionWindow(
        name: "Noon", days: [0, 1, 2, 3, 4, 5, 6], start: 720, end: 780, zone: "UTC")
}

/// A world brought back from its home piece by piece, so that its engine is heard of meanwhile.
import Store

/// Everything is as of the last commit, indicators come from candles. Each step takes a few
/// milliseconds, whatever the size of the fleet; nothing may be committed that a world is made of.
public final class FleetLoading {
    private enum Stage {
        case rows
        case markets(SavedWorld, [Market])
        case reopening(SavedWorld, [Market], RecordedReopening)
        case bots(BotLoading)
        case over(World)
    }

    private let database: Database
    private let climate: VenueWeather.Climate
    private let catalog: ComputeCatalog
    private let work: WorkSlot?
    private let switchedOff: Switches<StartSafeguard>
    private var stage = Stage.rows
    /// Bots in all, once that is known.
    public private(set) var total = 0

    /// - Parameters:
    ///   - work: where it is written down which bot is brought back just now; one at which engines
    ///   have died comes without its strategies.
    ///   - switchedOff: other than nothing only in tests.
    public init(
        _ database: Database, weather climate: VenueWeather.Climate = .gentle,
        catalog: ComputeCatalog = .standard, work: WorkSlot? = nil,
        switchedOff: Switches<StartSafeguard> = []
    ) {
        self.switchedOff = switchedOff
        self.database = database
        self.climate = climate
        self.catalog = catalog
        self.work = work
    }

    /// Bots that are loaded whole.
    public var done: Int {
        switch stage {
        case .rows, .markets, .reopening: 0
        case .bots(let loading): loading.done
        case .over: total
        }
    }

    /// The world at the instant of the last commit; nil until it is whole.
    public var world: World? {
        if case .over(let world) = stage { world } else { nil }
    }

    /// Does one piece. Does nothing once the world is whole.
    public func step() throws(LoadError) {
        switch stage {
        case .rows:
            let saved = try stored { () throws(StoreError) in try SavedWorld(database) }
            total = saved.bots.count
            stage = .markets(saved, [])
        case .markets(let saved, let markets): try open(saved, markets)
        case .reopening(let saved, let markets, let reopening):
            do throws(FileError) {
                guard try reopening.pass(Self.rows) else { return }
            } catch { throw .file(error) }
            stage = .markets(saved, markets + [Market(reopening.market)])
        case .bots(let loading):
            try loading.step()
            guard loading.isOver else { return }
            loading.world.trading.count(from: loading.saved.counters)
            for bot in loading.world.bots { loading.world.trading.heedFlaws(of: bot) }
            stage = .over(loading.world)
        case .over: break
        }
    }

    /// Rows of a candle file that are passed in one step.
    private static let rows = 50_000

    private func open(_ saved: SavedWorld, _ markets: [Market]) throws(LoadError) {
        guard markets.count < saved.markets.count else {
            stage = .bots(
                BotLoading(
                    saved, world(of: saved, markets), database, work: work,
                    switchedOff: switchedOff))
            return
        }
        let record = saved.markets[markets.count]
        do throws(FileError) {
            if record.source == Market.modelSource {
                stage = .markets(saved, markets + [try Market(record)])
            } else {
                stage = .reopening(saved, markets, try RecordedReopening(record))
            }
        } catch { throw .file(error) }
    }

    private func world(of saved: SavedWorld, _ markets: [Market]) -> World {
        let kept = saved.workspace.clock
        let (now, damage) = Self.present(kept, markets)
        let trustsClock = switchedOff.contains(.clockOfMarkets)
        let world = World(
            settings: saved.settings(epoch: database.epoch, markets), markets: markets,
            at: trustsClock ? kept : now, weather: saved.weather(climate.with(catalog), markets))
        let compute = SimulatedCompute(
            catalog: catalog, seed: UInt64(bitPattern: saved.workspace.seed))
        world.fleet.resume(saved.billing, saved.rollout, on: compute)
        saved.restoreVenue(of: world, repairs: !switchedOff.contains(.brokenVenueRows))
        let found = [trustsClock ? nil : damage, saved.damage].compactMap(\.self)
        world.trading.stopEntries(damage: found)
        return world
    }

    /// Where the world stands: a clock of the file that was set by other hands is not followed.
    private static func present(
        _ kept: Instant, _ markets: [Market]
    ) -> (now: Instant, damage: String?) {
        let all = markets.compactMap(\.nextAt).min()
        let seeded = markets.filter { $0.recorded == nil }.compactMap(\.nextAt).min()
        return SavedClock.present(kept, next: all, seeded: seeded)
    }
}

/// The clock of a world held against its markets, as both stand in the file.
enum SavedClock {
    /// What comes next in a market lies before it: a clock that is far beyond that was set by
    /// other hands, and all the time between would be played at once. In a seeded market it comes
    /// within a minute: far behind that too.
    /// - Parameters:
    ///   - next: when the earliest event of all markets is due.
    ///   - seeded: the same of the seeded ones; recorded data may have a gap.
    static func present(
        _ kept: Instant, next: Instant?, seeded: Instant?
    ) -> (now: Instant, damage: String?) {
        let ahead = next.flatMap { kept - $0 > ClockDoubt.tolerance ? $0 : nil }
        let behind = seeded.flatMap { $0 - kept > ClockDoubt.tolerance ? $0 : nil }
        guard let stands = ahead ?? behind else { return (kept, nil) }
        return (stands, "the clock of the world says \(kept), its markets stand at \(stands)")
    }
}

/// Runs `body` and calls its error one of loading.
func stored<Value>(
    _ body: () throws(StoreError) -> Value
) throws(LoadError) -> Value {
    do throws(StoreError) { return try body() } catch { throw .store(error) }
}

extension VenueWeather.Climate {
    /// With what the home's file says of the simulated exchange.
    fileprivate func with(_ catalog: ComputeCatalog) -> VenueWeather.Climate {
        var climate = self
        climate.rejectPercent = max(rejectPercent, catalog.orderRejectPercent)
        return climate
    }
}

/// The simulated provider: its times and its mishaps come from the world's dice.
import Store

/// Every answer has dice of its own, named after what was asked: they need no saving, and no
/// answer disturbs another or anything else in the world.
public struct SimulatedCompute: ComputeProvider {
    public let catalog: ComputeCatalog
    private let dice: Randomness

    public init(catalog: ComputeCatalog = .standard, seed: UInt64) {
        self.catalog = catalog
        dice = Randomness(seed: seed).fork(named: "compute")
    }

    public func answer(to request: ComputeRequest) -> ComputeAnswer {
        var dice = dice.fork(named: "\(request.bot)/\(request.number)")
            .fork(named: "\(request.job)/\(request.phase)/\(request.at.milliseconds)")
        let range = Self.milliseconds(request.phase, of: request.job)
        let length = Span.milliseconds(Int64(dice.integer(in: range)))
        let fails = catalog.failureOneIn > 0 && dice.chance(1, in: catalog.failureOneIn)
        return ComputeAnswer(
            at: request.at + length, failure: fails ? Self.failure(request) : nil)
    }

    /// Together: deploy under a minute, wake one to three, update one to two.
    /// **Source** <doc:ProductRules#Jobs-of-the-provider>.
    private static func milliseconds(_ phase: JobPhase, of job: ComputeJob) -> ClosedRange<Int> {
        let isSlow = job == .wake || job == .replace
        return switch phase {
        case .provisioning: isSlow ? 40_000...100_000 : 12_000...25_000
        case .installing: isSlow ? 15_000...50_000 : 8_000...20_000
        case .connecting: isSlow ? 5_000...28_000 : 2_000...8_000
        case .stopping, .pausing, .resuming: 1_000...2_000
        case .cancelling, .reconciling: 1_000...4_000
        case .starting: 4_000...10_000
        case .pulling: 30_000...55_000
        case .replacing: job == .rollback ? 15_000...25_000 : 28_000...48_000
        case .releasing: 5_000...20_000
        }
    }

    private static func failure(_ request: ComputeRequest) -> String {
        let place = "\(request.place.provider) \(request.place.region)"
        return switch request.phase {
        case .provisioning: "no capacity at \(place)"
        case .installing, .pulling: "the program could not be fetched"
        case .connecting: "the exchange could not be reached"
        case .replacing: "the new version failed its health check"
        default: "\(place) did not answer while \(request.phase.rawValue)"
        }
    }

    /// Out of the ranges for benchmarks and documentation: no real host has them.
    public func addresses(
        of bot: ID<Bot>, number: Int, taken: Set<String>
    ) -> ComputeAddresses {
        var dice = dice.fork(named: "address/\(bot)/\(number)")
        var place = dice.integer(in: 0...0x1_FDFF)
        while true {
            let ipv4 = "198.\(18 + place >> 16 & 1).\(place >> 8 & 255).\(1 + place % 254)"
            if !taken.contains(ipv4) {
                let low = String(place, radix: 16)
                return ComputeAddresses(ipv4: ipv4, ipv6: "2001:db8:\(bot.number)::\(low)")
            }
            place = (place + 1) % 0x1_FE00
        }
    }

    public func losesInstance(of bot: ID<Bot>, in hour: Instant) -> Bool {
        guard catalog.lossHours > 0 else { return false }
        var dice = dice.fork(named: "loss/\(bot)/\(hour.milliseconds)")
        return dice.chance(1, in: catalog.lossHours)
    }

    public func outage(of bot: ID<Bot>, in hour: Instant) -> NetworkOutage? {
        guard catalog.linkHours > 0 else { return nil }
        var dice = dice.fork(named: "link/\(bot)/\(hour.milliseconds)")
        guard dice.chance(1, in: catalog.linkHours) else { return nil }
        let from = hour + .seconds(Int64(dice.integer(in: 0...3_599)))
        // One in three is over before anybody counts it as missed heartbeats.
        let length = dice.chance(1, in: 3) ? 10...40 : 60...1_200
        return NetworkOutage(
            from: from, until: from + .seconds(Int64(dice.integer(in: length))))
    }
}

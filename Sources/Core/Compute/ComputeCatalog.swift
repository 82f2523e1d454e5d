/// Where bots can run and what that costs: providers and regions, read from an editable file.
import Store

/// One region of one provider.
public struct ComputePlace: Sendable, Equatable, Codable {
    public let provider: String
    public let region: String
    /// USD an hour while an instance is provisioned. **Range** above 0.
    public let hourly: Money

    /// USD in 30 days.
    public var monthly: Money { hourly * 720 }
}

/// All places, and how often things go wrong there. **Source** <doc:ProductRules#Regions>.
public struct ComputeCatalog: Sendable, Equatable, Codable {
    /// The file's name inside a home; a home without it uses ``standard``.
    public static let fileName = "compute.ini"

    /// In the order of the file; never empty.
    public let places: [ComputePlace]
    /// The newest version of the bot program; nil: no updates are on offer.
    public let newestVersion: String?
    /// One phase in so many fails; 0: none.
    public let failureOneIn: Int
    /// An instance is lost once in so many hours; 0: never.
    public let lossHours: Int
    /// The network to a bot fails once in so many hours; 0: never.
    public let linkHours: Int
    /// Orders in a hundred that the simulated exchange rejects for being busy.
    public let orderRejectPercent: Int
    /// Why the home's own file is not in force; nil where it is, or where there is none.
    public internal(set) var fault: FileError?
    /// Milliseconds there and back, by region, then by exchange.
    let roundTrips: [String: [String: Int]]

    /// The place of a name; the first provider of the region where none is named.
    public func place(region: String, provider: String? = nil) -> ComputePlace? {
        places.first { $0.region == region && (provider == nil || $0.provider == provider) }
    }

    /// What a bot costs; a place that the file no longer names costs what its first one does.
    public func hourly(of bot: Bot) -> Money {
        (place(region: bot.region, provider: bot.provider) ?? places[0]).hourly
    }

    /// - Throws: ``FileError`` naming file, line and key.
    public init(parsing text: String, file: String) throws(FileError) {
        let ini = try IniFile(parsing: text, file: file)
        var places: [ComputePlace] = []
        var release: String?
        var faults: [String: Int] = [:]
        var roundTrips: [String: [String: Int]] = [:]
        for section in ini.sections {
            switch section.name {
            case "release": release = try Self.release(section, file)
            case "faults": faults = try Self.faults(section, file)
            case let name where name.hasPrefix("rtt "):
                roundTrips[String(name.dropFirst(4))] = try Self.roundTrips(section, file)
            default:
                for entry in section.entries {
                    places.append(try Self.place(section.name, entry, file))
                }
            }
        }
        guard !places.isEmpty else {
            throw FileError(
                file: file, problem: "names no region",
                remedy: "Write a section for a provider and region = hourly rate in it.")
        }
        (self.places, newestVersion) = (places, release)
        failureOneIn = faults["failure_one_in", default: 0]
        lossHours = faults["loss_hours", default: 0]
        linkHours = faults["link_hours", default: 0]
        orderRejectPercent = faults["order_rejects_percent", default: 0]
        self.roundTrips = roundTrips
    }

    /// Simulated, while nothing has measured it; nil where the file says nothing.
    public func roundTrip(from region: String, to exchange: String) -> Span? {
        roundTrips[region]?[exchange].map { .milliseconds(Int64($0)) }
    }

    /// Every exchange that some region has a time to, by name.
    public var exchanges: [String] {
        Set(roundTrips.values.flatMap(\.keys)).sorted()
    }

    private static func roundTrips(
        _ section: IniFile.Section, _ file: String
    ) throws(FileError) -> [String: Int] {
        var times: [String: Int] = [:]
        for entry in section.entries {
            guard let time = Int(entry.value), 0...10_000 ~= time else {
                throw FileError(
                    file: file, line: entry.line, key: entry.key,
                    problem: "\"\(entry.value)\" is no round-trip time",
                    remedy: "Write whole milliseconds, at most 10000, such as 3.")
            }
            times[entry.key] = time
        }
        return times
    }

    private static func place(
        _ provider: String, _ entry: IniFile.Entry, _ file: String
    ) throws(FileError) -> ComputePlace {
        let remedy = "Write USD an hour, above 0 and at most 100, such as 0.04."
        let rate: Money
        do throws(NumberError) { rate = try Money.parse(unsigned: entry.value) } catch {
            throw FileError(
                file: file, line: entry.line, key: entry.key, problem: error.headline,
                remedy: remedy)
        }
        guard rate <= .units(100) else {
            throw FileError(
                file: file, line: entry.line, key: entry.key,
                problem: "\"\(entry.value)\" is no hourly rate", remedy: remedy)
        }
        return ComputePlace(provider: provider, region: entry.key, hourly: rate)
    }

    private static func release(
        _ section: IniFile.Section, _ file: String
    ) throws(FileError) -> String? {
        for entry in section.entries {
            let parts = entry.value.split(separator: ".", omittingEmptySubsequences: false)
            guard entry.key == "newest", parts.count == 3, parts.allSatisfy({ UInt16($0) != nil })
            else {
                throw FileError(
                    file: file, line: entry.line, key: entry.key, problem: "is not understood",
                    remedy: "Write newest = the bots' newest version, such as 1.1.0.")
            }
        }
        return section["newest"]?.value
    }

    /// How often each thing may go wrong at most, in the order in which people are told of them.
    private static let faultLimits: [(name: String, most: Int)] = [
        ("failure_one_in", .max), ("loss_hours", .max), ("order_rejects_percent", 90),
        ("link_hours", .max),
    ]

    private static func faults(
        _ section: IniFile.Section, _ file: String
    ) throws(FileError) -> [String: Int] {
        var values: [String: Int] = [:]
        for entry in section.entries {
            guard let limit = faultLimits.first(where: { $0.name == entry.key }),
                let value = Int(entry.value), 0...limit.most ~= value
            else {
                let names = faultLimits.map(\.name).joined(separator: ", ")
                throw FileError(
                    file: file, line: entry.line, key: entry.key, problem: "is not understood",
                    remedy: "Write \(names) = a whole number; 0 is never.")
            }
            values[entry.key] = value
        }
        return values
    }
}

/// Where bots can run and what that costs: providers and regions, read from an editable file.
import Store

/// One region of one provider.
public struct ComputePlace: Sendable, Equatable {
    public let provider: String
    public let region: String
    /// USD an hour while an instance is provisioned. **Range** above 0.
    public let hourly: Money
}

/// All places, and how often things go wrong there. **Source** PRODUCT sections 14, 15.
public struct ComputeCatalog: Sendable, Equatable {
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
        var faults = [0, 0, 0]
        for section in ini.sections {
            switch section.name {
            case "release": release = section["newest"]?.value
            case "faults": faults = try Self.faults(section, file)
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
        (failureOneIn, lossHours, linkHours) = (faults[0], faults[1], faults[2])
    }

    private static func place(
        _ provider: String, _ entry: IniFile.Entry, _ file: String
    ) throws(FileError) -> ComputePlace {
        guard let rate = try? Money.parse(entry.value), rate.isPositive, rate <= .units(100) else {
            throw FileError(
                file: file, line: entry.line, key: entry.key,
                problem: "\"\(entry.value)\" is no hourly rate",
                remedy: "Write USD an hour, above 0 and at most 100, such as 0.04.")
        }
        return ComputePlace(provider: provider, region: entry.key, hourly: rate)
    }

    private static func faults(
        _ section: IniFile.Section, _ file: String
    ) throws(FileError) -> [Int] {
        var values = [0, 0, 0]
        let keys = ["failure_one_in", "loss_hours", "link_hours"]
        for entry in section.entries {
            guard let place = keys.firstIndex(of: entry.key),
                let value = Int(entry.value), value >= 0
            else {
                throw FileError(
                    file: file, line: entry.line, key: entry.key, problem: "is not understood",
                    remedy: "Write one of \(keys.joined(separator: ", ")) and a whole number, "
                        + "0 for never.")
            }
            values[place] = value
        }
        return values
    }
}

extension ComputeCatalog {
    /// What the program brings along. The rates are a choice of ours, 0.02 to 0.06.
    public static let standardText = """
        # Where bots can run: [provider], then region = USD an hour while provisioned.
        # A copy of this text in the home, named compute.ini, is read in its place.
        [paper]
        tokyo = 0.05
        singapore = 0.045
        london = 0.04
        amsterdam = 0.035
        frankfurt = 0.035
        new-york = 0.03

        [papyrus]
        tokyo = 0.06
        singapore = 0.05
        london = 0.035
        amsterdam = 0.03
        frankfurt = 0.03
        new-york = 0.02

        # What the simulated provider gets wrong: 0 is never.
        [faults]
        failure_one_in = 0
        loss_hours = 0
        link_hours = 500
        """

    public static let standard: ComputeCatalog = {
        do throws(FileError) {
            return try ComputeCatalog(parsing: standardText, file: "built in")
        } catch {
            preconditionFailure("the built-in regions cannot be read: \(error.headline)")
        }
    }()
}

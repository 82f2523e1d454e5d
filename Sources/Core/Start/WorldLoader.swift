/// A world brought back from its home in one go.
import Store

/// Why a home cannot be brought to life.
public enum LoadError: Error {
    case store(StoreError)
    case file(FileError)

    public var headline: String {
        switch self {
        case .store(let error): error.headline
        case .file(let error): error.headline
        }
    }

    public var remedy: String {
        switch self {
        case .store(let error): error.remedy
        case .file(let error): error.remedy
        }
    }
}

public enum WorldLoader {
    /// Reads a whole home. The world stands at the instant of the last commit.
    /// - Parameter work: where it is written down which bot is brought back just now; one at which
    ///   engines have died comes without its strategies.
    public static func load(
        _ database: Database, weather climate: VenueWeather.Climate = .gentle,
        catalog: ComputeCatalog = .standard, work: WorkSlot? = nil
    ) throws(LoadError) -> World {
        let loading = FleetLoading(
            database, weather: climate, catalog: catalog, work: work)
        while true {
            if let world = loading.world { return world }
            try loading.step()
        }
    }
}

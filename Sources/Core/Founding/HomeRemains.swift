/// What is left of a home whose database is gone: an engine's other files outlive it.

import Glibc
import Store

extension Home {
    /// Files that say that there has been a database, each with a switch that only a test of the
    /// tests throws.
    enum Remnant: CaseIterable, Sendable { case log, journal, lease, ballast }

    /// Only where there is no database: whether there has been one. A new one in its place would
    /// begin a history that knows nothing of what is open at the exchange.
    /// - Parameter founding: somebody wants a new one, and hears how the old one is given up.
    /// - Throws: ``HomeError/databaseGone(path:left:founding:)``
    public func expectNoRemains(founding: Bool = false) throws(HomeError) {
        try expectNoRemains(founding: founding, heeding: Set(Remnant.allCases))
    }

    func expectNoRemains(founding: Bool, heeding: Set<Remnant>) throws(HomeError) {
        let left = Remnant.allCases.filter { heeding.contains($0) && isLeft($0) }
        guard left.isEmpty || has(.database) else {
            throw .databaseGone(path: path, left: left.map(\.name), founding: founding)
        }
    }

    private func isLeft(_ remnant: Remnant) -> Bool {
        switch remnant {
        case .log, .journal: bytes(of: remnant.name) > 0
        case .lease: leftEpoch > 0
        case .ballast: has(.ballast)
        }
    }

    /// Of an engine that held a database and did not end in peace.
    private var leftEpoch: Int64 {
        guard let descriptor = try? openFile(.lease, O_RDONLY) else { return 0 }
        defer { close(descriptor) }
        return Lease.read(from: descriptor)?.epoch ?? 0
    }

    func bytes(of name: String) -> Int64 {
        var facts = stat()
        return fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
            ? Int64(facts.st_size) : 0
    }
}

extension Home.Remnant {
    fileprivate var name: String {
        switch self {
        case .log: Home.File.databaseLog.rawValue
        case .journal: Home.File.database.rawValue + "-journal"
        case .lease: Home.File.lease.rawValue
        case .ballast: Home.File.ballast.rawValue
        }
    }
}

/// A database whose files lose their ends while it is open for writing.

import Foundation
import Testing

@testable import Store

@Suite struct CutShortTests {
    private func write(_ database: Database, bytes: Int = 10) throws {
        try database.write { db throws(StoreError) in
            for place in stride(from: 0, to: bytes, by: 500_000) {
                let detail = String(repeating: "x", count: min(bytes - place, 500_000))
                try db.insert(Activity(at: minute(0), kind: .life, what: "w", detail: detail))
            }
        }
    }

    private func isCut(_ error: any Error) -> Bool {
        guard case .cutShort? = error as? StoreError else { return false }
        return true
    }

    /// Seen by the look and by the next write: behind a missing end nothing is added.
    @Test(arguments: ["", "-wal"], [true, false])
    func aMissingEndIsSeen(ending: String, isOn: Bool) throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        try engine.checkpointIfNeeded(isIdle: true)
        try write(engine)
        try engine.checkPlace()
        engine.looksAtLength = isOn
        #expect(truncate(folder.path() + ending, 100) == 0)
        guard isOn else { return try engine.checkPlace() }
        #expect { try engine.checkPlace() } throws: { isCut($0) }
        #expect { try write(engine) } throws: { isCut($0) }
    }

    /// Whoever empties the log into the database loses nothing.
    @Test func anotherProgramMayEmptyTheLog() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        let other = try Database(path: folder.path(), mode: .write, migrations: Schema.migrations)
        try write(engine, bytes: 100_000)
        // The clock of the file system is coarse.
        usleep(50_000)
        #expect(try other.checkpointIfNeeded(isIdle: true))
        #expect(engine.logBytes == 0)
        try engine.checkPlace()
        try write(engine)
        try engine.checkPlace()
    }

    /// A log that begins anew, and gives back what it had grown to, is no cut.
    @Test func aLogThatBeginsAnewIsWhole() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        for size in [6_000_000, 10, 10, 5_000_000, 10, 10] {
            try write(engine, bytes: size)
            try engine.checkPlace()
            try engine.checkpointIfNeeded()
            try engine.checkPlace()
        }
        try engine.checkpointIfNeeded(isIdle: true)
        try engine.checkPlace()
        try write(engine)
        try engine.checkPlace()
    }
}

/// Every error says what happened and what to do.

import Testing

@testable import Store

@Suite struct StoreErrorTests {
    static let all: [StoreError] = [
        .newerVersion(path: "x.db", found: 3, known: 2),
        .olderVersion(path: "x.db", found: 1, known: 2), .notADatabase(path: "x.db"),
        .damaged(what: "page 3"), .locked(what: "BEGIN"), .full, .readOnly(what: "INSERT"),
        .cannotOpen(path: "x.db", reason: "no such file"), .constraint(rule: "r", sql: "s"),
        .unknownCommit(reason: "r"), .interrupted, .notAReadingStatement(reason: "r"),
        .notReadable(path: "x.db", owner: "ana"),
        .notPlain(path: "x.db", reason: "it is a symbolic link"), .moved(path: "x.db"),
        .cutShort(path: "x.db-wal", bytes: 0, known: 9),
        .other(code: 1, message: "m", sql: "s"),
    ]

    /// These share a word with another: a script does the same about them.
    static let sharing: [StoreError] = [
        .noRoom(path: "x.db.before-7", needed: 1, free: 0),
        .strangeJournal(path: "x.db-journal"), .unsound(path: "x.db", problems: ["a", "b"]),
    ]

    @Test(arguments: all + sharing) func errorSaysWhatHappenedAndWhatToDo(_ error: StoreError) {
        #expect(!error.headline.isEmpty)
        #expect(!error.remedy.isEmpty)
        #expect(error.headline != error.remedy)
        #expect(error.code.allSatisfy { $0.isLowercase || $0 == "_" })
    }

    /// A symbol of a hundred thousand characters.
    @Test func noNameMakesASentenceEndless() {
        let name = String(repeating: "a", count: 100_000)
        let error = StoreError.unsound(path: "x.db", problems: ["there is no market \(name)", "b"])
        #expect(error.headline.utf8.count < 600 && error.headline.hasSuffix("; and 1 more"))
    }

    @Test func codesAreDistinct() {
        #expect(Set(Self.all.map(\.code)).count == Self.all.count)
    }
}

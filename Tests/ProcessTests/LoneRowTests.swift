/// Rows that an engine cannot do without or cannot go on from: refused like every other damage.

import Foundation
import TestKit
import Testing

@Suite(.serialized) struct LoneRowTests {
    private static func contents(_ home: TrialHome) -> [Data?] {
        ["", "-wal"].map { FileManager.default.contents(atPath: home.path + "/plutarc.db" + $0) }
    }

    /// `check` and a start agree, and no pause is accepted that nobody could carry out.
    @Test(arguments: [
        "DROP TRIGGER epoch_stays; DELETE FROM engine_epoch; CREATE TRIGGER epoch_stays "
            + "BEFORE DELETE ON engine_epoch\n"
            + "BEGIN SELECT RAISE(ABORT, 'the engine epoch only rises'); END",
        "DELETE FROM workspace", "UPDATE markets SET state = 'x'",
        "UPDATE markets SET source = 'x'",
        "UPDATE engine_epoch SET epoch = 9223372036854775807",
        "UPDATE workspace SET clock = -9223372036854775808",
        "UPDATE markets SET taker_fee = 100000001",
        "UPDATE workspace SET wall_at = 9223372036854775807",
        "UPDATE workspace SET wall_at = -9223372036854775808",
        "UPDATE workspace SET boottime_ms = 9223372036854775807",
        "UPDATE workspace SET boottime_ms = -9223372036854775808",
    ])
    func whatNoEngineCouldGoOnFromIsDamage(_ sql: String) throws {
        let home = try TrialHome.fresh()
        try Alteration.sql("rows", sql).act(home.path + "/plutarc.db")
        let before = Self.contents(home)
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "nothing was written")
        try home.plutarc("pause", "--all").expect(7)
        #expect(try home.plutarc("check").status == 7)
        #expect(Self.contents(home) == before)
    }
}

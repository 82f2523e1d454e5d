/// What a typed query may and may not do.

import Testing

@testable import Store

@Suite struct FreeQueryTests {
    private func ask(
        _ sql: String, limit: Int = 100, steps: Int = 100_000
    ) throws -> QueryRows {
        try databaseWithABot().read { db throws(StoreError) in
            try db.rows(sql: sql, limit: limit, steps: steps)
        }
    }

    @Test func rowsComeBackAsText() throws {
        let answer = try ask("SELECT label, 1.5 AS half, NULL AS none, x'0aff' FROM bots;")
        #expect(answer.columns == ["label", "half", "none", "x'0aff'"])
        #expect(answer.rows == [["btc-trend", "1.5", nil, "0aff"]])
        #expect(!answer.isCut)
    }

    @Test func rowsBeyondTheLimitAreCutAndSaidSo() throws {
        let answer = try ask("VALUES (1), (2), (3)", limit: 2)
        #expect(answer.rows.count == 2)
        #expect(answer.isCut)
    }

    @Test(arguments: [
        "DELETE FROM bots", "UPDATE bots SET label = 'x'", "INSERT INTO members DEFAULT VALUES",
        "DROP TABLE bots", "CREATE TABLE x (y)", "PRAGMA user_version = 9", "PRAGMA user_version",
        "ATTACH 'x' AS y", "VACUUM", "BEGIN", "COMMIT", "SELECT load_extension('x')",
        "WITH gone AS (SELECT 1) DELETE FROM bots RETURNING id", "SELECT 1; SELECT 2", "", "  ",
        "SELEC 1", "SELECT missing FROM bots",
    ])
    func anythingButOneReadingStatementIsRefused(_ sql: String) throws {
        #expect {
            try ask(sql)
        } throws: { error in
            guard case .notAReadingStatement? = error as? StoreError else { return false }
            return true
        }
    }

    @Test func endlessQueryIsStopped() throws {
        let sql = """
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
            SELECT sum(x) FROM n
            """
        #expect(throws: StoreError.interrupted) { try ask(sql, steps: 100) }
    }

    @Test func handleWorksAsBeforeAfterwards() throws {
        let database = try databaseWithABot()
        #expect(throws: StoreError.self) {
            try database.read { db throws(StoreError) in try db.rows(sql: "DELETE FROM bots") }
        }
        try database.write { db throws(StoreError) in try db.insert(exampleKey("second")) }
        #expect(try database.read { db throws(StoreError) in try db.keys() }.count == 2)
    }
}

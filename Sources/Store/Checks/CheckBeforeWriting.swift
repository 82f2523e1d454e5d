/// Looks a file over before anybody may write to it: what `plutarc check` would refuse is refused.

public enum CheckBeforeWriting {
    /// Files up to this size are looked at whole: some 200 ms. **Unit** bytes
    public static let wholeUpTo: Int64 = 40 << 20

    /// Opens a file for this look only, and leaves it as it is.
    /// - Returns: whether it was looked at whole.
    /// - Throws: ``StoreError/unsound(path:problems:)``; the file was not written to.
    static func pass(
        _ path: String, migrations: [Migration], wholeUpTo limit: Int64,
        report: @escaping StartReport, moreLaws: @escaping MoreLaws
    ) throws(StoreError) -> Bool {
        let log = FileNames.size(of: path + "-wal")
        let isWhole = FileNames.size(of: path) + log <= limit
        let extent: InspectionExtent = isWhole ? .whole : .essential
        var isOld = false
        // Without a log the file is all there is, and nothing need be laid down beside it.
        for mode in log > 0 ? [OpenMode.inspect] : [.look, .inspect] {
            let connection = try Connection(path: path, mode: mode)
            let migrator = Migrator(migrations: migrations)
            let found = try migrator.existingVersion(of: connection)
            isOld = found < migrator.newest
            let inspection = Inspection(
                reading: Reading(connection: connection),
                migrations: migrations.filter { $0.number <= found }, report: report,
                moreLaws: isOld ? { _, _ throws(StoreError) in [] } : moreLaws)
            try connection.execute("BEGIN")
            let isSecond = mode == .inspect && log == 0
            let problems = try inspection.problems(extent, onlyFile: isSecond)
            guard problems.isEmpty else { throw .unsound(path: path, problems: problems) }
        }
        // What this program asks of a history is asked once the file has its schema.
        return isWhole && !isOld
    }
}

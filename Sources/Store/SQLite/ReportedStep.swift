/// Reports from within a statement that takes long: SQLite's progress handler calls back.

import CSQLite

extension Connection {
    /// Steps of SQLite's machine between two reports: some milliseconds at most.
    private static let stepsBetweenReports: Int32 = 20_000

    /// Reports before `body` begins, and again and again from within its statements.
    /// - Parameter report: must not touch the database. False ends the statement.
    /// - Throws: ``StoreError/interrupted`` when the report asked for the end.
    func reporting<Value>(
        _ progress: StartProgress, to report: @escaping StartReport,
        _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        guard report(progress) else { throw .interrupted }
        let call = ReportCall(progress: progress, report: report)
        sqlite3_progress_handler(
            handle, Self.stepsBetweenReports, callBack, Unmanaged.passUnretained(call).toOpaque())
        defer {
            sqlite3_progress_handler(handle, 0, nil, nil)
            withExtendedLifetime(call) {}
        }
        return try body()
    }
}

/// What SQLite's progress handler is handed.
private final class ReportCall {
    let progress: StartProgress
    let report: StartReport
    init(progress: StartProgress, report: @escaping StartReport) {
        self.progress = progress
        self.report = report
    }
}

/// Not zero stops the statement.
private let callBack: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let context else { return 0 }
    let call = Unmanaged<ReportCall>.fromOpaque(context).takeUnretainedValue()
    return call.report(call.progress) ? 0 : 1
}

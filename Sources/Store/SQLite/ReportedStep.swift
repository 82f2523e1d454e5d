/// Reports from within a statement that takes long: SQLite's progress handler calls back.

import CSQLite
import Glibc

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

    /// How long a lock of somebody else's is waited for between two reports, in milliseconds.
    private static let lookSpacing: Int32 = 50

    /// Tries again as long as another program holds the database.
    /// - Throws: ``StoreError/interrupted`` when the report asked for the end.
    func whileHeld<Value>(
        _ report: StartReport, _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        sqlite3_busy_timeout(handle, Self.lookSpacing)
        defer { sqlite3_busy_timeout(handle, Self.patience) }
        while true {
            do throws(StoreError) { return try body() } catch {
                guard case .locked = error else { throw error }
            }
            guard report(StartProgress(.held)) else { throw .interrupted }
        }
    }

    /// As ``reporting(_:to:_:)`` for a statement that is deaf to SQLite's callback, as the check of
    /// a file is: it runs on a thread of its own, and this one goes on reporting.
    /// - Parameter body: the only one that uses the handle meanwhile.
    func reportingBeside<Value>(
        _ progress: StartProgress, to report: @escaping StartReport,
        _ body: @escaping () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        guard report(progress) else { throw .interrupted }
        var result: Result<Value, StoreError>?
        // Where no thread is to be had it is silent, as it was announced to be.
        guard let work = SideWork({ result = Result(catching: body) }) else { return try body() }
        var goesOn = true
        while !work.isOver(within: 50) {
            goesOn = goesOn && report(progress)
            if !goesOn { sqlite3_interrupt(handle) }
        }
        work.join()
        guard goesOn, let result else { throw .interrupted }
        return try result.get()
    }
}

/// Work on a thread of its own, which has ended when its pipe has.
private final class SideWork {
    private let work: () -> Void
    private var ends: [Int32] = [-1, -1]
    private var thread = pthread_t()

    init?(_ work: @escaping () -> Void) {
        self.work = work
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<SideWork>.fromOpaque(context).takeRetainedValue()
                work.work()
                close(work.ends[1])
                return nil
            }, context.toOpaque())
        guard code != 0 else { return }
        context.release()
        for end in ends { close(end) }
        return nil
    }

    func isOver(within milliseconds: Int32) -> Bool {
        var end = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        return poll(&end, 1, milliseconds) == 1
    }

    func join() {
        pthread_join(thread, nil)
        close(ends[0])
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

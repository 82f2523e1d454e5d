/// What the files that people edit in a home mean to the engine that reads them as it starts.
import Store

/// A file that is not in force, or not all of it, as an alert tells it.
private struct FileAlert {
    let severity: Severity
    let words: String

    /// An account may be gone while its name still stands in the list. Nil where none is.
    init?(unknown names: [String], file: String) {
        guard !names.isEmpty else { return nil }
        let more = names.count > 6 ? ", and \(names.count - 6) more" : ""
        let list = names.prefix(6).map { "\"\(cut($0))\"" }.joined(separator: ", ") + more
        severity = .warning
        words = "\(file) lists \(list): this machine has no such account, so nobody is staff "
            + "under that name. Take it out of the file."
    }

    init(_ fault: FileError, effect: String) {
        severity = .critical
        words = "\(fault.headline). \(effect) until the file is mended and the engine has started "
            + "again. \(fault.remedy)"
    }
}

extension Desk {
    private static let computeKind = "compute_file"
    private static let staffKind = "staff_file"

    /// A mistake in such a file costs what the file grants: bots their way onto an instance, staff
    /// their rights. Pauses and closes go on.
    func heedFiles(of home: String, _ catalog: ComputeCatalog) throws(LoadError) {
        let (staff, fault) = Self.staff(of: home)
        if switchedOff.contains(.filesOnlyGrant), let mistake = catalog.fault ?? fault {
            throw .file(mistake)
        }
        let file = "\(home)/\(StaffFile.fileName)"
        try stored { () throws(StoreError) in
            let wrong = try self.heed(staff, fault, file: file)
            try self.tell(wrong, as: Self.staffKind)
            let effect = "The built-in regions hold, and no bot is deployed, updated or restarted,"
            try self.tell(
                catalog.fault.map { FileAlert($0, effect: effect) }, as: Self.computeKind)
        }
    }

    /// No list where there is no such file; an empty one where it cannot be taken.
    private static func staff(of home: String) -> (StaffList?, FileError?) {
        do throws(FileError) { return (try StaffFile.read(home: home), nil) } catch {
            return (StaffList(), error)
        }
    }

    private func heed(
        _ staff: StaffList?, _ fault: FileError?, file: String
    ) throws(StoreError) -> FileAlert? {
        guard let staff else { return nil }
        let members = try database.read { db throws(StoreError) in try db.members() }
        var fault = fault
        do throws(FileError) { try checkStaff(staff.accounts, members, file: file) } catch {
            fault = error
        }
        try replaceStaff(fault == nil ? staff.accounts : [], members)
        if let fault { return FileAlert(fault, effect: "Nobody is staff") }
        return FileAlert(unknown: staff.unknown, file: file)
    }

    /// One alert stands for as long as the reason does, however often an engine starts.
    private func tell(_ alert: FileAlert?, as kind: String) throws(StoreError) {
        let open = try database.read { db throws(StoreError) in
            try db.openNotices().filter { $0.kind == kind }
        }
        if let alert, open.contains(where: { $0.message == alert.words }) { return }
        if !open.isEmpty { world.endNotices(of: kind) }
        guard let alert else { return }
        world.alarm(kind, about: "file", alert.words, severity: alert.severity)
    }
}

/// What must not outlive the test run: processes, mounts and folders, ended when it exits.

import Foundation

enum Leftovers {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var processes: Set<pid_t> = []
    nonisolated(unsafe) private static var folders: [String] = []
    nonisolated(unsafe) private static var mounts: [String] = []
    private static let atExit: Void = {
        atexit { Leftovers.clear() }
    }()

    static func add(process: pid_t) { lock.withLock { _ = processes.insert(process) }; _ = atExit }
    static func forget(process: pid_t) { lock.withLock { _ = processes.remove(process) } }
    static func add(folder: String) { lock.withLock { folders.append(folder) }; _ = atExit }
    static func add(mount: String) { lock.withLock { mounts.append(mount) }; _ = atExit }

    private static func clear() {
        let (pids, places, mounted) = lock.withLock { (processes, folders, mounts) }
        for pid in pids { kill(pid, SIGKILL) }
        for place in mounted { umount2(place, Int32(MNT_DETACH)) }
        for place in places { try? FileManager.default.removeItem(atPath: place) }
    }
}

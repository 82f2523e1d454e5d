/// Something that is no plain file where a home has one: refused at once, never waited on.

import Core
import Foundation
import TestKit
import Testing

@Suite struct OddFileTests {
    /// What stands in the place of a file.
    enum Kind: String, CaseIterable, Sendable {
        case pipe, socket, device, folder, link

        /// False where this user may not make such a thing.
        func make(_ path: String) -> Bool {
            switch self {
            case .pipe: return mkfifo(path, 0o600) == 0
            case .socket: return mknod(path, mode_t(S_IFSOCK | 0o600), 0) == 0
            // The device that answers every read with zeros.
            case .device: return mknod(path, mode_t(S_IFCHR | 0o600), (1 << 8) | 5) == 0
            case .folder: return mkdir(path, 0o700) == 0
            case .link: return symlink("/etc/hostname", path) == 0
            }
        }
    }

    /// Every file that a home has, or that somebody may put into it.
    static let names =
        Home.File.allCases.filter { $0 != .socket }.map(\.rawValue) + edited
    /// Those that people edit: a mistake there takes what they grant, and no engine.
    static let edited = ["staff", "compute.ini"]

    /// The engine runs, an alert names the file and what mends it, and pauses go through.
    private func expectAlert(_ home: TrialHome, saying words: String...) throws {
        try home.run(["engine", "run", "--for", "1s"]).expect(0)
        let told = try home.rows("SELECT message FROM notices WHERE kind LIKE '%_file'")
        let text = told.first?.first.flatMap { $0 } ?? ""
        #expect(told.count == 1 && words.allSatisfy { text.contains($0) }, "\(told)")
        try home.run(["pause", "--all"]).expect(0)
    }

    @Test(arguments: Kind.allCases, names) func itIsRefused(_ kind: Kind, name: String) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/" + name
        unlink(path)
        guard kind.make(path) else {
            #expect(kind == .device && geteuid() != 0, "\(String(cString: strerror(errno)))")
            return
        }
        guard !Self.edited.contains(name) else { return try expectAlert(home, saying: path) }
        let run = try home.run(["engine", "run", "--for", "1s"])
        #expect(run.status > 0 && run.status < 128, "waited on, or accepted: \(run)")
        #expect(run.errors.contains(path), "\(run.errors)")
        for command in [["engine", "status"], ["status"], ["regions"], ["pause", "--all"]] {
            let answer = try home.run(command)
            #expect(answer.status >= 0 && answer.status < 128, "\(command): \(answer)")
        }
    }

    /// The same fault has the same status, whichever file it is and whoever meets it.
    @Test(arguments: ["engine.log", "engine.ballast", "engine.sock", "engine.lease"])
    func whatKeepsAnEngineFromStartingEndsAlike(name: String) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/" + name
        unlink(path)
        try #require(mkdir(path, 0o700) == 0)
        let words = name == "engine.sock" ? "is not a socket" : "is not a plain file"
        for command in [["pause", "--all"], ["engine", "start"], ["engine", "run"]] {
            try home.run(command).expect(7, saying: path, words, "move it away: ls -l '\(path)'")
        }
    }

    @Test func aReaderToldOfAStrangeDatabaseEndsAlike() throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db-shm"
        unlink(path)
        try #require(mkdir(path, 0o700) == 0)
        for command in [["status"], ["pause", "--all"], ["engine", "run"]] {
            try home.run(command).expect(7, saying: path, "move it away: ls -l '\(path)'")
        }
    }

    /// A file in which it says who is staff, or what a region costs, is written by its owner alone.
    @Test(arguments: ["staff", "compute.ini"], [0o666, 0o664, 0o646])
    func aFileThatOthersMayWriteIsRefusedWithTheFix(name: String, mode: Int) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/" + name
        _ = FileManager.default.createFile(atPath: path, contents: Data("# nothing\n".utf8))
        chmod(path, mode_t(mode))
        let wanted = String(mode & ~0o022, radix: 8)
        let found = "has mode \(String(mode, radix: 8))"
        try expectAlert(home, saying: found, "chmod \(wanted) '\(path)'")
        if name == "compute.ini" {
            try home.run(["regions"]).expect(2, saying: "chmod \(wanted) '\(path)'")
        }
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root can give a file away"),
        arguments: ["staff", "compute.ini"])
    func aFileOfSomebodyElseIsRefusedWithTheFix(name: String) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/" + name
        _ = FileManager.default.createFile(atPath: path, contents: Data("# nothing\n".utf8))
        chmod(path, 0o644)
        chown(path, 4242, 4242)
        try expectAlert(home, saying: "belongs to user 4242", "chown 0 '\(path)'")
    }
}

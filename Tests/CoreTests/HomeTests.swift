/// Where a home is, and which folders are refused.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct HomeTests {
    @Test(arguments: [
        (["PLUTARC_HOME": "/a", "XDG_DATA_HOME": "/b", "HOME": "/c"], "/a"),
        (["XDG_DATA_HOME": "/b/", "HOME": "/c"], "/b/plutarc"),
        (["XDG_DATA_HOME": "b", "HOME": "/c"], "/c/.local/share/plutarc"),
        (["XDG_DATA_HOME": "", "HOME": "/c"], "/c/.local/share/plutarc"),
    ])
    func environmentNamesTheHome(_ environment: [String: String], _ expected: String) throws {
        #expect(try HomePath.resolve(given: nil, variable: { environment[$0] }) == expected)
    }

    @Test func optionWinsAndIsTidied() throws {
        let path = try HomePath.resolve(given: "/x//y/./z/", variable: { _ in "/a" })
        #expect(path == "/x/y/z")
        let here = FileManager.default.currentDirectoryPath
        #expect(try HomePath.resolve(given: "y", variable: { _ in nil }) == here + "/y")
    }

    @Test func anEmptyNameIsNoHome() {
        #expect(throws: HomeError.emptyName("--home")) {
            try HomePath.resolve(given: "", variable: { _ in "/a" })
        }
        for blank in ["", " ", "\t \n"] {
            #expect(throws: HomeError.emptyName("$PLUTARC_HOME")) {
                try HomePath.resolve(given: nil, variable: { $0 == "PLUTARC_HOME" ? blank : "/a" })
            }
        }
    }

    /// Elsewhere it is standard input; a folder of that name is named by its path.
    @Test func aHyphenIsNoHome() throws {
        #expect(throws: HomeError.hyphen("--home")) {
            try HomePath.resolve(given: "-", variable: { _ in "/a" })
        }
        #expect(throws: HomeError.hyphen("$PLUTARC_HOME")) {
            try HomePath.resolve(given: nil, variable: { $0 == "PLUTARC_HOME" ? "-" : "/a" })
        }
        #expect(HomeError.hyphen("--home").exitStatus == 2)
        let here = FileManager.default.currentDirectoryPath
        #expect(try HomePath.resolve(given: "./-", variable: { _ in nil }) == here + "/-")
    }

    @Test func missingHomeIsCreatedForItsOwnerOnly() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path + "/new/home"
        #expect(throws: HomeError.missing(path: path)) {
            try Home.open(path: path, for: .console)
        }
        let home = try Home.open(path: path, for: .engine, creating: true)
        #expect(home.mode == 0o700)
        #expect(home.fileMode == 0o600)
        #expect(!home.isShared)
        #expect(!home.has(.database))
    }

    @Test func groupOfAnOrganisationReads() throws {
        let scratch = try ScratchFolder()
        chmod(scratch.path, 0o750)
        let home = try scratch.home()
        #expect(home.isShared)
        #expect(home.fileMode == 0o640)
        #expect(home.socketMode == 0o660)
    }

    @Test func folderThatOthersMayWriteIsRefusedWithTheFix() throws {
        let scratch = try ScratchFolder()
        chmod(scratch.path, 0o770)
        let error = #expect(throws: HomeError.self) { try scratch.home() }
        #expect(error?.remedy == "chmod 750 '\(scratch.path)'")
        #expect(error?.code == "home_unsafe_mode")
        chmod(scratch.path, 0o702)
        #expect(throws: HomeError.self) { try scratch.home(.console) }
    }

    @Test func linkIsRefusedWithOrWithoutSlash() throws {
        let scratch = try ScratchFolder()
        let target = scratch.path + "/real"
        mkdir(target, 0o700)
        symlink(target, scratch.path + "/link")
        for path in [scratch.path + "/link", scratch.path + "/link/", scratch.path + "/link/."] {
            let error = #expect(throws: HomeError.self) { try Home.open(path: path, for: .console) }
            #expect(error?.remedy == "name the folder itself: plutarc --home '\(target)'")
        }
    }

    @Test func parentWithoutStickyBitIsRefused() throws {
        let scratch = try ScratchFolder()
        mkdir(scratch.path + "/home", 0o700)
        chmod(scratch.path, 0o777)
        let path = scratch.path + "/home"
        #expect(throws: HomeError.unsafeParent(path: scratch.path, mode: 0o777)) {
            try Home.open(path: path, for: .engine)
        }
        chmod(scratch.path, 0o1777)
        _ = try Home.open(path: path, for: .engine)
    }

    @Test func readableDatabaseIsRefused() throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/plutarc.db"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        chmod(file, 0o644)
        #expect(throws: HomeError.unsafeMode(path: file, mode: 0o644, wanted: 0o600)) {
            try scratch.home()
        }
        unlink(file)
        symlink("/etc/passwd", file)
        #expect(throws: HomeError.notAFile(path: file)) { try scratch.home() }
        #expect(HomeError.notAFile(path: file).exitStatus == 7)
    }

    @Test func foreignOwnerIsRefusedToTheEngineOnly() throws {
        let entry = HomeChecks.Entry(path: "/h", owner: 1, mode: 0o750)
        #expect(throws: HomeError.wrongOwner(path: "/h", owner: 1, wanted: 2)) {
            try HomeChecks.folder(entry, for: .engine, user: 2)
        }
        try HomeChecks.folder(entry, for: .console, user: 2)
    }

    @Test func networkFileSystemsAreKnown() {
        #expect(HomeChecks.networkKind(0x6969) == "NFS")
        #expect(HomeChecks.networkKind(0x6573_5546) == "FUSE")
        #expect(HomeChecks.networkKind(0xEF53) == nil)
    }

    @Test func fileInPlaceOfAHomeIsRefused() throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/file"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        #expect(throws: HomeError.notAFolder(path: file)) {
            try Home.open(path: file, for: .console)
        }
    }

    @Test func aSmallDiskHasSmallSizes() {
        let large = DiskReserve.Sizes(disk: 1 << 40)
        #expect(large.ballast == 64 << 20 && large.floor == 512 << 20 && large.step == 4 << 20)
        let small = DiskReserve.Sizes(disk: 8 << 20)
        #expect(small.ballast == 1 << 20 && small.floor == 2 << 20 && small.step == 256 << 10)
        let tiny = DiskReserve.Sizes(disk: 64 << 10)
        #expect(tiny.ballast == 8 << 10 && tiny.step == tiny.ballast && tiny.clear > tiny.floor)
        #expect(DiskReserve.Sizes(disk: 0).step == 0)
    }

    @Test func ballastIsRealAndGivesRoomStepByStep() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let reserve = DiskReserve(home: home)
        let sizes = DiskReserve.Sizes(disk: 8 << 20)
        #expect(reserve.held == 0)
        for _ in 0..<9 { try reserve.grow(sizes) }
        #expect(reserve.held == sizes.ballast)
        var facts = stat()
        stat(home.path(of: .ballast), &facts)
        #expect(Int64(facts.st_blocks) * 512 >= sizes.ballast, "it keeps nothing back")
        #expect(reserve.shrink(sizes))
        #expect(reserve.held == sizes.ballast - sizes.step)
        // A start gives no more than its small files need.
        #expect(reserve.giveMorsel())
        #expect(reserve.held == sizes.ballast - sizes.step - DiskReserve.morsel)
        while reserve.shrink(sizes) {}
        #expect(!home.has(.ballast))
        #expect(!reserve.giveMorsel())
    }

    /// Only the readers' places count, and who waits holds none: whoever has the file open locks a
    /// byte of its own.
    @Test func readersAreFoundInTheKernelsList() {
        let locks = """
            1: POSIX  ADVISORY  READ 101 08:01:77 124 124
            2: POSIX  ADVISORY  READ 102 08:01:77 128 128
            2: -> POSIX  ADVISORY  READ 103 08:01:77 123 123
            3: POSIX  ADVISORY  WRITE 104 08:01:77 124 124
            4: POSIX  ADVISORY  READ 105 08:01:78 124 124
            5: POSIX  ADVISORY  READ 106 00:2f:77 124 124
            6: POSIX  ADVISORY  READ 107 08:01:77 100 EOF
            7: FLOCK  ADVISORY  WRITE 108 08:01:77 0 EOF
            8: POSIX  ADVISORY  READ x 08:01:77 124 124
            9: POSIX  ADVISORY  READ 109 08:01:77 130 124
            """
        #expect(LogReader.pids(in: locks, device: (8, 1), inode: 77) == [101, 107])
        // Found on another device than it is listed under: its number decides.
        #expect(LogReader.pids(in: locks, device: (9, 9), inode: 78) == [105])
        #expect(LogReader.pids(in: "", device: (8, 1), inode: 77) == [])
    }

    private func leave(_ remnant: Home.Remnant, in home: Home) throws {
        func write(_ name: String) throws {
            try Data("commits".utf8).write(to: URL(fileURLWithPath: "\(home.path)/\(name)"))
        }
        switch remnant {
        case .log: try write("plutarc.db-wal")
        case .journal: try write("plutarc.db-journal")
        case .ballast: try DiskReserve(home: home).grow(DiskReserve.Sizes(disk: 8 << 20))
        case .lease:
            let lease = try Lease.acquire(in: home, build: "gone")
            try lease.enter(epoch: 3, at: .read())
            lease.release(keepingEntry: true)
        }
    }

    @Test(arguments: Home.Remnant.allCases)
    func eachFileOfAnEngineTellsOfADatabaseThatIsGone(_ remnant: Home.Remnant) throws {
        let home = try ScratchFolder()
        let opened = try home.home()
        #expect(throws: Never.self) { try opened.expectNoRemains() }
        try leave(remnant, in: opened)
        for founding in [false, true] {
            let error = #expect(throws: HomeError.self) {
                try opened.expectNoRemains(founding: founding)
            }
            #expect(error?.exitStatus == 7 && error?.code == "database_gone")
            #expect(error?.remedy.contains("rm '\(home.path)/") == founding, "\(error as Any)")
        }
        #expect(throws: HomeError.self) { try opened.beginFounding() }
        // Without the look at it, it would be built over.
        let others = Set(Home.Remnant.allCases).subtracting([remnant])
        #expect(throws: Never.self) {
            try opened.expectNoRemains(founding: true, heeding: others)
        }
    }

    /// What a founding leaves that was killed, and an engine's end in peace, say nothing.
    @Test func anEmptyLogAndALeaseWithoutAnEpochTellNothing() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let log = scratch.path + "/plutarc.db-wal"
        #expect(FileManager.default.createFile(atPath: log, contents: nil))
        let lease = try Lease.acquire(in: home, build: "founder")
        #expect(throws: Never.self) { try home.expectNoRemains() }
        lease.release(keepingEntry: true)
        #expect(throws: Never.self) { try home.beginFounding() }
    }
}

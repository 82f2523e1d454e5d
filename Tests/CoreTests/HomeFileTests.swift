/// What is asked of a file that says who may do what; each question answered by itself.

import Glibc
import TestKit
import Testing

@testable import Core

@Suite struct HomeFileTests {
    private let scratch = Scratch("plutarc-homefile")

    private func isTaken(_ path: String, without off: HomeFile.Care? = nil) -> Bool {
        let off: Switches<HomeFile.Care> = off.map { [$0] } ?? []
        return (try? HomeFile.read(path, remedy: "Mend it.", without: off)) != nil
    }

    @Test func aPlainFileOfTheOwnerIsRead() {
        let path = scratch.write("staff", "bin\n")
        chmod(path, 0o644)
        #expect(isTaken(path))
        #expect(!isTaken(scratch.path + "/none"))
    }

    /// Neither waited on nor taken for an empty list.
    @Test func aPipeIsRefused() {
        let path = scratch.path + "/pipe"
        mkfifo(path, 0o600)
        #expect(!isTaken(path))
        #expect(isTaken(path, without: .isPlain), "the test would not notice")
    }

    @Test(arguments: [0o666, 0o664, 0o606, 0o622] as [mode_t])
    func aFileThatOthersMayWriteIsRefused(mode: mode_t) {
        let path = scratch.write("staff", "bin\n")
        chmod(path, mode)
        #expect(!isTaken(path))
        #expect(isTaken(path, without: .isWrittenByOwner), "the test would not notice")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func aFileOfSomebodyElseIsRefused() {
        let path = scratch.write("staff", "bin\n")
        chmod(path, 0o644)
        chown(path, 4242, 4242)
        #expect(!isTaken(path))
        #expect(isTaken(path, without: .hasOwner), "the test would not notice")
    }
}

/// Workers: their lines come through the pipe, their end is told.

import Testing

@testable import Core

@Suite struct WorkerTests {
    private func run(_ script: String) throws -> (lines: [String], status: Int32) {
        let worker = try WorkerProcess(
            program: "/bin/sh", arguments: ["sh", "-c", script], setting: ["WORKER_SHARE": "1/2"])
        var lines: [String] = []
        while worker.descriptor >= 0 { lines += worker.lines() }
        return (lines, worker.wait())
    }

    @Test func linesArriveWholeAndTheLastNeedsNoEnd() throws {
        let (lines, status) = try run("echo one; printf 'two\\nthr'; sleep 0.05; printf ee")
        #expect(lines == ["one", "two", "three"] && status == 0)
    }

    @Test func theShareIsInItsEnvironment() throws {
        #expect(try run("echo $WORKER_SHARE").lines == ["1/2"])
        #expect(try run("test -n \"$PATH\" && echo kept").lines == ["kept"])
    }

    @Test func itsStatusAndItsSignalAreTold() throws {
        #expect(try run("exit 7").status == 7)
        #expect(try run("kill -9 $$").status == 137)
    }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: SystemFailure.self) {
            _ = try WorkerProcess(program: "/nonexistent/x", arguments: ["x"], setting: [:])
        }
    }

    @Test func itCanBeAskedToEnd() throws {
        let worker = try WorkerProcess(
            program: "/bin/sleep", arguments: ["sleep", "60"], setting: [:])
        worker.stop()
        #expect(worker.wait() == 128 + 15)
    }
}

/// A mistake in a file that people edit takes what the file grants, and never a pause.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct EditedFileTests {
    private static let outOfForce: [(String, String, mode_t, String)] = [
        ("compute.ini", "[paper]\ntokyo = abc\n", 0o644, "tokyo"),
        ("compute.ini", ComputeCatalog.standardText, 0o666, "chmod 644"),
        ("staff", "one two\n", 0o644, "several words"),
        ("staff", "bin\n", 0o646, "chmod 644"),
    ]

    private func write(_ text: String, _ name: String, _ mode: mode_t, in home: String) throws {
        let path = "\(home)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
    }

    private func alerts(_ bench: StartBench) throws -> [Notice] {
        try bench.turn { bench.isTrading }
        try bench.turn()
        return try bench.database.read { db throws(StoreError) in
            try db.openNotices().filter { $0.kind.hasSuffix("_file") }
        }
    }

    @Test(arguments: outOfForce) func aFileThatCannotBeTakenStopsNoPause(
        _ name: String, _ text: String, _ mode: mode_t, _ says: String
    ) throws {
        let bench = try StartBench(absence: .seconds(0))
        try write(text, name, mode, in: bench.home.path)
        #expect(throws: LoadError.self) { try bench.restart(switchedOff: [.filesOnlyGrant]) }
        try bench.restart()
        #expect(bench.ask(.pause(.all, reason: nil)) != nil)
        let told = try alerts(bench)
        #expect(told.count == 1 && told.first?.severity == .critical)
        #expect(told.first?.message.contains(says) == true, "\(told)")
        #expect(try bench.bots().allSatisfy(\.isPaused))
        // The next start says it no second time; a sound file ends it.
        try bench.restart()
        #expect(try alerts(bench).map(\.id) == told.map(\.id))
        unlink("\(bench.home.path)/\(name)")
        try bench.restart()
        #expect(try alerts(bench).isEmpty)
    }

    /// As `userdel` leaves the list behind.
    @Test func anAccountThatIsGoneIsAWarning() throws {
        let bench = try StartBench(absence: .seconds(0))
        try write("nobody-here-at-all\n", "staff", 0o644, in: bench.home.path)
        try bench.restart()
        let told = try alerts(bench)
        #expect(told.map(\.severity) == [.warning])
        #expect(told.first?.message.contains("nobody-here-at-all") == true, "\(told)")
    }

    /// Where bots run, and at what price, is not to be guessed; what runs can be stopped.
    @Test func nothingIsDeployedByAFileOutOfForce() throws {
        let scratch = Scratch("plutarc-edited")
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        let asked: [Command] = [
            .deploy(DeployRequest(label: "new-1", region: "tokyo")), .start(bot: label),
            .restart(bot: label, reason: nil), .update(bot: label),
            .updateInCohorts(.all, canaries: 1),
        ]
        try write("[paper]\ntokyo = abc\n", "compute.ini", 0o644, in: scratch.path)
        let sound = office.desk.world.fleet.compute
        office.desk.world.fleet.compute = SimulatedCompute(
            catalog: .inForce(home: scratch.path), seed: 11)
        for command in asked {
            let refusal = try office.ask(command).refusal
            #expect(refusal?.code == "bad_compute_file", "\(command)")
            #expect(refusal?.exitStatus == 7)
        }
        #expect(try office.ask(.pause(.all, reason: nil)).refusal == nil)
        office.desk.world.fleet.compute = sound
        for command in asked {
            #expect(try office.ask(command).refusal?.code != "bad_compute_file", "\(command)")
        }
    }
}

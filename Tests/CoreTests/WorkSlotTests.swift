/// What an engine that died leaves behind of its work, as the next ones read it.
import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

// The handlers of signals are one set for the whole process: no two of these at a time.
@Suite(.serialized) struct WorkSlotTests {
    private let scratch = Scratch("plutarc-work")
    private let bot = ID<Bot>(2)
    private let noon = Instant(milliseconds: 43_200_000)

    /// Another life: what is in the file is all that it has.
    private func life(_ body: (WorkSlot) -> Void = { _ in }) throws -> ID<Bot>? {
        let descriptor = open(scratch.path + "/lease", O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let slot = try #require(WorkSlot(descriptor: descriptor))
        defer { slot.close() }
        slot.takeOver()
        body(slot)
        return slot.suspect
    }

    /// As the signal handler notes it.
    private func crash(_ slot: WorkSlot, _ bot: ID<Bot>, _ at: Instant, isStart: Bool = false) {
        slot.begin(bot, at: at, isStart: isStart)
        slot.pointer[3] = Int64(SIGILL)
    }

    @Test func twoCrashesAtOneBotMakeTheThirdStartSuspectIt() throws {
        #expect(try life { crash($0, bot, noon) } == nil)
        #expect(try life { crash($0, bot, noon + .seconds(3)) } == nil)
        #expect(try life() == bot)
    }

    /// Whoever cuts the lease under an engine neither ends it nor takes the slot away.
    @Test func aFileThatIsCutIsNoEnd() throws {
        let path = scratch.path + "/lease"
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let slot = try #require(WorkSlot(descriptor: descriptor))
        defer { slot.close() }
        slot.takeOver()
        #expect(!slot.mend())
        for _ in 0..<3 {
            #expect(truncate(path, 0) == 0)
            slot.begin(bot, at: noon)
            slot.begin(ID(8), at: noon)
            #expect(slot.mend())
            slot.begin(bot, at: noon)
            var written: Int64 = 0
            #expect(pread(descriptor, &written, 8, off_t(LeaseHolder.length)) == 8)
            #expect(written == bot.number)
            #expect(!slot.mend())
        }
    }

    /// An engine that closes a position whose trade the schema refuses.
    private func refuse(_ slot: WorkSlot, _ off: Set<StartSafeguard>) throws {
        let bench = try StartBench(switchedOff: off, work: slot)
        try bench.database.connection.execute(
            "UPDATE positions SET opened_at = 9000000000000 WHERE id = "
                + "(SELECT min(id) FROM positions WHERE bot_id = \(bot.number))")
        try bench.turn { bench.isTrading }
        bench.engine.world.disarmed = [.soundTrades]
        let label = try #require(bench.engine.world.machine(bot)).record.label
        _ = bench.ask(.closeAll(.named([label]), confirmation: .label(label)))
        #expect(throws: LoadError.self) {
            for _ in 0..<50 {
                bench.pass(.seconds(1))
                try bench.turn()
            }
        }
    }

    /// It ends in order, and the third start sets that bot aside all the same.
    @Test(arguments: [true, false]) func aRefusedCommitIsADeathAtWork(isOn: Bool) throws {
        for _ in 0..<2 {
            let suspect = try life { slot in
                #expect(throws: Never.self) {
                    try refuse(slot, isOn ? [] : [.refusalsCount])
                }
            }
            #expect(suspect == nil)
        }
        #expect(try life() == (isOn ? bot : nil))
    }

    @Test func aCommitBeyondTheInstantAcquits() throws {
        _ = try life { crash($0, bot, noon) }
        _ = try life {
            $0.committed(at: noon, clock: noon)
            $0.committed(at: noon + .seconds(1), clock: noon)
            crash($0, bot, noon + .minutes(1))
        }
        #expect(try life() == nil)
    }

    @Test func crashesAtTwoBotsSuspectNeither() throws {
        _ = try life { crash($0, bot, noon) }
        _ = try life { crash($0, ID(8), noon) }
        #expect(try life() == nil)
    }

    @Test func workThatEndedIsNoDeathAtWork() throws {
        for _ in 0..<3 {
            _ = try life { slot in
                slot.begin(bot, at: noon)
                slot.rest()
            }
        }
        #expect(try life() == nil)
    }

    /// A kill says nothing, unless it hits the very same work twice.
    @Test func killsAtOtherInstantsOrAtTheStartSuspectNobody() throws {
        for second in 0..<4 {
            _ = try life { $0.begin(bot, at: noon + .seconds(Int64(second))) }
        }
        #expect(try life() == nil)
        for _ in 0..<4 { _ = try life { $0.begin(bot, at: noon, isStart: true) } }
        #expect(try life() == nil)
        for _ in 0..<2 { _ = try life { $0.begin(bot, at: noon) } }
        #expect(try life() == bot)
    }

    /// The work slot behind the entry: every word at its end.
    @Test(arguments: [Int64.min, -1, 0, .max]) func noWordOfTheSlotTraps(_ number: Int64) throws {
        let words = Array(repeating: number, count: 64)
        let path = scratch.path + "/lease"
        try Data(words.flatMap { word in withUnsafeBytes(of: word) { Array($0) } })
            .write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        #expect(ftruncate(descriptor, 8192) == 0)
        let slot = try #require(WorkSlot(descriptor: descriptor))
        let memory = UnsafeMutableBufferPointer(start: slot.pointer, count: 8)
        for index in memory.indices { memory[index] = number }
        slot.takeOver()
        slot.committed(at: Instant(milliseconds: 5), clock: Instant(milliseconds: 6))
        slot.close()
    }
}

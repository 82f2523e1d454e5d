/// The simulated provider: its regions file, its times, its failures, its addresses.

import Store
import Testing

@testable import Core

@Suite struct ComputeTests {
    private static let start = Instant(year: 2026, month: 3, day: 10)

    private func length(
        _ job: ComputeJob, _ phases: [JobPhase], number: Int, seed: UInt64 = 1
    ) throws -> Span {
        let compute = SimulatedCompute(seed: seed)
        let place = try #require(compute.catalog.places.first)
        var at = Self.start
        for phase in phases {
            let answer = compute.answer(
                to: ComputeRequest(
                    bot: ID(3), number: number, job: job, phase: phase, place: place, at: at))
            #expect(answer.failure == nil)
            at = answer.at
        }
        return at - Self.start
    }

    @Test func jobsTakeTheTimesThatTheProductPromises() throws {
        let provisioning: [JobPhase] = [.provisioning, .installing, .connecting]
        let update: [JobPhase] = [
            .pausing, .cancelling, .pulling, .replacing, .reconciling, .resuming,
        ]
        for number in 1...500 {
            #expect(try length(.deploy, provisioning, number: number) < .minutes(1))
            let wake = try length(.wake, provisioning, number: number)
            #expect(wake >= .minutes(1) && wake <= .minutes(3))
            let renewal = try length(.update, update, number: number)
            #expect(renewal >= .minutes(1) && renewal <= .minutes(2))
        }
    }

    @Test func theSameQuestionHasTheSameAnswer() throws {
        let phases: [JobPhase] = [.provisioning]
        #expect(
            try length(.deploy, phases, number: 7) == length(.deploy, phases, number: 7))
        #expect(
            try length(.deploy, phases, number: 7) != length(.deploy, phases, number: 8))
        #expect(
            try length(.deploy, phases, number: 7, seed: 1)
                != length(.deploy, phases, number: 7, seed: 2))
    }

    @Test func failuresComeAsOftenAsTheFileSays() throws {
        let text = ComputeCatalog.standardText
            .replacing("failure_one_in = 0", with: "failure_one_in = 4")
        let compute = SimulatedCompute(
            catalog: try ComputeCatalog(parsing: text, file: "t"), seed: 1)
        for phase in JobPhase.allCases {
            let failures = (1...400).count { number in
                compute.answer(
                    to: ComputeRequest(
                        bot: ID(1), number: number, job: .deploy, phase: phase,
                        place: compute.catalog.places[0], at: Self.start)
                ).failure != nil
            }
            #expect((60...140).contains(failures), "\(phase): \(failures)")
        }
    }

    @Test func addressesBelongToOneBot() {
        let compute = SimulatedCompute(seed: 1)
        var taken: Set<String> = []
        for bot in 1...300 {
            let own = compute.addresses(of: ID(Int64(bot)), number: 1, taken: taken)
            #expect(taken.insert(own.ipv4).inserted)
        }
        let first = compute.addresses(of: ID(1), number: 1, taken: [])
        #expect(compute.addresses(of: ID(1), number: 1, taken: [first.ipv4]) != first)
    }

    @Test func theFileNamesWhatIsWrongInIt() {
        func problem(_ text: String) -> FileError? {
            do throws(FileError) {
                _ = try ComputeCatalog(parsing: text, file: "compute.ini")
                return nil
            } catch { return error }
        }
        #expect(problem("[paper]\ntokyo = free\n")?.line == 2)
        #expect(problem("[paper]\ntokyo = 0\n")?.key == "tokyo")
        #expect(problem("[faults]\nloss_hours = 3\n") != nil)
        #expect(problem("[paper]\ntokyo = 0.1\n[faults]\nloss_hours = -1\n")?.line == 4)
        #expect(problem("[release]\nnewset = 1.1.0\n[paper]\ntokyo = 0.1\n")?.key == "newset")
        #expect(problem("[release]\nnewest = soon\n[paper]\ntokyo = 0.1\n")?.line == 2)
        #expect(problem("[release]\nnewest = 1.1.0\n[paper]\ntokyo = 0.1\n") == nil)
        #expect(problem(ComputeCatalog.standardText) == nil)
    }

    @Test func twoProvidersHaveSixRegionsEachAtLawfulRates() {
        let places = ComputeCatalog.standard.places
        #expect(Set(places.map(\.provider)).count == 2)
        #expect(Set(places.map(\.region)).count == 6)
        #expect(places.count == 12)
        for place in places {
            #expect(place.hourly >= Money(raw: 2_000_000) && place.hourly <= Money(raw: 6_000_000))
        }
    }
}

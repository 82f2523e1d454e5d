/// Stopping a bot that holds something, and restarting one too soon.

import Store
import Testing

@testable import Core

@Suite struct StopTests {
    private func office() throws -> (LifeOffice, String) {
        let office = try LifeOffice(bots: 6)
        return (office, try office.holder())
    }

    @Test func whoHoldsIsNotStoppedUnasked() throws {
        let (office, label) = try office()
        let refusal = try office.ask(.stop(bot: label, .refuse, confirmation: nil)).refusal
        #expect(refusal?.code == "open_positions")
        #expect(refusal?.remedy.contains("--close-first") == true)
        #expect(refusal?.remedy.contains("--confirm-label \(label)") == true)
        #expect(try office.bot(label).state == .online)
        #expect(try office.ask(.stop(bot: label, .leave, confirmation: nil)).refusal != nil)
        #expect(
            try office.ask(.stop(bot: label, .leave, confirmation: .label("other"))).refusal?.code
                == "label_mismatch")
        #expect(try office.bot(label).state == .online)
    }

    /// What closes at market asks the same, whichever command it stands in.
    @Test func closeFirstIsConfirmedAsEveryCloseIs() throws {
        let (office, label) = try office()
        for confirmation in [nil, Confirmation.yes, .label("other"), .token("none")] {
            let refusal = try office.ask(.stop(bot: label, .close, confirmation: confirmation))
                .refusal
            let codes = ["confirmation_missing", "label_mismatch", "stale_preview"]
            #expect(refusal.map { codes.contains($0.code) } == true, "\(refusal as Any)")
        }
        #expect(try office.bot(label).state == .online)
        #expect(try office.ask(.stop(bot: label, .close, confirmation: nil)).refusal?.remedy
            == "Add --confirm-label \(label), or --preview first and then --confirm TOKEN.")
        let preview = try office.ask(.previewStop(bot: label)).result
        #expect(preview["positions"]?.elements?.isEmpty == false)
        #expect(preview["verb"] == "stop")
        let token = try #require(preview["preview_token"]?.text)
        let closeAll = Command.closeAll(.named([label]), confirmation: .token(token))
        #expect(try office.ask(closeAll).refusal?.code == "stale_preview")
        let stop = try office.ask(.stop(bot: label, .close, confirmation: .token(token)))
        #expect(stop.refusal == nil)
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .stopped)
    }

    @Test func withoutTheGuardAStopClosesUnasked() throws {
        let (office, label) = try office()
        office.desk.world.disarmed = [.stopIsConfirmed]
        #expect(try office.ask(.stop(bot: label, .close, confirmation: nil)).refusal == nil)
    }

    /// A pause of the whole fleet passes by what opens nothing any more; named, it is refused.
    @Test func theWholeFleetIsPausedBesideAStoppedBot() throws {
        let office = try LifeOffice(bots: 3)
        let label = try #require(try office.labels.first { try !office.machine($0).isHolding })
        #expect(try office.ask(.stop(bot: label, .refuse, confirmation: nil)).refusal == nil)
        for state in [BotState.windingDown, .stopped] {
            if state == .stopped { try office.pass(.minutes(2)) }
            try #require(try office.bot(label).state == state)
            for command in [Command.pause(.all, reason: nil), .resume(.all, reason: "seen")] {
                let reply = try office.ask(command)
                #expect(reply.refusal == nil && reply.changed)
                #expect(reply.commands.map(\.outcome) == [.done, .done, .done])
                let row = reply.commands.first { $0.target == label }
                #expect(row?.message == "\(state.title): opens nothing")
                let named = try office.ask(.pause(.named([label]), reason: nil))
                #expect(named.refusal?.code == "wrong_state")
            }
        }
    }

    @Test func closeFirstEndsFlatThenStopped() throws {
        let (office, label) = try office()
        let stop = try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        #expect(try office.machine(label).entryBlocker == "paused")
        try office.pass(.minutes(2))
        #expect(try office.command(stop).outcome == .done)
        #expect(try office.bot(label).state == .stopped)
        #expect(try !office.machine(label).isHolding)
    }

    @Test func closeFirstGoesOnAfterAKilledEngine() throws {
        let (office, label) = try office()
        let stop = try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.restart()
        try office.desk.resumeHalts()
        try office.pass(.minutes(2))
        #expect(try office.command(stop).outcome == .done)
        #expect(try office.bot(label).state == .stopped)
    }

    @Test func whoLeavesPositionsTypesTheLabelAndIsTold() throws {
        let (office, label) = try office()
        let held = try office.machine(label).held.count
        let stop = try office.ask(.stop(bot: label, .leave, confirmation: .label(label)))
        #expect(stop.refusal == nil)
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .stopped)
        #expect(try office.machine(label).held.count == held)
        let id = try office.bot(label).id
        let told = try office.database.read { db throws(StoreError) in
            try db.activity(of: id, limit: 50)
        }
        #expect(
            told.contains { $0.severity == .critical && $0.detail.contains("left open: ") })
    }

    @Test func theRestartsCoolDownTellsTheTimeThatIsLeft() throws {
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        try office.ask(.restart(bot: label, reason: nil))
        let begun = office.desk.world.now
        try office.pass(.minutes(20))
        let refusal = try office.ask(.restart(bot: label, reason: nil)).refusal
        #expect(
            refusal
                == .restartCooldown(bot: label, last: begun, until: begun + .hours(1)))
        let words = (refusal?.headline ?? "") + (refusal?.remedy ?? "")
        #expect(words.contains((begun + .hours(1)).clockText), "\(words)")
    }

    /// The message of every refusal names the state, and its remedy says something.
    @Test func everyRefusalOfTheTableHasItsMessage() {
        for state in BotState.allCases {
            for event in LifeEvent.allCases
            where BotTransitions.step(event, in: state) == .refused {
                let refusal = Refusal.life(.wrongState(bot: "b-1", state: state, event: event))
                #expect(refusal.headline.contains(state.title), "\(state) \(event)")
                #expect(refusal.remedy.hasSuffix("."), "\(state) \(event)")
                #expect(refusal.code == "wrong_state")
            }
        }
    }
}

/// A bot gets another label: what stays, what is refused, and what waited for it under the old one.
import Store
import Testing

@testable import Core

@Suite struct RenameTests {
    private func office(_ bots: Int = 2) throws -> (LifeOffice, String) {
        let office = try LifeOffice(bots: bots)
        return (office, try #require(office.labels.first))
    }

    @Test func aBotIsCalledOtherwiseAndStaysItself() throws {
        let (office, old) = try office()
        let before = try office.machine(old).record
        let reply = try office.ask(.rename(bot: old, label: "night owl"))
        #expect(reply.refusal == nil && reply.changed)
        let row = try office.command(reply)
        #expect(row.outcome == .done && row.target == old && row.botID == before.id)
        #expect(row.message == "is called night owl now")
        #expect(try office.bot("night owl").id == before.id)
        var after = try office.machine("night owl").record
        after.label = old
        #expect(after == before, "nothing else changes")
        try office.restart()
        #expect(office.labels.first == "night owl")
        #expect(try office.ask(.pause(.named(["night owl"]), reason: nil)).refusal == nil)
        #expect(
            try office.ask(.pause(.named([old]), reason: nil)).refusal == .noSuch(.bot, old))
        let told = try office.database.read { db throws(StoreError) in
            try db.activity(of: before.id, limit: 50)
        }
        #expect(told.contains { $0.what == "label" && $0.detail == "\(old) → night owl" })
        #expect(try office.database.check().isEmpty)
    }

    @Test func theRuleOfLabelsHolds() throws {
        let (office, old) = try office()
        let other = try #require(office.labels.last)
        for taken in [other, other.uppercased()] {
            let refusal = try office.ask(.rename(bot: old, label: taken)).refusal
            #expect(refusal == .life(.labelTaken(other)))
        }
        for wrong in ["bot-9", "--all", "none", "a  b", " a", "naïve"] {
            let refusal = try office.ask(.rename(bot: old, label: wrong)).refusal
            #expect(refusal == .life(.labelMalformed(wrong)), "\(wrong)")
        }
        #expect(office.labels == [old, other])
        // Its own label in other letters is free for it.
        #expect(try office.ask(.rename(bot: old, label: old.uppercased())).refusal == nil)
        let again = try office.ask(.rename(bot: old.uppercased(), label: old.uppercased()))
        #expect(again.refusal == nil && !again.changed)
    }

    /// It is no word to the bot: out of reach or not, it is called so at once.
    @Test func whatWaitsUnderTheOldLabelIsDone() throws {
        let (office, old) = try office(1)
        try office.cut(old, for: .minutes(5))
        let pause = try office.ask(.pause(.named([old]), reason: nil))
        let limits = try office.ask(
            .riskSet(bot: old, [LimitSetting("max_leverage", "3")]))
        let rename = try office.ask(.rename(bot: old, label: "far"))
        #expect(try office.command(rename).outcome == .done)
        #expect(try office.command(pause).outcome == .queued)
        try office.pass(.minutes(6))
        #expect(try office.command(pause).outcome == .done)
        #expect(try office.command(limits).outcome == .done)
        #expect(try office.bot("far").state == .paused)
        #expect(try office.machine("far").limits.maxLeverage == 3)
    }

    /// Its label may be another bot's by then: the alert stays that of the bot it was about.
    @Test func openAlertsGoWithTheirBot() throws {
        let (office, old) = try office()
        let other = try #require(office.labels.last)
        let id = try office.machine(old).id
        office.desk.world.alert(
            try office.machine(old), "drift", "drift", "BTC-PERP: the book differs",
            severity: .critical)
        try office.pass(.seconds(10))
        #expect(try alerts(office) == ["\(old): BTC-PERP: the book differs"])
        for (bot, label) in [(old, "night owl"), (other, old)] {
            #expect(try office.ask(.rename(bot: bot, label: label)).refusal == nil)
        }
        #expect(try alerts(office) == ["night owl: BTC-PERP: the book differs"])
        let reader = BoardReader(over: office.database, owner: (1000, "ada"))
        let row = try #require(reader.alerts().rows.first)
        #expect(row.notice.botID == id && row.botLabel == "night owl")
        #expect(row.notice.message == "night owl: BTC-PERP: the book differs")
    }

    private func alerts(_ office: LifeOffice) throws -> [String] {
        let reader = BoardReader(over: office.database, owner: (1000, "ada"))
        return try reader.fleet().alerts.map(\.message)
    }

    /// What does not begin with a label is shown as it was written.
    @Test func otherWordsOfAlertsStay() {
        let at = Instant(milliseconds: 0)
        let told = [
            ("staff", "Plutarc staff eva: restart: it hung"), ("ticket", "ticket-3 waits: Late"),
            ("drift", "no label, but words: x"), ("drift", "daily loss 5.1 %"),
        ]
        for (kind, words) in told {
            let notice = Notice(
                botID: ID(1), at: at, kind: kind, severity: .warning, message: words)
            #expect(notice.naming("night owl") == notice, "\(words)")
        }
        let fleet = Notice(at: at, kind: "log", severity: .warning, message: "a: b")
        #expect(fleet.naming(nil) == fleet)
    }
}

/// Filters: all rows, every column that is seen, and mistakes that are told.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct FilterTests {
    private static let fields = FilterFields<[String: String]>([
        FilterField("bot", "label") { $0["bot"] ?? "" },
        FilterField("tpl") { $0["tpl"] ?? "" },
        FilterField("pos", number: { $0["pos"].flatMap { FilterNumber(typed: $0) } }) {
            $0["pos"] ?? ""
        },
    ])

    private func finds(_ text: String, _ row: [String: String]) -> Bool {
        Self.fields.matches(row, FilterExpression(text))
    }

    private func mistake(_ text: String) -> FilterProblem? {
        Self.fields.problem(of: FilterExpression(text))
    }

    @Test func partsAllHaveToHold() {
        let filter = FilterExpression("btc !tpl:mean bot:!eth")
        #expect(filter.parts.map(\.isNegated) == [false, true, true])
        #expect(finds("btc !tpl:mean", ["bot": "btc-1", "tpl": "Trend"]))
        #expect(!finds("btc !tpl:mean", ["bot": "btc-1", "tpl": "Mean"]))
        #expect(!finds("btc", ["bot": "eth-1"]))
        #expect(FilterExpression("").isEmpty)
    }

    @Test func quotesKeepWordsTogether() {
        let row = ["bot": "BTC Trend", "tpl": "Mean Reverter"]
        for text in [
            "bot:\"BTC Trend\"", "tpl:\"mean rev\" btc", "\"c tr", "!\"y z\"",
            "label:\"btc trend\"",
        ] {
            #expect(finds(text, row), "\(text)")
        }
        #expect(!finds("bot:\"trend btc\"", row))
        // A colon in quotes is text: it names no field.
        #expect(mistake("\"10:30\"") == nil)
        #expect(finds("\"10:30\"", ["bot": "at 10:30"]))
    }

    @Test func anUnknownFieldIsAnErrorThatNamesTheFields() throws {
        for text in ["staus:error", "btc staus:", "!name:doge", "bot:x 10:30"] {
            let problem = try #require(mistake(text), "\(text)")
            #expect(problem.remedy.contains("bot tpl pos"))
        }
        #expect(mistake("btc bot:x !tpl:y label:z") == nil)
    }

    /// With a colon or without: a field that is not there is a mistake, and never "no rows".
    @Test func aComparisonNeedsNoColon() {
        let row = ["bot": "a<b", "pos": "3"]
        for text in [
            "pos>2", "pos>=3", "pos<=3", "pos=3", "pos:=3", "pos:>=3", "!pos<3", "\"a<b\"",
        ] {
            #expect(mistake(text) == nil && finds(text, row), "\(text)")
        }
        for text in ["pos<3", "pos>3", "pos>=4", "pos<=2", "pos=2", "!pos=3", "\"b<a\""] {
            #expect(mistake(text) == nil && !finds(text, row), "\(text)")
        }
        #expect(mistake("pos>1d") == .badNumber("pos", "1d"))
        #expect(mistake("bot=a") == .noNumber("bot"))
        #expect(mistake("\"pos>2\"") == nil && !finds("\"pos>2\"", row))
        #expect(FilterExpression("\"a<b\" pos:>2 x<3 btc").bareWords == ["a<b", "btc"])
        for (text, name) in [("staus<3", "staus"), ("btc age<5", "age"), ("!up>1d", "up")] {
            #expect(mistake(text) == .unknownField(name, known: ["bot", "tpl", "pos"]))
            #expect(!finds(text, row), "\(text)")
        }
    }

    /// No count of rows stands beside a mistake.
    @Test func whatCannotBeAskedFindsNothing() {
        for text in ["xyz:", "!xyz:a", "!bot:<3", "!pos:<x", "pos:>", "btc xyz:"] {
            #expect(mistake(text) != nil && !finds(text, ["bot": "btc-1", "pos": "3"]), "\(text)")
        }
        #expect(mistake("bot:") == nil && finds("bot:", ["bot": "btc-1"]))
    }

    @Test func numbersAreCompared() {
        #expect(finds("pos:>2", ["pos": "3"]) && !finds("pos:>3", ["pos": "3"]))
        #expect(finds("pos:<-0.5", ["pos": "-1"]) && !finds("pos:<1", [:]))
        #expect(mistake("bot:<3") == .noNumber("bot"))
        #expect(mistake("pos:<x") == .badNumber("pos", "x"))
        #expect(finds("pos:>\"2\"", ["pos": "3"]), "the sign stands outside")
    }

    /// With binary numbers the two of each pair are one and the same.
    @Test func moneyIsComparedToItsLastDigit() {
        let (less, more) = (Money(raw: 1 << 53), Money(raw: 1 << 53 + 1))
        #expect(less.double == more.double)
        #expect(FilterNumber(less) < FilterNumber(more))
        let fields = FilterFields<Money>([
            FilterField("usd", number: { FilterNumber($0) }) { "\($0)" }
        ])
        func finds(_ text: String, _ money: Money) -> Bool {
            fields.matches(money, FilterExpression(text))
        }
        #expect(finds("usd:>\(less)", more) && !finds("usd:>\(more)", more))
        #expect(finds("usd:<\(more)", less) && !finds("usd:<\(less)", less))
        let dear = (Price(raw: .max - 1), Price(raw: .max))
        #expect(dear.0.double == dear.1.double && FilterNumber(dear.0) < FilterNumber(dear.1))
    }

    /// Whatever the kind of the number: a price has ten decimals, money and sizes have eight.
    @Test func numbersOfEveryKindMeetWhatIsTyped() throws {
        func typed(_ text: String) throws -> FilterNumber {
            try #require(FilterNumber(typed: text), "\(text)")
        }
        for text in ["0.0000000001", "12.5", "922337203.6854775807"] {
            #expect(try typed(text) == FilterNumber(try Price.parse(text)))
        }
        for text in ["-0.00000001", "92233720368.54775807", "+3"] {
            #expect(try typed(text) == FilterNumber(try Money.parse(text)))
        }
        #expect(try typed("007.50") == typed("7.5") && typed(".5") < typed("1."))
        #expect(try typed("3") == FilterNumber(3) && typed("-1") < FilterNumber(0))
        #expect(try FilterNumber(Int64.max) < typed("9999999999999999999.999999999999999999"))
        for text in ["", "-", ".", "1e3", "1,000", "--1", "1.2.3", "٣", "1\u{301}"] {
            #expect(FilterNumber(typed: text) == nil, "\(text)")
        }
        #expect(FilterNumber(typed: String(repeating: "9", count: 20)) == nil)
    }

    /// In quotes `<` and `>` are letters as any other.
    @Test func quotesMakeComparisonsText() {
        #expect(mistake("bot:\"<b\"") == nil && mistake("pos:\">x\"") == nil)
        #expect(finds("bot:\"<b\"", ["bot": "a <b"]) && !finds("bot:\"<b\"", ["bot": "ab"]))
        #expect(finds("\"a<b\"", ["bot": "a<b"]) && mistake("\"a<b\"") == nil)
        #expect(finds("pos:\">3\"", ["pos": ">3"]) && !finds("pos:\">3\"", ["pos": "4"]))
        #expect(finds("!bot:\"<\"", ["bot": "ab"]) && mistake("bot:<b") == .noNumber("bot"))
        // What follows the first letter never was a sign.
        #expect(mistake("bot:a<b") == nil && finds("bot:a<b", ["bot": "a<b"]))
    }

    @Test func aFieldThatIsStillBeingTypedHidesNothing() {
        #expect(finds("tpl:", ["bot": "a"]) && finds("!tpl:", ["bot": "a"]) && finds("!", [:]))
    }

    // MARK: Screens

    @Test(arguments: [
        (Destination.fleet, "staus:error"), (.positions, "name:x"), (.support, "staus:x"),
        (.audit, "upnl:<5"), (.commands(nil), "foo:1"), (.bot(ID(1), .activity), "since:24h"),
        (.fleet, "unrealised<0"), (.fleet, "foo<3"), (.positions, "day<0"), (.audit, "foo>1"),
        (.support, "xx<1"), (.billing, "foo=1"),
    ])
    func everyListNamesItsFields(_ place: Destination, _ text: String) throws {
        var journey = try Journey(Size(100, 30), at: place, role: .owner)
        try journey.run("/\(text)")
        let name = String(text.prefix { !":<>=".contains($0) })
        #expect(journey.text.contains("!! there is no field \"\(name)\" in this list"))
        #expect(journey.text.contains("Fields: "))
        // Enter keeps nothing that cannot be asked.
        try journey.run("<enter>")
        #expect(journey.state.prompt != nil)
        try journey.run("<esc>")
        #expect(!journey.text.contains("Fields:"))
    }

    /// One rule for all of them: what is taken is kept, read back, and forgotten by Esc.
    @Test(arguments: [
        (Destination.fleet, "net:test"), (.positions, "side:long"), (.support, "pri:high"),
        (.audit, "outcome:done"), (.commands(nil), "outcome:done"), (.billing, "kind:usage"),
        (.bot(ID(1), .activity), "kind:order"),
    ])
    func everyListKeepsItsFilter(_ place: Destination, _ text: String) throws {
        var journey = try Journey(Size(120, 30), at: place, role: .owner)
        let name = "\(journey.place).filter"
        try journey.run("/\(text)")
        #expect(!journey.effects.contains(.keep(name: name, text: text)), "it is only looked at")
        try journey.run("<enter>")
        #expect(journey.effects.contains(.keep(name: name, text: text)))
        var other = try Journey(Size(120, 30), at: place, role: .owner, kept: [name: text])
        #expect(other.state.top?.filter == text && other.text.contains("/\(text)"))
        try other.run("<esc>")
        #expect(other.state.top?.filter == "")
        #expect(other.effects.contains(.keep(name: name, text: nil)))
        #expect(try Journey(at: place, role: .owner).state.top?.filter == "")
        try journey.run("<esc> :filter <space> \(text) <enter>")
        #expect(journey.state.around.kept[name] == text)
    }

    @Test func thePaletteSaysItToo() throws {
        var journey = try Journey(role: .owner)
        try journey.run(":filter <space> staus:error <enter>")
        #expect(journey.said == "there is no field \"staus\" in this list")
        #expect(journey.text.contains("Fields: bot status cause"))
    }

    /// What stands in a column of the list is found by typing it.
    @Test(arguments: [Destination.fleet, .positions])
    func everyVisibleColumnIsSearched(_ place: Destination) throws {
        var journey = try Journey(Size(220, 40), at: place, role: .owner)
        if place == .fleet { try journey.run("v") }
        let texts: [String]
        if let fleet = journey.fleet {
            texts = FleetList(fleet, journey.state.around).texts(of: 3)
        } else {
            let screen = try #require(journey.state.top as? PositionsScreen)
            texts = PositionsTable(screen, journey.state.around).texts(of: 3)
        }
        #expect(texts.count >= 8)
        for text in texts where !text.isEmpty && text != "-" {
            try journey.run("/")
            for character in "\"\(text)\"" { try journey.send(.key(.character(character))) }
            #expect(!journey.text.contains("match"), "\(text) is not found")
            try journey.run("<esc>")
        }
    }

    /// What the printed list is asked for finds the same bots on the screen.
    @Test func bothListsOfTheFleetHaveTheSameFields() throws {
        var journey = try Journey(Size(160, 48), role: .owner)
        let fleet = try #require(journey.state.around.fleet)
        let lost = fleet.rows.filter { $0.pnlToday.map { $0 < .units(-20) } ?? false }
        try #require(!lost.isEmpty && lost.count < fleet.rows.count)
        try journey.run("/")
        for character in "today<-20" { try journey.send(.key(.character(character))) }
        #expect(Set(journey.fleet?.rows.map(\.label) ?? []) == Set(lost.map(\.label)))
        for text in ["today<0", "equity>0", "note:paused"] {
            let expression = FilterExpression(text)
            let shown = FleetFilter.fields(journey.state.around)
            let printed = FleetFilter.fields(of: fleet, isSeen: true)
            #expect(shown.names == printed.names && shown.problem(of: expression) == nil)
            let found = fleet.rows.filter { shown.matches($0, expression) }.map(\.label)
            #expect(
                found == fleet.rows.filter { printed.matches($0, expression) }.map(\.label),
                "\(text)")
        }
    }

    @Test func aLabelWithSpacesIsFound() throws {
        var journey = try Journey(role: .owner)
        var fleet = try #require(journey.state.around.fleet)
        fleet.rows[4].bot.label = "BTC Trend"
        try journey.send(.board(.fleet(fleet)))
        for character in "/bot:\"BTC Trend\"" { try journey.send(.key(.character(character))) }
        #expect(journey.fleet?.rows.map(\.label) == ["BTC Trend"])
    }
}

/// Templates at random: what is printed reads the same, and hostile text is refused, never obeyed.

import Store
import Testing

@testable import Core

@Suite struct TemplateFuzzTests {
    // MARK: - Templates at random

    private static func text(_ parameter: ParameterKind, _ dice: inout Randomness) -> String {
        switch parameter.form {
        case .whole(let range): return String(dice.integer(in: range))
        case .number(let range):
            let step = (range.upperBound - range.lowerBound) / 1000
            return (range.lowerBound + step * Double(dice.integer(in: 0...1000))).shortText
        case .word(let words): return words[dice.integer(in: 0...words.count - 1)]
        }
    }

    private static func component(_ dice: inout Randomness) -> ComponentSpec {
        let kind = Catalog.components[dice.integer(in: 0...Catalog.components.count - 1)]
        let role = kind.roles[dice.integer(in: 0...kind.roles.count - 1)]
        var spec = ComponentSpec(kind.name, role)
        if role == .signal { spec.weight = Double(dice.integer(in: 0...1000)) / 100 }
        for parameter in kind.parameters(in: role) where dice.chance(1, in: 3) {
            let text = text(parameter, &dice)
            if !parameter.isStandard(text) { spec.parameters[parameter.key] = text }
        }
        return spec
    }

    private static func session(_ number: Int, _ dice: inout Randomness) -> SessionWindow {
        let zones = ["UTC", "Asia/Tokyo", "America/New_York"]
        let days = (0...6).filter { _ in dice.chance(1, in: 2) }
        return SessionWindow(
            name: "S\(number)] [x", days: days.isEmpty ? [3] : Set(days),
            start: dice.integer(in: 0...1439), end: dice.integer(in: 0...1440),
            zone: zones[dice.integer(in: 0...2)])
    }

    private static func template(_ dice: inout Randomness) -> Template {
        let sizings: [Sizing] = [
            .quantity(Quantity(raw: Int64(dice.integer(in: 1...1_000_000_000)))),
            .notional(Money(raw: Int64(dice.integer(in: 1...1_000_000_000)))),
            .equityShare(.basisPoints(Int64(dice.integer(in: 1...100_000)))),
            .riskShare(.basisPoints(Int64(dice.integer(in: 1...10_000)))),
        ]
        let names = ["x", "#1", "[a]", "= b", "é — ñ", "a;b", "\u{202E}abc", "name = y"]
        return Template(
            name: names[dice.integer(in: 0...names.count - 1)],
            summary: names[dice.integer(in: 0...names.count - 1)],
            timeframe: Timeframe.allCases[dice.integer(in: 0...Timeframe.allCases.count - 1)],
            mode: Template.Mode.allCases[dice.integer(in: 0...3)],
            threshold: Double(dice.integer(in: 0...10_000)) / 10_000,
            direction: Template.Direction.allCases[dice.integer(in: 0...2)],
            sizing: sizings[dice.integer(in: 0...3)], leverage: dice.integer(in: 1...100),
            warmUp: dice.chance(1, in: 2) ? dice.integer(in: 0...1000) : nil,
            components: (0...dice.integer(in: 1...9)).map { _ in component(&dice) },
            sessions: (0..<dice.integer(in: 0...3)).map { session($0, &dice) })
    }

    @Test func whatIsPrintedReadsTheSame() throws {
        var dice = Randomness(seed: 77)
        var valid = 0
        for _ in 0..<6000 {
            let template = Self.template(&dice)
            // Parameters at random contradict each other at times: such a one is not stored.
            guard (try? template.validate()) != nil else { continue }
            valid += 1
            let text = TemplateFile.print(template)
            let read = try TemplateFile.parse(text, file: "x")
            if read != template || TemplateFile.print(read) != text {
                Issue.record("does not read the same:\n\(text)")
                return
            }
        }
        #expect(valid > 1000, "\(valid)")
    }

    // MARK: - Hostile text

    private static let noise: [String] = [
        "\0", "\u{202E}", "\u{FEFF}", "\u{1B}[2J", "\r", "\n", ";", "=", "[", "]", "[template]",
        "-", "--", "1e9", "nan", "inf", "0x7", String(repeating: "9", count: 400), "é\u{301}",
        "9223372036854775808", "-9223372036854775808", "0.00000000000000000000000001", "50%",
        "\u{2028}", " ", "\t", "[session ]", "period = 5", "Asia/../../etc/passwd",
    ]

    /// Whatever it is: taken whole and the same again, or refused with a place and a remedy.
    @Test func mangledTextIsTakenWholeOrRefused() throws {
        var dice = Randomness(seed: 78)
        let whole = Array(StrategyTemplateFileTests.full)
        var taken = 0
        var refused = 0
        for _ in 0..<8000 {
            var text = whole
            for _ in 0...dice.integer(in: 0...2) {
                let place = dice.integer(in: 0...text.count - 1)
                let end = min(place + dice.integer(in: 0...6), text.count)
                let noise = Self.noise[dice.integer(in: 0...Self.noise.count - 1)]
                text.replaceSubrange(place..<end, with: Array(noise))
            }
            do throws(FileError) {
                let template = try TemplateFile.parseNew(String(text), file: "x")
                let read = try TemplateFile.parseNew(TemplateFile.print(template), file: "x")
                if read != template { Issue.record("not the same:\n\(String(text))") }
                taken += 1
            } catch {
                refused += 1
                if error.remedy.isEmpty || error.headline.utf8.count > 400 {
                    Issue.record("\(error.headline)")
                }
            }
        }
        #expect(taken > 200 && refused > 500, "\(taken) taken, \(refused) refused")
    }

    private func again(_ template: Template) throws -> Template {
        try TemplateFile.parseNew(TemplateFile.print(template), file: "x")
    }

    @Test(arguments: noise.indices)
    func whateverIsTakenForANumberReadsTheSame(_ index: Int) throws {
        let noise = Self.noise[index]
        for line in ["threshold = 0.6", "leverage = 5", "warm_up = 200", "weight = 2.5"] {
            let key = String(line.split(separator: " ")[0])
            let text = StrategyTemplateFileTests.full
                .replacing(line, with: "\(key) = \(noise)")
            let read = try? TemplateFile.parseNew(text, file: "x")
            if let read { #expect(try again(read) == read) }
        }
        for sizing in ["quantity", "notional", "equity_percent", "risk_percent"] {
            let text = StrategyTemplateFileTests.full
                .replacing("risk_percent 1.5", with: "\(sizing) \(noise)")
            let read = try? TemplateFile.parseNew(text, file: "x")
            if let read { #expect(try again(read) == read) }
        }
    }

    // MARK: - Names

    /// A name that two people spell in two ways is no name.
    @Test func anAccentIsInNoName() throws {
        let office = try LifeOffice()
        for name in ["Caf\u{E9}", "Cafe\u{301}"] {
            let text = "[template]\nname = \(name)\ntimeframe = 1h\n"
                + "[signal RSI]\n[exit Time Stop]\n"
            let answer = try office.ask(.templateImport(text: text, file: nil))
            #expect(answer.refusal?.code == "bad_template_name")
        }
        let left = try office.database.read { db throws(StoreError) in try db.templates() }
        #expect(left.isEmpty)
    }
}

/// No figure is cut at any width: neither at an edge nor under what is drawn over it.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct FigureCutTests {
    static let scenes = [
        Scene(name: "cards"), Scene(name: "list", script: "v"),
        Scene(name: "positions", place: .positions),
        Scene(name: "position details", place: .positions, script: "<enter>"),
        Scene(name: "template", place: .bot(ID(1), .template)),
        Scene(name: "component", place: .bot(ID(1), .template), script: "j <enter>"),
        Scene(name: "limits", place: .bot(ID(1), .risk)),
        Scene(name: "activity", place: .bot(ID(1), .activity)),
        Scene(name: "event", place: .bot(ID(1), .activity), script: "j j j <enter>"),
        Scene(name: "killed", place: .bot(ID(10), .template)),
        Scene(name: "why", place: .bot(ID(1), .template), script: "W"),
        Scene(name: "which position", place: .bot(ID(1), .template), script: "x"),
        Scene(name: "support", place: .support), Scene(name: "audit", place: .audit),
        Scene(name: "audit detail", place: .audit, script: "<enter>"),
        Scene(name: "commands", place: .commands(nil)), Scene(name: "billing", place: .billing),
        Scene(name: "top-up", place: .billing, script: "M 250 <enter>"),
        Scene(name: "close all", script: "/btc-trend <enter> X"),
        Scene(name: "close position", place: .positions, script: "x"),
        Scene(name: "stop", script: "/btc-trend <enter> a T"),
        Scene(name: "sessions", script: "/xrp <enter> a Z"),
        Scene(name: "keys", script: "/xrp <enter> a A"),
        Scene(name: "deploy", script: "a D new-01 <tab> j <tab> j <tab>"),
        Scene(name: "roll out", script: "a O"),
        Scene(name: "copy", place: .positions, script: "y"),
        Scene(name: "messages", script: "<f8>"),
    ]

    @Test(arguments: scenes)
    func noWidthCutsAFigure(_ scene: Scene) throws {
        var journey = try scene.journey()
        let whole = try [100, 120, 160, 200, 300].reduce(into: Set<String>()) {
            $0.formUnion(try Self.figures(of: &journey, Size($1, 60)))
        }
        var cut: [String: [Int]] = [:]
        for columns in 40...160 {
            let shown = Set(try Self.figures(of: &journey, Size(columns, 30)))
            for figure in shown.subtracting(whole)
            where Self.seemsOld(figure)
                || whole.contains(where: { $0.hasPrefix(figure) || $0.hasSuffix(figure) })
            {
                cut[figure, default: []].append(columns)
            }
        }
        let words = cut.map { "\($0.key) at \($0.value.first ?? 0)...\($0.value.last ?? 0)" }
        #expect(cut.isEmpty, "\(words.sorted().joined(separator: "; "))")
    }

    /// Counts and sums stand whole or not at all, down to the smallest sizes.
    @Test(arguments: [Destination.fleet, .positions, .bot(ID(1), .template), .bot(ID(10), .risk)])
    func noWidthCutsTheHeadOrACount(_ place: Destination) throws {
        var journey = try Journey(Size(80, 24), at: place, role: .owner)
        for columns in 20...200 {
            for rows in [5, 8, 24] {
                try journey.send(.resize(Size(columns, rows)))
                let frame = journey.frame(.unicode)
                for row in 0..<rows {
                    let line = frame.line(row)
                    let isCut = line.contains(/(^|\s)[0-9]+ (p|po|o)~(\s|$)/)
                        || line.contains(/(uPnL|day) ?[-+0-9,.]*~(\s|$)/)
                        || line.contains(/[ ]{2}hb? ?[0-9]*~(\s|$)/)
                    #expect(!isCut, "\(columns)x\(rows): \(line)")
                }
            }
        }
    }

    /// A limit stands whole beside its name, and what is in use whole or not at all.
    @Test(arguments: ["", "<enter>", "<enter> 7", "<enter> <^u> 7 <enter>"])
    func noWidthCutsALimit(_ script: String) throws {
        var journey = try Journey(Size(150, 40), at: .bot(ID(1), .risk), role: .owner)
        try journey.run(script)
        let whole = try Self.limitRows(of: &journey, 150)
        #expect(whole.count == RiskTab.names.count)
        let limits = try #require(journey.bot?.risk.limits)
        let edits = journey.bot?.risk.edits ?? [:]
        for columns in 20...150 {
            let rows = try Self.limitRows(of: &journey, columns)
            for (index, name) in RiskTab.names.enumerated() where index < rows.count {
                let told = edits[name] ?? name.value(in: limits).text
                let line = rows[index]
                #expect("\(line) ".contains(" \(told)\(name.shortUnit) "), "\(columns): \(line)")
                let cut = Set(Self.figures(in: line)).subtracting(Self.figures(in: whole[index]))
                #expect(cut.isEmpty, "\(columns): \(line)")
            }
            #expect(rows.count == whole.count, "\(columns)")
        }
    }

    /// The rows of the limits, in the order of the tab.
    private static func limitRows(of journey: inout Journey, _ columns: Int) throws -> [String] {
        try journey.send(.resize(Size(columns, 40)))
        let frame = journey.frame(.unicode)
        let lines = (0..<40).map { frame.line($0) }
        let start = lines.firstIndex { $0.contains("LIMIT ") && $0.contains("VALUE") } ?? 40
        let titles = Set(RiskLimitCategory.allCases.map { $0.title.uppercased() })
        let rows = lines.dropFirst(start + 1).prefix(RiskTab.names.count + titles.count)
        return rows.filter { line in !titles.contains { line.contains($0) } }
    }

    /// What is at stake stays, and addresses and names give way to it.
    @Test func theHeadOfABotKeepsWhatIsAtStake() throws {
        var journey = try Journey(Size(80, 24), at: .bot(ID(1), .template), role: .owner)
        for columns in 40...200 {
            try journey.send(.resize(Size(columns, 24)))
            let line = journey.frame(.unicode).line(3)
            #expect(line.contains("3 pos   uPnL +1,284.36"), "\(columns): \(line)")
            #expect(columns < 80 || line.contains("day -103.64"), "\(columns): \(line)")
            #expect(columns < 110 || line.contains("2001:db8:17::1   key key-btc-1   "))
        }
        try journey.send(.resize(Size(20, 5)))
        let text = journey.text
        #expect(text.contains("3 pos   +1,284.36") && text.contains("7 of 14"), "\(text)")
    }

    /// No frame stands in the row of the key hints, and none of them is cut.
    @Test(arguments: scenes)
    func noBoxCoversTheHints(_ scene: Scene) throws {
        var journey = try scene.journey()
        for size in [Size(80, 24), Size(60, 16), Size(40, 12), Size(44, 13), Size(100, 14)] {
            try journey.send(.resize(size))
            let line = journey.frame(.unicode).line(size.rows - 1)
            #expect(!line.contains { "┏┓┗┛━┃┌┐└┘─│~".contains($0) }, "\(size): \(line)")
        }
    }

    /// The sign of a cut stands where an old price has one.
    private static func seemsOld(_ word: String) -> Bool {
        word.wholeMatch(of: /.*[0-9.,:%]~/) != nil
    }

    /// The words of a picture that begin as figures do.
    private static func figures(of journey: inout Journey, _ size: Size) throws -> [String] {
        try journey.send(.resize(size))
        let frame = journey.frame(.unicode)
        return (0..<size.rows).flatMap { figures(in: frame.line($0)) }
    }

    private static func figures(in line: String) -> [String] {
        line.split { " │┃|[]()┌┐└┘─━".contains($0) }.map(String.init).filter { word in
            // A clock without its seconds is whole.
            word.drop { "+-~$".contains($0) }.first?.isNumber == true
                && word.wholeMatch(of: /\d\d:\d\d/) == nil
        }
    }
}

/// Safeguards that a test of the tests switches off: a release build has no such switch.
import Testing

@Suite struct SwitchesTests {
    /// A set is there in every build; `Switches` is one in debug builds alone.
    private static func holdsSet(_ line: String) -> Bool {
        line.contains("Safeguard>") && line.firstMatch(of: /Set<\w*Safeguard>/) != nil
    }

    @Test func noReleaseBuildHasASetOfSafeguards() {
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated() where Self.holdsSet(line) {
                Issue.record("\(file.path):\(index + 1): take Switches<…>, not a set")
            }
        }
    }

    @Test func eachKindOfSafeguardHasItsSwitches() {
        let lines: [String] = SourceTree.sources.flatMap { file in
            file.lines.filter { $0.contains("Safeguard") }
        }
        let kinds = lines.compactMap { line in
            line.firstMatch(of: /^(?:public )?enum (\w*Safeguard)[ :]/)?.1
        }
        #expect(kinds.count >= 6)
        for kind in kinds where !lines.contains(where: { $0.contains("Switches<\(kind)>") }) {
            Issue.record("no build can switch off any \(kind)")
        }
    }

    @Test func aSetOfSafeguardsIsSeen() {
        #expect(Self.holdsSet("    var off: Set<ScreenSafeguard> = []"))
        #expect(!Self.holdsSet("    var off: Switches<ScreenSafeguard> = []"))
    }
}

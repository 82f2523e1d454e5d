/// Guards that a test of the tests switches off: a release build has no such switch.
import Testing

@Suite struct SwitchesTests {
    /// A set is there in every build; `Switches` is one in debug builds alone.
    private static func holdsSet(_ line: String) -> Bool {
        line.contains("Guard>") && line.firstMatch(of: /Set<\w*Guard>/) != nil
    }

    @Test func noReleaseBuildHasASetOfGuards() {
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated() where Self.holdsSet(line) {
                Issue.record("\(file.path):\(index + 1): take Switches<…>, not a set")
            }
        }
    }

    @Test func eachKindOfGuardHasItsSwitches() {
        let lines: [String] = SourceTree.sources.flatMap { file in
            file.lines.filter { $0.contains("Guard") }
        }
        let kinds = lines.compactMap { $0.firstMatch(of: /^(?:public )?enum (\w*Guard)[ :]/)?.1 }
        #expect(kinds.count >= 6)
        for kind in kinds where !lines.contains(where: { $0.contains("Switches<\(kind)>") }) {
            Issue.record("no build can switch off any \(kind)")
        }
    }

    @Test func aSetOfGuardsIsSeen() {
        #expect(Self.holdsSet("    var off: Set<ScreenGuard> = []"))
        #expect(!Self.holdsSet("    var off: Switches<ScreenGuard> = []"))
    }
}

/// Every reference leads somewhere: links, paths, and no document that is not in the repository.
import Foundation
import TestKit
import Testing

@Suite struct ReferencesTests {
    private static let pages = CatalogPage.all
    /// All but the tests that make up dead references.
    private static let commented = SourceTree.files.filter {
        !$0.path.hasPrefix("Tests/TidyTests/")
    }

    @Test func theCatalogWasFound() {
        #expect(Self.pages.contains { $0.name == "Questions" })
        #expect(Self.pages.contains { $0.anchors.count > 10 })
        #expect(CatalogPage.readme != nil)
        #expect(Set(Self.pages.map(\.name)).count == Self.pages.count)
    }

    @Test func linksLeadToAHeading() {
        let files =
            Self.commented.map { ($0.path, $0.lines) } + Self.pages.map { ($0.path, $0.lines) }
        var links = 0
        for (path, lines) in files {
            links += lines.count { $0.contains("<doc:") }
            for target in References.dead(in: lines, among: Self.pages) {
                Issue.record("\(path):\(target) is no heading of the catalog")
            }
        }
        #expect(links > 20)
    }

    @Test func headingsOfAPageDiffer() {
        for page in Self.pages {
            let headings = page.lines.count { $0.hasPrefix("##") }
            #expect(page.anchors.count == headings, "\(page.path): two headings are the same")
        }
    }

    @Test func pathsInTheCatalogExist() throws {
        let readme = try #require(CatalogPage.readme)
        var paths = 0
        for page in Self.pages + [readme] {
            for path in References.paths(in: page.lines) {
                paths += 1
                #expect(Self.exists(path), "\(page.path): there is no \(path)")
            }
        }
        #expect(paths > 40)
    }

    /// A name in a drawing is that of one source.
    @Test func filesInDrawingsExist() {
        let names = Dictionary(grouping: SourceTree.sources) { file in
            String(file.path.split(separator: "/").last ?? "")
        }
        let drawn = Self.pages.flatMap { References.files(namedIn: $0.examples) }
        for name in Set(drawn).sorted() {
            #expect(names[name]?.count == 1, "no source, or several, have the name \(name)")
        }
        #expect(drawn.count > 15)
    }

    @Test func noCommentCitesADocumentThatIsNotHere() {
        for file in Self.commented {
            for document in References.documents(citedIn: file.lines) {
                Issue.record("\(file.path):\(document): say it, or point to the catalog")
            }
        }
        for page in Self.pages {
            for document in page.lines.flatMap({ References.documents(namedIn: $0) }) {
                Issue.record("\(page.path): \(document): say it here")
            }
        }
    }

    // MARK: What would be found

    private static let rules = CatalogPage(
        path: "Sources/Core/Core.docc/MadeUpRules.md",
        text: """
            # Made-up rules

            ## The cursor's place
            See `Sources/Core/Nowhere.swift`, `Tests/TidyTests/ReferencesTests.swift`.

            ```
            ## No heading
            `Sources/Core/Example.swift`
            Key -> Example.swift: (Other.swift)
            ```
            ### What is kept
            """)

    @Test func aDeadLinkIsFound() {
        let lines = [
            "/// <doc:MadeUpRules#The-cursors-place>, <doc:MadeUpRules>",
            "/// <doc:MadeUpRules#What-is-kept>.",
            "/// <doc:MadeUpRules#The-cursors-Place>",
            "/// <doc:MadeUpRules#No-heading>",
            "/// <doc:OtherRules#What-is-kept>, <doc:OtherRules>",
            "/// <doc:MadeUpRules#What-is-kept#again>",
            "/// <doc:MadeUpRules#What-is",
        ]
        #expect(
            References.dead(in: lines, among: [Self.rules]) == [
                "3: MadeUpRules#The-cursors-Place", "4: MadeUpRules#No-heading",
                "5: OtherRules#What-is-kept", "5: OtherRules",
                "6: MadeUpRules#What-is-kept#again", "7: MadeUpRules#What-is",
            ])
        #expect(References.dead(in: Array(lines.prefix(2)), among: [Self.rules]).isEmpty)
    }

    @Test func aPathThatLeadsNowhereIsFound() {
        let paths = References.paths(in: Self.rules.lines)
        #expect(
            paths == ["Sources/Core/Nowhere.swift", "Tests/TidyTests/ReferencesTests.swift"])
        #expect(paths.map(Self.exists) == [false, true])
        #expect(
            References.files(namedIn: Self.rules.examples)
                == ["Example.swift", "Example.swift", "Other.swift"])
    }

    @Test func aCitationIsFound() {
        let citations = [
            "/// **Source** PRODUCT section 9.", "let a = 1  // TRUST.md 3.5",
            "    /// Of a paste (TUI.md 4b).", "    // CLI, close-all", "/* */ // as in BENCH",
            #"let a = "https://b \" c"  // DESIGN (a)"#, "// \"REVIEW\"",
        ]
        for line in citations {
            #expect(References.documents(citedIn: [line]).count == 1, "\(line)")
        }
        let others = [
            "/// A CLIENT asks for a product.", #"let a = "PRODUCT""#, "let TUI = 1",
            #"let a = "https://CLI" + "// TRUST""#, "/// PLUTARC_BENCH is set.", "///",
        ]
        for line in others {
            #expect(References.documents(citedIn: [line]).isEmpty, "\(line)")
        }
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Shared.package.appendingPathComponent(path).path)
    }
}

/// What README, the map and `plutarc help keys` list is what there is.
import Core
import Foundation
import TestKit
import Testing

@testable import Console

@Suite struct ReadmeTests {
    private static func text(of path: String) throws -> String {
        try String(
            contentsOf: Shared.package.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func theLawsAreCounted() throws {
        let text = try Self.text(of: "README.md")
        #expect(text.contains("checks \(Simulation.lawCount) laws after every commit"))
    }

    /// What is long is printed by the program, or stands in the catalog.
    @Test func theReadmeIsShort() throws {
        let lines = try Self.text(of: "README.md").components(separatedBy: "\n")
        #expect(lines.count < 200)
        #expect(!lines.contains { $0.hasPrefix("| ") })
    }

    @Test func everyFolderOfTheSourcesIsOnTheMap() throws {
        let map = try Self.text(of: "Sources/Core/Core.docc/Map.md")
        var named = 0
        for module in ["Store", "Core", "Console"] {
            let root = Shared.package.appendingPathComponent("Sources/\(module)")
            let folders = try FileManager.default.contentsOfDirectory(
                at: root, includingPropertiesForKeys: [.isDirectoryKey])
            for folder in folders where folder.hasDirectoryPath {
                named += 1
                let name = "\(module)/\(folder.lastPathComponent)"
                #expect(map.contains("| `\(name)/` | "), "the map lacks \(name)")
            }
        }
        let rows = map.components(separatedBy: "\n").count { $0.hasPrefix("| `") }
        #expect(rows == named, "the map names folders that are not there")
    }

    @Test func helpNamesEveryKey() throws {
        let lines = KeysText.page.components(separatedBy: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 })
        let bound = Binding.defaults.filter { !$0.keys.isEmpty }
        for binding in bound {
            let words = ["  \(binding.keyNames)", binding.label]
            #expect(
                lines.contains { $0.hasPrefix(words[0]) && $0.hasSuffix(words[1]) }
                    || (lines.contains(words[0]) && lines.contains { $0.hasSuffix(words[1]) }),
                "\(binding.keyNames) \(binding.label)")
        }
        let document = try #require(KeysText.json.elements)
        #expect(document.count == bound.count)
        #expect(document.allSatisfy { $0["keys"]?.elements?.isEmpty == false })
        let closeAll = document.first { $0["label"]?.text == "close-all.." }
        #expect(closeAll?["view"]?.text == "fleet" && closeAll?["command"]?.text == "close-all")
    }
}

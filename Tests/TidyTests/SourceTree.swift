/// The sources as text, for rules about the sources themselves.
import Foundation
import TestKit

struct SourceFile: Sendable {
    /// Below the package root: `Sources/Core/World/World.swift`.
    let path: String
    let lines: [String]

    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var isTest: Bool { path.hasPrefix("Tests/") }

    /// The modules that it imports.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let place = words.firstIndex(of: "import"), place < 2, words.count > place + 1
            else { return nil }
            return words[place + 1]
        }
    }
}

enum SourceTree {
    static let files: [SourceFile] = ["Sources", "Tests"].flatMap(swiftFiles)
    static var sources: [SourceFile] { files.filter { !$0.isTest } }

    private static func swiftFiles(below folder: String) -> [SourceFile] {
        let root = Shared.package.appendingPathComponent(folder)
        guard let found = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return found.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
            .compactMap { name in
                guard
                    let text = try? String(
                        contentsOf: root.appendingPathComponent(name), encoding: .utf8)
                else { return nil }
                return SourceFile(
                    path: "\(folder)/\(name)",
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                        .map(String.init))
            }
    }
}

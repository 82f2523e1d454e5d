/// The pages of the documentation catalog and what in them, and in comments, points elsewhere.
import Foundation
import TestKit

/// A page of a catalog, or README.
struct CatalogPage: Sendable {
    /// Below the package root: `Sources/Core/Core.docc/Glossary.md`.
    let path: String
    /// Empty in the place of drawings and examples.
    private(set) var lines: [String] = []
    /// The lines of drawings and examples.
    private(set) var examples: [String] = []

    init(path: String, text: String) {
        self.path = path
        var isExample = false
        for line in text.components(separatedBy: "\n") {
            let isFence = line.hasPrefix("```")
            if isFence { isExample.toggle() }
            lines.append(isFence || isExample ? "" : line)
            if isExample, !isFence { examples.append(line) }
        }
    }

    /// As links call it: `Glossary`.
    var name: String {
        String((path.split(separator: "/").last ?? "").dropLast(".md".count))
    }

    /// The headings below the title, as links call them.
    var anchors: Set<String> {
        Set(lines.filter { $0.hasPrefix("##") }.map(Self.anchor))
    }

    /// `## What is kept` is `What-is-kept`; quotes fall out.
    static func anchor(_ heading: String) -> String {
        heading.drop { $0 == "#" }.filter { !"'\"`".contains($0) }
            .split(separator: " ").joined(separator: "-")
    }

    /// All pages of the catalogs.
    static let all: [CatalogPage] = {
        let root = Shared.package.appendingPathComponent("Sources")
        let found = FileManager.default.enumerator(atPath: root.path)
        return (found?.compactMap { $0 as? String } ?? []).sorted()
            .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }
            .compactMap { page(at: "Sources/\($0)") }
    }()

    static let readme = page(at: "README.md")

    private static func page(at path: String) -> CatalogPage? {
        let file = Shared.package.appendingPathComponent(path)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return CatalogPage(path: path, text: text)
    }
}

/// What lines point at.
enum References {
    /// The targets of `<doc:Page#Heading>` that no page has, with the number of their line.
    static func dead(in lines: [String], among pages: [CatalogPage]) -> [String] {
        let anchors = Dictionary(
            pages.map { ($0.name, $0.anchors) }, uniquingKeysWith: { $0.union($1) })
        var found: [String] = []
        for (index, line) in lines.enumerated() {
            for target in targets(of: line) where !isThere(target, anchors) {
                found.append("\(index + 1): \(target)")
            }
        }
        return found
    }

    private static func targets(of line: String) -> [String] {
        line.components(separatedBy: "<doc:").dropFirst().map { rest in
            String(rest.prefix { $0 != ">" })
        }
    }

    private static func isThere(_ target: String, _ anchors: [String: Set<String>]) -> Bool {
        let parts = target.components(separatedBy: "#")
        guard let page = anchors[parts[0]] else { return false }
        return parts.count == 1 || (parts.count == 2 && page.contains(parts[1]))
    }

    /// What stands in backticks and begins with `Sources/` or `Tests/`.
    static func paths(in lines: [String]) -> [String] {
        lines.flatMap { line in
            line.components(separatedBy: "`").enumerated()
                .filter { $0.offset % 2 == 1 }.map(\.element)
                .filter { $0.hasPrefix("Sources/") || $0.hasPrefix("Tests/") }
        }
    }

    /// Sources that are named without their folders, as in a drawing: `Desk.swift`.
    static func files(namedIn lines: [String]) -> [String] {
        lines.flatMap { line in
            line.split { !($0.isLetter || $0.isNumber || $0 == ".") }.map(String.init)
                .filter { $0.hasSuffix(".swift") }
        }
    }

    /// Documents that were written before the program and are not in the repository.
    private static let foreign: Set<Substring> = [
        "PRODUCT", "TRUST", "TUI", "CLI", "BENCH", "DESIGN", "REVIEW",
    ]

    /// Such documents that a text names.
    static func documents(namedIn text: some StringProtocol) -> [String] {
        let words = String(text).split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return words.filter(foreign.contains).map(String.init)
    }

    /// Those that the comments of a source name, with the number of their line.
    static func documents(citedIn lines: [String]) -> [String] {
        lines.enumerated().flatMap { index, line in
            documents(namedIn: comment(of: line)).map { "\(index + 1): \($0)" }
        }
    }

    /// What stands behind the first `//` that is in no text.
    private static func comment(of line: String) -> String {
        var pieces = line.components(separatedBy: "//")
        var code = pieces.removeFirst()
        while !pieces.isEmpty {
            let quotes = code.replacingOccurrences(of: "\\\"", with: "").filter { $0 == "\"" }
            if quotes.count % 2 == 0 { return pieces.joined(separator: "//") }
            code += "//" + pieces.removeFirst()
        }
        return ""
    }
}

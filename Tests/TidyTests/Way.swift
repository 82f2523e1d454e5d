/// A way through the sources as the architecture page draws it, and what is wrong with a drawing.

/// Each file stands under the one that calls it, with the name by which it is called. Where a
/// socket or the database lies between, a line says which name both sides use.
struct Way: Sendable {
    struct Step: Sendable, Equatable {
        /// How many files stand above it, each under the one before.
        var depth: Int
        /// `Desk.swift`
        var file: String
        /// What it is called by; empty for the first file of a side.
        var name: String
    }

    let title: String
    /// The numbers that stand above the drawing.
    var said: [Int]
    /// The sides, each with its files.
    var sides: [[Step]]
    /// Between two sides: the names that both use.
    var bridges: [[String]]
    /// Lines that are none of these.
    private(set) var riddles: [String] = []

    var steps: [Step] { sides.flatMap { $0 } }
    var files: Set<String> { Set(steps.map(\.file)) }

    /// The drawings of a page that tell how many files they name.
    static func all(in page: [String]) -> [Way] {
        let headings = page.filter { $0.hasPrefix("#") }
        let parts = page.split(omittingEmptySubsequences: false) { $0.hasPrefix("#") }
        return zip(headings, parts.dropFirst()).compactMap { heading, lines in
            guard let said = lines.first(where: { $0.contains(" files; at most ") }) else {
                return nil
            }
            let drawn = lines.drop { !$0.hasPrefix("```") }.dropFirst()
                .prefix { !$0.hasPrefix("```") }
            return Way(String(heading.drop { $0 == "#" || $0 == " " }), said, drawn)
        }
    }

    init(_ title: String, _ said: String, _ drawn: some Sequence<String>) {
        self.title = title
        self.said = said.split { !$0.isNumber }.compactMap { Int($0) }
        (sides, bridges) = ([[]], [])
        for line in drawn {
            if line.hasPrefix("--- ") {
                bridges.append(Self.names(onBridge: line))
                sides.append([])
            } else if let step = Self.step(line) {
                sides[sides.count - 1].append(step)
            } else {
                riddles.append(line)
            }
        }
    }

    /// `--- over the socket: EngineMessage; in the database: TicketMessage ---`
    private static func names(onBridge line: String) -> [String] {
        line.split(separator: ";").compactMap { part in
            part.split(separator: ":").dropFirst().first?.split(separator: " ").first
        }.map(String.init)
    }

    private static func step(_ line: String) -> Step? {
        let blanks = line.prefix { $0 == " " }.count
        let words = line.split(separator: " ")
        guard blanks % 2 == 0, let file = words.first, file.hasSuffix(".swift") else { return nil }
        let name = words.dropFirst().first ?? ""
        return Step(depth: blanks / 2, file: String(file), name: String(name))
    }
}

extension Way {
    /// - Parameters:
    ///   - tree: the sources by the last part of their paths, each with what it is called by.
    ///   - limit: how many files it may name.
    func faults(in tree: [String: [SourceCalls]], limit: Int) -> [String] {
        var faults = riddles.map { "not understood: \($0)" }
        if said != [files.count, limit] { faults.append("names \(files.count) files") }
        if files.count > limit { faults.append("is longer than \(limit) files") }
        for file in files.sorted() where tree[file]?.count != 1 {
            faults.append("\(file) is no source, or several")
        }
        for side in sides { faults += Self.faults(of: side, in: tree) }
        return faults + bridgeFaults(tree)
    }

    private static func faults(of side: [Step], in tree: [String: [SourceCalls]]) -> [String] {
        var faults: [String] = []
        var above: [Step] = []
        for step in side {
            above.removeAll { $0.depth >= step.depth }
            defer { above.append(step) }
            guard let caller = above.last else {
                let isFirst = step == side.first && step.depth == 0 && step.name.isEmpty
                if !isFirst { faults.append("who calls \(step.file)?") }
                continue
            }
            if caller.depth != step.depth - 1 { faults.append("\(step.file) hangs in the air") }
            if tree[caller.file]?.first?.mentioned.contains(step.name) != true {
                faults.append("\(caller.file) does not use \(step.name)")
            }
            if tree[step.file]?.first?.offered.contains(step.name) != true {
                faults.append("\(step.file) does not declare \(step.name)")
            }
        }
        return faults
    }

    private func bridgeFaults(_ tree: [String: [SourceCalls]]) -> [String] {
        var faults: [String] = []
        for (place, names) in bridges.enumerated() {
            if names.isEmpty { faults.append("a bridge without a name") }
            for name in names {
                for side in [sides[place], sides[place + 1]]
                where !side.contains(where: {
                    tree[$0.file]?.first?.mentioned.contains(name) == true
                }) {
                    faults.append("\(side.first?.file ?? "nobody") knows no \(name)")
                }
            }
        }
        return faults
    }
}

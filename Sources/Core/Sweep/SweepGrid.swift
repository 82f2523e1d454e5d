/// Every combination of the values of one or two parameters, each a template of its own.

import Store

public struct SweepGrid: Sendable {
    /// A combination that no template allows, as a fast average above the slow one.
    public struct Skipped: Sendable, Equatable {
        public var values: [String]
        public var reason: String
    }

    /// One combination.
    public struct Run: Sendable {
        /// In the order of the parameters.
        public var values: [String]
        public var template: Template
    }

    public let names: [String]
    /// The last parameter runs fastest.
    public private(set) var runs: [Run] = []
    public private(set) var skipped: [Skipped] = []

    /// Combinations at most.
    static let most = 10_000

    /// - Parameter texts: one or two, as `EMA Cross.fast=5..15:5`.
    /// - Throws: ``SweepError``, also when no combination at all can run.
    public init(_ texts: [String], of template: Template) throws(SweepError) {
        guard (1...2).contains(texts.count) else {
            throw SweepError(
                "--sweep takes one or two parameters, not \(texts.count)",
                "Leave the others as the template has them.")
        }
        var parameters: [SweepParameter] = []
        var targets: [SweepTarget] = []
        for text in texts {
            let parameter = try SweepParameter(parsing: text)
            let target = try SweepTarget(parameter.name, in: template)
            guard !targets.contains(target) else {
                throw SweepError(
                    "--sweep: \(parameter.name) stands twice", "Write it once.")
            }
            parameters.append(parameter)
            targets.append(target)
        }
        names = parameters.map(\.name)
        guard parameters.reduce(1, { $0 * $1.values.count }) <= Self.most else {
            throw SweepError(
                "--sweep: more than \(Self.most) combinations", "Make the steps larger.")
        }
        for values in Self.product(parameters.map(\.values)) { add(values, targets, template) }
        if runs.isEmpty, let first = skipped.first {
            throw SweepError(
                "--sweep: no combination can run: \(first.reason)", "Choose other values.")
        }
    }

    private static func product(_ lists: [[String]]) -> [[String]] {
        lists.reduce([[]]) { rows, values in
            rows.flatMap { row in values.map { row + [$0] } }
        }
    }

    private mutating func add(
        _ values: [String], _ targets: [SweepTarget], _ template: Template
    ) {
        var template = template
        for (target, value) in zip(targets, values) {
            guard target.set(value, in: &template) else {
                skipped.append(Skipped(values: values, reason: "\(value) is not a whole number"))
                return
            }
        }
        do throws(TemplateError) { try template.validate() } catch {
            skipped.append(Skipped(values: values, reason: error.headline))
            return
        }
        runs.append(Run(values: values, template: template))
    }
}

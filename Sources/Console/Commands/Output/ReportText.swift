/// What the engine reports of a command: its document for scripts, its sentences for people.

import Core
import Store

extension CommandReport {
    /// The engine's own document; where it has none, what became of the command. A command about
    /// one thing is one object.
    var document: JSON {
        if result.isNull {
            let members = [
                JSON.Member("command_id", .string(command.description)),
                JSON.Member("outcome", .string(outcome.rawValue)),
                JSON.Member("message", .string(message)),
            ]
            let rows = acceptedRows
            guard rows.count > 1 else { return .object(members) }
            return .object(members + [JSON.Member("commands", .list(rows) { $0.acceptance })])
        }
        guard case .array(let rows) = result, rows.count == 1, rows[0]["command_id"] != nil else {
            return result
        }
        return rows[0]
    }
}

/// A report for people: its sentence, then what the engine has to show.
enum ReportText {
    /// - Parameter named: brings a remedy to the home that the command worked on.
    static func lines(
        _ report: CommandReport, named: (String) -> String = { $0 }
    ) -> [String] {
        let accepted = report.acceptedRows
        if accepted.count > 1 { return accepted.flatMap { acceptance(of: $0, named) } }
        if let outcome = OutcomeRows(report.result) {
            return outcome.rows.flatMap { sentence(of: $0, named) }
        }
        if let preview = report.preview {
            return PreviewText.lines(preview).map(DisplayText.clean)
        }
        if let closed = ClosedPositions(report.result) {
            return CloseText.lines(closed).map(DisplayText.clean)
        }
        let shown = lines(of: report.result, indent: 0)
        if !report.message.isEmpty { return [DisplayText.clean(report.message)] + shown }
        if report.command.number == 0, shown.isEmpty { return ["nothing was to be done"] }
        return shown.isEmpty ? ["\(report.command): \(report.outcome.rawValue)"] : shown
    }

    /// The id of what goes on; what was refused at once as ever.
    private static func acceptance(
        of row: OutcomeRow, _ named: (String) -> String
    ) -> [String] {
        guard row.fault == nil else { return sentence(of: row, named) }
        return [DisplayText.clean("\(row.target): \(row.command) was accepted")]
    }

    /// One line for what became of one bot, with the remedy of a refusal under it.
    static func sentence(
        of row: OutcomeRow, _ named: (String) -> String = { $0 }
    ) -> [String] {
        let isNamed = row.target.isEmpty || row.message.hasPrefix(row.target)
        let line = DisplayText.clean(isNamed ? row.message : "\(row.target): \(row.message)")
        guard let remedy = row.fault?.remedy, !remedy.isEmpty else { return [line] }
        return [line, "  " + DisplayText.clean(named(remedy))]
    }

    /// Keys and values on lines of their own; lists of objects as one line each.
    private static func lines(of json: JSON, indent: Int) -> [String] {
        let gap = String(repeating: " ", count: indent)
        switch json {
        case .null: return []
        case .object(let members):
            return members.flatMap { member -> [String] in
                let key = gap + DisplayText.clean(member.key)
                if let value = scalar(member.value) { return ["\(key): \(value)"] }
                return ["\(key):"] + lines(of: member.value, indent: indent + 2)
            }
        case .array(let items):
            return items.map { item in
                guard case .object(let members) = item else {
                    return gap + (scalar(item) ?? item.description)
                }
                let words = members.map { member in
                    "\(DisplayText.clean(member.key)) \(scalar(member.value) ?? "…")"
                }
                return gap + words.joined(separator: "  ")
            }
        default: return scalar(json).map { [gap + $0] } ?? []
        }
    }

    private static func scalar(_ json: JSON) -> String? {
        switch json {
        case .null: "-"
        case .bool(let flag): flag ? "yes" : "no"
        case .number(let text): text
        case .string(let text): DisplayText.clean(text)
        case .array(let items) where items.isEmpty: "none"
        case .array, .object: nil
        }
    }
}

/// A text that is too long for a request, in the words in which it was typed.

import Core
import Store

/// The engine names the fields of a request; who typed a command knows options and operands.
struct OverlongText {
    let call: Invocation
    let command: Command

    private static let codes: Set = ["bad_request", "text_too_long", "message_too_large"]

    /// The complaint of the engine or of the wire, with the option, what it was given and what is
    /// allowed; any other complaint as it is.
    func worded(_ failure: CommandFailure) -> CommandFailure {
        guard Self.codes.contains(failure.code), let problem else { return failure }
        return CommandFailure(failure.status, failure.code, problem, remedy: "Shorten it.")
    }

    private var problem: String? {
        guard case .object(let members) = command.arguments else { return nil }
        for member in members {
            let texts = [member.value.text] + (member.value.elements ?? []).map(\.text)
            for text in texts.compactMap(\.self) {
                guard let size = Self.excess(text, in: member.key) else { continue }
                return "\(place(of: member.key)) \(size)"
            }
        }
        return nil
    }

    /// Nil for what is short enough, and for the text of a file that has a rule of its own.
    private static func excess(_ text: String, in field: String) -> String? {
        let bytes = text.utf8.count
        switch field {
        case "text": return nil
        case "subject":
            let (cells, most) = (TextWidth.of(text), TextRules.maxSubjectCells)
            return cells > most ? "has \(counted(cells, "cell")), \(most) are allowed" : nil
        case "message": return excess(bytes, TextRules.maxBody)
        case "reason": return excess(bytes, TextRules.maxReason)
        default: return excess(bytes, TextRules.maxName)
        }
    }

    private static func excess(_ bytes: Int, _ most: Int) -> String? {
        bytes > most ? "has \(counted(bytes, "byte")), \(most) are allowed" : nil
    }

    /// `--reason`, `LABEL`; `the text` of what came through a pipe or out of an editor.
    private func place(of field: String) -> String {
        let option = Self.options[field] ?? field
        if call.options.contains(where: { $0.name == option }) { return "--\(option)" }
        if field == "message" { return call.has(.file) ? "--file" : "the text" }
        let names = (call.command?.operands ?? []).map(\.name)
        let operand = names.first { [field, field + "s"].contains($0.lowercased()) }
        let singular = names.first { "\($0.lowercased())s" == field }
        return operand ?? singular ?? "the \(field)"
    }

    /// Where the field has another name.
    private static let options = ["confirm_token": "confirm", "confirm_label": "confirm-label"]
}

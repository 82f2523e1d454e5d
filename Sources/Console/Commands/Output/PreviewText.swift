/// What an act would do, for people: closes with their cost, changes of rules position by position.

import Core
import Store

enum PreviewText {
    /// With the way to do it; nil for a document of another kind.
    static func lines(_ document: JSON) -> [String]? {
        guard let token = document["preview_token"]?.text, document["positions"] != nil else {
            return nil
        }
        let option = document["verb"]?.text == "stop" ? "--close-first --confirm" : "--confirm"
        let time = Preview.lifetimeWords
        return shown(document) + ["Nothing was done. To do it, within \(time): \(option) \(token)"]
    }

    /// What would happen.
    static func shown(_ document: JSON) -> [String] {
        if let orders = document["orders_to_cancel"]?.integer {
            return CloseText.preview(document, orders)
        }
        let loosened = (document["loosens"]?.elements ?? []).compactMap(\.text)
        let positions = (document["positions"]?.elements ?? []).compactMap { $0["words"]?.text }
        return (positions.isEmpty ? ["no open position is concerned"] : positions)
            + (loosened.isEmpty ? [] : ["loosens \(loosened.joined(separator: ", "))"])
    }
}

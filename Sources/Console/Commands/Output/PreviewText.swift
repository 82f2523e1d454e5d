/// What an act would do, for people: closes with their cost, changes of rules position by position.

import Core
import Store

enum PreviewText {
    /// With the way to do it.
    static func lines(_ preview: any PreviewDocument) -> [String] {
        let isStop = (preview as? ClosePreview)?.isOfStop ?? false
        let option = isStop ? "--close-first --confirm" : "--confirm"
        let time = Preview.lifetimeWords
        return shown(preview)
            + ["Nothing was done. To do it, within \(time): \(option) \(preview.token)"]
    }

    /// What would happen.
    static func shown(_ preview: any PreviewDocument) -> [String] {
        if let close = preview as? ClosePreview { return CloseText.preview(close) }
        return (preview as? ChangePreview).map(shown) ?? []
    }

    private static func shown(_ change: ChangePreview) -> [String] {
        let loosened = change.loosens ?? []
        let names = loosened.map(\.rawValue).joined(separator: ", ")
        let positions = change.positions.map(\.words)
        return (positions.isEmpty ? ["no open position is concerned"] : positions)
            + (loosened.isEmpty ? [] : ["loosens \(names)"])
    }
}

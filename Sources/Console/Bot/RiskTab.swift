/// The Risk limits tab: every limit with what is used of it, and editing them.
import Core
import Store

/// Edits are gathered and saved together with `w`; nothing binds before.
struct RiskTab: Sendable {
    private(set) var cursor = RiskLimitName.maxPositionsPerAsset
    /// Values as typed, in the limit's own unit; only those that differ from what is in force.
    private(set) var edits: [RiskLimitName: String] = [:]
    /// The value being typed.
    private(set) var editor: LineEditor?
    /// Why the value that was typed is no good.
    private(set) var problem: String?
    private(set) var limits = RiskLimits()

    var isEditing: Bool { editor != nil }
    var editCount: Int { edits.count }
    var editWords: String { counted(edits.count, "edit") }

    /// In the order in which they stand on the screen.
    static let names: [RiskLimitName] = RiskLimitCategory.allCases.flatMap { category in
        RiskLimitName.allCases.filter { $0.category == category }
    }

    mutating func follow(_ dossier: BotDossier) {
        limits = dossier.limits
        // What somebody else has set meanwhile is no edit any more.
        edits = edits.filter { $0.key.value(in: limits).text != $0.value }
    }

    mutating func dropEdits() {
        edits = [:]
        editor = nil
        problem = nil
    }

    // MARK: Keys

    mutating func handle(
        _ command: KeyCommand, _ dossier: BotDossier, _ around: Surroundings
    ) -> [ScreenAction]? {
        let names = Self.names
        let place = names.firstIndex(of: cursor) ?? 0
        switch command {
        case .down: cursor = names[min(place + 1, names.count - 1)]
        case .up: cursor = names[max(place - 1, 0)]
        case .first: cursor = names[0]
        case .last: cursor = names[names.count - 1]
        case .open: return edit(around)
        case .limitToDefault:
            let isSo = edits[cursor] == nil && cursor.value(in: limits) == cursor.standard
            if isSo { return [.say(.info, "it is the default already")] }
            stage(cursor.standard.text)
        case .saveLimits: return save(dossier, around)
        default: return nil
        }
        return []
    }

    private mutating func edit(_ around: Surroundings) -> [ScreenAction] {
        if !around.allows(.riskEdit) {
            return [.say(.warn, "limits: \(Permission.riskEdit.shortHolders)")]
        }
        if around.isReadOnly { return [.say(.warn, "limits: read-only")] }
        if case .flag(let flag) = cursor.value(in: limits) {
            let now = edits[cursor].map { $0 == "true" } ?? flag
            stage(now ? "false" : "true")
            return []
        }
        // The first key replaces: a limit is set anew far more often than it is mended.
        editor = LineEditor(
            edits[cursor] ?? cursor.value(in: limits).text, limit: 20, isChosen: true)
        problem = nil
        return []
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> [ScreenAction] {
        guard var field = editor else { return [] }
        let result = field.handle(key)
        editor = field
        switch result {
        case .accepted:
            do throws(Refusal) {
                stage(try cursor.parse(field.text).text)
                editor = nil
            } catch {
                problem = Self.words(error)
            }
        case .cancelled:
            editor = nil
            problem = nil
        case .changed: problem = nil
        case .moved, .ignored, .full: break
        }
        return []
    }

    /// The limit's name stands before the field already.
    private static func words(_ refusal: Refusal) -> String {
        switch refusal {
        case .badNumber(_, let error, let range): "\(error.headline): \(range)"
        case .badValue(_, let value, let expected): "\"\(value)\" is not \(expected)"
        default: refusal.headline
        }
    }

    mutating func paste(_ text: String) -> [ScreenAction] {
        guard editor?.paste(text) == .full else { return [] }
        return [.say(.warn, editor?.tooLong(text) ?? "")]
    }

    private mutating func stage(_ text: String) {
        problem = nil
        edits[cursor] = text == cursor.value(in: limits).text ? nil : text
    }

    /// The engine says whether the label has to be typed.
    private func save(_ dossier: BotDossier, _ around: Surroundings) -> [ScreenAction] {
        let settings = Self.names.compactMap { name in
            edits[name].map { LimitSetting(name.rawValue, $0) }
        }
        guard !settings.isEmpty else { return [.say(.info, "nothing was edited")] }
        return LimitsAct.ask(settings, over: limits, of: dossier, around)
    }
}

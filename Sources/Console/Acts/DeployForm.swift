/// A new bot: its name is typed, everything else is chosen from lists of this home.
import Core
import Store

/// Name and place are needed; key and template can come later.
/// **Source** <doc:ProductRules#Deployment>.
struct DeployForm: Overlay {
    enum Field: Int, CaseIterable, Sendable {
        case name, key, template, place

        var title: String {
            switch self {
            case .name: "Name"
            case .key: "API key"
            case .template: "Template"
            case .place: "Region"
            }
        }
    }

    let name = "deploy"
    let keyContext = KeyContext.deploy
    private var board: DeployBoard?
    private(set) var field = Field.name
    private var editor = LineEditor(limit: Label.longest)
    /// Chosen entry of each list; 0 is "none" for key and template.
    private var chosen: [Field: Int] = [:]
    private let openedAt: Instant

    init(_ around: Surroundings) { openedAt = around.wall }

    var takesText: Bool { field == .name }
    var wants: [BoardRequest] { [.deployment] }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        guard case .deployment(let board) = board else { return .stay }
        // What was chosen is held by what it is, not by its row.
        let (key, template, place) = (key, template, place)
        self.board = board
        chosen[.key] = key.flatMap { key in
            board.freeKeys.firstIndex { $0.id == key.id }.map { $0 + 1 }
        }
        chosen[.template] = template.flatMap { board.templates.firstIndex(of: $0) }.map { $0 + 1 }
        chosen[.place] = place.flatMap { board.catalog.places.firstIndex(of: $0) }
        return .stay
    }

    // MARK: What is chosen

    private var key: APIKey? {
        let at = (chosen[.key] ?? 0) - 1
        return board.flatMap { $0.freeKeys.indices.contains(at) ? $0.freeKeys[at] : nil }
    }

    private var template: String? {
        let at = (chosen[.template] ?? 0) - 1
        return board.flatMap { $0.templates.indices.contains(at) ? $0.templates[at] : nil }
    }

    private var place: ComputePlace? {
        let at = chosen[.place] ?? 0
        let places = board?.catalog.places ?? []
        return places.indices.contains(at) ? places[at] : nil
    }

    // MARK: Keys

    /// While the name is typed letters are text, and the field has its own keys.
    mutating func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer? {
        guard field == .name, !isTooSoon(around) else { return nil }
        switch (key, around.keymap.command(of: key, in: keyContext)) {
        case (.character, _), (_, nil), (_, .up), (_, .first), (_, .last):
            _ = editor.handle(key)
            return .stay
        default: return nil
        }
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        if command == .closeTop { return .close }
        guard !isTooSoon(around) else { return .stay }
        switch (command, field) {
        case (.nextPane, _): move(1)
        case (.previousPane, _): move(-1)
        case (.save, _), (.open, .place): return confirm(around)
        case (.open, _), (.down, .name): move(1)
        case (.down, _): choose(1)
        case (.up, _): choose(-1)
        case (.first, _): choose(-1000)
        case (.last, _): choose(1000)
        default: break
        }
        return .stay
    }

    private func isTooSoon(_ around: Surroundings) -> Bool {
        around.wall - openedAt < Dialog.typeAheadTime
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        guard field == .name, editor.paste(text) == .full else { return .stay }
        return .stay(.say(.warn, editor.tooLong(text)))
    }

    private mutating func move(_ step: Int) {
        let all = Field.allCases
        let next = (field.rawValue + step + all.count) % all.count
        field = all[next]
    }

    private mutating func choose(_ step: Int) {
        let last = max(0, options.count - 1)
        chosen[field] = min(max(0, (chosen[field] ?? 0) + step), last)
    }

    private func confirm(_ around: Surroundings) -> OverlayAnswer {
        let label = editor.text
        let taken = around.fleet?.rows.map(\.label) ?? []
        do throws(Refusal) { try LifeRules.label(label, taken: taken) } catch {
            return .stay(.say(.warn, error.sentence))
        }
        guard let place else { return .stay(.say(.warn, "the regions are still being read")) }
        let request = DeployRequest(
            label: label, region: place.region, provider: place.provider,
            key: key?.id.description, template: template)
        let dialog = ConfirmDialog(
            "deploy-confirm", title: "Deploy \(label)", badge: key?.environment.badge ?? "",
            lines: summary(place), action: "Deploy", around,
            then: [.submit(.deploy(request), words: "Deploying \(label)")])
        return .close(.open(dialog))
    }

    private func summary(_ place: ComputePlace) -> [Dialog.Line] {
        let missing = [key == nil ? "key" : nil, template == nil ? "template" : nil]
            .compactMap { $0 }
        let month = place.monthly.text(decimals: 2)
        return [
            Dialog.Line(
                "\(place.provider) \(place.region), \(place.hourly.text(decimals: 3)) USD an hour"
                    + ", some \(month) in 30 days."),
            Dialog.Line("Key \(key?.label ?? "none"), template \(template ?? "none")."),
            Dialog.Line(
                missing.isEmpty
                    ? "Trades as soon as it is Online."
                    : "Cannot trade without "
                        + missing.joined(separator: " and ") + ".",
                missing.isEmpty ? .messageWarn : .textDim),
            Dialog.Line("Free until it is Online, usually under a minute.", .textDim),
        ]
    }

    // MARK: Drawing

    /// Rows of the list under the field: what it is, and what stands at the right.
    private var options: [(String, String)] {
        guard let board else { return [] }
        switch field {
        case .name: return []
        case .key:
            return [("none", "assigned later")]
                + board.freeKeys.map { ($0.label, "\($0.environment.badge) \($0.exchange)") }
        case .template:
            return [("none", "assigned later")] + board.templates.map { ($0, "") }
        case .place:
            return board.catalog.places.map { place in
                (
                    TextWidth.padded(place.region, to: 12) + place.provider,
                    "\(place.hourly.text(decimals: 3)) USD/h" + distance(place)
                )
            }
        }
    }

    /// `  2 ms to bitmex`: of the chosen key's exchange.
    private func distance(_ place: ComputePlace) -> String {
        guard let exchange = key?.exchange,
            let time = board?.catalog.roundTrip(from: place.region, to: exchange)
        else { return "" }
        return TextWidth.padded("\(time.milliseconds) ms", to: 9, .right) + " to \(exchange)"
    }

    private func value(_ field: Field) -> String {
        switch field {
        case .name: editor.text
        case .key: key.map { "\($0.label)  \($0.environment.badge) \($0.exchange)" } ?? "none"
        case .template: template ?? "none"
        case .place:
            place.map {
                "\($0.region), \($0.provider)  \($0.hourly.text(decimals: 3)) USD/h" + distance($0)
            } ?? "Reading ..."
        }
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        let choice = field == .name ? [] : [hint(.down, .up, to: "choose", around)]
        return [hint(.nextPane, to: "next field", around)] + choice + [
            hint(.open, to: field == .place ? "deploy.." : "next", around),
            hint(.save, to: "deploy..", around), hint(.closeTop, to: "cancel", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let size = Size(min(canvas.columns, 72), min(canvas.rows, 20))
        let inner = canvas.panel(title: "Deploy a new bot", size)
        for (at, one) in Field.allCases.enumerated() {
            let isCurrent = one == field
            inner.text(0, at, isCurrent ? ">" : " ", .textStrong)
            inner.text(2, at, one.title, isCurrent ? .textStrong : .textDim, cells: 10)
            let cells = max(1, inner.columns - 14)
            if one == .name, isCurrent {
                editor.draw(in: inner, 13, at, cells: min(cells, 42))
            } else {
                inner.text(13, at, value(one), .text, cells: cells)
            }
        }
        let top = Field.allCases.count + 1
        guard field != .name else {
            inner.text(2, top, "1 to 64 letters, digits, - _ . : / and single spaces", .textDim)
            return
        }
        drawOptions(in: inner[Rect(0, top, inner.columns, max(0, inner.rows - top))])
    }

    private func drawOptions(in canvas: Canvas) {
        let options = options
        let cursor = chosen[field] ?? 0
        let first = max(0, min(cursor - canvas.rows / 2, options.count - canvas.rows))
        for (row, option) in options.dropFirst(first).prefix(canvas.rows).enumerated() {
            let isCurrent = first + row == cursor
            canvas.text(2, row, isCurrent ? "*" : " ", .textStrong)
            canvas.text(4, row, option.0, .text, cells: 34)
            canvas.textRight(canvas.columns - 1, row, option.1, .textDim)
            guard isCurrent else { continue }
            canvas.lay(.selection, under: Rect(0, row, canvas.columns, 1))
            canvas.rest(2, row)
        }
    }
}

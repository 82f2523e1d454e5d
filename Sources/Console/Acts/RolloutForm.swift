/// An update of many bots: which, how many first, what is watched, what brings them back.
import Core
import Store

/// The bots that can take it are counted by the engine's own rules; the others are named with
/// their reasons. **Source** <doc:ProductRules#Updates>.
struct RolloutForm: Overlay {
    let name = "rollout-form"
    let keyContext = KeyContext.rollout
    private var scopes: [RolloutScope] = []
    /// The bots that are meant when there are several.
    private let marked: [ID<Bot>]
    private var scope = 0
    private var canaries = 1
    private var last: String?

    /// - Parameter marked: the bots that are meant when there are several, else all of them.
    init(_ marked: [BotRow], _ around: Surroundings) {
        self.marked = marked.map(\.id)
        look(around)
    }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        if case .fleet = board { look(around) }
        return .stay
    }

    /// Which bots can take it now.
    private mutating func look(_ around: Surroundings) {
        let rows = around.fleet?.rows ?? []
        let all = RolloutScope("all bots", rows, around)
        let some = RolloutScope(
            "the \(marked.count) marked", rows.filter { marked.contains($0.id) }, around)
        scopes = marked.count > 1 ? [some, all] : [all]
        last = around.fleet?.rollout.map { $0.words(now: around.now) }
    }

    private var chosen: RolloutScope { scopes[scope] }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop: return .close
        case .nextPane: scope = (scope + 1) % scopes.count
        case .more: canaries += 1
        case .fewer: canaries -= 1
        case .open: return confirm(around)
        default: break
        }
        canaries = min(max(1, canaries), chosen.mostCanaries)
        return .stay
    }

    private func confirm(_ around: Surroundings) -> OverlayAnswer {
        guard !chosen.ready.isEmpty else {
            return .stay(.say(.warn, "no bot of these can be updated now"))
        }
        let ids = chosen.ready.map(\.id.description)
        let bots = counted(ids.count, "bot")
        return .close(
            .open(
                ConfirmDialog(
                    "rollout-confirm", title: "Update \(bots) to \(chosen.version)",
                    badge: chosen.badge, lines: steps(chosen.ready.count), action: "Update",
                    around,
                    then: [
                        .submit(
                            .updateInCohorts(.named(ids), canaries: canaries),
                            words: "Updating \(bots)")
                    ])))
    }

    /// What the engine will do, in its order.
    private func steps(_ count: Int) -> [Dialog.Line] {
        let first = min(canaries, count)
        let others = count - first
        return [
            Dialog.Line("First \(first): the quietest, flat before holding, ids in order."),
            Dialog.Line(
                others == 0
                    ? "Nobody waits for them."
                    : "They have to stay well for ten minutes; then the other \(others)."),
            Dialog.Line("A failed check, an error or silence of one takes them back to"),
            Dialog.Line("the old version, and nobody else gets it. An alert says so."),
            Dialog.Line("Trading waits for one to two minutes each; positions stay.", .textDim),
        ]
    }

    // MARK: Drawing

    func hints(_ around: Surroundings) -> [KeyHint] {
        let which = scopes.count > 1 ? [hint(.nextPane, to: "marked / all", around)] : []
        return [hint(.fewer, .more, to: "how many first", around)] + which + [
            hint(.open, to: "update..", around), hint(.closeTop, to: "cancel", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let lines = lines
        let cells = (lines.map { TextWidth.of(Untrusted.display($0.text)) }.max() ?? 0) + 4
        let inner = canvas.panel(
            title: "Update many bots", Size(max(60, cells), lines.count + 2))
        for (row, line) in lines.prefix(inner.rows).enumerated() {
            inner.text(1, row, line.text, line.role, cells: max(0, inner.columns - 2))
        }
        inner.rest(8, 1)
    }

    private var lines: [Dialog.Line] {
        let ready = chosen.ready.count
        var lines = [
            Dialog.Line("Which   \(chosen.name): \(ready) to \(chosen.version)", .textStrong),
            Dialog.Line("First   \(min(canaries, max(ready, 1)))", .textStrong), Dialog.Line(""),
        ]
        lines += steps(ready)
        if !chosen.skipped.isEmpty {
            lines.append(Dialog.Line(""))
            lines += chosen.skipped.prefix(5).map { Dialog.Line("not  \($0)", .textDim) }
            let more = chosen.skipped.count - 5
            if more > 0 { lines.append(Dialog.Line("and \(more) more", .textDim)) }
        }
        if let last {
            let words = TextWidth.wrapped(Untrusted.display("Last: \(last)"), to: 66)
            lines += [Dialog.Line("")] + words.map { Dialog.Line($0, .textDim) }
        }
        return lines
    }
}

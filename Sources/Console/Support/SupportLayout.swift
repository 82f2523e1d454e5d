/// Where list, thread, context and writing stand on the support screen at each size.

/// The parts that take the focus, in reading order.
enum SupportPane: Int, CaseIterable, Equatable, Sendable {
    case list, thread, context
}

/// Pure geometry: the screen draws with it and the keys move with it.
struct SupportLayout: Equatable, Sendable {
    /// With their frames, where there are any.
    private(set) var list: Rect?
    private(set) var thread: Rect?
    private(set) var context: Rect?
    /// Where a reply, a note or a new ticket is written; nil while nothing is.
    private(set) var writing: Rect?
    /// Panes have frames from this width on; narrower ones are parted by a line.
    let isFramed: Bool

    /// From this width on list, thread and context stand side by side:
    /// <doc:ConsoleRules#Sizes>.
    static let framedFrom = 120

    /// - Parameters:
    ///   - rows: how many rows the list has to show, its header included.
    ///   - zoomed: the one pane to show alone.
    ///   - isForm: what is written is a new ticket, which needs the thread's room.
    init(
        _ size: Size, rows: Int, isWriting: Bool, focus: SupportPane, zoomed: Bool = false,
        isForm: Bool = false
    ) {
        let all = Rect(size)
        isFramed = size.columns >= Self.framedFrom
        if zoomed {
            show(only: focus, in: all, isWriting)
        } else if isFramed {
            split(all, isWriting)
            if isForm { takeThread() }
        } else if size.rows >= 14 {
            stack(all, rows, isWriting)
            if focus == .context { swap(&thread, &context) }
            if isForm { takeThread() }
        } else {
            show(only: focus, in: all, isWriting)
        }
    }

    /// What is left for text inside a pane's frame, or below its line; the list has no line.
    func inner(_ pane: Rect) -> Rect {
        if isFramed { return pane.inset() }
        return pane == list ? pane : pane.splitTop(1).rest
    }

    private mutating func split(_ all: Rect, _ isWriting: Bool) {
        let (left, rest) = all.splitLeft(min(50, all.columns * 5 / 16))
        let (middle, right) = rest.splitRight(36)
        list = left
        context = right
        guard isWriting else {
            thread = middle
            return
        }
        let (above, below) = middle.splitBottom(min(max(8, middle.rows / 3), 14))
        thread = above
        writing = below
    }

    /// What is written stands where the thread was.
    private mutating func takeThread() {
        guard let above = thread, let below = writing else { return }
        writing = Rect(above.column, above.row, above.columns, above.rows + below.rows)
        thread = nil
    }

    /// List above, thread below; what is being written takes from the thread, then the list.
    private mutating func stack(_ all: Rect, _ rows: Int, _ isWriting: Bool) {
        let most = isWriting ? all.rows / 4 : all.rows * 2 / 5
        let (top, rest) = all.splitTop(min(max(2, rows), max(3, most)))
        list = top
        guard isWriting else {
            thread = rest
            return
        }
        let (above, below) = rest.splitBottom(min(max(5, rest.rows / 2), 8))
        thread = above
        writing = below
    }

    private mutating func show(only pane: SupportPane, in all: Rect, _ isWriting: Bool) {
        if isWriting {
            writing = all
            return
        }
        switch pane {
        case .list: list = all
        case .thread: thread = all
        case .context: context = all
        }
    }
}

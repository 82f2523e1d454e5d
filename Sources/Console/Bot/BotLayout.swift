/// Where header block, tabs, content and the side pane of the bot page lie.

struct BotLayout: Equatable, Sendable {
    static let paneWidth = 48
    /// The pane joins where the components beside it keep all their columns.
    static let paneFrom = 157

    let header: Rect
    let tabs: Rect
    let content: Rect
    /// In wide windows: positions, equity, commands.
    let pane: Rect?

    init(_ body: Size) {
        let all = Rect(body)
        guard body.rows >= 7 else {
            header = all
            tabs = Rect(0, 0, 0, 0)
            content = tabs
            pane = nil
            return
        }
        let top = all.splitTop(2)
        header = top.top
        let bar = top.rest.splitTop(1)
        tabs = bar.top
        let rest = bar.rest.splitTop(1).rest
        guard body.columns >= Self.paneFrom else {
            content = rest
            pane = nil
            return
        }
        let parts = rest.splitRight(Self.paneWidth)
        content = parts.rest
        pane = parts.right
    }
}

/// Where header, crumb line, body, message line and hints lie at each size of the terminal.

/// Every size from 1x1 has a form: <doc:ConsoleRules#Sizes>.
struct ScreenLayout: Equatable, Sendable {
    enum Form: Equatable, Sendable {
        /// 40x12 and up: the frame of all screens.
        case full
        /// 20x5 and up: a short header, a little of the body, counts, hints.
        case short
        /// Smaller: one line that says how the fleet is.
        case line
    }

    let form: Form
    let header: Rect
    let crumb: Rect
    let body: Rect
    let message: Rect
    let hints: Rect

    init(_ size: Size) {
        let all = Rect(size)
        if size.columns >= 40, size.rows >= 12 {
            form = .full
            let top = all.splitTop(2)
            let bottom = top.rest.splitBottom(2)
            header = Rect(0, 0, size.columns, 1)
            crumb = Rect(0, 1, size.columns, 1)
            body = bottom.rest
            message = Rect(0, size.rows - 2, size.columns, 1)
            hints = Rect(0, size.rows - 1, size.columns, 1)
        } else if size.columns >= 20, size.rows >= 5 {
            form = .short
            header = Rect(0, 0, size.columns, 1)
            body = Rect(0, 1, size.columns, size.rows - 3)
            crumb = Rect(0, size.rows - 2, size.columns, 1)
            message = Rect(0, size.rows - 1, size.columns, 1)
            hints = message
        } else {
            form = .line
            header = all.splitTop(1).top
            body = Rect(0, 0, 0, 0)
            crumb = body
            message = body
            hints = body
        }
    }
}

extension Canvas {
    /// Where a box stands in the middle of the whole screen. The row of the key hints stays free;
    /// where a screen has none, a box as high as all of it is as wide too, and cuts no word.
    func middle(_ size: Size) -> Rect {
        let hasHints = ScreenLayout(self.size).form == .full
        let fills = !hasHints && size.rows >= rows
        return bounds.centred(
            Size(fills ? columns : size.columns, min(size.rows, rows - (hasHints ? 1 : 0))))
    }
}

/// Why did the bot enter, or not: one candle's decision, stepped through with < and >.
import Core
import Store

struct WhyPanel: Overlay {
    let name = "why"
    let keyContext = KeyContext.why
    let openedBy: KeyCommand? = .why
    private let bot: ID<Bot>
    private let symbol: String?
    /// The close of the candle that is shown, or asked for; nil: the newest.
    private var at: Instant?
    private var board: WhyBoard?
    private var isAnswered = false
    private var top = 0

    /// - Parameter symbol: nil takes the one that was decided on last.
    init(_ bot: ID<Bot>, symbol: String?) {
        self.bot = bot
        self.symbol = symbol
    }

    var wants: [BoardRequest] { [.why(bot, symbol: symbol, at: at)] }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        if case .why(bot, symbol, at, let found) = board {
            self.board = found
            isAnswered = true
        }
        return .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop: return .close
        case .left: step(to: board?.older)
        case .right: step(to: board?.newer)
        case .last: at = nil
        case .down: top += 1
        case .up: top = max(0, top - 1)
        default: break
        }
        return .stay
    }

    /// The newest is asked for by no time, so that it follows the candles.
    private mutating func step(to instant: Instant?) {
        guard let instant else { return }
        at = instant
        top = 0
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.left, to: "older candle", around), hint(.right, to: "newer candle", around),
            hint(.last, to: "newest", around), hint(.down, .up, to: "scroll", around),
            hint(.closeTop, to: "close", around),
        ]
    }

    // MARK: Seeing

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let steps = board?.steps ?? []
        let size = Size(min(76, canvas.columns), min(steps.count + 6, canvas.rows))
        let inner = canvas.panel(title: "Why", size, around)
        guard let board else {
            inner.text(
                1, 0, isAnswered ? "No decision is on record yet." : "Reading the record ...",
                .textDim)
            return inner.rest(1, 0)
        }
        drawHead(board, in: inner)
        let page = max(0, inner.rows - 3)
        let first = min(top, max(0, steps.count - page))
        for (row, step) in steps.dropFirst(first).prefix(page).enumerated() {
            draw(step, in: inner, row + 3)
        }
        inner.rest(1, 0)
    }

    private func drawHead(_ board: WhyBoard, in canvas: Canvas) {
        canvas.spans(
            1, 0,
            [
                ("\(board.symbol)  ", .textStrong),
                ("\(board.at.dateText) \(board.at.clockText)Z", .text),
                ("  close \(board.close.figure(on: board.grid))", .text),
                (board.newer == nil ? "  newest" : "", .textDim),
            ])
        canvas.spans(1, 1, [(board.verdict, board.entered ? .gain : .messageWarn)])
        let versions =
            "\(board.templateName) rev \(board.templateVersion), limits "
            + "\(board.limitsVersion)"
        canvas.text(1, 2, versions, .textDim)
    }

    private func draw(_ step: WhyStep, in canvas: Canvas, _ row: Int) {
        let mark = step.isFirst ? ">>" : step.blocks ? " >" : "  "
        canvas.text(1, row, mark, .messageError)
        canvas.text(4, row, step.stage.rawValue, .textDim, cells: 7)
        canvas.text(12, row, step.name, step.isFirst ? .textStrong : .text, cells: 27)
        canvas.text(40, row, step.words, step.role, cells: 13)
        let weight = step.weight.map { "x\($0.score(0, signed: false))  " } ?? ""
        canvas.text(54, row, weight + step.remark, .textDim, cells: max(0, canvas.columns - 55))
    }
}

extension WhyStep {
    /// In capitals where it blocks, so that it is seen without colour.
    fileprivate var words: String { blocks ? answer.uppercased() : answer }

    fileprivate var role: Role {
        if blocks { return .messageError }
        switch verdict {
        case "long", "pass", "pass long", "pass short": return .gain
        case "short": return .loss
        case "no data", "neutral", "not asked": return .textDim
        default: return .text
        }
    }
}

/// The keys of menus, dialogs and panels: what lies over a screen takes these and no others.

import Core

extension Binding {
    static let overlays: [Binding] =
        menu + panel + why + question + stop + field + help + deploy + rollout + writing
        + message + ticket

    private static let menu: [Binding] = [
        Binding(.down, [.character("j"), .down, .tab], "next entry", in: .menu),
        Binding(.up, [.character("k"), .up, .backTab], "previous entry", in: .menu),
        Binding(.first, [.character("g"), .home], "first entry", in: .menu),
        Binding(.last, [.character("G"), .end], "last entry", in: .menu),
        Binding(.open, [.enter], "choose", in: .menu),
        Binding(.closeTop, [.escape, .character("q")], "close", in: .menu),
    ]

    private static let panel: [Binding] = [
        Binding(.down, [.character("j"), .down], "down", in: .panel),
        Binding(.up, [.character("k"), .up], "up", in: .panel),
        Binding(.halfPageDown, [.control("d")], "half a page down", in: .panel),
        Binding(.halfPageUp, [.control("u")], "half a page up", in: .panel),
        Binding(.pageDown, [.control("f"), .pageDown, .space], "page down", in: .panel),
        Binding(.pageUp, [.pageUp, .control("b")], "page up", in: .panel),
        Binding(.first, [.character("g"), .home], "to the top", in: .panel),
        Binding(.last, [.character("G"), .end], "to the end", in: .panel),
        Binding(.copy, [.character("y")], "copy all", in: .panel),
        Binding(.open, [.enter], "go to its bot, or close", in: .panel),
        Binding(.closeTop, [.escape, .character("q")], "close", in: .panel),
    ]

    private static let why: [Binding] = [
        Binding(.left, [.character("<"), .left, .character("h")], "older candle", in: .why),
        Binding(.right, [.character(">"), .right, .character("l")], "newer candle", in: .why),
        Binding(.last, [.character("G"), .end], "newest candle", in: .why),
        Binding(.down, [.character("j"), .down], "down", in: .why),
        Binding(.up, [.character("k"), .up], "up", in: .why),
        Binding(.closeTop, [.enter, .escape, .character("q")], "close", in: .why),
    ]

    private static let question: [Binding] = [
        Binding(.yes, [.character("y")], "yes", in: .question),
        Binding(.no, [.character("n"), .character("q")], "no", in: .question),
        Binding(.open, [.enter], "press what is lit", in: .question),
        Binding(.nextPane, [.tab, .backTab], "light the other button", in: .question),
        Binding(.closeTop, [.escape], "cancel", in: .question),
    ]

    /// The three ways on from a stop with positions open.
    private static let stop: [Binding] = [
        Binding(
            .no, [.enter, .character("k"), .character("q"), .character("n")], "keep it running",
            in: .stop),
        Binding(.closeFirst, [.character("c")], "close, then stop..", in: .stop),
        Binding(.leaveOpen, [.character("l")], "leave open..", in: .stop),
        Binding(.closeTop, [.escape], "cancel", in: .stop),
    ]

    /// A line that is typed: `:`, a reason, a word that confirms.
    private static let field: [Binding] = [
        Binding(.open, [.enter], "take it", in: .field),
        Binding(.nextPane, [.tab], "complete, or the button", in: .field),
        Binding(.previousPane, [.backTab], "complete backwards", in: .field),
        Binding(.up, [.up], "typed before", in: .field),
        Binding(.down, [.down], "typed after that", in: .field),
        Binding(.closeTop, [.escape], "leave it", in: .field),
    ]

    private static let help: [Binding] = [
        Binding(.up, [.up, .backTab], "up", in: .help),
        Binding(.down, [.down, .tab], "down", in: .help),
        Binding(
            .pageDown, [.pageDown, .control("f"), .control("d")], "page down", in: .help),
        Binding(.pageUp, [.pageUp, .control("b")], "page up", in: .help),
        Binding(.first, [.home], "first", in: .help),
        Binding(.last, [.end], "last", in: .help),
        Binding(.open, [.enter], "run", in: .help),
        Binding(.newTicket, [.character("?")], "ask support", in: .help),
        Binding(.closeTop, [.escape], "clear the filter, close", in: .help),
        Binding(.help, [.function(1)], "close", in: .help),
    ]

    private static let deploy: [Binding] = [
        Binding(.nextPane, [.tab], "next field", in: .deploy),
        Binding(.previousPane, [.backTab], "previous field", in: .deploy),
        Binding(.down, [.character("j"), .down], "next choice", in: .deploy),
        Binding(.up, [.character("k"), .up], "previous choice", in: .deploy),
        Binding(.first, [.character("g"), .home], "first choice", in: .deploy),
        Binding(.last, [.character("G"), .end], "last choice", in: .deploy),
        Binding(.open, [.enter], "next field, then deploy..", in: .deploy),
        Binding(.save, [.control("x")], "deploy..", in: .deploy),
        Binding(.closeTop, [.escape], "cancel", in: .deploy),
    ]

    private static let rollout: [Binding] = [
        Binding(
            .fewer, [.character("-"), .down, .left, .character("j"), .character("h")],
            "fewer first", in: .rollout),
        Binding(
            .more, [.character("+"), .up, .right, .character("k"), .character("l")],
            "more first", in: .rollout),
        Binding(.nextPane, [.tab, .backTab], "marked / all", in: .rollout),
        Binding(.open, [.enter], "update..", in: .rollout),
        Binding(.closeTop, [.escape, .character("q")], "cancel", in: .rollout),
    ]

    /// Several lines that are written, where Enter begins another one.
    private static let writing: [Binding] = [
        Binding(.save, [.control("x")], "set..", in: .writing),
        Binding(.closeTop, [.escape], "leave", in: .writing),
    ]

    /// A reply or an internal note.
    private static let message: [Binding] = [
        Binding(.save, [.control("x")], "send.., save note..", in: .message),
        Binding(.editor, [.function(4)], "write it in $EDITOR", in: .message),
        Binding(.otherSide, [.function(6)], "as support, as member", in: .message),
        Binding(.closeTop, [.escape], "keep draft", in: .message),
    ]

    /// The form of a new ticket.
    private static let ticket: [Binding] = [
        Binding(.nextPane, [.tab], "next field", in: .ticket),
        Binding(.previousPane, [.backTab], "previous field", in: .ticket),
        Binding(.save, [.control("x")], "open ticket..", in: .ticket),
        Binding(.editor, [.function(4)], "write it in $EDITOR", in: .ticket),
        Binding(.closeTop, [.escape], "keep draft", in: .ticket),
    ]
}

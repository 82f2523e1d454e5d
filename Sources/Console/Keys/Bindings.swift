/// The table of default keys; footer and help are made from it: <doc:ConsoleRules#Keys>.

import Core

extension Binding {
    /// Every default binding. Never bound: ^A ^G ^H ^J ^K ^N ^O ^P ^Q ^S ^T ^Space ^\ and Alt.
    static let defaults: [Binding] =
        moving + finding + marking + program + fleet + bot + positions + support + records
        + billing + actions + overlays

    private static let moving: [Binding] = [
        Binding(.down, [.character("j"), .down], "down", rank: 1),
        Binding(.up, [.character("k"), .up], "up", rank: 1),
        Binding(.left, [.character("h"), .left], "left"),
        Binding(.right, [.character("l"), .right], "right"),
        Binding(.first, [.character("g"), .home], "first"),
        Binding(.last, [.character("G"), .end], "last"),
        Binding(.halfPageDown, [.control("d")], "half a page down"),
        Binding(.halfPageUp, [.control("u")], "half a page up"),
        Binding(.pageDown, [.control("f"), .pageDown], "page down"),
        Binding(.pageUp, [.pageUp, .control("b")], "page up"),
        Binding(.open, [.enter], "open", rank: 2),
        Binding(.closeTop, [.escape], "close"),
        Binding(.back, [.character("q")], "back"),
        Binding(.quit, [.character("Q"), .function(10)], "quit"),
        Binding(.nextPane, [.tab], "next pane"),
        Binding(.previousPane, [.backTab], "previous pane"),
        Binding(.fleet, [.character("1"), .function(2)], "fleet"),
        Binding(
            .positions, [.character("2"), .function(3)], "positions", needs: .positionsView),
        Binding(.support, [.character("3"), .function(4)], "support"),
        Binding(.audit, [.character("4")], "audit", needs: .auditView),
        Binding(.billing, [.character("B")], "billing", needs: .billingView),
        Binding(.lastView, [.character("-")], "last view"),
    ]

    private static let finding: [Binding] = [
        Binding(.actions, [.character("a")], "actions", rank: 60),
        Binding(.filter, [.character("/")], "filter", rank: 61),
        Binding(.palette, [.character(":")], "command", rank: 62),
        Binding(.help, [.character("?"), .function(1)], "help", rank: 0),
        Binding(.messages, [.function(8)], "messages"),
        Binding(.alerts, [.character("!")], "alerts", needs: .orgView),
        Binding(.sort, [.character("s")], "sort", rank: 40),
        Binding(.reverseSort, [.character("S")], "reverse"),
        Binding(.freeze, [.character("z")], "freeze"),
        Binding(.copy, [.character("y")], "copy", rank: 50),
        Binding(.showPlain, [.character("Y")], "plain text"),
        Binding(.refresh, [.character("r"), .function(5)], "refresh, start engine"),
        Binding(.repaint, [.control("l")], "repaint"),
    ]

    private static let marking: [Binding] = [
        Binding(.mark, [.space], "mark", rank: 5),
        Binding(.markRange, [.character("V")], "mark a range"),
        Binding(.invertMarks, [.character("*")], "invert marks"),
        Binding(.unmark, [.character("U")], "unmark all"),
    ]

    private static let program: [Binding] = [
        Binding(.cancel, [.control("c")], "cancel"),
        Binding(.suspend, [.control("z")], "suspend"),
    ]

    private static let fleet =
        [Binding(.switchView, [.character("v")], "cards / list", in: .fleet, rank: 42)]
        + ActList.bindings(in: .fleet)

    private static let bot = pages + ActList.bindings(in: .bot)
        + given(ClosePositionAct.self, AssignTemplateAct.self, in: .bot) + looking
        + given(LimitsAct.self, CancelAct.self, in: .bot)

    private static let pages: [Binding] = [
        Binding(.previousTab, [.character("[")], "previous tab", in: .bot, rank: 20),
        Binding(.nextTab, [.character("]")], "next tab", in: .bot, rank: 20),
        Binding(.previousBot, [.character("<")], "previous bot", in: .bot),
        Binding(.nextBot, [.character(">")], "next bot", in: .bot),
        Binding(.follow, [.character("f")], "follow", in: .bot, rank: 30),
        Binding(.cycleKind, [.character("t")], "kinds", in: .bot, rank: 31),
    ]

    private static let looking: [Binding] = [
        Binding(
            .why, [.character("W")], "why no trade", in: .bot, needs: .templatesView, rank: 15),
        Binding(
            .limitToDefault, [.character("d")], "limit to default", in: .bot, needs: .riskEdit,
            changes: true, rank: 13),
    ]

    private static let positions =
        [
            Binding(
                .cycleKind, [.character("t")], "live / test / both", in: .positions, rank: 43),
            Binding(.goToBot, [.character("b")], "bot", in: .positions, rank: 15),
        ] + given(ClosePositionAct.self, CloseAllAct.self, in: .positions)

    private static let support =
        reading
        + given(
            ReplyToTicketAct.self, NoteOnTicketAct.self, OpenTicketAct.self,
            TicketPriorityAct.self, AssignTicketAct.self, in: .support)
        + [Binding(.attachLog, [.character("L")], "attach log", in: .support, changes: true)]
        + given(CloseTicketAct.self, in: .support)
        + [Binding(.showClosed, [.character("c")], "closed", in: .support, rank: 16)]
        + given(CancelAct.self, in: .support)
        + [Binding(.goToBot, [.character("b")], "bot", in: .support, rank: 15)]

    private static let reading: [Binding] = [
        Binding(.nextMessage, [.character("J")], "next message", in: .support, rank: 3),
        Binding(.previousMessage, [.character("K")], "previous message", in: .support, rank: 3),
        Binding(.zoom, [.character("Z")], "zoom the pane", in: .support),
        Binding(.cycleKind, [.character("t")], "open / closed", in: .support),
        Binding(.editor, [.character("e")], "edit in $EDITOR", in: .support),
    ]

    private static let records = given(CancelAct.self, in: .audit)

    private static let billing = given(TopUpAct.self, in: .billing)

    private static let actions = ActList.bindings(in: .actions)

    private static func given(_ acts: any Act.Type..., in context: KeyContext) -> [Binding] {
        acts.compactMap { $0.binding(in: context) }
    }
}

/// The table of default keys; footer, help and README are made from it: <doc:ConsoleRules#Keys>.

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

    private static let fleet: [Binding] = [
        Binding(.switchView, [.character("v")], "cards / list", in: .fleet, rank: 42),
        pause(.fleet), resume(.fleet), closeAll(.fleet), restart(.fleet),
    ]

    private static let bot: [Binding] = [
        Binding(.previousTab, [.character("[")], "previous tab", in: .bot, rank: 20),
        Binding(.nextTab, [.character("]")], "next tab", in: .bot, rank: 20),
        Binding(.previousBot, [.character("<")], "previous bot", in: .bot),
        Binding(.nextBot, [.character(">")], "next bot", in: .bot),
        Binding(.follow, [.character("f")], "follow", in: .bot, rank: 30),
        Binding(.cycleKind, [.character("t")], "kinds", in: .bot, rank: 31),
        pause(.bot), resume(.bot), closeAll(.bot), restart(.bot), closePosition(.bot),
        Binding(
            .changeTemplate, [.character("c")], "change template..", in: .bot,
            needs: .botsAssignTemplate, changes: true, rank: 12),
        Binding(
            .why, [.character("W")], "why no trade", in: .bot, needs: .templatesView, rank: 15),
        Binding(
            .limitToDefault, [.character("d")], "limit to default", in: .bot, needs: .riskEdit,
            changes: true, rank: 13),
        Binding(
            .saveLimits, [.character("w")], "save limits..", in: .bot, needs: .riskEdit,
            changes: true, rank: 14),
        Binding(
            .cancelCommand, [.character("C")], "cancel command..", in: .bot, changes: true),
    ]

    private static let positions: [Binding] = [
        Binding(.cycleKind, [.character("t")], "live / test / both", in: .positions, rank: 43),
        Binding(.goToBot, [.character("b")], "bot", in: .positions, rank: 15),
        closePosition(.positions), closeAll(.positions),
    ]

    private static let support: [Binding] = [
        Binding(.nextMessage, [.character("J")], "next message", in: .support, rank: 3),
        Binding(.previousMessage, [.character("K")], "previous message", in: .support, rank: 3),
        Binding(.zoom, [.character("Z")], "zoom the pane", in: .support),
        Binding(.cycleKind, [.character("t")], "open / closed", in: .support),
        Binding(.editor, [.character("e")], "edit in $EDITOR", in: .support),
        Binding(
            .reply, [.character("r")], "reply", in: .support, needs: .ticketsWrite,
            changes: true, rank: 10),
        Binding(
            .internalNote, [.character("i")], "internal note", in: .support, changes: true,
            rank: 14),
        Binding(
            .newTicket, [.character("N")], "new ticket", in: .support, needs: .ticketsWrite,
            changes: true, rank: 11),
        Binding(
            .priority, [.character("P")], "priority", in: .support, needs: .ticketsWrite,
            changes: true, rank: 12),
        Binding(
            .assign, [.character("A")], "assign..", in: .support, needs: .ticketsWrite,
            changes: true, rank: 13),
        Binding(.attachLog, [.character("L")], "attach log", in: .support, changes: true),
        Binding(
            .closeTicket, [.character("E")], "close ticket..", in: .support,
            needs: .ticketsWrite, changes: true),
        Binding(.showClosed, [.character("c")], "closed", in: .support, rank: 16),
        Binding(.cancelCommand, [.character("C")], "cancel command..", in: .support, changes: true),
        Binding(.goToBot, [.character("b")], "bot", in: .support, rank: 15),
    ]

    private static let records: [Binding] = [
        Binding(.cancelCommand, [.character("C")], "cancel command..", in: .audit, changes: true)
    ]

    private static let billing: [Binding] = [
        Binding(
            .topUp, [.character("M")], "top up..", in: .billing, needs: .billingManage,
            changes: true, rank: 4)
    ]

    private static let actions: [Binding] = [
        Binding(
            .update, [.character("U")], "update..", in: .actions, needs: .botsUpdate,
            changes: true),
        Binding(
            .rollOut, [.character("O")], "update many..", in: .actions, needs: .botsUpdate,
            changes: true),
        Binding(
            .assignKey, [.character("A")], "API key..", in: .actions, needs: .botsAssignKey,
            changes: true),
        Binding(
            .deploy, [.character("D")], "deploy new..", in: .actions, needs: .botsDeploy,
            changes: true),
        Binding(
            .start, [.character("S")], "start bot..", in: .actions, needs: .botsDeploy,
            changes: true),
        Binding(
            .sleepSchedule, [.character("Z")], "sessions..", in: .actions,
            needs: .botsConfigure, changes: true),
        Binding(
            .stop, [.character("T")], "stop bot..", in: .actions, needs: .botsStop,
            isDangerous: true),
    ]

    // MARK: The same act in several views

    private static func pause(_ context: KeyContext) -> Binding {
        Binding(
            .pause, [.character("p")], "pause", in: context, needs: .botsPause, changes: true,
            rank: 10)
    }

    private static func resume(_ context: KeyContext) -> Binding {
        Binding(
            .resume, [.character("u")], "resume", in: context, needs: .botsPause, changes: true,
            rank: 16)
    }

    private static func closeAll(_ context: KeyContext) -> Binding {
        Binding(
            .closeAll, [.character("X")], context == .positions ? "bot close-all.." : "close-all..",
            in: context, needs: .positionsCloseAll, isDangerous: true, rank: 11)
    }

    private static func closePosition(_ context: KeyContext) -> Binding {
        Binding(
            .closePosition, [.character("x")], "close..", in: context,
            needs: .positionsCloseOne, isDangerous: true, rank: context == .positions ? 6 : 17)
    }

    private static func restart(_ context: KeyContext) -> Binding {
        Binding(
            .restart, [.character("R")], "restart..", in: context, needs: .botsRestart,
            isDangerous: true)
    }
}

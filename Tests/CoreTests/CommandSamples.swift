/// One command of every kind, and the people who ask.

import Core
import Store

enum CommandSamples {
    static let all: [Command] = [
        .pause(.named(["trend-1", "bot-2"]), reason: nil),
        .pause(.all, reason: "exchange incident \"INC-204\"\nsee chat"),
        .resume(.named(["trend-1"]), reason: "looked at it"),
        .resume(.all, reason: nil),
        .closePosition("position-3", confirmation: nil),
        .closePosition("position-3", confirmation: .token("k7pd-3wxa")),
        .closePosition("position-3", confirmation: .label("trend-1")),
        .closeAll(.all, confirmation: .token("k7pd-3wxa")),
        .closeAll(.named(["trend-1"]), confirmation: .label("trend-1")),
        .closeAll(.named(["trend-1"]), confirmation: nil),
        .previewClose(position: "position-3"),
        .previewCloseAll(.all),
        .previewCloseAll(.named(["a", "b"])),
        .riskSet(
            bot: "trend-1",
            [LimitSetting("max_leverage", "3"), LimitSetting("daily_loss_pct", "2.5")]),
        .riskSet(
            bot: "trend-1", [LimitSetting("max_leverage", "9")], confirmation: .label("trend-1")),
        .riskSet(bot: "trend-1", [LimitSetting("max_leverage", "2")], confirmation: .yes),
        .riskReset(bot: "trend-1"),
        .riskReset(bot: "trend-1", confirmation: .token("k7pd-3wxa")),
        .cancel("command-12"),
        .previewLimits(bot: "trend-1", [LimitSetting("max_loss_per_trade_pct", "1")]),
        .previewTemplate(bot: "trend-1", template: "Mean Reverter"),
        .assignTemplate(bot: "trend-1", template: "Mean Reverter", confirmation: nil),
        .assignTemplate(bot: "trend-1", template: "Mean Reverter", confirmation: .label("trend-1")),
        .templateImport(text: "[template]\nname = Mine\n", file: "mine.template"),
        .templateImport(text: "[template]", file: nil),
        .templateCopy("Trend Follower", name: "Mine"),
        .templateDelete("Mine"),
        .ticketOpen(
            subject: "Wake took 9 minutes", message: "Häufig, 日本", .bot, .urgent,
            bot: "trend-1"),
        .ticketOpen(subject: "Invoice", message: "?", .billing, .low, bot: nil),
        .ticketReply("ticket-1", message: "Thanks.", asSupport: false),
        .ticketReply("ticket-1", message: "Done.", asSupport: true),
        .ticketNote("ticket-1", message: "Look at the lease."),
        .ticketAssign("ticket-1", assignee: "st1"),
        .ticketAssign("ticket-1", assignee: nil),
        .ticketPriority("ticket-1", .high),
        .ticketCategory("ticket-1", .apiKey),
        .ticketResolve("ticket-1"),
        .ticketClose("ticket-1"),
        .ticketReopen("ticket-1"),
        .noticeAcknowledge("notice-9"),
        .acceptClock,
        .deploy(DeployRequest(label: "new-1", region: "tokyo")),
        .deploy(
            DeployRequest(
                label: "new-1", region: "tokyo", provider: "paper", key: "paper-1",
                template: "Mean Reverter")),
        .start(bot: "trend-1"),
        .stop(bot: "trend-1", .refuse, confirmation: nil),
        .stop(bot: "trend-1", .close, confirmation: nil),
        .stop(bot: "trend-1", .close, confirmation: .token("k7pd-3wxa")),
        .previewStop(bot: "trend-1"),
        .assignTemplate(
            bot: "trend-1", template: "Mean Reverter", confirmation: .token("k7pd-3wxa")),
        .stop(bot: "trend-1", .leave, confirmation: .label("trend-1")),
        .restart(bot: "trend-1", reason: nil),
        .restart(bot: "trend-1", reason: "it hangs"),
        .update(bot: "trend-1"),
        .updateInCohorts(.all, canaries: 2),
        .updateInCohorts(.named(["trend-1", "bot-2"]), canaries: 1),
        .assignKey(bot: "trend-1", key: "paper-2"),
        .setSessions(bot: "trend-1", text: "[session Tokyo]\ndays = mon-fri\n"),
        .setSessions(bot: "trend-1", text: nil),
        .topUp("250"),
        .rename(bot: "trend-1", label: "trend-2"),
    ]

    static func person(_ role: WorkspaceRole, uid: Int64 = 1000) -> Operator {
        Operator(uid: uid, name: "ada", role: role)
    }
    static let staff = Operator(uid: 7, name: "st1", role: .viewer, isStaff: true)
    /// Owner of a home that lists no staff.
    static let soleOwner = Operator(uid: 1000, name: "ada", role: .owner, actsForSupport: true)
}

/// A bot's state as glyph, word and colour together, never colour alone.
import Core
import Store

extension BotState {
    /// One ASCII character, different for each state. **Source** TUI 5b, 69.
    var glyph: String {
        switch self {
        case .deploying: "~"
        case .online: "*"
        case .paused: "="
        case .offline: "x"
        case .error: "!"
        case .sleeping: "z"
        case .waking: "^"
        case .windingDown: "v"
        case .stopped: "-"
        }
    }

    var role: Role {
        switch self {
        case .deploying: .statusDeploying
        case .online: .statusOnline
        case .paused: .statusPaused
        case .offline: .statusOffline
        case .error: .statusError
        case .sleeping: .statusSleeping
        case .waking: .statusWaking
        case .windingDown: .statusWindingDown
        case .stopped: .statusStopped
        }
    }

    var mark: String { "\(glyph) \(title)" }
}

extension BotRow {
    /// Age of the last heartbeat, with how bad that is; `-` where none is expected.
    func heartbeat(_ around: Surroundings, within width: Int = 6) -> TableCell {
        guard let at = clocks.heartbeatAt, state.isProvisioned else {
            return TableCell("-", .textDim)
        }
        let age = around.now - at
        let role: Role =
            !around.judgesClocks
            ? .stale : age > .seconds(45) ? .ageLost : age > .seconds(20) ? .ageLate : .ageOk
        return TableCell(age.ageText(within: width), role)
    }

    /// Unrealised profit; `~` and dim when the prices behind it are old.
    func profit(_ around: Surroundings) -> TableCell {
        guard holds else { return TableCell(openPositions == nil ? "" : "-", .flat) }
        guard let unrealised else { return TableCell("no mark", .stale) }
        if around.hasStaleMarks { return TableCell("~\(unrealised.signed)", .stale) }
        return TableCell(unrealised.signed, unrealised.role)
    }

    /// `flat`, `3 positions`; nothing for a reader who may not know.
    var holdings: String {
        openPositions.map { $0 == 0 ? "flat" : counted($0, "position") } ?? ""
    }

    /// The same in a few cells: `flat`, `3 pos`.
    var shortHoldings: String {
        openPositions.map { $0 == 0 ? "flat" : "\($0) pos" } ?? ""
    }

    var versionText: String { bot.version + (isUpdateAvailable ? "!" : "") }

    /// In the 24 cells of a card; ``BotRow/unseen`` says all of it.
    private var outOfSight: String {
        guard let cachedConfig else { return "no heartbeat; billed" }
        return waiting.map { "cached; \($0)" } ?? cachedConfig
    }

    /// What a person has to know first about this bot; nil when it does what it should.
    func trouble(_ around: Surroundings) -> (text: String, role: Role)? {
        if let job = job(now: around.now) { return (job.words, .statusDeploying) }
        switch state {
        case .error: return (bot.errorText ?? "critical error", .statusError)
        case .offline: return (outOfSight, .statusOffline)
        case .sleeping:
            return instance?.wakeAt.map { at in
                ("wakes \(at.dayClock), \(around.countdown(to: at))", .statusSleeping)
            }
        case .stopped where holds: return ("\(holdings) unwatched", .statusError)
        default: break
        }
        if bot.killLatchedAt != nil { return ("KILL SWITCH: u resets it", .messageError) }
        if around.judgesClocks, let late = lateClock(now: around.now) {
            return (late.title, .messageWarn)
        }
        if state == .online, let missing = bot.missing {
            // Both names as one: a card has 24 cells.
            let short = missing == "key and template" ? "key/template" : missing
            return ("UNARMED: no \(short)", .messageWarn)
        }
        if state == .paused, let resume = bot.resumeAt {
            return ("cool-down, \(around.countdown(to: resume)) left", .statusPaused)
        }
        if state == .paused, let cause = bot.pauseCause, cause != .person {
            return ("paused: \(cause.words)", .statusPaused)
        }
        return around.fleet?.rollout?.words(of: id, now: around.now).map { ($0, .badgeUpdate) }
    }
}

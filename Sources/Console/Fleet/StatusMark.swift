/// A bot's state as glyph, word and colour together, never colour alone.
import Core
import Store

extension BotState {
    /// One ASCII character for each state: <doc:ConsoleRules#Never-by-colour-alone>.
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
    /// Whether its state is known now: something that could have changed it would have been heard
    /// of. A bot that is released stays so.
    func isKnown(_ around: Surroundings) -> Bool {
        if state == .stopped { return true }
        guard around.seesFleet else { return false }
        return !around.judgesClocks || lateClock(now: around.now) != .heartbeat
    }

    /// `* Online`; `? Unknown` where it is not known.
    func shownMark(_ around: Surroundings) -> TableCell {
        isKnown(around) ? TableCell(state.mark, state.role) : TableCell("? Unknown", .messageWarn)
    }

    /// Age of the last heartbeat, with how bad that is; `-` where none is expected.
    func heartbeat(_ around: Surroundings, within width: Int = 6) -> TableCell {
        guard let at = clocks.heartbeatAt, state.isProvisioned else {
            return TableCell("-", .textDim)
        }
        let age = around.age(of: at)
        let role = around.judgesClocks ? Self.heartbeatRole(age) : .stale
        return TableCell(age.ageText(within: width), role)
    }

    private static func heartbeatRole(_ age: Span) -> Role {
        if age > Deadlines.heartbeatLost { return .ageLost }
        return age > Deadlines.heartbeatLate ? .ageLate : .ageOk
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

    /// The gravest cause, where its state is known.
    func cause(_ around: Surroundings) -> BotCause? {
        cause(now: around.now, judgesClocks: around.judgesClocks)
    }

    /// The cause in one word, for a row.
    func causeCell(_ around: Surroundings) -> TableCell {
        guard around.seesFleet || state == .stopped else {
            return TableCell("was \(state.title)", .stale)
        }
        guard let cause = cause(around), !around.off.contains(.causeInRow) else {
            return TableCell("-", .textDim)
        }
        return TableCell(cause.kind == .error ? cause.text : cause.word, cause.role)
    }

    /// What a person has to know first about this bot; nil when it does what it should.
    func trouble(_ around: Surroundings) -> (text: String, role: Role)? {
        guard around.seesFleet || state == .stopped else { return (wasWords(around), .stale) }
        if let cause = cause(around) { return (cause.text, cause.role) }
        return around.fleet?.rollout?.words(of: id, now: around.now).map { ($0, .badgeUpdate) }
    }

    /// `was Online 15h02m ago`: what was last known of it.
    private func wasWords(_ around: Surroundings) -> String {
        "was \(state.title)" + (around.unseenWords.map { " \($0)" } ?? "")
    }
}

extension BotCause {
    var role: Role {
        switch kind {
        case .error, .unwatched: .statusError
        case .offline: .statusOffline
        case .killSwitch: .messageError
        case .late, .held, .stuck, .unarmed, .alert: .messageWarn
        case .coolDown, .paused: .statusPaused
        case .job: .statusDeploying
        case .asleep: .statusSleeping
        }
    }
}

/// What the provider is doing for a bot, phase by phase, and what each end leads to.
import Store

extension Fleet {
    /// Begins a job; one that is under way is given up, and its command told so.
    func begin(
        _ job: ComputeJob, _ bot: BotMachine, command: ID<CommandRecord>? = nil,
        version: String? = nil
    ) {
        if bot.instance.job != nil { end(bot, succeeded: false, "given up for \(job.noun)") }
        bot.instance.job = job
        bot.instance.jobNumber += 1
        bot.instance.commandID = command
        bot.instance.targetVersion = version
        if job == .update { trace(bot, .t12, from: bot.record.state) }
        if job == .restart {
            bot.instance.restartedAt = now
            trace(bot, .t11, from: bot.record.state)
        }
        enter(job.phases[0], bot)
    }

    func enter(_ phase: JobPhase, _ bot: BotMachine) {
        guard let job = bot.instance.job else { return }
        let answer = compute.answer(
            to: ComputeRequest(
                bot: bot.id, number: bot.instance.jobNumber, job: job, phase: phase,
                place: compute.catalog.place(of: bot.record), at: now))
        bot.instance.phase = phase
        bot.instance.phaseStartedAt = now
        bot.instance.phaseEndsAt = answer.at
        bot.instance.phaseFailure = answer.failure
        bot.isDown = phase.isDown
        // Whatever process comes next has to look for itself.
        if phase.isDown, bot.record.keyID != nil { bot.isReconciled = false }
        traceDown(bot)
        journal.touch(instance: bot.id)
        if phase == .cancelling { trading.cancelEverything(bot) }
        if phase == .stopping { trading.cancelEntries(bot) }
        schedule(.jobPhase(bot.id), at: answer.at)
    }

    /// After a restart of the engine the work goes on where it stood.
    func resumeJob(_ bot: BotMachine) {
        guard let phase = bot.instance.phase, let end = bot.instance.phaseEndsAt else { return }
        bot.isDown = phase.isDown
        schedule(.jobPhase(bot.id), at: max(end, now))
    }

    /// The provider has answered; answers to what was given up meanwhile are ignored.
    func phaseEnded(_ id: ID<Bot>) {
        guard let bot = machine(id), let job = bot.instance.job, let phase = bot.instance.phase,
            let end = bot.instance.phaseEndsAt, end <= now
        else { return }
        if let failure = bot.instance.phaseFailure { return failed(job, phase, bot, failure) }
        if phase == .reconciling { trading.reconcile(bot) }
        let phases = job.phases
        let next = (phases.firstIndex(of: phase) ?? 0) + 1
        if next < phases.count { return enter(phases[next], bot) }
        completed(job, bot)
    }

    private func completed(_ job: ComputeJob, _ bot: BotMachine) {
        let took = bot.instance.phaseStartedAt == nil ? "" : "\(job.rawValue) done"
        switch job {
        case .deploy, .wake:
            provisioned(bot)
            apply(.provisioned, to: bot)
            bot.record.errorText = nil
            end(bot, succeeded: true, "online in \(bot.record.region)" + bot.record.pauseNote)
            tell(bot, "online", "\(took); \(bot.record.ipv4)")
            if job == .deploy || bot.record.keyID != nil { trading.reconcile(bot) }
            meetBalance(bot)
        case .restart:
            comeBack(bot)
            end(bot, succeeded: true, "restarted" + bot.record.pauseNote)
            tell(bot, "restarted", "reconciled with the exchange")
        case .replace:
            if bot.instance.since == nil { provisioned(bot) }
            bot.instance.isLost = false
            comeBack(bot)
            end(bot, succeeded: true, "runs on a new instance" + bot.record.pauseNote)
            tell(bot, "replaced", "a new instance, the same addresses")
            meetBalance(bot)
        case .update: updated(bot)
        case .rollback: rolledBack(bot)
        case .release:
            released(bot)
            apply(.released, to: bot)
            end(bot, succeeded: true, "stopped")
            finishStop(bot)
        }
        journal.touch(bot: bot.id)
    }

    private func updated(_ bot: BotMachine) {
        let old = bot.record.version
        bot.record.version = bot.instance.targetVersion ?? old
        bot.record.availableVersion = nil
        bot.record.heartbeatAt = now
        end(bot, succeeded: true, "runs \(bot.record.version)\(bot.record.pauseNote)")
        tell(bot, "updated", "\(old) → \(bot.record.version)")
    }

    private func rolledBack(_ bot: BotMachine) {
        bot.record.heartbeatAt = now
        if let old = bot.instance.targetVersion { goBack(bot, to: old) }
        if bot.record.phase == .error { comeBack(bot) }
        end(
            bot, succeeded: false,
            "the new version failed its check; it runs \(bot.record.version) again")
        alert(
            bot, "update", FailureWord.rolledBack, "rolled back; \(bot.record.version) runs again",
            severity: .warning)
    }

    /// The newer version is on offer again.
    func goBack(_ bot: BotMachine, to old: String) {
        guard old != bot.record.version else { return }
        bot.record.availableVersion = bot.record.version
        bot.record.version = old
        journal.touch(bot: bot.id)
    }

    /// From Error by T10, out of Offline by T8; from any other state there is no way to go.
    private func comeBack(_ bot: BotMachine) {
        trading.takeBack(bot)
        bot.isDown = false
        bot.record.heartbeatAt = now
        bot.record.evaluatingSince = now
        bot.record.errorText = nil
        bot.apiErrors.clear()
        bot.instance.isLost = false
        linkOpens(bot)
        let isBack = apply(.recovered, to: bot) || apply(.heartbeatReturned, to: bot)
        if isBack || !bot.isReconciled { trading.reconcile(bot) }
    }

    private func failed(
        _ job: ComputeJob, _ phase: JobPhase, _ bot: BotMachine, _ failure: String
    ) {
        traceFault("\(job.rawValue) \(phase.rawValue)")
        switch (job, phase) {
        // A release never gives up: what is provisioned is paid for.
        case (.release, _): return enter(phase, bot)
        case (.update, .replacing):
            tell(bot, "update", failure + "; back to the old version", severity: .error)
            bot.instance.job = .rollback
            bot.instance.targetVersion = bot.record.version
            return enter(JobPhase.replacing, bot)
        case (.update, .pausing), (.update, .cancelling), (.update, .pulling):
            end(bot, succeeded: false, failure + "; it still runs \(bot.record.version)")
            return tell(bot, "update", failure, severity: .error)
        // The old process goes on, and the hour is not used up.
        case (.restart, .stopping): return restartFailed(bot, failure)
        case (.wake, _) where isWakeStillWanted(bot): return wakeFailed(bot, failure)
        // A lost instance is asked for until it comes.
        case (.replace, _) where bot.record.phase == .offline:
            tell(bot, "replace", failure + "; asked again", severity: .error)
            return enter(.provisioning, bot)
        case (.deploy, _), (.wake, _): apply(.provisioningFailed, to: bot)
        default: apply(.criticalError, to: bot)
        }
        if job == .replace { bot.instance.restartedAt = nil }
        // What a restart would have lifted holds.
        if !bot.isSetAside { bot.record.errorText = failure }
        end(bot, succeeded: false, failure, remedy: remedy(job, bot))
        // Kept until the next job: an exchange that answers does not heal this.
        bot.instance.phaseFailure = failure
        let words = job == .wake ? "could not be woken: \(failure)" : "\(job.noun): \(failure)"
        alert(bot, job == .wake ? "wake" : "error", job.rawValue, words, severity: .critical)
    }

    /// Takes the overlay away and ends the command that began it.
    func end(
        _ bot: BotMachine, succeeded: Bool, _ message: String, remedy: String? = nil
    ) {
        if let command = bot.instance.commandID {
            finishedJobs.append(
                JobResult(
                    command: command, succeeded: succeeded, message: message, remedy: remedy,
                    at: now))
        }
        bot.instance.job = nil
        bot.instance.phase = nil
        bot.instance.phaseStartedAt = nil
        bot.instance.phaseEndsAt = nil
        bot.instance.phaseFailure = nil
        bot.instance.commandID = nil
        bot.instance.targetVersion = nil
        bot.isDown = bot.instance.isLost
        trading.askMissedExits(bot)
        traceDown(bot)
        journal.touch(instance: bot.id)
    }
}

extension ComputeCatalog {
    /// Where a bot is; a place that the file no longer names goes on at the first one's rate.
    func place(of bot: Bot) -> ComputePlace {
        place(region: bot.region, provider: bot.provider)
            ?? ComputePlace(
                provider: bot.provider, region: bot.region, hourly: places[0].hourly)
    }
}

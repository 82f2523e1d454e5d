/// An update in cohorts: canaries first, a time to watch them, then the rest or the way back.
import Store

/// A rollout with its bots, in the order of their ids.
struct RolloutWork: Equatable {
    var rollout: Rollout
    var bots: [RolloutBot]
}

extension Fleet {
    /// The canaries must stay well for this long before the others follow.
    static let rolloutWatch = Span.minutes(10)

    /// A newer version is shown; nobody gets it unasked. **Source** <doc:ProductRules#Updates>.
    func offerUpdate(_ bot: BotMachine) {
        guard let newest = compute.catalog.newestVersion, newest != bot.record.version,
            newest != bot.record.availableVersion
        else { return }
        bot.record.availableVersion = newest
        journal.touch(bot: bot.id)
        tell(bot, "update", "\(newest) is ready, now \(bot.record.version)")
    }

    /// Adds a bot to the rollout of this version; the first one begins it.
    func join(
        _ bot: BotMachine, version: String, isCanary: Bool, command: ID<CommandRecord>
    ) {
        if rollout.map(\.rollout.stage.isOver) ?? true {
            rollout = RolloutWork(
                rollout: Rollout(number: command.number, version: version, startedAt: now),
                bots: [])
        }
        guard let number = rollout?.rollout.number else { return }
        rollout?.bots.append(
            RolloutBot(
                botID: bot.id, rollout: number, commandID: command, isCanary: isCanary,
                oldVersion: bot.record.version, result: isCanary ? .updating : .waiting))
        rollout?.bots.sort { $0.botID < $1.botID }
        journal.hasRollout = true
        if isCanary { begin(.update, bot, command: command, version: version) }
    }

    /// A bot that still waits for its turn does not get it.
    func leaveRollout(_ command: ID<CommandRecord>) {
        let place = rollout?.bots.firstIndex {
            $0.commandID == command && $0.result == .waiting
        }
        guard let place else { return }
        rollout?.bots.remove(at: place)
        journal.hasRollout = true
    }

    /// Looked at with every heartbeat.
    func watchRollout() {
        guard var work = rollout, work.rollout.stage != .done else { return }
        gather(&work)
        advance(&work)
        guard work != rollout else { return }
        rollout = work
        journal.hasRollout = true
    }

    private func advance(_ work: inout RolloutWork) {
        let isBusy = work.bots.contains { $0.result == .updating }
        switch work.rollout.stage {
        case .canaries where isBusy, .rest where isBusy, .done: break
        case .canaries where work.bots.contains(where: { $0.result == .failed }):
            giveUp(&work, "a canary could not be updated")
        case .canaries: watch(&work)
        case .watching: lookAfter(&work)
        case .rest: finish(&work)
        case .rolledBack: takeBack(&work)
        }
    }

    private func lookAfter(_ work: inout RolloutWork) {
        if let ill = work.bots.first(where: { $0.isCanary && !isWell($0) }) {
            giveUp(&work, "\(machine(ill.botID)?.record.label ?? "") is not well")
        } else if let end = work.rollout.watchUntil, end <= now {
            goOn(&work)
        }
    }

    /// What became of updates that were under way.
    private func gather(_ work: inout RolloutWork) {
        for (index, one) in work.bots.enumerated() where one.result == .updating {
            guard let bot = machine(one.botID), bot.instance.job == nil else { continue }
            let isNew = bot.record.version == work.rollout.version
            work.bots[index].result = isNew ? .updated : .failed
        }
    }

    /// It answers and is in no trouble. One that sleeps by its sessions is well.
    private func isWell(_ one: RolloutBot) -> Bool {
        guard let bot = machine(one.botID) else { return false }
        switch bot.record.phase {
        case .offline, .error: return false
        case .online:
            return now - (bot.record.heartbeatAt ?? now) < Deadlines.heartbeatLost
        default: return true
        }
    }

    private func watch(_ work: inout RolloutWork) {
        work.rollout.stage = .watching
        work.rollout.watchUntil = now + Self.rolloutWatch
        say(&work, "the canaries run it; watched until \((now + Self.rolloutWatch).stamp)")
    }

    private func goOn(_ work: inout RolloutWork) {
        work.rollout.stage = .rest
        work.rollout.watchUntil = nil
        for (index, one) in work.bots.enumerated() where one.result == .waiting {
            guard let bot = machine(one.botID) else { continue }
            do throws(Refusal) {
                try LifeRules.update(bot.record, bot.instance, at: now)
                startedCommands.append(one.commandID)
                begin(.update, bot, command: one.commandID, version: work.rollout.version)
                work.bots[index].result = .updating
            } catch {
                refuse(&work.bots[index], error.headline)
            }
        }
        say(&work, "the canaries stayed well; the rest follows")
    }

    private func refuse(_ one: inout RolloutBot, _ why: String) {
        one.result = .failed
        finishedJobs.append(
            JobResult(command: one.commandID, succeeded: false, message: why, at: now))
    }

    /// Nobody else gets it, and whoever has it goes back.
    private func giveUp(_ work: inout RolloutWork, _ why: String) {
        work.rollout.stage = .rolledBack
        work.rollout.watchUntil = nil
        for index in work.bots.indices where work.bots[index].result == .waiting {
            refuse(&work.bots[index], "not updated: \(why)")
        }
        takeBack(&work)
        say(&work, "\(why); rolled back, nobody else gets it", severity: .error)
        journal.notices.append(
            Notice(
                at: now, kind: "update", severity: .critical,
                message: "update to \(work.rollout.version) rolled back: \(why)"))
    }

    /// Whoever is being worked on, as one whose instance was lost, or winds down goes back when
    /// that has ended; whoever has no instance does so in its row alone.
    private func takeBack(_ work: inout RolloutWork) {
        for (index, one) in work.bots.enumerated() where one.result == .updated {
            guard let bot = machine(one.botID), bot.instance.job == nil,
                bot.record.phase != .windingDown
            else { continue }
            if bot.instance.since != nil {
                begin(.rollback, bot, version: one.oldVersion)
            } else {
                goBack(bot, to: one.oldVersion)
                tell(bot, "update", "rolled back; \(one.oldVersion) is what it runs next")
            }
            work.bots[index].result = .rolledBack
        }
    }

    private func finish(_ work: inout RolloutWork) {
        work.rollout.stage = .done
        let failed = work.bots.count { $0.result == .failed }
        let ran = work.bots.count { $0.result == .updated }
        say(&work, "\(counted(ran, "bot")) run it" + (failed > 0 ? ", \(failed) failed" : ""))
    }

    private func say(_ work: inout RolloutWork, _ words: String, severity: Severity = .info) {
        work.rollout.detail = words
        note("rollout", "\(work.rollout.version): \(words)", severity: severity)
    }
}

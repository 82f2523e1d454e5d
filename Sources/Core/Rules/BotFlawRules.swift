/// What a bot has to have before it may run.
import Store

extension BotFlaws {
    /// Nothing starts it before that is put right.
    func check(of bot: String) throws(Refusal) {
        if !lost.isEmpty, let lostWords { throw .damaged(lostWords, isDone: false) }
        if let brokenWords { throw .damaged(brokenWords, isDone: false) }
        if let template {
            throw .template(
                .broken(
                    headline: "\(bot): \(template)",
                    remedy: "Give it another one: plutarc assign-template \(asWord(bot)) TEMPLATE."
                ))
        }
        if let sessions {
            throw .life(
                .unreadable(
                    headline: "\(bot): \(sessions)",
                    remedy: "Set them anew: plutarc sessions \(asWord(bot)) --set FILE; --clear "
                        + "takes them away."))
        }
    }
}

extension BotMachine {
    /// Where what it was given does not bring it up yet: the next step, behind an outcome.
    var stillInError: String {
        guard record.phase == .error else { return "" }
        return "; it stays in Error until plutarc restart \(asWord(record.label))"
    }
}

/// What a bot has to have before it may run.
import Store

extension BotFlaws {
    /// Nothing starts it before that is put right.
    func check() throws(Refusal) {
        if !lost.isEmpty, let lostWords { throw .damaged(lostWords, isDone: false) }
        if let template {
            throw .template(
                .broken(
                    headline: template, remedy: "Give it another one: plutarc assign-template."))
        }
        if let sessions {
            throw .life(.sessions(headline: sessions, remedy: "Set them anew: plutarc sessions."))
        }
    }
}

/// What the fleet has changed since the last commit, as it is now.
import Store

extension Fleet {
    /// Instances, links, the rollout and the account.
    func save(to db: Writing) throws(StoreError) {
        for id in journal.instances.sorted() {
            if let bot = machine(id) { try db.save(bot.instance) }
        }
        for id in journal.links.sorted() {
            if let bot = machine(id) { try db.save(bot.link) }
        }
        if journal.hasRollout, let work = rollout {
            try db.save(work.rollout)
            for bot in work.bots { try db.save(bot) }
        }
        guard !journal.ledger.isEmpty || journal.hasBilling else { return }
        if let account = billing.account { try db.save(account) }
    }
}

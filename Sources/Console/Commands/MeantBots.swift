/// The bots that a question is about, which are the ones that its answer acts on.

import Core
import Store

/// Bots as a person named them, and what they are called before they are acted on.
struct MeantBots: Equatable, Sendable {
    /// What the command is sent with: ids where somebody may be asked, else the words given. A
    /// label may go to another bot while the question waits.
    let scope: BotScope
    /// The same bots in a question: labels, with the id where something else was typed.
    let words: String
}

/// The same of one bot.
struct MeantBot: Equatable, Sendable {
    let word: String
    let name: String
}

extension CommandContext {
    /// The bot that a word means now.
    /// - Parameter command: what it is meant for; who may not give it is not asked.
    /// - Throws: 4 for none or several, where somebody may be asked.
    func meant(
        _ word: String, by command: (String) -> Command
    ) throws(CommandFailure) -> MeantBot {
        guard asks(before: command(word)) else { return MeantBot(word: word, name: word) }
        return try meant(word)
    }

    /// The bots that a scope means now; all stay all.
    func meant(
        _ scope: BotScope, by command: (BotScope) -> Command
    ) throws(CommandFailure) -> MeantBots {
        guard case .named(let names) = scope, asks(before: command(scope)) else {
            return MeantBots(scope: scope, words: scope.words)
        }
        var bots: [MeantBot] = []
        for name in names { bots.append(try meant(name)) }
        return MeantBots(
            scope: .named(bots.map(\.word)), words: BotScope.named(bots.map(\.name)).words)
    }

    /// Where it cannot be read now who that is, the engine finds it, whatever it then asks for.
    private func meant(_ word: String) throws(CommandFailure) -> MeantBot {
        do throws(CommandFailure) {
            let bot = try bot(named: word)
            let name = bot.label == word ? word : "\(bot.label) (\(bot.id))"
            return MeantBot(word: bot.id.description, name: name)
        } catch {
            guard error.status != .noSuchThing else { throw error }
            return MeantBot(word: word, name: word)
        }
    }

    /// Somebody may be asked before it is sent.
    private func asks(before command: Command) -> Bool {
        let answers = [Option.yes, .preview, .confirm, .confirmLabel]
        return canAsk && !answers.contains(where: call.has) && mayDo(command)
    }
}

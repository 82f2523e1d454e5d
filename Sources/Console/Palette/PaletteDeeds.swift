/// What the commands of the `:` line ask of the console.
import Core
import Store

/// Where the line was opened.
struct PaletteContext: Sendable {
    /// The bot whose page is meant when none is named.
    var bot: BotRow?
    /// The bots that an act is about when none is named.
    var targets: [BotRow]
    var origin: TicketOrigin
    var around: Surroundings
}

/// Why a line cannot be run, as a sentence.
struct PaletteProblem: Error, Equatable, Sendable {
    var words: String
}

extension PaletteCommand {
    func actions(
        _ argument: String, _ context: PaletteContext
    ) -> Result<[ScreenAction], PaletteProblem> {
        do throws(PaletteProblem) {
            return .success(try deeds(argument, context))
        } catch {
            return .failure(error)
        }
    }

    private func deeds(
        _ argument: String, _ context: PaletteContext
    ) throws(PaletteProblem) -> [ScreenAction] {
        let around = context.around
        switch deed {
        case .run(let command): return [.run(command)]
        case .bot(let tab): return [.go(.bot(try bot(argument, context).id, tab))]
        case .commands:
            if argument.isEmpty { return [.go(.commands(nil))] }
            return [.go(.commands(try bot(argument, context).id))]
        case .ticket: return [.go(.ticket(try ticket(argument)))]
        case .newTicket: return [.go(.newTicket(context.origin))]
        case .filter: return [.setFilter(argument)]
        case .theme: return [.perform(.useTheme(try theme(argument, around)))]
        case .act(let command): return try act(command, argument, context)
        case .actOnNamed(let command):
            if argument.isEmpty { return [.run(command)] }
            let rows = [try bot(argument, context)]
            return ActList.botAct(command)?.ask(rows, around) ?? []
        case .readOnly(let isOn): return [.setReadOnly(isOn)]
        case .version: return [.say(.info, Self.version(around))]
        case .quit: return [.quit]
        }
    }

    // MARK: Acts on a bot

    /// Works from every place.
    private func act(
        _ command: KeyCommand, _ argument: String, _ context: PaletteContext
    ) throws(PaletteProblem) -> [ScreenAction] {
        guard let act = ActList.botAct(command) else { return [] }
        let rows = try targets(of: act, argument, context)
        let one = rows.count == 1 ? rows.first : nil
        if let why = act.refusal(one, context.around) {
            let subject = act.needsBot ? one?.label : nil
            throw PaletteProblem(words: "\(subject ?? name): \(why)")
        }
        return act.ask(rows, context.around)
    }

    /// The bots that the key would take, or the named one.
    private func targets(
        of act: any BotAct.Type, _ argument: String, _ context: PaletteContext
    ) throws(PaletteProblem) -> [BotRow] {
        if argument.isEmpty, !act.needsBot || !context.targets.isEmpty { return context.targets }
        // The form of a new bot would open, and not be about the named one.
        if act.key == .deploy {
            throw PaletteProblem(words: "deploy makes a new bot; start BOT starts a stopped one")
        }
        return [try bot(argument, context)]
    }

    // MARK: Names

    /// By id, exact label, or the only label that is so or starts so, if need be without regard to
    /// case; quotes around a label mean nothing.
    private func bot(
        _ typed: String, _ context: PaletteContext
    ) throws(PaletteProblem) -> BotRow {
        let isQuoted = typed.count > 1 && typed.first == "\"" && typed.last == "\""
        let name = isQuoted ? String(typed.dropFirst().dropLast()) : typed
        if name.isEmpty {
            if let bot = context.bot { return bot }
            throw PaletteProblem(words: "Which bot? \(usage)")
        }
        let rows = context.around.fleet?.rows ?? []
        if let exact = rows.first(where: { $0.id.description == name })
            ?? rows.first(where: { $0.label == name })
            ?? rows.first(where: { Label.areSame($0.label, name) })
        {
            return exact
        }
        // An id that no bot has means no bot, whatever some label begins with.
        let found = Label.isOfIDForm(name) ? [] : Self.begun(by: name, rows)
        guard let only = found.first else {
            throw PaletteProblem(words: "There is no bot \"\(name)\".")
        }
        guard found.count == 1 else {
            let names = shortened(found.map(\.label), to: 4).joined(separator: ", ")
            throw PaletteProblem(words: "\"\(name)\" is several bots: \(names). Write more of it.")
        }
        return only
    }

    private static func begun(by name: String, _ rows: [BotRow]) -> [BotRow] {
        let found = rows.filter { $0.label.hasPrefix(name) }
        guard found.isEmpty else { return found }
        return rows.filter { $0.label.lowercased().hasPrefix(name.lowercased()) }
    }

    private func ticket(_ text: String) throws(PaletteProblem) -> ID<Ticket> {
        let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard let id = ID<Ticket>(text: digits) ?? Int64(digits).map(ID<Ticket>.init) else {
            throw PaletteProblem(words: "Which ticket? \(usage)")
        }
        return id
    }

    private func theme(
        _ name: String, _ around: Surroundings
    ) throws(PaletteProblem) -> String {
        guard around.themes.contains(name) else {
            throw PaletteProblem(words: "There is no theme \"\(name)\"; Tab shows them.")
        }
        return name
    }

    private static func version(_ around: Surroundings) -> String {
        guard case .running(let greeting) = around.engine else {
            return "plutarc \(ProgramVersion.text); no engine runs"
        }
        return "plutarc \(ProgramVersion.text); engine \(greeting.build), pid \(greeting.pid), "
            + "speed \(greeting.speed)"
    }
}

/// What a bot is told to run, as its rows say; what of them cannot be read is told with it.
import Store

struct BotConfig {
    /// Nil where it has none, and where it cannot be read.
    private(set) var template: Template?
    /// Its own; nil where it has none, and where they cannot be read.
    private(set) var sessions: [SessionWindow]?
    private(set) var flaws = BotFlaws()

    init(of bot: Bot, _ db: Reading) throws(StoreError) {
        do throws(FileError) { sessions = try Self.sessions(of: bot) } catch {
            flaws.sessions = "its sessions cannot be read: \(error.headline)"
        }
        guard let name = bot.templateName else { return }
        let version = bot.templateVersion ?? 1
        if let builtIn = SystemTemplates.all.first(where: { $0.name == name }) {
            // Of an older version the newest is the heir; a newer one is not known here.
            if version <= builtIn.version { template = builtIn } else { miss(name, version) }
            return
        }
        guard let row = try db.template(name, version: version) else {
            miss(name, version)
            return
        }
        do throws(FileError) { template = try Self.template(of: row) } catch {
            flaws.template = "its template cannot be read: \(error.headline)"
        }
    }

    /// With what keeps its template from being built for a market.
    func flaws(over ticks: [Price]) -> BotFlaws {
        var found = flaws
        guard let template else { return found }
        do throws(TemplateError) {
            for tick in ticks { _ = try Strategy(template, tick: tick) }
        } catch { found.cannotBuild(template.name, error) }
        return found
    }

    private mutating func miss(_ name: String, _ version: Int) {
        flaws.template = "its template \(name) v\(version) is not there"
    }

    private static func sessions(of bot: Bot) throws(FileError) -> [SessionWindow]? {
        guard let text = bot.sessions else { return nil }
        return try SessionFile.parse(text, file: "sessions of \(bot.label)")
    }

    private static func template(of row: TemplateVersion) throws(FileError) -> Template {
        var template = try TemplateFile.parse(row.text, file: row.name)
        (template.name, template.version) = (row.name, row.version)
        return template
    }
}

/// What a bot is told to run, as its rows say; what of them cannot be read is told with it.
import Store

struct BotConfig {
    /// Nil where it has none, and where it cannot be read.
    private(set) var template: Template?
    /// Its own; nil where it has none, and where they cannot be read.
    private(set) var sessions: [SessionWindow]?
    private(set) var flaws = BotFlaws()

    init(of bot: Bot, _ database: Database) throws(LoadError) {
        do throws(FileError) { sessions = try Self.sessions(of: bot) } catch {
            flaws.sessions = "its sessions cannot be read: \(error.headline)"
        }
        guard let name = bot.templateName else { return }
        template = SystemTemplates.all.first { $0.name == name }
        guard template == nil else { return }
        let version = bot.templateVersion ?? 1
        let row = try stored { () throws(StoreError) in
            try database.read { db throws(StoreError) in try db.template(name, version: version) }
        }
        guard let row else {
            flaws.template = "its template \(name) v\(version) is not there"
            return
        }
        do throws(FileError) { template = try Self.template(of: row) } catch {
            flaws.template = "its template cannot be read: \(error.headline)"
        }
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

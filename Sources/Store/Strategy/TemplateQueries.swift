/// Reading, adding and deleting template versions.

extension TemplateVersion: Stored {
    static let table = RecordTable("templates", of: TemplateVersion.self)

    init(_ row: inout some ColumnVisitor<TemplateVersion>) throws(StoreError) {
        name = try row("name", .key) { $0.name }
        version = try row("version", .key) { $0.version }
        kind = try row("kind") { $0.kind }
        text = try row("text") { $0.text }
        createdAt = try row("created_at") { $0.createdAt }
        createdBy = try row("created_by") { $0.createdBy }
    }
}

private enum Queries {
    static let newest = TemplateVersion.table.select(
        "WHERE version = (SELECT max(version) FROM templates AS other",
        "WHERE other.name = templates.name) ORDER BY name")
    static let newestNamed = TemplateVersion.table.select(
        "WHERE name = ?1 ORDER BY version DESC LIMIT 1")
    static let one = TemplateVersion.table.select("WHERE name = ?1 AND version = ?2")
    static let delete = Query("DELETE FROM templates WHERE name = ?1")
}

extension Reading {
    /// The newest version of every template. **Order** by name.
    public func templates() throws(StoreError) -> [TemplateVersion] { try all(Queries.newest) }

    /// One version of a template, the newest when none is named.
    public func template(
        _ name: String, version: Int? = nil
    ) throws(StoreError) -> TemplateVersion? {
        try first(version == nil ? Queries.newestNamed : Queries.one) { row in
            row.put(name)
            if let version { row.put(version) }
        }
    }
}

extension Writing {
    /// Adds a version. **Throws** when the name has that version already.
    public func insert(_ template: TemplateVersion) throws(StoreError) { try add(template) }

    /// Deletes every version of a user template. **Throws** for a system template and for one that
    /// a bot runs.
    public func deleteTemplate(_ name: String) throws(StoreError) {
        try run(Queries.delete) { $0.put(name) }
    }
}

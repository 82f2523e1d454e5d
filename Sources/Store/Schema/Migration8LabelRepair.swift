/// Labels from before the rule: each that breaks it gets the nearest one that does not.

/// Frozen with the step that calls it. Works on the old tables, before they are made anew.
enum Migration8LabelRepair {
    /// Bots, keys and templates of the file, and what points at them by name.
    static func run(_ connection: Connection) throws(StoreError) {
        try connection.execute("DROP TRIGGER template_versions_are_fixed")
        try renameBots(connection)
        try renameKeys(connection)
        try renameTemplates(connection)
    }

    /// A label that stays or changes: the first of equal ones in `labels` stays.
    /// - Parameters:
    ///   - labels: in the order in which they were given.
    ///   - reserved: labels of others, which stay.
    /// - Returns: the new label of each; nil where it may stay.
    static func replacements(
        of labels: [String], fallback: String, reserved: [String] = []
    ) -> [String?] {
        let others = reserved.map { $0.lowercased() }
        var kept = Set(others)
        let stays = labels.map { Label.isPlain($0) && kept.insert($0.lowercased()).inserted }
        var taken = Set(labels.map { $0.lowercased() } + others)
        return zip(labels, stays).map { label, stays in
            if stays { return nil }
            let new = free(nearest(to: label, fallback: fallback), taken)
            taken.insert(new.lowercased())
            return new
        }
    }

    /// As much of the text as may stay: what no label holds becomes a dash, `bot-1` is `bot_1`.
    static func nearest(to text: String, fallback: String) -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let byte = scalar.isASCII ? UInt8(scalar.value) : 0
            let allowed = Label.isAllowed(byte) ? byte : Label.dash
            if allowed == Label.blank, bytes.last == Label.blank { continue }
            bytes.append(allowed)
        }
        bytes = Array(bytes.drop { $0 == Label.dash || $0 == Label.blank }.prefix(Label.longest))
        while bytes.last == Label.blank { bytes.removeLast() }
        var label = String(decoding: bytes, as: UTF8.self)
        if label.isEmpty { label = fallback }
        if Label.isOfIDForm(label) {
            label = String(label.map { $0 == "-" ? "_" : $0 })
        }
        return Label.isPlain(label) ? label : label + "_"
    }

    /// `label-2`, `label-3`; `bot_2`, where `bot-2` would be an id.
    private static func free(_ label: String, _ taken: Set<String>) -> String {
        guard taken.contains(label.lowercased()) else { return label }
        var number = 2
        while true {
            for end in ["-\(number)", "_\(number)"] {
                var head = label.prefix(Label.longest - end.count)
                while head.last == " " { head.removeLast() }
                let new = String(head + end)
                if Label.isPlain(new), !taken.contains(new.lowercased()) { return new }
            }
            number += 1
        }
    }

    /// Safe to show whatever it holds: `a\u{202E}b`.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"": "\\\(scalar)"
            case " "..."~": String(scalar)
            default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }.joined()
    }
}

extension Migration8LabelRepair {
    private static func renameBots(_ connection: Connection) throws(StoreError) {
        let rows = try rows(connection, "SELECT id, label FROM bots ORDER BY id")
        for (row, new) in changes(of: rows, fallback: "bot") {
            try set(connection, "UPDATE bots SET label = ?1 WHERE id = ?2", new, row.key)
            // What waits for this bot names it as it was called.
            try set(
                connection,
                """
                UPDATE commands SET arguments = replace(
                    arguments, '"' || ?3 || '"', '"' || ?1 || '"')
                WHERE bot_id = ?2 AND outcome IN ('queued', 'running')
                """, new, row.key, row.label)
            try tell(connection, "bot", row.label, new, of: row.key)
        }
    }

    private static func renameKeys(_ connection: Connection) throws(StoreError) {
        let rows = try rows(connection, "SELECT id, label FROM api_keys ORDER BY id")
        for (row, new) in changes(of: rows, fallback: "key") {
            try set(connection, "UPDATE api_keys SET label = ?1 WHERE id = ?2", new, row.key)
            try tell(connection, "key", row.label, new)
        }
    }

    /// What the program brings along, as it did when this step was written.
    static let systemTemplates = [
        "Trend Follower", "Mean Reverter", "Volatility Breakout", "Funding Fade",
        "Momentum Pullback", "Range Scalper", "Session Breakout", "Order-Flow Momentum",
    ]

    /// None of the system's is renamed, and none of the user's gets the name of one. A stored text
    /// begins with its name; what was traded and decided under it follows, so that it is still
    /// counted as one.
    private static func renameTemplates(_ connection: Connection) throws(StoreError) {
        let system = try rows(
            connection, "SELECT DISTINCT 0, name FROM templates WHERE kind <> 'user'")
        let users = try rows(
            connection,
            """
            SELECT 0, name FROM templates GROUP BY name HAVING min(kind = 'user') = 1
            ORDER BY min(created_at), name
            """)
        let reserved = system.map(\.label) + systemTemplates
        for (row, new) in changes(of: users, fallback: "template", reserved: reserved) {
            for statement in texts { try set(connection, statement, new, row.key, row.label) }
            // Whoever names one of the system's runs that.
            if !reserved.contains(row.label) {
                for statement in names { try set(connection, statement, new, row.key, row.label) }
            }
            try tell(connection, "template", row.label, new)
        }
    }

    private static let texts: [StaticString] = [
        """
        UPDATE templates SET name = ?1, text = replace(
            text, char(10) || 'name = ' || ?3 || char(10),
            char(10) || 'name = ' || ?1 || char(10))
        WHERE name = ?3 AND kind = 'user' AND ?2 = 0
        """
    ]
    private static let names: [StaticString] = [
        "UPDATE bots SET template_name = ?1 WHERE template_name = ?3 AND ?2 = 0",
        "UPDATE positions SET template_name = ?1 WHERE template_name = ?3 AND ?2 = 0",
        "UPDATE trades SET template_name = ?1 WHERE template_name = ?3 AND ?2 = 0",
        """
        UPDATE decision_templates SET name = ?1, text = replace(
            text, char(10) || 'name = ' || ?3 || char(10),
            char(10) || 'name = ' || ?1 || char(10))
        WHERE name = ?3 AND ?2 = 0
        """,
    ]

    private struct Row {
        var key: Int64
        var label: String
    }

    private static func changes(
        of rows: [Row], fallback: String, reserved: [String] = []
    ) -> [(Row, String)] {
        zip(rows, replacements(of: rows.map(\.label), fallback: fallback, reserved: reserved))
            .compactMap { row, new in new.map { (row, $0) } }
    }

    private static func rows(
        _ connection: Connection, _ sql: StaticString
    ) throws(StoreError) -> [Row] {
        let statement = try connection.prepare(sql.description)
        var rows: [Row] = []
        while try statement.next() {
            rows.append(Row(key: statement.takeInteger(), label: statement.takeText()))
        }
        return rows
    }

    private static func set(
        _ connection: Connection, _ sql: StaticString, _ new: String, _ key: Int64,
        _ old: String? = nil
    ) throws(StoreError) {
        let statement = try connection.prepare(sql.description)
        statement.putText(new)
        statement.putInteger(key)
        if let old { statement.putText(old) }
        _ = try statement.next()
    }

    private static func tell(
        _ connection: Connection, _ noun: String, _ old: String, _ new: String,
        of bot: Int64? = nil
    ) throws(StoreError) {
        let statement = try connection.prepare(
            """
            INSERT INTO activity (bot_id, at, kind, what, detail, actor, severity)
            VALUES (?1, coalesce((SELECT clock FROM workspace), 0), 'config', 'renamed', ?2,
                'plutarc', 'warning')
            """)
        if let bot { statement.putInteger(bot) } else { statement.putNull() }
        statement.putText(
            "the \(noun) \"\(escaped(old))\" is \"\(new)\" now: the old name could be taken for "
                + "something else")
        _ = try statement.next()
    }
}

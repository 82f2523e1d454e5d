/// Sessions as text, in the words of the template file: what a bot's own sessions are set with.

import Store

/// `[session Tokyo]` with days, start, end and zone; several one below the other.
public enum SessionFile {
    /// The longest text that is taken, in bytes.
    public static let longest = 8192

    /// What somebody who has never written one starts from.
    public static let example = """
        [session Tokyo]
        days = mon-fri
        start = 09:00
        end = 15:00
        zone = Asia/Tokyo

        """

    /// - Parameter file: its name, for errors.
    /// - Throws: ``FileError`` with file, line and key; also for a text without any session.
    public static func parse(_ text: String, file: String) throws(FileError) -> [SessionWindow] {
        guard text.utf8.count <= longest else {
            throw FileError(
                file: file, problem: "is longer than \(longest) bytes", remedy: "Write less.")
        }
        var reader = TemplateReader(try IniFile(parsing: text, file: file))
        return try reader.readSessions()
    }

    /// Ends with a newline; empty for no sessions.
    public static func print(_ sessions: [SessionWindow]) -> String {
        guard !sessions.isEmpty else { return "" }
        return sessions.map { TemplateFile.body($0).joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }
}

extension SessionWindow {
    /// `Tokyo 09:00-15:00 Asia/Tokyo Mon-Fri`.
    public var words: String {
        "\(name) \(Weekdays.clock(start))-\(Weekdays.clock(end)) \(zone) \(dayWords)"
    }

    private var dayWords: String {
        let sorted = days.sorted().filter(Weekdays.names.indices.contains)
        if sorted.count == 7 { return "daily" }
        if sorted == [0, 1, 2, 3, 4] { return "Mon-Fri" }
        return sorted.map { Weekdays.names[$0].capitalisedFirst }.joined(separator: " ")
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// Who is a member, as a file says that nobody has looked over yet.

extension Database {
    /// Only for sharing out places at the engine's door while a long opening goes on: nothing else
    /// may rest on it. Nothing is written, and nothing laid down beside the file.
    /// - Returns: nil where the file cannot be read, or does not say.
    public static func earlyMembers(at path: String) -> [Member]? {
        // Without a log the file is all there is.
        let mode: OpenMode = FileNames.size(of: path + "-wal") > 0 ? .inspect : .look
        guard let connection = try? Connection(path: path, mode: mode) else { return nil }
        return try? Reading(connection: connection).members()
    }
}

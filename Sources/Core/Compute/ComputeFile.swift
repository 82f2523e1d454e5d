/// The regions of a home: its own file, else what the program brings along.
import Store

extension ComputeCatalog {
    /// - Parameter home: the folder of the home.
    /// - Throws: ``FileError`` when the file is there and cannot be read or understood.
    public static func read(home: String) throws(FileError) -> ComputeCatalog {
        guard let text = try ownText(home: home) else { return .standard }
        return try ComputeCatalog(parsing: text, file: "\(home)/\(fileName)")
    }

    /// For an engine, which must pause and close whatever the file says: where it cannot be read
    /// or understood, what the program brings along, with the reason.
    static func inForce(home: String) -> ComputeCatalog {
        do throws(FileError) { return try read(home: home) } catch {
            var catalog = standard
            catalog.fault = error
            return catalog
        }
    }

    /// What is in force, as a person edits it: of the home, else what the program brings along.
    public static func text(home: String) throws(FileError) -> String {
        try ownText(home: home) ?? standardText
    }

    private static func ownText(home: String) throws(FileError) -> String? {
        try HomeFile.read(
            "\(home)/\(fileName)",
            remedy: "Mend the file, or remove it to use the built-in regions.")
    }
}

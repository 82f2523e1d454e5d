/// The regions of a home: its own file, else what the program brings along.
import Store

extension ComputeCatalog {
    /// - Parameter home: the folder of the home.
    /// - Throws: ``FileError`` when the file is there and cannot be read or understood.
    public static func read(home: String) throws(FileError) -> ComputeCatalog {
        let path = "\(home)/\(fileName)"
        let text = try HomeFile.read(
            path, remedy: "Mend the file, or remove it to use the built-in regions.")
        guard let text else { return .standard }
        return try ComputeCatalog(parsing: text, file: path)
    }
}

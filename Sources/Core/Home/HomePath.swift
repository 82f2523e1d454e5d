/// Where a home is: from an option, from the environment, or the default place.

import Glibc

/// The path of a home, absolute and without needless parts.
/// **Source** <doc:CommandLine#The-home>.
public enum HomePath {
    /// - Parameters:
    ///   - given: what `--home` said.
    ///   - variable: looks up an environment variable.
    /// - Throws: ``HomeError/noneNamed`` when nothing names a folder,
    ///   ``HomeError/emptyName(_:)`` or ``HomeError/hyphen(_:)`` when something of ours names none.
    public static func resolve(
        given: String?, variable: (String) -> String? = Self.environment
    ) throws(HomeError) -> String {
        if let given { return try absolute(named(given, by: "--home")) }
        if let text = variable("PLUTARC_HOME") {
            return try absolute(named(text, by: "$PLUTARC_HOME"))
        }
        // A relative XDG path is to be ignored, says the XDG base directory specification.
        if let data = variable("XDG_DATA_HOME"), isAbsolute(data) {
            return tidied(data + "/plutarc")
        }
        var home = variable("HOME")
        if home == nil { home = try accountFolder() }
        guard let home, isAbsolute(home) else { throw .noneNamed }
        return tidied(home + "/.local/share/plutarc")
    }

    private static func named(_ text: String, by source: String) throws(HomeError) -> String {
        guard !text.allSatisfy(\.isWhitespace) else { throw .emptyName(source) }
        guard text != "-" else { throw .hyphen(source) }
        return text
    }

    /// Looks into the environment of this process; nil also for what is no text.
    public static func environment(_ name: String) -> String? {
        getenv(name).flatMap { String(validatingCString: $0) }
    }

    /// By its first byte: a mark behind the slash is no part of it.
    static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    private static let slash = UInt8(ascii: "/")

    /// The path from the root. A trailing slash goes: with it the kernel would follow a link.
    /// - Throws: ``HomeError/notText(_:)`` when the working folder has no name that can be written.
    public static func absolute(_ path: String) throws(HomeError) -> String {
        if isAbsolute(path) { return tidied(path) }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard getcwd(&buffer, buffer.count) != nil else { return tidied(path) }
        guard let folder = text(buffer) else { throw .notText("the path of the working folder") }
        return tidied(folder + "/" + path)
    }

    /// Where a symbolic link leads; nil when it cannot be told.
    static func target(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Drops empty parts and `.`; keeps `..`, which only the kernel can follow rightly.
    private static func tidied(_ path: String) -> String {
        let parts = path.utf8.split(separator: slash).compactMap { String($0) }
            .filter { $0 != "." }
        return (isAbsolute(path) ? "/" : "") + parts.joined(separator: "/")
    }

    private static func accountFolder() throws(HomeError) -> String? {
        guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
        guard let text = String(validatingCString: folder) else {
            throw .notText("the home folder of the account")
        }
        return text
    }
}

/// The text of a C buffer up to its first zero; nil where the bytes are no UTF-8.
private func text(_ buffer: [CChar]) -> String? {
    String(validating: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

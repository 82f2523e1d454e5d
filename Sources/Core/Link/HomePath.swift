/// Where a home is: from an option, from the environment, or the default place.

import Glibc

/// The path of a home, absolute and without needless parts.
/// **Source** CLI, Everywhere: `--home`, `$PLUTARC_HOME`, `$XDG_DATA_HOME/plutarc`,
/// `~/.local/share/plutarc`.
public enum HomePath {
    /// - Parameters:
    ///   - given: what `--home` said.
    ///   - variable: looks up an environment variable.
    /// - Throws: ``HomeError/unknownPlace`` when nothing names a folder.
    public static func resolve(
        given: String?, variable: (String) -> String? = Self.environment
    ) throws(HomeError) -> String {
        if let given, !given.isEmpty { return absolute(given) }
        if let named = variable("PLUTARC_HOME"), !named.isEmpty { return absolute(named) }
        // A relative XDG path is to be ignored, says the XDG base directory specification.
        if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") {
            return tidied(data + "/plutarc")
        }
        guard let home = variable("HOME") ?? accountFolder(), home.hasPrefix("/") else {
            throw .unknownPlace
        }
        return tidied(home + "/.local/share/plutarc")
    }

    /// Looks into the environment of this process.
    public static func environment(_ name: String) -> String? { environmentValue(name) }

    /// The path from the root. A trailing slash goes: with it the kernel would follow a link.
    public static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return tidied(path) }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard getcwd(&buffer, buffer.count) != nil else { return tidied(path) }
        return tidied(string(buffer) + "/" + path)
    }

    /// Where a symbolic link leads; nil when it cannot be told.
    static func target(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Drops empty parts and `.`; keeps `..`, which only the kernel can follow rightly.
    private static func tidied(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    private static func accountFolder() -> String? {
        guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return nil }
        return String(cString: folder)
    }
}

/// The text of a C buffer up to its first zero.
func string(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

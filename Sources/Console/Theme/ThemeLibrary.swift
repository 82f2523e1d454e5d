/// Finds themes by name: the user's, the machine's, those inside the program.
import Core
import Glibc

/// A file of the same name wins in this order: `$XDG_CONFIG_HOME/plutarc/themes`, each of
/// `$XDG_DATA_DIRS` + `/plutarc/themes`, the built-in texts.
struct ThemeLibrary: Sendable {
    /// Folders, the strongest first.
    let folders: [String]

    init(folders: [String]) { self.folders = folders }

    init(environment: (String) -> String?) {
        var folders: [String] = []
        if let config = Self.absolute(environment("XDG_CONFIG_HOME")) {
            folders.append(config + "/plutarc/themes")
        } else if let home = Self.absolute(environment("HOME")) {
            folders.append(home + "/.config/plutarc/themes")
        }
        let data = environment("XDG_DATA_DIRS").flatMap { $0.isEmpty ? nil : $0 }
        for folder in (data ?? "/usr/local/share:/usr/share").split(separator: ":")
        where folder.hasPrefix("/") {
            folders.append(folder + "/plutarc/themes")
        }
        self.folders = folders
    }

    /// All names that can be loaded, sorted.
    var codes: [String] {
        var result = Set(BuiltInThemes.codes)
        for folder in folders {
            guard let handle = opendir(folder) else { continue }
            defer { closedir(handle) }
            while let entry = readdir(handle) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name.hasSuffix(".theme"), Self.isCode(name.dropLast(6)) {
                    result.insert(String(name.dropLast(6)))
                }
            }
        }
        return result.sorted()
    }

    /// A theme by its code, or by the path of a file (anything with a `/` or ending in `.theme`).
    /// - Throws: ``FileError`` when there is no such theme or it cannot be read.
    func load(_ name: String) throws(FileError) -> ThemePaints {
        let file = try parsed(name)
        var chain = [file]
        while let parent = chain[0].parent {
            guard chain.count < 8, !chain.contains(where: { $0.code == parent }) else {
                throw FileError(
                    file: name, key: "extends", problem: "themes extend each other in a circle",
                    remedy: "Let one of them extend base.")
            }
            chain.insert(try parsed(parent), at: 0)
        }
        // What a lone theme leaves unsaid is base's.
        if !chain.contains(where: { $0.code == "base" || $0.code == "default" }) {
            chain.insert(try parsed("base"), at: 0)
        }
        return ThemePaints(chain)
    }

    private func parsed(_ name: String) throws(FileError) -> ThemeFile {
        if name.contains("/") || name.hasSuffix(".theme") {
            let last = name.split(separator: "/").last.map(String.init) ?? name
            let code = last.hasSuffix(".theme") ? String(last.dropLast(6)) : last
            return try ThemeFile(parsing: Self.text(of: name), file: name, code: code)
        }
        if Self.isCode(name[...]), name != "base" {
            for folder in folders {
                let path = "\(folder)/\(name).theme"
                guard access(path, F_OK) == 0 else { continue }
                return try ThemeFile(parsing: Self.text(of: path), file: path, code: name)
            }
        }
        guard let text = BuiltInThemes.text(name) else {
            throw FileError(
                file: name, problem: "there is no theme of this name",
                remedy: "Themes: \(codes.joined(separator: ", ")).")
        }
        return try ThemeFile(parsing: text, file: "\(name).theme (built in)", code: name)
    }

    // MARK: Files

    private static func text(of path: String) throws(FileError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw FileError(
                file: path, problem: String(cString: strerror(errno)),
                remedy: "Check the path and its permissions.")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: ThemeFile.maxBytes + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return rest.baseAddress.map { read(descriptor, $0, rest.count) } ?? 0
            }
            guard count != 0 else { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw FileError(
                    file: path, problem: String(cString: strerror(errno)),
                    remedy: "Name a theme file.")
            }
            filled += count
        }
        guard let text = String(validating: bytes.prefix(filled), as: UTF8.self) else {
            throw FileError(
                file: path, problem: "is not UTF-8 text", remedy: "Save the file as UTF-8.")
        }
        return text
    }

    private static func absolute(_ path: String?) -> String? {
        path.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    private static func isCode(_ name: Substring) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && Untrusted.isIdentifier(String(name))
            && !name.contains("/")
    }
}

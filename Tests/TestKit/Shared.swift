/// Where the recorded data of ../shared lies, when it lies anywhere.
import Foundation

public enum Shared {
    /// The root of the package that these tests were built from.
    public static let package: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        while !FileManager.default.fileExists(
            atPath: folder.appendingPathComponent("Package.swift").path), folder.path != "/"
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// `$PLUTARC_SHARED`, else `../shared` beside the package; nil in a plain clone.
    public static let root: URL? = {
        let named = ProcessInfo.processInfo.environment["PLUTARC_SHARED"]
        let folder =
            named.map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    public static var isThere: Bool { root != nil }

    /// Every file of a folder of shared with an ending, by name. Empty without shared.
    public static func files(_ folder: String, ending: String) -> [URL] {
        guard let root else { return [] }
        let all =
            (try? FileManager.default.contentsOfDirectory(
                at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)) ?? []
        return all.filter { $0.lastPathComponent.hasSuffix(ending) }
            .sorted { $0.path < $1.path }
    }
}

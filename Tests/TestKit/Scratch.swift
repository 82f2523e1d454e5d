/// A folder of a test's own, removed when the test lets go of it.
import Foundation

public final class Scratch {
    public let url: URL
    public var path: String { url.path }

    public init(_ name: String = "plutarc-test") {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(name)-\(UUID().uuidString.prefix(8))")
        try? FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// Writes a file here and returns its path.
    public func write(_ name: String, _ text: String) -> String {
        let file = url.appendingPathComponent(name)
        try? text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

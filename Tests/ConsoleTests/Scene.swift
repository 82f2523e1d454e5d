/// A screen and the keys that bring it up, for tests over many of them.
import Store
import Testing

@testable import Console

struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var place = Destination.fleet
    var script = ""
    var role = WorkspaceRole.owner
    /// The titles that the first row of its list may hold.
    var titles: [String] = []
    var testDescription: String { name }

    /// A console that shows it.
    func journey(_ size: Size = Size(80, 30)) throws -> Journey {
        var journey = try Journey(size, at: place, role: role)
        try journey.run(script)
        return journey
    }
}

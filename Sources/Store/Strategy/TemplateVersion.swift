/// A template as it was saved, once: its text under a name and a version.

/// Never changed after it was written; a trade names the version that it ran.
public struct TemplateVersion: Sendable, Equatable, Codable {
    public var name: String
    /// 1 for the first.
    public var version: Int
    public var kind: Template.Kind
    /// In the format of `template export`.
    public var text: String
    public var createdAt: Instant
    public var createdBy: String

    public init(
        name: String, version: Int, kind: Template.Kind = .user, text: String,
        createdAt: Instant, createdBy: String
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.text = text
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}

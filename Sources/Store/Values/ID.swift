/// Row ids that do not mix.

/// What an id belongs to, with the prefix under which people see it.
public protocol Identified {
    /// Lower-case word before the number, as `bot` in `bot-12`.
    static var idPrefix: String { get }
}

/// The row id of one kind of thing, shown as `bot-12`.
public struct ID<Entity: Identified>: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let number: Int64
    @inlinable public init(_ number: Int64) { self.number = number }
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    public var description: String { "\(Entity.idPrefix)-\(number)" }

    /// Reads `bot-12`. Nil for another prefix or anything that is not a whole number.
    public init?(text: String) {
        let prefix = Entity.idPrefix + "-"
        guard text.hasPrefix(prefix), let number = Int64(text.dropFirst(prefix.count)) else {
            return nil
        }
        self.init(number)
    }
}

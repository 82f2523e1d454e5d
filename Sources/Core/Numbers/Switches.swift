/// Which safeguards are off: none, but in a test of the tests.

#if DEBUG
    /// In a debug build a test may switch any of them off.
    public typealias Switches = Set
#else
    /// A release build has no switches: there is nothing to set and nothing to ask.
    public struct Switches<Element: Hashable & Sendable>: ExpressibleByArrayLiteral, Equatable,
        Sendable
    {
        @inline(__always) public init(arrayLiteral elements: Element...) {}

        /// Always, as of an empty set.
        @inline(__always) public var isEmpty: Bool { true }

        /// Never.
        @inline(__always) public func contains(_ one: Element) -> Bool { false }
    }
#endif

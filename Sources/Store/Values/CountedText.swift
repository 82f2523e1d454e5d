/// A number with its noun, in the singular where it is one.

/// `1 position`, `3 positions`; `1 entry`, `3 entries`.
/// - Parameter plural: where it is not the noun with an `s`.
public func counted(
    _ count: some BinaryInteger, _ noun: String, _ plural: String? = nil
) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

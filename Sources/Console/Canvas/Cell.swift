/// One place on the screen: what stands there and in which role.

/// Sixteen trivial bytes, so that comparing two frames is comparing memory.
///
/// Up to three scalars (a base and two marks, 21 bits each) are packed into one word; text with
/// more marks has lost them in ``Untrusted`` before. A wide character fills two cells: the first
/// holds the scalars, the second is a ``Cell/tail(_:on:)``.
struct Cell: Hashable, Sendable {
    private(set) var packed: UInt64
    private var roleIndex: UInt8
    private var groundIndex: UInt8
    private(set) var isTail: Bool

    init(_ scalar: Unicode.Scalar, _ role: Role, on ground: Role = .background) {
        packed = UInt64(scalar.value)
        roleIndex = role.rawValue
        groundIndex = ground.rawValue
        isTail = false
    }

    static let blank = Cell(" ", .background)

    /// The second cell of a wide character.
    static func tail(_ role: Role, on ground: Role) -> Cell {
        var cell = Cell("\0", role, on: ground)
        cell.isTail = true
        return cell
    }

    /// What the text means.
    var role: Role {
        get { Role(rawValue: roleIndex) ?? .text }
        set { roleIndex = newValue.rawValue }
    }

    /// What it stands on (a header, a dialog, the selected row): gives the background.
    var ground: Role {
        get { Role(rawValue: groundIndex) ?? .background }
        set { groundIndex = newValue.rawValue }
    }

    /// Role and ground as one number, to look up what is drawn with.
    var inkIndex: Int { Int(roleIndex) << 8 | Int(groundIndex) }

    var first: Unicode.Scalar { Unicode.Scalar(UInt32(packed & 0x1F_FFFF)) ?? " " }

    /// All scalars, base first.
    var scalars: [Unicode.Scalar] {
        var result = [first]
        var rest = packed >> 21
        while rest > 0 {
            if let scalar = Unicode.Scalar(UInt32(rest & 0x1F_FFFF)) { result.append(scalar) }
            rest >>= 21
        }
        return result
    }

    /// Adds a combining mark; a third one has no room and is dropped.
    mutating func combine(_ mark: Unicode.Scalar) {
        guard packed >> 42 == 0 else { return }
        let shift: UInt64 = packed >> 21 == 0 ? 21 : 42
        packed |= UInt64(mark.value) << shift
    }
}

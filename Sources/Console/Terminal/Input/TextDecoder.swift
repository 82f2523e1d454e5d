/// Turns bytes into characters one by one, whatever reads they come in.
import CLinux
import Glibc

/// An invalid byte becomes one U+FFFD and takes nothing of what follows with it.
struct TextDecoder: Sendable {
    /// What one byte brought.
    enum Step: Equatable, Sendable {
        /// It belongs to a character that is not whole yet.
        case pending
        case scalar(Unicode.Scalar)
        /// It begins nothing.
        case broken
        /// The bytes before it never become a character; it has to be taken again.
        case brokenBefore
    }

    private enum Charset { case utf8, latin1, locale }

    static let utf8 = TextDecoder(.utf8)
    /// ISO 8859-1: every byte is the character of its number.
    static let latin1 = TextDecoder(.latin1)

    /// The character set of the locale that is set now. A locale that knows ASCII only says nothing
    /// about the terminal: what is valid UTF-8 is taken as such.
    static func ofLocale() -> TextDecoder {
        let name = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
        switch name {
        case "UTF-8", "ANSI_X3.4-1968", "US-ASCII", "": return .utf8
        case "ISO-8859-1": return .latin1
        default: return TextDecoder(.locale)
        }
    }

    /// What `mbrtowc` says in the locale that is set now.
    static var locale: TextDecoder { TextDecoder(.locale) }

    private let charset: Charset
    private var shift = linux_shift()
    private var value: UInt32 = 0
    /// How many bytes are missing; what the next may be. For UTF-8.
    private var missing = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF
    /// A character has begun and is not whole.
    private(set) var isPending = false

    private init(_ charset: Charset) { self.charset = charset }

    mutating func take(_ byte: UInt8) -> Step {
        switch charset {
        case .utf8: isPending ? next(byte) : first(byte)
        case .latin1: .scalar(Unicode.Scalar(byte))
        case .locale: ask(byte)
        }
    }

    // MARK: UTF-8

    private mutating func first(_ byte: UInt8) -> Step {
        switch byte {
        case 0..<0x80: return .scalar(Unicode.Scalar(byte))
        case 0xC2...0xDF: begin(byte & 0x1F, missing: 1, 0x80...0xBF)
        case 0xE0: begin(byte & 0x0F, missing: 2, 0xA0...0xBF)
        case 0xED: begin(byte & 0x0F, missing: 2, 0x80...0x9F)
        case 0xE1...0xEF: begin(byte & 0x0F, missing: 2, 0x80...0xBF)
        case 0xF0: begin(byte & 0x07, missing: 3, 0x90...0xBF)
        case 0xF1...0xF3: begin(byte & 0x07, missing: 3, 0x80...0xBF)
        case 0xF4: begin(byte & 0x07, missing: 3, 0x80...0x8F)
        default: return .broken
        }
        return .pending
    }

    private mutating func begin(_ bits: UInt8, missing: Int, _ allowed: ClosedRange<UInt8>) {
        value = UInt32(bits)
        self.missing = missing
        self.allowed = allowed
        isPending = true
    }

    private mutating func next(_ byte: UInt8) -> Step {
        guard allowed.contains(byte) else {
            isPending = false
            return .brokenBefore
        }
        value = value << 6 | UInt32(byte & 0x3F)
        missing -= 1
        allowed = 0x80...0xBF
        guard missing == 0 else { return .pending }
        isPending = false
        return Unicode.Scalar(value).map { .scalar($0) } ?? .broken
    }

    // MARK: The locale's

    private mutating func ask(_ byte: UInt8) -> Step {
        var wide: UInt32 = 0
        let count = linux_next_character(&wide, CChar(bitPattern: byte), &shift)
        if count == -2 {
            isPending = true
            return .pending
        }
        let began = isPending
        isPending = false
        guard count >= 0, let scalar = Unicode.Scalar(wide) else {
            shift = linux_shift()
            return began ? .brokenBefore : .broken
        }
        return .scalar(scalar)
    }
}

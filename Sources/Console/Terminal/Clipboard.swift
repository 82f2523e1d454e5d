/// Copying through the terminal itself (OSC 52), so that it works over SSH.
import Core

/// Plain inside tmux, which takes it itself; wrapped for screen, which passes nothing on.
struct Clipboard: Equatable, Sendable {
    enum Wrapping: Equatable, Sendable { case plain, screen }

    /// Longest text that terminals take.
    static let limit = 74_994

    let wrapping: Wrapping

    init(_ wrapping: Wrapping) { self.wrapping = wrapping }

    init(environment: (String) -> String?) {
        let isInTmux = environment("TMUX")?.isEmpty == false
        let isInScreen = environment("TERM")?.hasPrefix("screen") == true
        wrapping = isInScreen && !isInTmux ? .screen : .plain
    }

    /// What is sent for a text.
    struct Copy: Equatable, Sendable {
        var sequence: String
        /// How many bytes of text it carries.
        var bytes: Int
        /// Nothing of the text was left out.
        var isWhole: Bool
    }

    /// What is pasted elsewhere later, into a shell as well, is as safe as what is shown here.
    func copy(of text: String) -> Copy {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let clean = Array(lines.map { Untrusted.display(String($0)) }.joined(separator: "\n").utf8)
        let sent = Self.beginning(of: clean)
        let plain = "\u{1B}]52;c;\(Self.base64(sent))\u{07}"
        return Copy(
            sequence: wrapping == .plain ? plain : "\u{1B}P\(plain)\u{1B}\\",
            bytes: sent.count, isWhole: sent.count == clean.count)
    }

    /// What fits, ended between two characters.
    private static func beginning(of bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > limit else { return bytes }
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(bytes[..<end])
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for byte in group { word = word << 8 | UInt32(byte) }
            word <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let isFilled = place <= group.count
                let letter = letters[Int(word >> UInt32(18 - 6 * place) & 0x3F)]
                result.append(isFilled ? letter : "=")
            }
        }
        return result
    }
}

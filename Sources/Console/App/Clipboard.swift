/// Copying through the terminal itself (OSC 52), so that it works over SSH.
import Core

/// Wrapped for tmux and screen, which pass nothing on by themselves. **Source** TUI 56.
struct Clipboard: Equatable, Sendable {
    enum Wrapping: Equatable, Sendable { case none, tmux, screen }

    /// Longest text that terminals take.
    static let limit = 74_994

    let wrapping: Wrapping

    init(_ wrapping: Wrapping) { self.wrapping = wrapping }

    init(environment: (String) -> String?) {
        if environment("TMUX")?.isEmpty == false {
            wrapping = .tmux
        } else if environment("TERM")?.hasPrefix("screen") == true {
            wrapping = .screen
        } else {
            wrapping = .none
        }
    }

    /// What is pasted elsewhere later, into a shell as well, is as safe as what is shown here.
    func sequence(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let clean = lines.map { Untrusted.display(String($0)) }.joined(separator: "\n")
        let plain = "\u{1B}]52;c;\(Self.base64(Array(clean.utf8.prefix(Self.limit))))\u{07}"
        switch wrapping {
        case .none: return plain
        case .tmux: return "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\"
        case .screen: return "\u{1B}P\(plain)\u{1B}\\"
        }
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

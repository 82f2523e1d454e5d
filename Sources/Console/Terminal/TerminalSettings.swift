/// How the line to the terminal treats bytes: as we found it, and raw while the screen is ours.
import Glibc

struct TerminalSettings {
    private let descriptor: Int32
    private var found = termios()

    init(of descriptor: Int32) { self.descriptor = descriptor }

    /// Every byte at once and as it is: no echo, no lines, no signals, no flow control.
    mutating func makeRaw() {
        guard tcgetattr(descriptor, &found) == 0 else { return }
        var raw = found
        cfmakeraw(&raw)
        withUnsafeMutableBytes(of: &raw.c_cc) { keys in
            keys[Int(VMIN)] = 1
            keys[Int(VTIME)] = 0
        }
        // Not TCSADRAIN: it would wait for a terminal that takes nothing.
        tcsetattr(descriptor, TCSANOW, &raw)
    }

    func restore() {
        var settings = found
        tcsetattr(descriptor, TCSANOW, &settings)
    }
}

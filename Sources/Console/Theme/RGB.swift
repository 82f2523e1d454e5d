/// A colour in 24 bits, its contrast with another and its nearest neighbours in smaller palettes.
import Glibc

struct RGB: Hashable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#rrggbb`.
    init?(hex: some StringProtocol) {
        guard hex.utf8.count == 7, hex.utf8.first == UInt8(ascii: "#"),
            hex.utf8.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(hex.dropFirst(), radix: 16)
        else { return nil }
        self.init(value)
    }

    init(_ value: UInt32) {
        self.init(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }

    var value: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

    /// `#rrggbb`.
    var hex: String {
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Relative luminance, 0…1 (WCAG 2).
    var luminance: Double {
        0.2126 * Self.linear[Int(red)] + 0.7152 * Self.linear[Int(green)]
            + 0.0722 * Self.linear[Int(blue)]
    }

    /// Contrast ratio, 1…21 (WCAG 2).
    func contrast(with other: RGB) -> Double {
        let (first, second) = (luminance, other.luminance)
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    /// The nearest of the 240 fixed colours of a 256-colour terminal (cube and grey ramp), by
    /// squared distance in linear light. The first 16 differ from terminal to terminal.
    var nearest256: UInt8 {
        var best: UInt8 = 16
        var least = Double.infinity
        for index in UInt8(16)...255 {
            let distance = distance(to: Self.indexed(index))
            if distance < least { (best, least) = (index, distance) }
        }
        return best
    }

    /// The one of the 16 names that has this hue: greys by lightness, colours by sector of the
    /// colour circle, light ones as `bright-`.
    var nearest16: UInt8 {
        let high = Int(max(red, green, blue))
        let low = Int(min(red, green, blue))
        if (high - low) * 5 < max(high, 1) {
            return high < 64 ? 0 : high < 144 ? 8 : high < 224 ? 7 : 15
        }
        let sectors: [UInt8] = [1, 3, 2, 6, 4, 5]
        let sector = Int(((hue(high, low) + 30) / 60).rounded(.down)) % 6
        return sectors[sector] + (high + low > 300 ? 8 : 0)
    }

    /// 0..<360.
    private func hue(_ high: Int, _ low: Int) -> Double {
        let span = Double(high - low)
        let (red, green, blue) = (Double(self.red), Double(self.green), Double(self.blue))
        let turn =
            if high == Int(self.red) {
                (green - blue) / span
            } else if high == Int(self.green) {
                2 + (blue - red) / span
            } else {
                4 + (red - green) / span
            }
        return (turn * 60 + 360).truncatingRemainder(dividingBy: 360)
    }

    private func distance(to other: RGB) -> Double {
        func square(_ first: UInt8, _ second: UInt8) -> Double {
            let difference = Self.linear[Int(first)] - Self.linear[Int(second)]
            return difference * difference
        }
        return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
    }

    /// What a 256-colour terminal shows for an index; the first sixteen as xterm has them.
    static func indexed(_ index: UInt8) -> RGB {
        if index < 16 { return sixteen[Int(index)] }
        if index >= 232 {
            let grey = 8 + (index - 232) * 10
            return RGB(grey, grey, grey)
        }
        let cube = index - 16
        func step(_ level: UInt8) -> UInt8 { level == 0 ? 0 : 55 + level * 40 }
        return RGB(step(cube / 36), step(cube / 6 % 6), step(cube % 6))
    }

    private static let sixteen: [RGB] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ].map { RGB(UInt32($0)) }

    /// sRGB to linear light, one entry for each of the 256 levels.
    private static let linear: [Double] = (0..<256).map { level in
        let share = Double(level) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
}

/// Text from outside, made safe and measured before it reaches a terminal.

import Core

/// The one place through which the command line prints foreign text.
/// **Source** <doc:SafetyRules#Text-from-outside>.
enum DisplayText {
    /// The text with every control, bidi and invisible character replaced by a visible mark.
    static func clean(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
        return plain ? text : Untrusted.display(text)
    }

    /// How many cells the text takes on a terminal.
    static func width(of text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : TextWidth.of(text)
    }
}

/// Keys as tests write them: `/btc <enter> p y`.
import Core
import Store

@testable import Console

/// Words are typed letter by letter, `<…>` are single keys; 400 ms pass before each word, so that
/// dialogs listen.
enum KeyScript {
    struct Press {
        var key: Key
        /// The person waits so long before it, and after it.
        var before = Span.seconds(0)
        var after = Span.seconds(0)
    }

    static func presses(_ script: String) -> [Press] {
        script.split(separator: " ").flatMap { word in
            var presses =
                named[String(word)].map { [Press(key: $0)] }
                ?? word.map { Press(key: .character($0), after: .milliseconds(20)) }
            presses[0].before = .milliseconds(400)
            return presses
        }
    }

    private static let named: [String: Key] = [
        "<enter>": .enter, "<esc>": .escape, "<tab>": .tab, "<up>": .up, "<down>": .down,
        "<left>": .left, "<right>": .right, "<space>": .space, "<f5>": .function(5),
        "<pgdn>": .pageDown, "<end>": .end, "<home>": .home, "<bksp>": .backspace,
        "<^c>": .control("c"), "<^z>": .control("z"), "<^u>": .control("u"), "<^l>": .control("l"),
        "<^x>": .control("x"),
    ]
}

extension [BoardRequest] {
    /// What the backend would answer.
    func read(_ reader: BoardReader) throws -> [ConsoleEvent] {
        try map { .board(try $0.read(reader)) }
    }
}

/// What this process was started with, as the bytes that they are: arguments and variables.

import Glibc

/// Bytes that are no UTF-8 are refused: repaired, they would name another folder, bot or file. Of
/// variables that is said where one is looked at.
struct ProcessWords {
    /// Without the program's own name.
    let arguments: [[UInt8]]
    /// Nil when a variable is not set.
    let variable: (String) -> [UInt8]?

    init(arguments: [[UInt8]], variable: @escaping (String) -> [UInt8]?) {
        self.arguments = arguments
        self.variable = variable
    }

    /// Words that are text already.
    init(_ arguments: [String], environment: @escaping (String) -> String?) {
        self.init(arguments: arguments.map { Array($0.utf8) }) { name in
            environment(name).map { Array($0.utf8) }
        }
    }

    static var ofThisProcess: ProcessWords {
        let count = max(0, Int(CommandLine.argc))
        let words = (0..<count).compactMap { CommandLine.unsafeArgv[$0].map(bytes) }
        return ProcessWords(arguments: Array(words.dropFirst())) { getenv($0).map(bytes) }
    }

    private static func bytes(_ text: UnsafeMutablePointer<CChar>) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    /// The value of a variable; nil when it is not set, or no text.
    func environment(_ name: String) -> String? {
        variable(name).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Whether a complaint about these words must be JSON.
    var askForJSON: Bool {
        ArgumentParser.asksForJSON(arguments.map { String(decoding: $0, as: UTF8.self) })
    }

    /// **Throws** 2 for an argument that is no text.
    func texts() throws(CommandFailure) -> [String] {
        var texts: [String] = []
        for (index, bytes) in arguments.enumerated() {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                let shown = DisplayText.clean(String(decoding: bytes, as: UTF8.self))
                throw .usage(
                    "argument \(index + 1), \"\(shown)\", is not UTF-8 text",
                    remedy: "Write it in UTF-8; files and folders need names in UTF-8.")
            }
            texts.append(text)
        }
        return texts
    }

    /// A variable is set, and to bytes that are no text.
    func isNoText(_ name: String) -> Bool { variable(name) != nil && environment(name) == nil }
}

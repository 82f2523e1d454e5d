/// The built binary, found beside the tests, and one-shot runs of it.

import Core
import Foundation
import TestKit
import Testing

enum Program {
    /// `plutarc` of the build that these tests belong to.
    static let path: String = {
        var places = CommandLine.arguments.map { ($0 as NSString).deletingLastPathComponent }
        places.append(Bundle.main.bundlePath)
        for build in ["debug", "release"] {
            places.append(Shared.package.appendingPathComponent(".build/\(build)").path)
        }
        let found = places.map { $0 + "/plutarc" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return found ?? "plutarc"
    }()

    /// Runs one command to its end. The default bound is wide: a loaded machine is no failure.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
        within seconds: Double = 60
    ) throws -> Answer {
        try Child(path, arguments, input: input, environment: environment)
            .answer(within: seconds)
    }

    /// Runs one command with a home of its own that is not there.
    static func alone(_ arguments: String..., input: String? = nil) throws -> Answer {
        try run(arguments + ["--home", "/nonexistent/plutarc"], input: input)
    }
}

extension Answer {
    /// The one JSON document on stdout. **Source** <doc:CommandLine#Results-and-messages>.
    func document(_ place: SourceLocation = #_sourceLocation) throws -> JSON {
        do { return try JSON.parse(Array(output.utf8)) } catch {
            Issue.record(
                "not one JSON document: \(output.prefix(400)) \(errors.prefix(400))",
                sourceLocation: place)
            throw error
        }
    }

    /// Checks an exit status and that the message on stderr says these words.
    func expect(
        _ wanted: Int32, saying words: String..., at place: SourceLocation = #_sourceLocation
    ) {
        #expect(status == wanted, "\(output)\(errors)", sourceLocation: place)
        for word in words {
            #expect(
                errors.contains(word), "\"\(word)\" is not in: \(errors.prefix(700))",
                sourceLocation: place)
        }
    }

    /// Checks an exit status and the error document on stdout. stderr stays empty.
    func expectDocument(
        _ wanted: Int32, code: String, at place: SourceLocation = #_sourceLocation
    ) throws {
        #expect(status == wanted, "\(output)\(errors)", sourceLocation: place)
        let error = try document(place)["error"]
        #expect(error?["code"]?.text == code, "\(output)", sourceLocation: place)
        #expect(error?["message"]?.text?.isEmpty == false, sourceLocation: place)
        #expect(error?["remedy"]?.text?.isEmpty == false, "\(output)", sourceLocation: place)
        #expect(errors.isEmpty, "\(errors)", sourceLocation: place)
    }
}

/// Why a template cannot run: what is wrong in which component, and what to write instead.

import Store

/// Holds facts; a file's line is added by ``TemplateFile``.
public struct TemplateError: Error, Equatable, Sendable {
    /// The template's name.
    public var template: String
    /// The index in ``Template/components``; nil for the template itself.
    public var component: Int?
    /// `signal EMA Cross`, for people; nil for the template itself.
    public var section: String?
    public var key: String?
    public var problem: String
    public var remedy: String

    public init(
        template: String, component: Int? = nil, section: String? = nil, key: String? = nil,
        problem: String, remedy: String
    ) {
        self.template = template
        self.component = component
        self.section = section
        self.key = key
        self.problem = problem
        self.remedy = remedy
    }

    /// `Trend Follower: [signal EMA Cross] fast: …`.
    public var headline: String {
        let place = section.map { " [\($0)]" } ?? ""
        let word = key.map { " \($0):" } ?? ""
        return "\(template):\(place)\(word) \(problem)"
    }
}

extension String {
    /// What is wrong with a value that is not one of those that are expected.
    var whyRefused: String {
        // Of `notional -2` the number is the last word.
        let number = split(separator: " ").last ?? ""
        if let error = NumberError(refused: number) { return error.headline }
        let isTooLarge = number.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int(number) == nil
        return isTooLarge && !number.isEmpty
            ? "\(cut(String(number))) is out of range" : "\"\(cut(self))\" is not allowed"
    }

    /// What is wrong with a number beyond its range.
    var whyOutOfRange: String {
        NumberError(refused: self)?.headline ?? "\(self) is out of range"
    }
}

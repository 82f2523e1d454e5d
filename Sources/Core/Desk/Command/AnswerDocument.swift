/// What travels back for a command: each document is one type, which writes and reads it.
import Store

/// Written by the engine, read by whoever asked.
public protocol AnswerDocument: Sendable, Equatable {
    var json: JSON { get }
    /// Nil where it is not such a document.
    init?(_ json: JSON)
}

/// What tells how the commands of one request ended.
public protocol OutcomeDocument: AnswerDocument {
    /// Made from the rows, so that it is the same for whoever waited and for whoever asks later.
    init(_ commands: [CommandRecord], _ db: Reading) throws(StoreError)
}

/// What tells beforehand what a command would do; its token confirms just that.
public protocol PreviewDocument: AnswerDocument {
    var token: String { get }
    var bots: [NamedBot] { get }
    /// What it takes to do it.
    var need: ConfirmationNeed { get }
}

/// What has to be answered before an act whose preview was read.
public enum ConfirmationNeed: Sendable, Equatable {
    case none, yes
    case typed(String)
}

extension PreviewDocument {
    /// The label of the one bot concerned, or the number of several.
    var typedNeed: ConfirmationNeed {
        .typed(bots.count == 1 ? bots[0].label : "close \(bots.count)")
    }
}

extension CommandReport {
    /// What a question was answered with; nil where the result says something else.
    public var preview: (any PreviewDocument)? { ClosePreview(result) ?? ChangePreview(result) }
}

/// A bot as a preview names it.
public struct NamedBot: Sendable, Equatable {
    public var id: ID<Bot>
    public var label: String

    public init(id: ID<Bot>, label: String) {
        self.id = id
        self.label = label
    }

    var json: JSON { ["id": .string(id.description), "label": .string(label)] }

    init?(_ json: JSON) {
        guard let id = json["id"]?.text.flatMap(ID<Bot>.init(text:)),
            let label = json["label"]?.text
        else { return nil }
        self.init(id: id, label: label)
    }
}

extension JSON {
    /// All of a list; nil where one of it is of another kind.
    func values<Value>(_ read: (JSON) -> Value?) -> [Value]? {
        guard let elements else { return nil }
        let values = elements.compactMap(read)
        return values.count == elements.count ? values : nil
    }

    /// An exact decimal number that is written as a string.
    func decimal<Value: FixedPoint>() -> Value? { text.flatMap { try? Value.parse($0) } }
}

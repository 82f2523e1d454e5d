/// Why a template cannot be assigned, copied, imported or deleted.

import Store

/// **Source** <doc:ProductRules#Templates>.
public enum TemplateRefusal: Error, Sendable, Equatable, Codable {
    case isSystem(name: String)
    case nameTaken(name: String)
    case badName(name: String)
    /// Bots run it: their labels.
    case inUse(name: String, bots: [String])
    /// A market's candles are too long for its timeframe.
    case tooFine(name: String, needs: Timeframe, symbol: String, has: Span)
    /// The text could not be read: what, and what to do.
    case broken(headline: String, remedy: String)

    public var code: String {
        switch self {
        case .isSystem: "template_is_system"
        case .nameTaken: "template_exists"
        case .badName: "bad_template_name"
        case .inUse: "template_in_use"
        case .tooFine: "template_too_fine"
        case .broken: "template_broken"
        }
    }

    public var headline: String {
        switch self {
        case .isSystem(let name): "\(name) is a system template and cannot be changed"
        case .nameTaken(let name): "there is a template \"\(name)\" already"
        case .badName(let name): "\"\(cut(name))\" cannot name a template"
        case .inUse(let name, let bots):
            "\(name) runs on \(counted(bots.count, "bot")): "
                + bots.prefix(12).joined(separator: ", ") + (bots.count > 12 ? " …" : "")
        case .tooFine(let name, let needs, let symbol, let has):
            "\(name) decides on candles of \(needs.rawValue), \(symbol) has candles of "
                + has.ageText
        case .broken(let headline, _): headline
        }
    }

    public var remedy: String {
        switch self {
        case .isSystem(let name):
            "Copy it and change the copy: plutarc template copy \"\(name)\" NAME."
        case .nameTaken: "Choose another name."
        case .badName: Label.rule
        case .inUse(_, let bots):
            "Give those bots another template first: plutarc assign-template "
                + "\(asWord(bots.first ?? "BOT")) TEMPLATE."
        case .tooFine: "Use a template whose timeframe is a multiple of the market's candles."
        case .broken(_, let remedy): remedy
        }
    }
}

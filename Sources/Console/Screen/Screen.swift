/// A screen: its state, what keys do in it and how it is drawn, as one value.
import Core
import Store

/// How to add one: a struct that conforms, a case in ``Destination``, a line in
/// ``ScreenDirectory``.
///
/// Screens are values and perform nothing: they return ``ScreenAction``s. The console around them
/// draws header, crumb line, message line and key hints, opens the filter prompt, refuses keys
/// that role, read-only mode or a stopped engine forbid, and keeps wanted boards fresh.
protocol Screen: Sendable {
    /// The name for `plutarc screen NAME`, drafts and kept views: `fleet`, `bot`.
    var name: String { get }
    /// Whose keys hold here.
    var keyContext: KeyContext { get }
    /// Boards that it needs at this size; read at once when it is opened, again whenever
    /// something changes.
    func wants(_ around: Surroundings) -> [BoardRequest]
    /// A board arrived, perhaps one that another screen wanted.
    mutating func receive(_ board: Board, _ around: Surroundings)
    /// What a key means here; nil when it means nothing, so that the console may use it.
    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]?
    /// A text field has the focus: keys come to ``type(_:_:)`` as they are.
    var takesText: Bool { get }
    mutating func type(_ key: Key, _ around: Surroundings) -> [ScreenAction]
    mutating func paste(_ text: String, _ around: Surroundings) -> [ScreenAction]
    /// A command has ended, sent from here or elsewhere.
    mutating func hear(_ settled: SettledCommand, _ around: Surroundings) -> [ScreenAction]
    /// `$EDITOR` ended with a text for the tag that this screen gave.
    mutating func edited(_ tag: String, _ text: String, _ around: Surroundings) -> [ScreenAction]
    /// An entry of a menu that this screen opened was chosen: a sort column, a template.
    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction]
    /// Once a second: for drafts that are to be saved, previews that grow old.
    mutating func tick(_ around: Surroundings) -> [ScreenAction]

    /// Section > item on the left, counts and order on the right.
    func crumb(_ around: Surroundings) -> Crumb
    /// Why a key of this screen does nothing now, beyond role and read-only: "no bot selected".
    func refusal(of binding: Binding, _ around: Surroundings) -> String?
    /// Key hints of the moment; nil takes them from the keymap.
    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]?
    /// The filter in force; nil when there is nothing to filter here.
    var filter: String? { get set }
    /// The filter is taken as it was typed; until then it is looked at, and may be given up.
    mutating func acceptFilter()
    /// Names of the fields that the filter knows, for the prompt.
    func filterFields(_ around: Surroundings) -> [String]
    /// Why the filter in force cannot be asked; it stands in the place of the rows.
    func filterProblem(_ around: Surroundings) -> FilterProblem?
    /// The bot that is meant now: for a ticket from here, for the palette.
    func currentBot(_ around: Surroundings) -> BotRow?
    /// The bots that an act from here is about: the marked ones, else the current one.
    func targets(_ around: Surroundings) -> [BotRow]
    /// Draws the body: everything between the crumb line and the message line. Any size from 0x0.
    func draw(in canvas: Canvas, _ around: Surroundings)
}

/// The second row of the screen.
struct Crumb: Equatable, Sendable {
    /// Section first: `["Fleet", "btc-trend-01"]`.
    var path: [String]
    /// `12 of 40   2 marked`.
    var counts = ""
    /// `sort label ^`.
    var order = ""
}

extension Screen {
    func wants(_ around: Surroundings) -> [BoardRequest] { [] }
    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] { [] }
    mutating func receive(_ board: Board, _ around: Surroundings) {}
    var takesText: Bool { false }
    mutating func type(_ key: Key, _ around: Surroundings) -> [ScreenAction] { [] }
    mutating func paste(_ text: String, _ around: Surroundings) -> [ScreenAction] { [] }
    mutating func hear(_ settled: SettledCommand, _ around: Surroundings) -> [ScreenAction] { [] }
    mutating func edited(
        _ tag: String, _ text: String, _ around: Surroundings
    ) -> [ScreenAction] { [] }
    mutating func tick(_ around: Surroundings) -> [ScreenAction] { [] }
    func refusal(of binding: Binding, _ around: Surroundings) -> String? { nil }
    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? { nil }
    var filter: String? {
        get { nil }
        set {}
    }
    mutating func acceptFilter() {}
    func filterFields(_ around: Surroundings) -> [String] { [] }
    func filterProblem(_ around: Surroundings) -> FilterProblem? { nil }
    func currentBot(_ around: Surroundings) -> BotRow? { nil }
    func targets(_ around: Surroundings) -> [BotRow] { currentBot(around).map { [$0] } ?? [] }
}

/// By what a list is sorted: the orders that it offers, and the one in force.
import Core

/// The raw value is its name; it is kept across runs.
protocol RowOrder: CaseIterable, Equatable, RawRepresentable, Sendable
where RawValue == String, AllCases == [Self] {
    associatedtype Row
    static var menuTitle: String { get }
    /// In the menu.
    var title: String { get }
    /// Chooses it in the menu.
    var key: Key? { get }
    /// What is greatest comes first at first.
    var beginsDescending: Bool { get }
    /// Ties are broken, so that rows never jump about.
    func sorted(_ rows: [Row], isDescending: Bool, _ around: Surroundings) -> [Row]
}

extension RowOrder {
    static var menuTitle: String { "Sort by" }
    /// Digits, then letters that move nothing in a menu; nil where there are none left.
    var key: Key? {
        Self.allCases.firstIndex(of: self).flatMap { place in
            orderKeys.indices.contains(place) ? .character(orderKeys[place]) : nil
        }
    }
    var beginsDescending: Bool { false }

    /// Below 0 when the left comes first.
    static func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}

/// By which the orders of a list are chosen, in their order.
private let orderKeys = Array("1234567890abcdefhilmnoprstuvwxyz")

/// The order in force: `s` chooses another one, `S` turns it round.
struct Sorting<Order: RowOrder>: Equatable, Sendable {
    private(set) var order: Order
    private(set) var isDescending = false

    init(_ order: Order) { self.order = order }

    /// As it was kept: its name and `descending`, perhaps among other words.
    init(kept text: String?, else order: Order) {
        self.order = order
        for word in (text ?? "").split(separator: " ") {
            if word == "descending" { isDescending = true }
            self.order = Order(rawValue: String(word)) ?? self.order
        }
    }

    var kept: [String] { [order.rawValue] + (isDescending ? ["descending"] : []) }

    /// `sort label ^`.
    var words: String { "sort \(order.title) \(isDescending ? "v" : "^")" }

    var column: TableSort { TableSort(column: order.rawValue, isDescending: isDescending) }

    mutating func reverse() { isDescending.toggle() }

    /// False for a choice that is no order.
    mutating func choose(_ choice: String) -> Bool {
        guard let order = Order(rawValue: choice) else { return false }
        self.order = order
        isDescending = order.beginsDescending
        return true
    }

    func sorted(_ rows: [Order.Row], _ around: Surroundings) -> [Order.Row] {
        order.sorted(rows, isDescending: isDescending, around)
    }

    var menu: ListMenu {
        let entries = Order.allCases.map { each in
            ListMenu.Entry(
                key: each.key, label: each.title, note: each == order ? "now" : "",
                actions: [.choose(each.rawValue)])
        }
        return ListMenu(
            "sort", title: Order.menuTitle, entries,
            cursor: Order.allCases.firstIndex(of: order) ?? 0)
    }
}

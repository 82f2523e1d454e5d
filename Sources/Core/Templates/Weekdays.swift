/// Days of the week and times of day as people write them in files.

enum Weekdays {
    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Reads `mon-fri`, `sat sun` or `mon, wed-fri`; a range may pass Sunday. Nil for other text.
    static func parse(_ text: String) -> Set<Int>? {
        var days: Set<Int> = []
        for part in text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," }) {
            let ends = part.split(separator: "-").map { names.firstIndex(of: String($0)) }
            guard let from = ends.first ?? nil, let to = ends.last ?? nil, ends.count <= 2 else {
                return nil
            }
            var day = from
            days.insert(day)
            while day != to {
                day = (day + 1) % 7
                days.insert(day)
            }
        }
        return days.isEmpty ? nil : days
    }

    /// Minutes after midnight as `09:30`. **Range** 0...1440.
    static func clock(_ minutes: Int) -> String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// Reads `09:30`, up to `24:00`. Nil for anything else.
    static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            text.utf8.allSatisfy({ $0 == 0x3A || (0x30...0x39).contains($0) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
        else { return nil }
        let total = hour * 60 + minute
        return total <= 1440 ? total : nil
    }
}

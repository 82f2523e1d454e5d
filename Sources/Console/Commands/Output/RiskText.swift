/// Limits with what is used of them, as text.

import Core
import Store

enum RiskText {
    static func lines(_ dossier: BotDossier) -> [String] {
        var table = TextTable([
            .text("limit"), .number("value"), .number("now"), .number("used"), .text("unit"),
            .text("source"), .text("when hit"),
        ])
        let used = Dictionary(uniqueKeysWithValues: dossier.headroom.map { ($0.name, $0) })
        for name in RiskLimitName.allCases {
            let headroom = used[name]
            let value = name.value(in: dossier.limits)
            table.add([
                name.rawValue, value.text, headroom?.used.map(now),
                headroom?.share.map { ($0 * 100).text(decimals: 0) + " %" },
                name.unit, value == name.standard ? "default" : "custom",
                (headroom?.isReached == true ? "REACHED: " : "") + name.effect,
            ])
        }
        return table.lines
    }

    /// Percent with two decimals, counts as they are.
    private static func now(_ value: RiskLimitValue) -> String {
        if case .percent(let rate) = value { return (rate * 100).text(decimals: 2) }
        return value.text
    }
}

/// The table of a bot's life: every event in every state, and the words of each refusal.

import Core
import Store
import Testing

@Suite struct BotTransitionsTests {
    /// One row an event, one column a state in the order of the enumeration: deploying, online,
    /// paused, offline, error, sleeping, waking, winding down, stopped. A number is the
    /// transition, `f` the flag alone, `.` a refusal. **Source** <doc:ProductRules#Transitions>.
    private static let table: [(LifeEvent, String)] = [
        (.provisioned, "2 . . . . . 15 . ."),
        (.provisioningFailed, "3 . . . . . 16 . ."),
        (.pause, "f 4 4 f f f f . ."),
        (.resume, "f 5 5 f f f f . ."),
        (.closeAll, "f 6 6 f f f f . ."),
        (.heartbeatsMissed, ". 7 7 . . . . . ."),
        (.heartbeatReturned, ". . . 8 . . . . ."),
        (.criticalError, ". 9 9 9 . . . . ."),
        (.recovered, ". . . . 10 . . . ."),
        (.restart, ". 11 11 11 11 . . . ."),
        (.update, ". 12 12 . . . . . ."),
        (.sessionsEnded, ". 13 13 . . . . . ."),
        (.wakeDue, ". . . . . 14 . . ."),
        (.stop, "17 17 17 17 17 19 17 . ."),
        (.released, ". . . . . . . 18 ."),
        (.redeploy, ". . . . . . . . 20"),
    ]

    private static let ends: [Int: BotState] = [
        2: .online, 3: .error, 7: .offline, 8: .online, 9: .error, 10: .online, 13: .sleeping,
        14: .waking, 15: .online, 16: .error, 17: .windingDown, 18: .stopped, 19: .stopped,
        20: .deploying,
    ]

    private static func expected(_ cell: Substring, _ event: LifeEvent) -> LifeStep? {
        if cell == "." { return .refused }
        if cell == "f" { return .flags(paused: event != .resume, nil) }
        guard let number = Int(cell), let transition = Transition(rawValue: number) else {
            return nil
        }
        switch number {
        case 4...6: return .flags(paused: event != .resume, transition)
        case 11, 12: return .overlays(transition)
        default: return ends[number].map { .becomes($0, transition) }
        }
    }

    @Test func everyEventInEveryStateIsInTheTable() throws {
        #expect(Set(Self.table.map(\.0)) == Set(LifeEvent.allCases))
        for (event, row) in Self.table {
            let cells = row.split(separator: " ")
            try #require(cells.count == BotState.allCases.count)
            for (state, cell) in zip(BotState.allCases, cells) {
                let expected = try #require(Self.expected(cell, event))
                #expect(BotTransitions.step(event, in: state) == expected, "\(event) in \(state)")
            }
        }
    }

    @Test func allTwentyTransitionsExistAndNoneBesides() {
        var seen: Set<Transition> = [.t1]
        for event in LifeEvent.allCases {
            for state in BotState.allCases {
                switch BotTransitions.step(event, in: state) {
                case .becomes(_, let transition), .overlays(let transition),
                    .flags(_, let transition?):
                    seen.insert(transition)
                case .flags, .refused: break
                }
            }
        }
        #expect(BotTransitions.birth == .deploying)
        #expect(seen == Set(Transition.allCases))
    }

    @Test func everyRefusalSaysWhatToDo() {
        for event in LifeEvent.allCases {
            for state in BotState.allCases where BotTransitions.step(event, in: state) == .refused {
                let refusal = Refusal.life(
                    .wrongState(bot: "trend-1", state: state, event: event))
                let words = refusal.json.description
                #expect(words.contains("trend-1 is \(state.title)"))
                #expect(BotTransitions.remedy(event, in: state, bot: "trend-1").hasSuffix("."))
                #expect(refusal.exitStatus == 5)
            }
        }
    }
}

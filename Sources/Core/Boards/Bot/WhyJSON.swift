/// A decision record as JSON: scores, weights, verdicts, blockers.

import Store

extension WhyBoard {
    /// **Source** <doc:CommandLine#Decisions>.
    public var json: JSON {
        [
            "bot": .string(botLabel), "bot_id": .id(botID), "symbol": .string(symbol),
            "symbols": .list(symbols) { .string($0) }, "at": .time(at),
            "close": .decimal(close), "template": .string(templateName),
            "template_version": .int(templateVersion), "limits_version": .int(limitsVersion),
            "timeframe": .optional(template?.timeframe.rawValue),
            "mode": .optional(template?.mode.rawValue), "threshold": .double(template?.threshold),
            "score": .double(score), "lean": .optional(lean?.rawValue),
            "entered": .bool(entered), "verdict": .string(verdict),
            "first_blocker": firstBlocker?.json ?? .null, "blockers": .list(blockers) { $0.json },
            "steps": .list(steps) { $0.json }, "replays_to_the_same": .bool(replaysToTheSame),
            "older": .time(older), "newer": .time(newer),
        ]
    }
}

extension WhyStep {
    public var json: JSON {
        [
            "stage": .string(stage.rawValue), "name": .string(name),
            "verdict": .string(verdict), "value": value.isEmpty ? .null : .string(value),
            "weight": .double(weight), "blocks": .bool(blocks), "first": .bool(isFirst),
        ]
    }
}

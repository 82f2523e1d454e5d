/// How far a start is, on the wire, in the lease and in words.

import Store

extension StartProgress {
    var json: JSON {
        [
            "phase": .string(phase.rawValue), "done": .int(done), "total": .int(total),
            "silent": .optional(silentStep.map { String($0.prefix(40)) }),
            "holder": holder.map { .int($0) } ?? .null,
        ]
    }

    /// Nil for null, and for a phase that this release does not know.
    init?(_ json: JSON) {
        guard let phase = json["phase"]?.text.flatMap(StartPhase.init(rawValue:)),
            let done = json["done"]?.integer, let total = json["total"]?.integer
        else { return nil }
        self.init(phase, done: done, of: total, silentStep: json["silent"]?.text)
        holder = json["holder"]?.integer.flatMap(Int32.init(exactly:))
    }

    /// `loading, 312 of 1000 bots`.
    public var words: String {
        if let silentStep { return "\(phase.title): \(silentStep)" }
        if let holder { return "waiting for process \(holder), which holds the database" }
        guard total > 0 else { return phase.title }
        switch phase {
        case .loading: return "\(phase.title), \(done) of \(counted(total, "bot"))"
        default: return "\(phase.title), \(percent) %"
        }
    }

    /// **Range** 0...100.
    public var percent: Int64 {
        guard total > 0 else { return 0 }
        return multiplyDivide(min(max(done, 0), total), 100, total, .down)
    }
}

extension StartPhase {
    var title: String {
        switch self {
        case .opening: "opening the database"
        case .held: "waiting for another program, which holds the database"
        case .checking: "checking the database"
        case .upgrading: "upgrading the database"
        case .loading: "loading"
        case .catchingUp: "catching up with the market"
        }
    }
}

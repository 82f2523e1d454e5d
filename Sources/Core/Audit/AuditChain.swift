/// The hash chain over the audit: linking one row to the row before it.

import Store

extension AuditHead {
    public init(of entry: AuditEntry) { self.init(sequence: entry.id.number, hash: entry.hash) }

    /// Of a chain without rows.
    public static let empty = AuditHead(sequence: 0, hash: String(repeating: "0", count: 64))

    /// `audit-head 1234 9f86…`: the line that is noted outside the database as an anchor.
    public var anchorText: String { "audit-head \(sequence) \(hash)" }

    /// Reads ``anchorText``. Nil for anything else.
    public init?(anchorText text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[0] == "audit-head", let sequence = Int64(words[1]),
            sequence >= 0, Crypto.bytes(hex: String(words[2]))?.count == Crypto.digestLength
        else { return nil }
        self.init(sequence: sequence, hash: String(words[2]))
    }
}

/// h(n) = SHA-256(h(n−1) ‖ canonical record n). **Source** <doc:SafetyRules#The-audit-chain>.
public enum AuditChain {
    /// The entry as the next of the chain: numbered, with both hashes set.
    public static func chained(_ entry: AuditEntry, after head: AuditHead) -> AuditEntry {
        var next = entry
        next.id = ID(head.sequence + 1)
        next.previousHash = head.hash
        next.hash = hash(of: next)
        return next
    }

    /// What the entry's hash must be, given its own previous hash.
    public static func hash(of entry: AuditEntry) -> String {
        Crypto.hex(Crypto.sha256(Array(entry.previousHash.utf8) + canonical(entry)))
    }

    /// Every field but the hashes, each after its length in eight bytes, so that no two entries
    /// share one form. The first byte is the version of this form.
    static func canonical(_ entry: AuditEntry) -> [UInt8] {
        var out: [UInt8] = [1]
        out.reserveCapacity(512)
        for number in [
            entry.id.number, entry.at.milliseconds, entry.wallAt.milliseconds, entry.uid,
        ] {
            append(UInt64(bitPattern: number), to: &out)
        }
        for text in [
            entry.actor, entry.role, entry.workspace, entry.verb, entry.target, entry.before,
            entry.after, entry.reason, entry.session, entry.outcome,
        ] {
            append(UInt64(text.utf8.count), to: &out)
            out += text.utf8
        }
        return out
    }

    private static func append(_ number: UInt64, to out: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            out.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

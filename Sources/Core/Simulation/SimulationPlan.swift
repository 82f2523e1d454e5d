/// How long a simulation runs, over how many bots, and how much goes wrong.
import Store

extension FaultScales {
    static let range = 0.0...10.0

    /// Reads `storms=2,crashes=0`; `all=0.5` sets every one; `none` for none at all; what is not
    /// named stays as usual.
    /// - Throws: ``SimulationPlanError`` for another name or a number out of range.
    public init(parsing text: String) throws(SimulationPlanError) {
        self.init()
        if text == "none" {
            set(all: 0)
            return
        }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw .badFault(String(part)) }
            let scale = try Self.scale(pair[1], of: String(pair[0]))
            if pair[0] == "all" {
                set(all: scale)
            } else if let fault = SimulatedFault(rawValue: String(pair[0])) {
                self[fault] = scale
            } else {
                throw .badFault(String(part))
            }
        }
    }

    private static func scale(
        _ text: Substring, of name: String
    ) throws(SimulationPlanError) -> Double {
        do throws(NumberError) {
            let scale = try Rate.parse(unsigned: text, orZero: true).double
            guard range.contains(scale) else { throw .outOfRange(String(text)) }
            return scale
        } catch { throw .badNumber("--faults: \(name)", error) }
    }

    private mutating func set(all scale: Double) {
        for fault in SimulatedFault.allCases { self[fault] = scale }
    }

    /// As ``init(parsing:)`` reads it: what is not as usual.
    public var text: String {
        SimulatedFault.allCases.filter { self[$0] != 1 }.map { "\($0.rawValue)=\(self[$0])" }
            .joined(separator: ",")
    }
}

/// What one seed plays through.
public struct SimulationPlan: Sendable, Equatable {
    /// **Range** 1...365.
    public var days: Int
    /// **Range** 1...200.
    public var bots: Int
    public var faults: FaultScales
    /// Safeguards that are off; only tests of the tests switch any.
    var disarmed: Switches<Safeguard> = []

    public init(days: Int = 3, bots: Int = 8, faults: FaultScales = .usual) {
        self.days = days
        self.bots = bots
        self.faults = faults
    }
}

/// Why a plan cannot be read.
public enum SimulationPlanError: Error, Sendable, Equatable {
    case badFault(String)
    case badSeeds(String)
    /// Where it stands, and what is wrong with it.
    case badNumber(String, NumberError)

    public var headline: String {
        switch self {
        case .badNumber(let place, let error): "\(place): \(error.headline)"
        case .badFault(let text): "--faults: \"\(text)\" is not NAME=SCALE"
        case .badSeeds(let text): "--seeds: \"\(text)\" names no seeds"
        }
    }

    public var remedy: String {
        switch self {
        case .badNumber("--seeds", _): Self.badSeeds("").remedy
        case .badNumber: "Write a scale from 0 to 10, as storms=2."
        case .badFault:
            "Names are all, \(SimulatedFault.allCases.map(\.rawValue).joined(separator: ", ")); "
                + "scales 0 to 10; or none."
        case .badSeeds: "Write one number, or two with two dots: 1..100."
        }
    }
}

extension ClosedRange where Bound == UInt64 {
    /// Reads `7` or `1..100`. At most a million seeds.
    /// - Throws: ``SimulationPlanError/badSeeds(_:)``.
    public init(seeds text: String) throws(SimulationPlanError) {
        let dots = text.firstRange(of: "..")
        let low = try Self.seed(dots.map { text[..<$0.lowerBound] } ?? text[...])
        let high = try Self.seed(dots.map { text[$0.upperBound...] } ?? text[...])
        guard let low, let high, low <= high, high - low < 1_000_000 else { throw .badSeeds(text) }
        self = low...high
    }

    private static func seed(_ text: Substring) throws(SimulationPlanError) -> UInt64? {
        let isNumber = UInt64(text.dropFirst()) != nil
        if isNumber, text.first == "-" { throw .badNumber("--seeds", .negative(String(text))) }
        if isNumber, text.first == "+" { throw .badNumber("--seeds", .plusSign(String(text))) }
        return UInt64(text)
    }
}

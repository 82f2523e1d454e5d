/// How long a simulation runs, over how many bots, and how much goes wrong.

/// Scales of the faults: 0 is never, 1 the usual, 10 the most.
public struct FaultScales: Sendable, Equatable {
    /// Minutes in which the exchange answers next to nothing.
    public var storms = 1.0
    /// Single answers that fail.
    public var strays = 1.0
    /// The engine is killed between two commits, and started again.
    public var crashes = 1.0

    public static let usual = FaultScales()
    static let names = ["storms", "strays", "crashes"]
    static let range = 0.0...10.0

    public init() {}

    /// Reads `storms=2,crashes=0`; `none` for none at all; what is not named stays as usual.
    /// - Throws: ``SimulationPlanError`` for another name or a number out of range.
    public init(parsing text: String) throws(SimulationPlanError) {
        self.init()
        if text == "none" {
            (storms, strays, crashes) = (0, 0, 0)
            return
        }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let scale = Double(String(pair[1])),
                Self.range.contains(scale)
            else { throw .badFault(String(part)) }
            switch pair[0] {
            case "storms": storms = scale
            case "strays": strays = scale
            case "crashes": crashes = scale
            default: throw .badFault(String(part))
            }
        }
    }

    /// How many times less often something comes that is usually due in `mean` units; 0: never.
    func mean(_ mean: Int, _ scale: Double) -> Int {
        scale == 0 ? 0 : max(1, Int(Double(mean) / scale))
    }
}

/// What one seed plays through.
public struct SimulationPlan: Sendable, Equatable {
    /// **Range** 1...365.
    public var days: Int
    /// **Range** 1...200.
    public var bots: Int
    public var faults: FaultScales

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

    public var headline: String {
        switch self {
        case .badFault(let text): "\"\(text)\" is not NAME=SCALE"
        case .badSeeds(let text): "\"\(text)\" names no seeds"
        }
    }

    public var remedy: String {
        switch self {
        case .badFault:
            "Names are \(FaultScales.names.joined(separator: ", ")); scales 0 to 10; or none."
        case .badSeeds: "Write one number, or two with two dots: 1..100."
        }
    }
}

extension ClosedRange where Bound == UInt64 {
    /// Reads `7` or `1..100`. At most a million seeds.
    /// - Throws: ``SimulationPlanError/badSeeds(_:)``.
    public init(seeds text: String) throws(SimulationPlanError) {
        let dots = text.firstRange(of: "..")
        let low = UInt64(dots.map { String(text[..<$0.lowerBound]) } ?? text)
        let high = UInt64(dots.map { String(text[$0.upperBound...]) } ?? text)
        guard let low, let high, low <= high, high - low < 1_000_000 else { throw .badSeeds(text) }
        self = low...high
    }
}

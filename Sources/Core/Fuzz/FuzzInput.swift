/// One random input: a template, limits, an instrument and a small candle file, all from one seed.
import Store

/// As text, so that it comes through the doors that people's files come through.
public struct FuzzInput: Sendable {
    public let seed: UInt64
    public private(set) var template = ""
    public private(set) var candles = ""
    private(set) var limits: [LimitSetting] = []
    private(set) var equity = Money.units(10_000)
    private(set) var fees: Rate?
    private(set) var tick: Price?
    private(set) var lot: Quantity?
    private var values: FuzzValues
    /// What surrounds the numbers at hand is ordinary: so most bots come to trade on them.
    private let isPlain: Bool

    public init(seed: UInt64) {
        self.seed = seed
        values = FuzzValues(seed: seed)
        isPlain = values.chance(3, in: 4)
        makeTemplate()
        makeLimits()
        makeInstrument()
        makeCandles()
    }

    /// All of it, for whoever looks into what it did.
    public var description: String {
        let set = limits.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        return "seed \(seed)\n\(template)\nlimits \(set)\nequity \(equity) fees "
            + "\(fees?.description ?? "usual") tick \(tick?.description ?? "the file's") lot "
            + "\(lot?.description ?? "the file's")\n\(candles)"
    }

    // MARK: - The template

    private mutating func makeTemplate() {
        let modes = Template.Mode.allCases.map(\.rawValue)
        let directions = Template.Direction.allCases.map(\.rawValue)
        var lines = [
            "[template]", "name = Fuzz",
            "timeframe = \(isPlain ? "1m" : values.one(of: ["1m", "1m", "5m", "1h"]))",
            "mode = \(values.one(of: modes))",
            "threshold = \(isPlain ? "0" : values.one(of: ["0", "0.1", "0.5", "1"]))",
            "direction = \(values.one(of: directions))", "sizing = \(sizing())",
            "leverage = \(values.one(of: isPlain ? [1, 2, 5] : [1, 1, 1, 2, 10, 100]))",
            "warm_up = \(isPlain ? 0 : values.whole(0...3))",
        ]
        for _ in 0...(isPlain ? 0 : values.whole(0...1)) { lines += component(.signal) }
        for role in [ComponentRole.filter, .gate, .guardRole]
        where values.chance(1, in: isPlain ? 40 : 6) {
            lines += component(role)
        }
        for _ in 0...values.whole(0...2) { lines += component(.exit) }
        template = lines.joined(separator: "\n") + "\n"
        if values.chance(1, in: 50) { template = torn(template) }
    }

    private mutating func sizing() -> String {
        switch isPlain ? 3 : values.whole(0...7) {
        case 0: "quantity \(Quantity(nearest: values.spread(-7...9)))"
        case 1: "notional \(Money(nearest: values.spread(-2...9)))"
        case 2: "equity_percent \(values.one(of: ["0.01", "100", "1000"]))"
        case 3...6: "equity_percent \(values.one(of: ["1", "10", "50", "90"]))"
        default: "risk_percent \(values.one(of: ["0.01", "1", "10", "100"]))"
        }
    }

    private mutating func component(_ role: ComponentRole) -> [String] {
        let kind = values.one(of: Catalog.components.filter { $0.roles.contains(role) })
        var lines = ["", "[\(role.rawValue) \(kind.name)]"]
        if role == .signal { lines.append("weight = \(values.one(of: ["1", "10", "0.5"]))") }
        var given: [String: String] = [:]
        let parameters = kind.parameters(in: role)
        for parameter in parameters where role == .exit || values.chance(1, in: 3) {
            given[parameter.key] = value(of: parameter)
        }
        // So that something is opened after few candles.
        for parameter in parameters where role != .exit && given[parameter.key] == nil {
            if case .whole(let range) = parameter.form {
                given[parameter.key] = String(values.length(range))
            } else if ["threshold", "deviations", "multiple"].contains(parameter.key) {
                given[parameter.key] = parameter.least
            }
        }
        order(&given)
        for parameter in parameters {
            if let text = given[parameter.key] { lines.append("\(parameter.key) = \(text)") }
        }
        return lines
    }

    /// Parameters of which one has to lie below the other, mostly do.
    private mutating func order(_ given: inout [String: String]) {
        let pairs = [("low", "high"), ("fast", "slow"), ("min", "max"), ("offset", "arm")]
        for (low, high) in pairs {
            guard let first = given[low].flatMap(Double.init),
                let second = given[high].flatMap(Double.init), first >= second
            else { continue }
            (given[low], given[high]) = (given[high], given[low])
            if first == second { (given[low], given[high]) = (nil, nil) }
        }
    }

    private mutating func value(of parameter: ParameterKind) -> String {
        switch parameter.form {
        case .whole(let range): String(values.length(range))
        case .number(let range): values.number(range).text(decimals: 4)
        case .word(let words): values.one(of: words)
        }
    }

    /// With one place overwritten: readers get what nobody meant.
    private mutating func torn(_ text: String) -> String {
        var bytes = Array(text.utf8)
        bytes[values.whole(0...bytes.count - 1)] = UInt8(values.whole(0...255))
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Limits and instrument

    private mutating func makeLimits() {
        for name in RiskLimitName.allCases where values.chance(1, in: isPlain ? 8 : 2) {
            guard let range = name.range else {
                limits.append(LimitSetting(name.rawValue, values.one(of: ["true", "false"])))
                continue
            }
            let end = isPlain || values.chance(2, in: 3) ? range.most : range.least
            limits.append(LimitSetting(name.rawValue, end.text))
        }
    }

    private mutating func makeInstrument() {
        if isPlain {
            equity = Money(nearest: values.spread(4...8))
            lot = Quantity(raw: 1)
            return
        }
        if values.chance(1, in: 3) { equity = Money(nearest: values.spread(-8...8)) }
        if values.chance(1, in: 8) { fees = values.one(of: [.zero, .percent(1), .percent(100)]) }
        if values.chance(1, in: 8) { tick = Price(nearest: values.spread(-10...8)) }
        if values.chance(1, in: 8) { lot = Quantity(nearest: values.spread(-8...9)) }
        // What the command line does not take is not given.
        if equity.raw <= 0 { equity = Money(raw: 1) }
        if let step = tick, !step.isPositive { tick = nil }
        if let step = lot, !step.isPositive { lot = nil }
    }

    // MARK: - Candles

    private mutating func makeCandles() {
        var lines = ["open_time_ms,open,high,low,close,volume"]
        var time = Int64(values.whole(0...4_000_000)) * 60_000
        var level = values.chance(1, in: 4) ? values.number(4e7...9e8) : values.spread(-9...8)
        let decimals = level < 1 ? 10 : values.one(of: [0, 1, 2, 2, 4, 8, 10])
        for _ in 0..<values.whole(isPlain ? 30...60 : 4...24) {
            lines.append(row(time, &level, decimals))
            time += 60_000 * Int64(values.chance(1, in: 30) ? values.whole(1...200) : 1)
        }
        candles = lines.joined(separator: "\n") + "\n"
        if values.chance(1, in: 50) { candles = torn(candles) }
    }

    private mutating func row(_ time: Int64, _ level: inout Double, _ decimals: Int) -> String {
        let open = level
        level *= factor()
        level = min(max(level, 1e-10), 9e8)
        let high = min(max(open, level) * (values.chance(1, in: 3) ? factor(up: true) : 1), 9e8)
        let low = min(open, level) / (values.chance(1, in: 3) ? factor(up: true) : 1)
        let prices = [open, max(high, open, level), min(low, open, level), level]
        let volume =
            isPlain ? values.spread(7...9) : values.chance(1, in: 8) ? 0 : values.spread(-8...9)
        let least = Price(raw: powerOfTen(Price.scale - decimals))
        let texts = prices.map { max(Price(nearest: $0), least).text(decimals: decimals) }
        return "\(time)," + texts.joined(separator: ",")
            + ",\(volume.text(decimals: values.one(of: [0, 2, 8])))"
    }

    /// Mostly a few percent, now and then a thousandfold.
    private mutating func factor(up: Bool = false) -> Double {
        let change = values.chance(1, in: 12) ? values.spread(0...9) : 1 + values.spread(-4...(-2))
        return up || values.chance(1, in: 2) ? change : 1 / change
    }
}

extension ParameterKind {
    /// The least value of a number, as text; nil for the others.
    fileprivate var least: String? {
        if case .number(let range) = form { range.lowerBound.shortText } else { nil }
    }
}

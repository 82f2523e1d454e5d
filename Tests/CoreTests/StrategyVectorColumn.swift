/// The indicator that a column of the vectors names, as a function from bar to value.

@testable import Core

enum VectorColumn {
    /// Nil where no indicator of ours computes the column. Numbers in the name are parameters.
    static func make(_ name: String) -> ((Bar) -> Double?)? {
        let parts = name.split(separator: "_").map(String.init)
        let numbers = parts.compactMap(Double.init)
        let word = parts.filter { Double($0) == nil }.joined(separator: "_")
        return averages(word, numbers.map { Int($0) })
            ?? oscillators(word, numbers.map { Int($0) }) ?? bands(word, numbers)
    }

    private static func averages(_ word: String, _ n: [Int]) -> ((Bar) -> Double?)? {
        switch word {
        case "sma": return close(RollingMean(n[0]), { $0.update($1) }, { $0.value })
        case "ema": return close(ExponentialAverage(n[0]), { $0.update($1) }, { $0.value })
        case "ema_first":
            let average = ExponentialAverage(n[0], seeding: .first)
            return close(average, { $0.update($1) }, { $0.value })
        case "macd", "macd_signal", "macd_hist":
            let indicator = ConvergenceDivergence(fast: n[0], slow: n[1], signal: n[2])
            return close(indicator, { $0.update($1) }) { state in
                guard state.isReady else { return nil }
                return word == "macd" ? state.line
                    : word == "macd_signal" ? state.signal : state.histogram
            }
        case "roc": return close(RateOfChange(n[0]), { $0.update($1) }, { $0.value })
        case "rsi": return close(RelativeStrength(n[0]), { $0.update($1) }, { $0.value })
        default: return nil
        }
    }

    private static func oscillators(_ word: String, _ n: [Int]) -> ((Bar) -> Double?)? {
        switch word {
        case "atr": return bar(AverageTrueRange(n[0]), { $0.update($1) }, { $0.value })
        case "adx":
            return bar(DirectionalMovement(n[0]), { $0.update($1) }) {
                $0.isReady ? $0.current : nil
            }
        case "plus_di", "minus_di":
            return bar(DirectionalMovement(n[0]), { $0.update($1) }) { state in
                guard state.hasDirections else { return nil }
                return word == "plus_di" ? state.plusIndex : state.minusIndex
            }
        case "stoch_k", "stoch_d":
            let indicator = StochasticOscillator(n[0], smoothing: n[1], signal: n[2])
            return bar(indicator, { $0.update($1) }) { word == "stoch_k" ? $0.k : $0.d }
        case "obv": return bar(OnBalanceVolume(), { $0.update($1) }, { $0.current })
        case "vwap_day": return bar(SessionAverage(), { $0.update($1) }, { $0.value })
        default: return nil
        }
    }

    private static func bands(_ word: String, _ n: [Double]) -> ((Bar) -> Double?)? {
        switch word {
        case "bb_upper", "bb_middle", "bb_lower":
            let side = word == "bb_upper" ? n[1] : word == "bb_lower" ? -n[1] : 0
            return close(RollingMoments(Int(n[0])), { $0.update($1) }) {
                $0.isReady ? $0.mean + side * $0.deviation : nil
            }
        case "donchian_lower", "donchian_middle", "donchian_upper":
            return bar(DonchianChannel(Int(n[0])), { $0.update($1) }) { state in
                guard state.isReady else { return nil }
                return word == "donchian_lower" ? state.lower
                    : word == "donchian_upper" ? state.upper : state.middle
            }
        case "supertrend", "supertrend_dir":
            return bar(Supertrend(Int(n[0]), multiple: n[1]), { $0.update($1) }) { state in
                word == "supertrend" ? state.value : state.isReady ? (state.isUp ? 1 : -1) : nil
            }
        case "keltner_ematr_lower", "keltner_ematr_basis", "keltner_ematr_upper":
            return bar(KeltnerChannel(Int(n[0]), multiple: n[1]), { $0.update($1) }) { state in
                guard let middle = state.middle else { return nil }
                if word == "keltner_ematr_basis" { return middle }
                guard state.isReady else { return nil }
                return middle + (word == "keltner_ematr_upper" ? 1 : -1) * state.distance
            }
        default: return nil
        }
    }

    private static func close<State>(
        _ start: State, _ update: @escaping (inout State, Double) -> Void,
        _ value: @escaping (State) -> Double?
    ) -> (Bar) -> Double? {
        bar(start, { update(&$0, $1.close) }, value)
    }

    private static func bar<State>(
        _ start: State, _ update: @escaping (inout State, Bar) -> Void,
        _ value: @escaping (State) -> Double?
    ) -> (Bar) -> Double? {
        var state = start
        return { bar in
            update(&state, bar)
            return value(state)
        }
    }
}

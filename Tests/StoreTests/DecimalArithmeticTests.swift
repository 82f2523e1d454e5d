/// The General Decimal Arithmetic cases on fixed-point numbers: the exact value, or a refusal.
import Store
import TestKit
import Testing

@Suite(.enabled(if: DecimalCases.areInstalled, Comment(rawValue: DecimalCases.advice)))
struct DecimalArithmeticTests {
    /// What became of the cases of one operation.
    private struct Count {
        var exact = 0
        var refused = 0
        var wrong: [String] = []
    }

    @Test(arguments: ["add", "subtract", "multiply", "divide", "compare", "min", "max"])
    func twoNumbersGiveTheExactValueOrARefusal(_ operation: String) {
        expect(operation, Rate.self)
        expect(operation, Price.self)
    }

    @Test(arguments: ["minus", "abs", "plus"])
    func oneNumberGivesTheExactValueOrARefusal(_ operation: String) {
        expect(operation, Money.self)
    }

    private func expect<Value: FixedPoint>(_ operation: String, _ kind: Value.Type) {
        var count = Count()
        for item in DecimalCases.all(of: [operation]) where !item.isRounded {
            let numbers = item.operands.compactMap { number($0, kind) }
            guard numbers.count == item.operands.count, let wanted = DecimalCases.plain(item.result)
            else {
                count.refused += 1
                continue
            }
            judge(item, outcome(operation, numbers)?.description, wanted, kind, &count)
        }
        #expect(count.wrong.isEmpty)
        #expect(count.exact > 0)
        print("\(operation) of \(kind): \(count.exact) exact, \(count.refused) refused")
    }

    /// Nil is a refusal, and right only where the value is none of this kind.
    private func judge<Value: FixedPoint>(
        _ item: DecimalCase, _ found: String?, _ wanted: String, _ kind: Value.Type,
        _ count: inout Count
    ) {
        if found == wanted {
            count.exact += 1
        } else if (try? Value.parse(wanted)) == nil || item.operands.contains(where: isNoDivisor) {
            count.refused += 1
        } else {
            count.wrong.append("\(item.name): \(found ?? "refused"), not \(wanted)")
        }
    }

    /// Divisors are sizes and prices: above zero.
    private func isNoDivisor(_ text: String) -> Bool { text.hasPrefix("-") }

    private func number<Value: FixedPoint>(_ text: String, _ kind: Value.Type) -> Value? {
        // Text with an exponent is refused by the reader; its value is still one to compute with.
        (try? Value.parse(text)) ?? DecimalCases.plain(text).flatMap { try? Value.parse($0) }
    }

    private func outcome<Value: FixedPoint>(_ operation: String, _ numbers: [Value]) -> Value? {
        let first = numbers[0]
        let second = numbers.count > 1 ? numbers[1] : .zero
        switch operation {
        case "add": return first.plus(second)
        case "subtract": return first.minus(second)
        case "multiply": return product(first, second)
        case "divide": return first.divided(exactlyBy: second, .nearest)
        case "compare":
            let sign: Int64 = first == second ? 0 : first < second ? -1 : 1
            return try? Value.parse(String(sign))
        case "min": return min(first, second)
        case "max": return max(first, second)
        case "minus": return Value.zero.minus(first)
        case "abs": return first.magnitude
        default: return first
        }
    }

    private func product<Value: FixedPoint>(_ first: Value, _ second: Value) -> Value? {
        guard let rate = try? Rate.parse(second.description) else { return nil }
        return first.times(exactly: rate, .nearest)
    }

    @Test func operatorsAgreeWithTheExactOnesOrStandAtTheEnd() {
        for item in DecimalCases.all(of: ["add", "subtract"]) {
            let numbers = item.operands.compactMap { number($0, Money.self) }
            guard numbers.count == 2 else { continue }
            let (first, second) = (numbers[0], numbers[1])
            let sum = first + second
            #expect(sum == first.plus(second) ?? (second.isNegative ? .least : .most))
            let difference = first - second
            #expect(difference == first.minus(second) ?? (second.isPositive ? .least : .most))
        }
    }

    @Test func quantityTimesPriceIsTheExactMoneyOrARefusal() {
        var exact = 0
        for item in DecimalCases.all(of: ["multiply"]) where !item.isRounded {
            guard let quantity = number(item.operands[0], Quantity.self),
                let price = number(item.operands[1], Price.self),
                let wanted = DecimalCases.plain(item.result),
                let money = try? Money.parse(wanted)
            else { continue }
            #expect(quantity.value(at: price) == money, "\(item.name)")
            exact += 1
        }
        #expect(exact > 0)
    }

    /// The roundings that are ours, by the names of the cases.
    private static let roundings: [String: Rounding] = [
        "half_up": .nearest, "floor": .down, "ceiling": .up, "down": .towardZero,
    ]

    @Test func roundingToAGridGivesTheExactValueOrARefusal() {
        var exact: [String: Int] = [:]
        for item in DecimalCases.all(of: ["quantize", "tointegral"]) {
            guard let rounding = Self.roundings[item.rounding],
                let value = number(item.operands[0], Price.self),
                let step = grid(item.operands.count == 1 ? "1" : item.operands[1]),
                let wanted = DecimalCases.plain(item.result),
                (try? Price.parse(wanted)) != nil
            else { continue }
            #expect(value.rounded(to: step, rounding).description == wanted, "\(item.name)")
            exact[item.rounding, default: 0] += 1
        }
        for name in Self.roundings.keys { #expect(exact[name, default: 0] > 0, "\(name)") }
    }

    /// `1e-2` and `0.01` alike: the exponent counts, so coefficients other than 1 are left out.
    private func grid(_ text: String) -> Price? {
        guard let plain = DecimalCases.plain(text),
            plain.allSatisfy({ "01.".contains($0) }), plain.filter({ $0 == "1" }).count == 1,
            text.filter({ $0 == "1" }).count >= 1, !text.contains("10"), !text.contains("1.0")
        else { return nil }
        return try? Price.parse(plain)
    }

    @Test func whateverIsWrittenIsReadExactlyOrRefused() {
        var (read, refused) = (0, 0)
        for item in DecimalCases.all(of: ["tosci", "toeng", "apply", "add", "class"]) {
            for text in item.operands {
                guard let value = try? Price.parse(text) else {
                    refused += 1
                    continue
                }
                #expect(value.description == DecimalCases.plain(text), "\(item.name)")
                read += 1
            }
        }
        #expect(read > 0)
        #expect(refused > 0)
    }
}

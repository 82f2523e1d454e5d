/// Risk limits by name.
/// **Source** <doc:CommandLine#Names-of-the-risk-limits>, <doc:ProductRules#Risk-limits>.

import Core
import Store
import Testing

@Suite struct RiskLimitTableTests {
    @Test func namesAreThoseOfTheContract() {
        #expect(
            RiskLimitName.allCases.map(\.rawValue) == [
                "max_positions_per_asset", "max_positions_total", "max_loss_per_trade_pct",
                "daily_loss_pct", "daily_loss_flatten", "consecutive_losses",
                "consecutive_loss_cooldown_min", "max_leverage", "max_slippage_pct",
                "api_errors_5min",
            ])
        #expect(RiskLimitName.limits.count == 8)
    }

    @Test(arguments: [
        ("max_positions_per_asset", "1", "1 to 20"), ("max_positions_total", "5", "1 to 100"),
        ("max_loss_per_trade_pct", "2", "0.1 to 50 %"), ("daily_loss_pct", "5", "0.5 to 50 %"),
        ("daily_loss_flatten", "false", "true or false"), ("consecutive_losses", "5", "1 to 50"),
        ("consecutive_loss_cooldown_min", "60", "0 to 1440"), ("max_leverage", "5", "1 to 100"),
        ("max_slippage_pct", "0.5", "0.01 to 5 %"), ("api_errors_5min", "10", "1 to 100"),
    ])
    func defaultsAndRanges(_ name: String, _ standard: String, _ range: String) throws {
        let limit = try #require(RiskLimitName(rawValue: name))
        #expect(limit.standard.text == standard)
        #expect(limit.rangeText == range)
    }

    @Test func everyNameSetsItsOwnLimitAndNoOther() throws {
        for name in RiskLimitName.allCases {
            let text = name.range?.most.text ?? "true"
            let limits = try RiskLimits().setting([LimitSetting(name.rawValue, text)])
            for other in RiskLimitName.allCases {
                let expected = other == name ? text : other.standard.text
                #expect(other.value(in: limits).text == expected, "\(name) \(other)")
            }
        }
    }

    @Test func percentIsTypedInPercent() throws {
        let limits = try RiskLimits().setting([
            LimitSetting("daily_loss_pct", "5"), LimitSetting("max_slippage_pct", "0.25"),
        ])
        #expect(limits.dailyLoss == .percent(5))
        #expect(limits.maxSlippage == Rate(raw: 250_000))
    }

    @Test(arguments: [
        ("max_leverage", "0", "out_of_range"), ("max_leverage", "101", "out_of_range"),
        ("max_loss_per_trade_pct", "0.09", "out_of_range"),
        ("daily_loss_pct", "50.000001", "out_of_range"), ("max_leverage", "x", "bad_value"),
        ("max_leverage", "2.5", "bad_value"), ("daily_loss_pct", "5%", "bad_value"),
        ("daily_loss_pct", "0.1234567", "bad_value"), ("daily_loss_flatten", "yes", "bad_value"),
        ("api_errors_5min", "", "bad_value"), ("max_leverag", "3", "unknown_limit"),
    ])
    func refusals(_ name: String, _ value: String, _ code: String) {
        do throws(Refusal) {
            _ = try RiskLimits().setting([LimitSetting(name, value)])
            Issue.record("\(name)=\(value) was taken")
        } catch {
            #expect(error.code == code)
            #expect(!error.headline.isEmpty && !error.remedy.isEmpty)
        }
    }

    @Test func nothingIsHalfApplied() {
        var limits = RiskLimits()
        let before = limits
        if let set = try? limits.setting([
            LimitSetting("max_leverage", "9"), LimitSetting("daily_loss_pct", "0"),
        ]) { limits = set }
        #expect(limits == before)
    }
}

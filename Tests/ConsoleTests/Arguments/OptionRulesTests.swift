/// No option is taken where it would do nothing.

import Core
import Store
import Testing

@testable import Console

@Suite struct OptionRulesTests {
    private static let sample = "1"

    /// The option with a value, where it takes one.
    private static func words(_ option: Option) -> [String] {
        option.argument == .none ? ["--\(option.name)"] : ["--\(option.name)", sample]
    }

    private func complaint(_ line: [String]) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try ArgumentParser.parse(line, .all)
            return nil
        } catch { return error }
    }

    /// Calls in which an option would do nothing, and one beside it in which it does something.
    private static let lines: [(nothing: String, option: Option, does: String)] = [
        ("engine", .speed, "engine run"), ("engine status", .speed, "engine start"),
        ("engine stop", .speed, "engine start"), ("engine run --unit", .speed, "engine run"),
        ("engine", .forSpan, "engine run"), ("engine start", .forSpan, "engine run"),
        ("engine stop", .forSpan, "engine run"), ("engine run --unit", .forSpan, "engine run"),
        ("engine", .acceptClock, "engine start"), ("engine stop", .acceptClock, "engine run"),
        ("engine status", .acceptClock, "engine run"),
        ("engine run --unit", .acceptClock, "engine run"),
        ("engine run", .noEngine, "engine status"), ("engine start", .noEngine, "engine stop"),
        ("engine stop", .unit, "engine run"), ("engine status", .unit, "engine"),
        ("demo --no-engine", .speed, "demo --fresh"),
        ("init", .days, "init --demo"), ("init --seed 3", .days, "init --bots 2"),
        ("risk a", .timeout, "risk a --reset"), ("risk a", .noWait, "risk a --set x=1"),
        ("risk a", .yes, "risk a --reset"), ("risk a", .preview, "risk a --reset"),
        ("risk a", .confirm, "risk a --reset"), ("risk a", .confirmLabel, "risk a --reset"),
        ("sessions a", .timeout, "sessions a --clear"),
        ("sessions a", .noWait, "sessions a --set x"),
        ("sessions a", .preview, "sessions a --clear"),
        ("sessions a --clear --preview", .noWait, "sessions a --clear"),
        ("sessions a --clear --preview", .timeout, "sessions a --clear"),
        ("close p --preview", .noWait, "close p"),
        ("close-all a --preview", .noWait, "close-all a"),
        ("stop a --preview", .noWait, "stop a"), ("stop a --preview", .yes, "stop a"),
        ("risk a --reset --preview", .noWait, "risk a --reset"),
        ("risk a --set x=1 --preview", .yes, "risk a --set x=1"),
        ("audit --verify", .limit, "audit"), ("audit --export f", .limit, "audit"),
        ("audit --verify", .since, "audit"), ("audit --export f", .since, "audit"),
        ("bench engine f", .list, "bench"), ("bench", .quantity, "bench engine f"),
        ("bench --list", .label, "bench engine f"), ("bench fleet", .quantity, "bench fuzz 1"),
        ("bench simulate", .label, "bench engine f"),
        ("screen fleet", .bot, "screen bot"), ("screen positions", .bot, "screen commands"),
    ]

    @Test(arguments: lines)
    func whatWouldDoNothingIsRefused(
        _ line: (nothing: String, option: Option, does: String)
    ) throws {
        let more = Self.words(line.option)
        let refused = line.nothing.split(separator: " ").map(String.init)
        let taken = line.does.split(separator: " ").map(String.init)
        #expect(complaint(refused) == nil, "alone it is lawful: \(line.nothing)")
        let failure = try #require(complaint(refused + more), "\(line.nothing) \(more)")
        #expect(failure.status == .usage)
        #expect(failure.message.hasPrefix("--\(line.option.name) "), "\(failure.message)")
        #expect(complaint(taken + more) == nil, "\(line.does) \(more)")
    }

    /// Every command with every option that the table allows: each rule is tried above.
    @Test func everyRuleIsTried() {
        for command in CommandTable.all.commands {
            for option in Option.everywhere + command.options {
                let rules = OptionRule.all.filter {
                    $0.command == command.name && $0.options.contains(option)
                }
                let tried = Self.lines.filter {
                    $0.option == option && $0.nothing.split(separator: " ")[0] == command.words[0]
                }
                #expect(tried.count >= rules.count, "\(command.name) --\(option.name)")
            }
        }
        for rule in OptionRule.all {
            let own = Option.everywhere + (CommandTable.all[rule.command]?.options ?? [])
            for option in rule.options {
                #expect(own.contains(option), "\(rule.command) has no --\(option.name)")
            }
        }
    }

    /// An engine that runs already keeps its speed: that is said, and nothing was done.
    @Test func aSpeedThatIsNotTakenIsRefused() throws {
        func failure(running speed: String, asked: String) throws -> CommandFailure? {
            let call = try ArgumentParser.parse(["engine", "start", "--speed", asked], .all)
            let greeting = EngineGreeting(
                build: "b", pid: 7, epoch: 1, worldClock: Instant(milliseconds: 0), speed: speed)
            do throws(CommandFailure) {
                try EngineCommands.expect(try EngineCommands.pace(call), of: greeting)
                return nil
            } catch { return error }
        }
        for (running, asked) in [("60", "60"), ("60", "60.0"), ("max", "max"), ("1", "1")] {
            #expect(try failure(running: running, asked: asked) == nil, "\(running) \(asked)")
        }
        let refused = try #require(try failure(running: "1", asked: "60"))
        #expect(refused.status == .refused && refused.code == "engine_has_speed")
        #expect(refused.message.contains("at speed 1: --speed 60 was not taken"))
    }

    /// Who asks for help gets it, whatever else stands there.
    @Test func helpIsNotRefused() {
        #expect(complaint(["engine", "stop", "--speed", "2", "--help"]) == nil)
    }

    /// A screen that there is not is told of before what it would do with a bot.
    @Test(arguments: ["nope", "why"]) func theScreenIsAskedForFirst(_ name: String) throws {
        #expect(complaint(["screen", "fleet", "--bot", "trend-1"]) != nil)
        let console = try CommandsHarness()
        #expect(console.run("screen", name, "--bot", "trend-1") == .usage)
        #expect(console.streams.err.contains("there is no screen \"\(name)\""))
        #expect(!console.streams.err.contains("--bot"))
    }
}

/// `replay`: a template over recorded candles, on the engine's own path.

import Core
import Glibc
import Store

enum ReplayCommand {
    static let actions: [String: CommandAction] = ["replay": replay]

    @Sendable static func replay(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        let request = try request(context)
        if call.has(.sweep) { return try SweepCommand(context, request).run() }
        let began = WallClock.read().monotonic
        let result: ReplayResult
        do throws(ReplayError) {
            let world = try World.replaying(request)
            let progress = Progress(context.output, "replaying")
            let pace = ReplayPace(rows: world.recordedRows, began: began)
            result = world.replay(from: request.from, to: request.to) { bars in
                progress.show(pace.share(bars), note: pace.note(bars, WallClock.read().monotonic))
            }
            progress.end()
        } catch {
            throw CommandFailure(.usage, error.code, error.headline, remedy: error.remedy)
        }
        if let failure = result.failure {
            throw CommandFailure(
                .failed, "beyond_counting",
                "the bot stopped after \(counted(result.bars, "candle")): \(failure)",
                remedy: "Use a smaller size, less equity, or candles with smaller prices.")
        }
        let passed = WallClock.read().monotonic.milliseconds - began.milliseconds
        let report = ReplayReport(result, milliseconds: max(passed, 1))
        try context.output.result(json: report.json) { report.lines }
        return .done
    }

    private static func request(
        _ context: CommandContext
    ) throws(CommandFailure) -> ReplayRequest {
        let call = context.call
        guard let file = call[.candles], let name = call[.template] else {
            throw .usage(
                "replay needs --candles FILE and --template TEMPLATE",
                remedy: "As: plutarc replay --candles BTC-PERP-1h.csv --template 'Trend Follower'.")
        }
        var request = ReplayRequest(
            file: file, template: try template(name, context), symbol: call[.symbol])
        // Profits and positions of many times as much still have to be counted.
        let equity: Money? = try call.decimal(.equity, atMost: .units(1_000_000_000))
        request.equity = equity ?? request.equity
        request.tick = try call.decimal(.tick)
        request.lot = try call.decimal(.lot)
        // At most all of what is traded.
        let points: Rate? = try call.decimal(.fees, orZero: true, atMost: .percent(1_000_000))
        request.fees = points.map { Rate(raw: $0.raw / 10_000) }
        let now = WallClock.read().utc
        request.from = try call.instant(.from, now: now)
        request.to = try call.instant(.to, now: now)
        if let from = request.from, let to = request.to, from >= to {
            throw CommandFailure(
                .usage, FileError.emptyRange, "--from \(from) does not lie before --to \(to)",
                remedy: "Candles are taken that open at --from or later and before --to.")
        }
        if let path = call[.limits] { request.limits = try limits(path) }
        return request
    }

    /// A template of the home or of the program by name, or a template file.
    static func template(
        _ name: String, _ context: CommandContext
    ) throws(CommandFailure) -> Template {
        if let known = Label.named(name, among: SystemTemplates.all, by: \.name) { return known }
        let own = try ownTemplates(context)
        if let row = Label.named(name, among: own, by: \.stored.name) {
            guard let template = row.template else { throw TemplateActions.unreadable(row) }
            return template
        }
        guard access(name, F_OK) == 0 else {
            let known = SystemTemplates.all.map(\.name) + own.map(\.stored.name)
            throw CommandFailure(
                .noSuchThing, "no_such_template", "no template and no file is named \"\(name)\"",
                remedy: "Known: \(known.joined(separator: ", ")).")
        }
        let text = try TextFile.read(name)
        do throws(FileError) { return try TemplateFile.parseNew(text, file: name) } catch {
            throw CommandFailure(error)
        }
    }

    /// Those that people have stored in the home; none where there is no home, or none that this
    /// person may read: a replay needs neither.
    private static func ownTemplates(
        _ context: CommandContext
    ) throws(CommandFailure) -> [TemplateRow] {
        let isNamed = context.call.has(.home) || context.call.has(.workspace)
        do throws(CommandFailure) {
            guard try context.hasHome() else { return [] }
            let reader = try context.reader()
            let board = try answered { () throws(BoardError) in try reader.templates() }
            return board.rows.filter { $0.stored.kind == .user }
        } catch {
            // A home that was asked for is not passed over.
            if isNamed { throw error }
            return []
        }
    }

    private static let limitsSection = "limits"

    /// `name = value` lines, under a `[limits]` heading.
    private static func limits(_ path: String) throws(CommandFailure) -> RiskLimits {
        let text = try TextFile.read(path)
        let file: IniFile
        do throws(FileError) {
            file = try IniFile(parsing: text, file: path, heading: limitsSection)
        } catch { throw CommandFailure(error) }
        for section in file.sections where section.name != limitsSection {
            throw CommandFailure(
                FileError(
                    file: path, line: section.line,
                    problem: "[\(DisplayText.clean(section.name))] is not a section of limits",
                    remedy: "Write the limits under [\(limitsSection)]."))
        }
        if file.sections.count > 1 {
            throw CommandFailure(
                FileError(
                    file: path, line: file.sections[1].line,
                    problem: "[\(limitsSection)] stands twice",
                    remedy: "Write all limits under one [\(limitsSection)]."))
        }
        var limits = RiskLimits()
        for entry in file.sections.flatMap(\.entries) {
            do throws(Refusal) {
                limits = try limits.setting([LimitSetting(entry.key, entry.value)])
            } catch {
                throw CommandFailure(
                    FileError(
                        file: path, line: entry.line, problem: error.headline,
                        remedy: error.remedy))
            }
        }
        return limits
    }
}

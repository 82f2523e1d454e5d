/// Broken candle, template and theme files: refused with file, line, key and what to write instead.

import Core
import Foundation
import Store
import TestKit
import Testing

/// A file that somebody got wrong.
struct BrokenFile: CustomTestStringConvertible, Sendable {
    let fault: String
    let text: String
    /// `:3: close` as in `name.csv:3: close: …`.
    let place: String
    var testDescription: String { fault }

    init(_ fault: String, _ text: String, at place: String) {
        self.fault = fault
        self.text = text
        self.place = place
    }
}

/// **Source** <doc:CommandLine#Errors>.
@Suite struct BadFileTests {
    private static let header = "open_time_ms,open,high,low,close,volume\n"
    private static let good = "60000,1,2,0.5,1,5\n"
    static let candles = [
        BrokenFile("no bytes", "", at: ":1: "),
        BrokenFile("another header", "time,o,h,l,c\n" + good, at: ":1: "),
        BrokenFile("no rows", header, at: ":1: "),
        BrokenFile("a word as price", header + good + "120000,1,2,0.5,x,5\n", at: ":3: close"),
        BrokenFile("a word as time", header + "x,1,2,0.5,1,5\n", at: ":2: open_time_ms"),
        BrokenFile("time stands still", header + good + good, at: ":3: open_time_ms"),
        BrokenFile(
            "time runs back", header + good + "59000,1,2,0.5,1,5\n", at: ":3: open_time_ms"),
        BrokenFile("high below open", header + "60000,1,0.4,0.5,1,5\n", at: ":2: high"),
        BrokenFile("low above close", header + "60000,1,2,1.5,1,5\n", at: ":2: "),
        BrokenFile("a column short", header + "60000,1,2,0.5,1\n", at: ":2: "),
        BrokenFile("a column more", header + "60000,1,2,0.5,1,5,6\n", at: ":2: "),
        BrokenFile("negative price", header + "60000,-1,2,0.5,1,5\n", at: ":2: "),
        BrokenFile("negative volume", header + "60000,1,2,0.5,1,-5\n", at: ":2: volume"),
        BrokenFile("price too large", header + "60000,1,9e99,0.5,1,5\n", at: ":2: high"),
        BrokenFile("NUL in a number", header + "60000,1\u{0},2,0.5,1,5\n", at: ":2: open"),
        BrokenFile("torn last line", header + good + "120000,1,2", at: ":3: "),
    ]

    @Test(arguments: candles) func aBrokenCandleFileIsNamedWithItsLine(_ file: BrokenFile) throws {
        let folder = Scratch("plutarc-candles")
        let path = folder.write("candles.csv", file.text)
        let arguments = ["--candles", path, "--template", "Trend Follower"]
        let plain = try Program.run(["replay"] + arguments)
        plain.expect(2, saying: "candles.csv\(file.place)")
        #expect(plain.output.isEmpty)
        let json = try Program.run(["replay", "--json"] + arguments)
        try json.expectDocument(2, code: "bad_file")
        let message = try json.document()["error"]?["message"]?.text ?? ""
        #expect(message.contains("candles.csv\(file.place)"), "\(message)")
    }

    @Test func aHomeIsNotFoundedOnABrokenCandleFile() throws {
        let folder = Scratch("plutarc-candles")
        let path = folder.write("BTC.csv", Self.candles[3].text)
        let home = TrialHome()
        for market in [path, folder.path + "/absent.csv"] {
            let answer = try home.run(["init", "--bots", "1", "--market", market])
            answer.expect(2, saying: market)
            #expect(try home.opened().has(.database) == false, "half a home was left")
        }
        #expect(try home.run(["init", "--bots", "1"]).status == 0)
    }

    static let templates = [
        BrokenFile("no section", "nonsense\n", at: ":1: \"nonsense\""),
        BrokenFile("no value", swap("timeframe = 1h", "timeframe"), at: ":4: "),
        BrokenFile("unknown key", swap("timeframe = 1h", "tempo = 1h"), at: ":4: tempo"),
        BrokenFile("unknown word", swap("timeframe = 1h", "timeframe = 2y"), at: ":4: timeframe"),
        BrokenFile("no number", swap("leverage = 3", "leverage = three"), at: ":9: leverage"),
        BrokenFile("out of range", swap("leverage = 3", "leverage = 9000"), at: ":9: leverage"),
        BrokenFile("twice", swap("leverage = 3", "mode = weighted"), at: ":9: mode"),
        BrokenFile(
            "unknown component", swap("[signal EMA Cross]", "[signal Astrology]"),
            at: ":12: "),
        BrokenFile("parameter out of range", swap("fast = 9 ", "fast = -9 "), at: ":14: fast"),
    ]

    private static func swap(_ old: String, _ new: String) -> String {
        let template = SystemTemplates.all.first { $0.name == "Trend Follower" }
        let text = template.map { TemplateFile.print($0) } ?? ""
        precondition(text.contains(old), "the file no longer says \(old)")
        return text.replacingOccurrences(of: old, with: new)
    }

    @Test(arguments: templates) func aBrokenTemplateIsNamedWithLineAndKey(
        _ file: BrokenFile
    ) throws {
        let folder = Scratch("plutarc-templates")
        let path = folder.write("mine.template", file.text)
        let candles = folder.write("c.csv", Self.header + Self.good)
        let replay = ["replay", "--candles", candles, "--template", path]
        try Program.run(replay).expect(2, saying: "mine.template\(file.place)")
        try Program.run(replay + ["--json"]).expectDocument(2, code: "bad_file")
    }

    @Test func aBrokenTemplateIsNotStored() throws {
        let home = try TrialHome.fresh()
        let folder = Scratch("plutarc-templates")
        for file in Self.templates {
            let path = folder.write("mine.template", file.text)
            try home.plutarc("template", "import", path)
                .expect(2, saying: "mine.template\(file.place)")
        }
        #expect(try home.count("SELECT count(*) FROM templates") == 0)
        // The same text under a name of its own is taken.
        let sound = Self.swap("name = Trend Follower", "name = mine")
        let answer = try home.plutarc(
            "template", "import", folder.write("sound.template", sound))
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(try home.count("SELECT count(*) FROM templates WHERE name = 'mine'") == 1)
    }

    static let themes = [
        BrokenFile("unknown key", "[theme]\nname = X\ncolour = red\n", at: ":3: colour"),
        BrokenFile(
            "no colour", "[theme]\nname = X\n[palette]\nink = #12\n", at: ":4: ink"),
        BrokenFile("no section", "name = X\n", at: ":1: "),
        BrokenFile(
            "unknown role", "[theme]\nname = X\n[roles]\nsparkle = ink\n", at: ":4: sparkle"),
        BrokenFile("unknown section", "[theme]\nname = X\n[colors]\n", at: ":3: "),
    ]

    @Test(arguments: themes) func aBrokenThemeIsNamedWithLineAndKey(_ file: BrokenFile) throws {
        let folder = Scratch("plutarc-themes")
        let path = folder.write("mine.theme", file.text)
        let answer = try Program.alone("themes", "check", path)
        #expect(answer.status == 1, "\(answer.output)\(answer.errors)")
        let said = answer.output + answer.errors
        #expect(said.contains("mine.theme\(file.place)"), "\(said)")
    }

    @Test func aFileThatIsNotTextIsRefused() throws {
        let folder = Scratch("plutarc-files")
        let path = folder.path + "/noise.template"
        let noise = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197 ^ $0 >> 3) })
        try noise.write(to: URL(fileURLWithPath: path))
        let candles = folder.write("c.csv", Self.header + Self.good)
        try Program.alone("replay", "--candles", candles, "--template", path)
            .expect(2, saying: "noise.template")
        try Program.alone("replay", "--candles", path, "--template", "Trend Follower")
            .expect(2, saying: "noise.template:1: ")
        try Program.alone("themes", "check", path).expect(2, saying: "noise.template: ")
    }
}

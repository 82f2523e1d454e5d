/// House rules that a machine can read off the sources.
import Foundation
import TestKit
import Testing

@Suite struct TidyTests {
    @Test func theTreeWasFound() {
        #expect(SourceTree.sources.count > 50)
    }

    @Test func importsRunFromConsoleToCoreToStore() {
        let forbidden = ["Store": ["Core", "Console"], "Core": ["Console"]]
        for file in SourceTree.sources {
            let wrong = file.imports.filter { forbidden[file.module, default: []].contains($0) }
            #expect(wrong.isEmpty, "\(file.path) imports \(wrong): turn the dependency around")
        }
    }

    @Test func systemModulesHaveFewUsers() {
        for file in SourceTree.sources {
            if file.imports.contains("CNcurses") {
                #expect(
                    file.path == "Sources/Console/Terminal/NcursesTerminal.swift",
                    "\(file.path): only NcursesTerminal talks to ncurses")
            }
            if file.imports.contains("CSQLite") {
                #expect(file.module == "Store", "\(file.path): SQLite is the Store's")
            }
            if file.imports.contains("COpenSSL") {
                #expect(
                    file.path == "Sources/Core/System/Crypto.swift",
                    "\(file.path): only Crypto talks to OpenSSL")
            }
        }
    }

    @Test func foundationIsNotOnTheStartPath() {
        for file in SourceTree.sources {
            let heavy = file.imports.filter { $0.hasPrefix("Foundation") }
            #expect(heavy.isEmpty, "\(file.path): Foundation costs 3 ms and 9 MB at start")
        }
    }

    @Test func everyFileOpensWithASentence() {
        for file in SourceTree.files where !file.path.hasSuffix("main.swift") {
            #expect(
                file.lines.first?.hasPrefix("/// ") == true, "\(file.path): say what it is")
        }
    }

    @Test func filesAndLinesStaySmall() {
        for file in SourceTree.files {
            #expect(file.lines.count <= 301, "\(file.path): \(file.lines.count) lines")
            for (index, line) in file.lines.enumerated() where line.count > 100 {
                Issue.record("\(file.path):\(index + 1): \(line.count) characters")
            }
        }
    }

    @Test func nothingPretendsOrMayCrashAtWill() {
        let words = ["TO" + "DO", "FIX" + "ME", "try" + "!", "as" + "! ", "not " + "implemented"]
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated() {
                for word in words where line.contains(word) {
                    Issue.record("\(file.path):\(index + 1): \(word)")
                }
            }
        }
    }

    /// The core is told the time and the dice.
    @Test func noClockAndNoDiceInTheCore() {
        let clocks = ["clock_gettime", "gettimeofday", "SystemRandomNumberGenerator", ".random(in"]
        let rim = ["Sources/Core/Clock/"]
        for file in SourceTree.sources where file.module != "Console" {
            if rim.contains(where: file.path.hasPrefix) { continue }
            for (index, line) in file.lines.enumerated() {
                for word in clocks where line.contains(word) {
                    Issue.record("\(file.path):\(index + 1): \(word)")
                }
            }
        }
    }

    /// The clock that tests can set is in one file, which a release build does not compile.
    @Test func aReleaseHasNoClockToSet() {
        for file in SourceTree.sources {
            let text = file.lines.joined(separator: "\n")
            if file.path == "Sources/Core/Clock/TestClock.swift" {
                #expect(file.lines.dropFirst(2).first == "#if DEBUG")
                #expect(file.lines.last { !$0.isEmpty } == "#endif")
                #expect(text.components(separatedBy: "#endif").count == 2)
            } else {
                #expect(!text.contains("PLUTARC_TEST"), "\(file.path) can be told what to see")
            }
        }
    }

    @Test func moneyIsNeverBinary() throws {
        let rule = try Regex(
            "(price|quantity|pnl|fee|balance|notional|equity|amount|money|percent|profit|cost)"
                + "[A-Za-z]*(: *\\[?|\\()(Double|Float)\\b")
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated()
            where line.contains(rule) && !line.contains("mbalance") {
                Issue.record("\(file.path):\(index + 1): money as floating point")
            }
        }
    }

    /// `1 trades` comes of a number that is written before a plural.
    @Test func aCountKnowsItsNoun() throws {
        let number = #"[A-Za-z.]*(count|[a-z]s|[A-Z][a-z]+s)"#
        let rule = try Regex(#"\\\("# + number + #"\) ([a-z]+ )?[a-z]+[^ius]s[ ,:;.)"]"#)
        #expect(#"return "\(record.trades) trades, ""#.contains(rule))
        #expect(#""\(rows.count) open positions""#.contains(rule))
        #expect(!#""\(counted(rows.count, "row")) read""#.contains(rule))
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated()
            where line.contains(#"\("#) && !line.contains("== 1") && line.contains(rule) {
                let isComment = line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
                if !isComment { Issue.record("\(file.path):\(index + 1): \(line)") }
            }
        }
    }

    @Test func noConcurrencyInside() {
        let words = ["Task {", "Task.detached", "@unchecked", "NSLock", "DispatchQueue"]
        for file in SourceTree.sources {
            for (index, line) in file.lines.enumerated()
            where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
                for word in words where line.contains(word) {
                    Issue.record("\(file.path):\(index + 1): \(word)")
                }
            }
        }
    }

    /// An exit test waits for ever where some other child of the run was not waited for.
    @Test func otherProcessesAreStartedByHand() {
        for file in SourceTree.files where !file.path.hasPrefix("Sources/") {
            let isExitTest = file.lines.contains { $0.contains("processExits" + "With") }
            #expect(!isExitTest, "\(file.path): start the process and wait for it")
        }
    }

    @Test func theTopLevelIsTheOneThatWasGiven() throws {
        let allowed: Set<String> = ["Package.swift", "Sources", "Tests", "themes", "README.md"]
        let found = try FileManager.default.contentsOfDirectory(atPath: Shared.package.path)
        let strangers = found.filter {
            !$0.hasPrefix(".") && !allowed.contains($0) && $0 != "Package.resolved"
        }
        #expect(strangers.isEmpty)
    }
}

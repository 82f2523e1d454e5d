/// A clock that tests set for whole processes; a release build has nothing of it.

#if DEBUG
    import Store

    /// How far the clocks of this process and of those that it starts are from the machine's.
    struct TestClock: Equatable {
        /// Holds a ``text``, or the path of a file with one: such a file is read anew each time, so
        /// that a test can turn the clock under a running process.
        static let variable = "PLUTARC_TEST_CLOCK"

        var utc = Span(milliseconds: 0)
        var boot = Span(milliseconds: 0)
        /// Nil: the machine's own.
        var bootID: String?

        /// Milliseconds of civil time, then of CLOCK_BOOTTIME, then the name of another boot.
        var text: String {
            "\(utc.milliseconds) \(boot.milliseconds)" + (bootID.map { " \($0)" } ?? "")
        }

        /// What is missing or no number is nothing.
        init(_ text: String) {
            let words = text.split { $0 == " " || $0 == "\n" }
            if let first = words.first { utc = Span(milliseconds: Int64(first) ?? 0) }
            if words.count > 1 { boot = Span(milliseconds: Int64(words[1]) ?? 0) }
            if words.count > 2 { bootID = String(words[2]) }
        }

        init(utc: Span, boot: Span = Span(milliseconds: 0), bootID: String? = nil) {
            self.utc = utc
            self.boot = boot
            self.bootID = bootID
        }

        static var current: TestClock {
            guard let setting else { return unmoved }
            guard setting.hasPrefix("/") else { return fixed }
            return TestClock(ProcessIdentity.readText(setting) ?? "")
        }

        private static let setting = environmentValue(variable)
        private static let unmoved = TestClock("")
        private static let fixed = TestClock(setting ?? "")
    }
#endif

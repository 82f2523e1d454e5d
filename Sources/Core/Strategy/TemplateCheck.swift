/// The rules that a template must satisfy before it may be stored or run.

import Store

extension Template {
    /// Checks the template's own fields and builds every component once.
    /// - Throws: ``TemplateError`` for the first thing that is wrong.
    public func validate() throws(TemplateError) {
        _ = try Strategy(self, tick: Price(raw: 1))
    }

    /// What is asked of a template that somebody brings, beyond ``validate()``.
    /// - Throws: ``TemplateError``.
    func validateNew() throws(TemplateError) {
        try require(
            components.contains { $0.role == .exit }, nil,
            "no exit rule: what it opens would stay open",
            "Add a section as [exit Hard Stop Loss].")
        try validateZones()
    }

    /// What is asked of sessions that somebody brings for a bot alone.
    /// - Throws: ``TemplateError``.
    func validateSessions() throws(TemplateError) {
        for session in sessions { try validate(session) }
        try validateZones()
    }

    private func validateZones() throws(TemplateError) {
        for session in sessions {
            // An unknown zone would silently be UTC.
            let isKnown = session.zone == "UTC" || TimeZoneFile(named: session.zone) != nil
            try require(isKnown, "zone", "\"\(cut(session.zone))\" is no time zone",
                "Write an IANA name as Asia/Tokyo, or UTC.", in: "session \(session.name)")
        }
    }

    static let leverages = 1...100
    static let warmUps = 0...1_000_000

    /// - Throws: ``TemplateError`` for a field of the template itself.
    func validateFields() throws(TemplateError) {
        try require(!name.isEmpty && Self.isPlain(name), "name",
            "\"\(cut(name))\" is not a name",
            "Write one line of text without \" ;\" and without spaces at its ends.")
        try require(Self.isPlain(summary), "description", "the text does not fit on its line",
            "Write one line of text without \" ;\" and without spaces at its ends.")
        try require(threshold >= 0 && threshold <= 1, "threshold",
            threshold.shortText.whyOutOfRange, "Write a number from 0 to 1.")
        try require(Self.leverages.contains(leverage), "leverage",
            String(leverage).whyOutOfRange,
            "Write a whole number from \(Self.leverages.words).")
        try require(Self.warmUps.contains(warmUp ?? 0), "warm_up",
            String(warmUp ?? 0).whyOutOfRange,
            "Write auto, or a whole number of candles from \(Self.warmUps.words).")
        try require(sizing.isSensible, "sizing", "the size is out of range",
            "Write \(Sizing.expectation).")
        try require(
            components.contains { $0.role == .signal && $0.weight > 0 }, nil,
            "no signal with a weight above 0", "Add a section as [signal EMA Cross].")
        for session in sessions { try validate(session) }
    }

    private func validate(_ session: SessionWindow) throws(TemplateError) {
        let section = "session \(session.name)"
        try require(!session.name.isEmpty && Self.isPlain(session.name), nil,
            "a session has no usable name", "Write [session Tokyo].", in: section)
        try require(
            !session.days.isEmpty && session.days.allSatisfy { (0...6).contains($0) }, "days",
            "no weekday", "Write days as mon-fri or mon wed fri.", in: section)
        try require((0..<1440).contains(session.start), "start", "not a time of day",
            "Write a time from 00:00 to 23:59.", in: section)
        try require((0...1440).contains(session.end), "end", "not a time of day",
            "Write a time from 00:00 to 24:00.", in: section)
        try require(!session.zone.isEmpty && Self.isPlain(session.zone), "zone", "no time zone",
            "Write an IANA name as Asia/Tokyo.", in: section)
    }

    private func require(
        _ isGood: Bool, _ key: String?, _ problem: String, _ remedy: String,
        in section: String? = nil
    ) throws(TemplateError) {
        guard isGood else {
            throw TemplateError(
                template: name, section: section, key: key, problem: problem, remedy: remedy)
        }
    }

    /// Whether a text survives the file format: one line, nothing that reads as a comment.
    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            && !text.hasPrefix(" ") && !text.hasSuffix(" ") && !text.hasPrefix(";")
            && !text.contains(" ;")
    }
}

extension ClosedRange<Int> {
    /// `1 to 100`.
    var words: String { "\(lowerBound) to \(upperBound)" }
}

extension Sizing {
    /// What may be written, with the range of each form.
    static let expectation =
        "equity_percent 10, risk_percent 1, notional 1000 or quantity 0.5: a percentage from "
        + "0.01 to 1000 (of risk to 100), a notional above 0 and at most \(Money.most), a "
        + "quantity above 0 and at most \(Quantity.most)"

    var isSensible: Bool {
        switch self {
        case .quantity(let quantity): quantity.isPositive
        case .notional(let money): money.isPositive
        case .equityShare(let share): share >= .basisPoints(1) && share <= .percent(1000)
        case .riskShare(let share): share >= .basisPoints(1) && share <= .percent(100)
        }
    }
}

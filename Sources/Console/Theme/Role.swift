/// What a piece of the screen means; a theme says how each meaning looks: <doc:ConsoleRules#Roles>.

/// All ninety-three roles in fifteen families. Screens name roles, never colours.
enum Role: UInt8, CaseIterable, Sendable {
    // text
    case text, textDim, textStrong, background, disabled
    // frame
    case border, borderFocus, separator, title, titleCode, scrollbar
    // bars
    case header, headerLive, headerTest, headerReadonly, crumb, crumbCurrent, footer, footerKey,
        footerLabel
    // rows
    case selection, selectionUnfocused, mark, match, matchCurrent
    // input
    case input, inputPrompt, inputHint, inputError
    // dialog
    case dialog, dialogTitle, dialogDanger, dialogTyped, button, buttonFocus, buttonDanger,
        buttonDisabled
    // message
    case messageInfo, messageOk, messageWarn, messageError, messageCritical
    // status
    case statusDeploying, statusOnline, statusPaused, statusOffline, statusError,
        statusSleeping, statusWaking, statusWindingDown, statusStopped
    // badge
    case badgeLive, badgeTest, badgePaper, badgeUpdate, badgeStaff, badgeLocked
    // value
    case gain, loss, flat, changed, stale, frozen, ageOk, ageLate, ageLost
    // meter
    case meterTrack, meterLow, meterMid, meterHigh
    // chart
    case chartLine1, chartLine2, chartLine3, chartLine4, chartGrid, chartUp, chartDown
    // position
    case sideLong, sideShort
    // support
    case priorityLow, priorityNormal, priorityHigh, priorityUrgent, ticketCustomer, ticketStaff,
        ticketNote, ticketUnread
    // event
    case kindOrder, kindSignal, kindCommand, kindConfig, kindLife, kindError

    /// The name in theme files: `text.dim`, `status.winding-down`.
    var name: String { Self.names[Int(rawValue)] }

    /// One character for snapshots; blank for the background, different for every role.
    var letter: Character { Self.letters[Int(rawValue)] }

    init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: UInt8(index))
    }

    /// Dim text, frames and empty tracks: 3:1 against the background is enough, text needs 4.5:1.
    var isFaint: Bool {
        switch self {
        case .textDim, .disabled, .border, .borderFocus, .separator, .scrollbar, .inputHint,
            .buttonDisabled,
            .statusStopped, .badgeLocked, .stale, .meterTrack, .chartGrid, .priorityLow:
            true
        default: false
        }
    }

    /// Its colour means something, so that no bar may take it away.
    var keepsColourOnBars: Bool {
        switch self {
        case .messageOk, .messageWarn, .messageError, .messageCritical, .statusDeploying,
            .statusOnline, .statusPaused, .statusOffline, .statusError, .statusSleeping,
            .statusWaking, .statusWindingDown, .badgeLive, .badgeTest, .badgePaper, .badgeUpdate,
            .badgeStaff, .gain, .loss, .frozen, .ageLate, .ageLost, .mark, .priorityHigh,
            .priorityUrgent, .ticketStaff, .kindSignal, .kindCommand, .kindConfig, .kindLife,
            .kindError, .buttonDanger, .inputError:
            true
        default: false
        }
    }

    /// A drawing made of colour: a bar never lies under it.
    var isDrawing: Bool {
        switch self {
        case .meterTrack, .meterLow, .meterMid, .meterHigh, .chartLine1, .chartLine2, .chartLine3,
            .chartLine4, .chartGrid, .chartUp, .chartDown:
            true
        default: false
        }
    }

    /// A row bar: what stands on it takes its colours, so that the bar is one bar.
    var isRowBar: Bool { self == .selection || self == .selectionUnfocused }

    /// `textDim` is `text.dim`; the one name with a dash is spelt out.
    private static let names: [String] = allCases.map { role in
        if role == .statusWindingDown { return "status.winding-down" }
        var name = ""
        for character in "\(role)" {
            name += character.isUppercase ? ".\(character.lowercased())" : "\(character)"
        }
        return name
    }

    private static let letters: [Character] = {
        let letters = Array(
            ".,s dabcefghijklmnopqrtuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                + "0123456789!#$%&'()*+-/:;<=>?@[]^_`{|}~")
        return allCases.map { letters[Int($0.rawValue)] }
    }()
}

/// The two themes that the binary carries, so that it needs no files to run (TUI.md 4c).

/// Word for word the files in `themes/`; a test compares them.
enum BuiltInThemes {
    /// Also known as `base`, the parent of all others.
    static let defaultTheme = """
        # themes/default.theme
        # The terminal's own colours, bold and reverse: right on dark and light backgrounds alike.
        # This is also "base": a theme that extends it and changes the palette changes every role.
        [theme]
        name = Default
        kind = any

        [palette]
        # name    = 24 bits | 256 | 16 colours | attributes where there is no colour
        ink       = default
        paper     = default
        faint     = default | default | default | dim
        line      = default
        accent    = cyan    | cyan    | cyan    | bold
        highlight = default
        red       = red
        green     = green
        yellow    = yellow
        blue      = blue
        magenta   = magenta
        cyan      = cyan
        gain      = green
        loss      = red
        good      = green
        warn      = yellow
        bad       = red
        fault     = red     | red     | red     | no-bold reverse
        bar       = white
        bar-ink   = black
        live      = red
        live-ink  = white
        test      = cyan
        test-ink  = black
        lock      = yellow
        lock-ink  = black
        note      = yellow  | yellow  | yellow  | bold
        note-ink  = black
        pick      = default | default | default | reverse
        pick-ink  = default
        shade     = default | default | default | underline
        shade-ink = default

        [roles]
        # role = foreground [on background] [attribute ...]
        # text
        text                = @ink
        text.dim            = @faint
        text.strong         = @ink bold
        background          = @ink on @paper
        disabled            = @faint
        # frame
        border              = @line
        border.focus        = @accent bold
        separator           = @line
        title               = @ink bold
        title.code          = @accent
        scrollbar           = @line
        # bars
        header              = @bar-ink on @bar
        header.live         = @live-ink on @live bold
        header.test         = @test-ink on @test
        header.readonly     = @lock-ink on @lock
        crumb               = @ink
        crumb.current       = @ink bold
        footer              = @ink
        footer.key          = @ink bold
        footer.label        = @ink
        # rows
        selection           = @pick-ink on @pick
        selection.unfocused = @shade-ink on @shade
        mark                = @yellow bold
        match               = @highlight underline
        match.current       = @highlight reverse underline
        # input
        input               = @ink
        input.prompt        = @accent
        input.hint          = @faint
        input.error         = @fault bold
        # dialog
        dialog              = @ink
        dialog.title        = @ink bold
        dialog.danger       = @live-ink on @live bold
        dialog.typed        = @ink bold
        button              = @ink
        button.focus        = @ink reverse
        button.danger       = @bad bold
        button.disabled     = @faint
        # message
        message.info        = @ink
        message.ok          = @good
        message.warn        = @warn
        message.error       = @bad bold
        message.critical    = @live-ink on @live bold
        # status
        status.deploying    = @cyan
        status.online       = @good
        status.paused       = @warn
        status.offline      = @bad
        status.error        = @bad bold reverse
        status.sleeping     = @blue bold
        status.waking       = @cyan
        status.winding-down = @magenta
        status.stopped      = @faint
        # badge
        badge.live          = @bad bold
        badge.test          = @cyan
        badge.paper         = @cyan
        badge.update        = @warn
        badge.staff         = @magenta bold
        badge.locked        = @faint
        # value
        gain                = @gain
        loss                = @loss
        flat                = @ink
        changed             = @ink bold
        stale               = @faint
        frozen              = @ink reverse
        age.ok              = @ink
        age.late            = @warn
        age.lost            = @bad bold
        # meter
        meter.track         = @line
        meter.low           = @good
        meter.mid           = @warn
        meter.high          = @bad bold
        # chart
        chart.line1         = @cyan
        chart.line2         = @yellow
        chart.line3         = @magenta
        chart.line4         = @green
        chart.grid          = @line
        chart.up            = @gain
        chart.down          = @loss
        # position
        side.long           = @ink
        side.short          = @ink bold
        # support
        priority.low        = @faint
        priority.normal     = @ink
        priority.high       = @warn
        priority.urgent     = @bad bold
        ticket.customer     = @ink
        ticket.staff        = @cyan
        ticket.note         = @note-ink on @note
        ticket.unread       = @ink bold
        # event
        kind.order          = @ink
        kind.signal         = @cyan
        kind.command        = @magenta
        kind.config         = @yellow
        kind.life           = @blue bold
        kind.error          = @bad

        """

    /// Attributes only.
    static let mono = """
        # themes/mono.theme
        # Attributes only: for NO_COLOR, vt100 and everyone who wants no colour.
        [theme]
        name    = Mono
        kind    = any
        extends = base

        [palette]
        accent   = default | default | default | bold
        red      = default
        green    = default
        yellow   = default
        blue     = default
        magenta  = default
        cyan     = default
        gain     = default
        loss     = default
        good     = default
        warn     = default
        bad      = default
        fault    = default | default | default | no-bold reverse
        bar      = default | default | default | reverse
        bar-ink  = default
        live     = default | default | default | reverse
        live-ink = default
        test     = default | default | default | reverse
        test-ink = default
        lock     = default | default | default | reverse
        lock-ink = default
        note     = default | default | default | bold
        note-ink = default

        """

    /// The text of a built-in theme; `base` is another name of `default`.
    static func text(_ code: String) -> String? {
        switch code {
        case "default", "base": defaultTheme
        case "mono": mono
        default: nil
        }
    }

    static let codes = ["default", "mono"]
}

/// The themes that the binary carries, so that it needs no files to run: <doc:ConsoleRules#Themes>.

/// The files of `themes/`, which the build reads through the links in `Files/`: a new one needs a
/// link there and a line here.
enum BuiltInThemes {
    private static let files: [String: [UInt8]] = [
        "amber": PackageResources.amber_theme,
        "catppuccin-latte": PackageResources.catppuccin_latte_theme,
        "catppuccin-mocha": PackageResources.catppuccin_mocha_theme,
        "default": PackageResources.default_theme,
        "dracula": PackageResources.dracula_theme,
        "gruvbox-dark": PackageResources.gruvbox_dark_theme,
        "gruvbox-light": PackageResources.gruvbox_light_theme,
        "high-contrast-dark": PackageResources.high_contrast_dark_theme,
        "high-contrast-light": PackageResources.high_contrast_light_theme,
        "mono": PackageResources.mono_theme,
        "nord": PackageResources.nord_theme,
        "okabe-ito-dark": PackageResources.okabe_ito_dark_theme,
        "okabe-ito-light": PackageResources.okabe_ito_light_theme,
        "solarized-dark": PackageResources.solarized_dark_theme,
        "solarized-light": PackageResources.solarized_light_theme,
        "tokyo-night": PackageResources.tokyo_night_theme,
    ]

    /// The text of a theme; nil where the binary carries none of that name. `base`, the parent of
    /// all others, is `default`.
    static func text(_ code: String) -> String? {
        files[code == "base" ? "default" : code].map { String(decoding: $0, as: UTF8.self) }
    }

    static var codes: [String] { files.keys.sorted() }
}

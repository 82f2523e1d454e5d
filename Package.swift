// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 mode comes with the tools version; warnings are errors in every target.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The engine is one thread, so that what the checks look for at run time, two overlapping
/// accesses to one object, can only be a mistake of ours within one call stack: debug builds,
/// which run every test, look for it. In a replay they cost 28 % of the processor time.
let fast: [SwiftSetting] =
    strict + [
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
    ]

/// A release binary carries Swift's own library: a jump box needs no Swift, and the program starts
/// in half the time.
let alone: [LinkerSetting] = [
    .unsafeFlags(["-static-stdlib"], .when(configuration: .release))
]

/// Imports run Console -> Core -> Store; C libraries are system modules beside their only user.
let package = Package(
    name: "plutarc",
    products: [.executable(name: "plutarc", targets: ["Console"])],
    targets: [
        .systemLibrary(name: "CSQLite", path: "Sources/Store/CSQLite"),
        .systemLibrary(name: "COpenSSL", path: "Sources/Core/COpenSSL"),
        .systemLibrary(name: "CLinux", path: "Sources/Core/CLinux"),
        .systemLibrary(name: "CNcurses", path: "Sources/Console/CNcurses"),
        .target(
            name: "Store", dependencies: ["CSQLite"], path: "Sources/Store",
            exclude: ["CSQLite"], swiftSettings: fast),
        .target(
            name: "Core", dependencies: ["Store", "CLinux", "COpenSSL"],
            path: "Sources/Core", exclude: ["CLinux", "COpenSSL"], swiftSettings: fast),
        .executableTarget(
            name: "Console", dependencies: ["Core", "Store", "CLinux", "CNcurses"],
            path: "Sources/Console",
            exclude: ["CNcurses"], resources: [.embedInCode("Theme/Files")], swiftSettings: strict,
            linkerSettings: alone),
        .target(
            name: "TestKit", dependencies: ["Store", "Core"], path: "Tests/TestKit",
            swiftSettings: strict),
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "CoreTests", dependencies: ["Core", "Store", "TestKit"], exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Core", "Store", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "ConsoleTests", dependencies: ["Console", "Core", "Store", "TestKit"],
            exclude: ["Snapshots"], swiftSettings: strict),
        .testTarget(
            name: "ProcessTests", dependencies: ["Console", "Core", "Store", "TestKit"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: ["TestKit"], swiftSettings: strict),
    ]
)

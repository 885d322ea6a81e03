// swift-tools-version:6.2
import PackageDescription

// Every stage is declared by `stage`, so all look alike: Swift 6 mode, warnings are errors. The
// arrows between targets are the `dependencies` below; Tests/TidyTests/LayeringTests compares them
// with the `import` lines, because the compiler does not.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A library target under Sources/<name> with a mirror under Tests/<name>Tests.
/// `lists` names the folders whose contents the build plugin turns into Swift.
func stage(
  _ name: String, on dependencies: [Target.Dependency] = [], path: String? = nil,
  lists: Bool = false, exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict,
    plugins: lists ? [.plugin(name: "CatalogueListing")] : [])
}

func tests(
  _ name: String, on dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies
      + (name == "CaseModel" ? [] : ["CaseModel"]),
    exclude: exclude, swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "moneytrail",
  products: [
    .executable(name: "moneytrail", targets: ["moneytrail"])
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // Values
    stage("Amounts"),
    stage("CaseModel", on: ["Amounts"]),
    stage("Digests", on: ["CaseModel", "CCrypto"]),
    stage(
      "Legislation", on: ["CaseModel", yams], lists: true, exclude: ["Jurisdictions", "README.md"]),

    // Stages: pure functions from values to values
    stage(
      "Intake", on: ["CaseModel", "Digests", "CArchive", "CLibxml2", "CRowScan", yams], lists: true,
      exclude: [
        "Profiles", "Records", "FollowTheMoney/Schemata", "ProductionSet/Profiles",
        "Registers/Profiles", "README.md",
      ]),
    stage(
      "Identity", on: ["CaseModel", "Digests"], lists: true, exclude: ["Profiles", "README.md"]),
    stage("TrailGraph", on: ["CaseModel"], exclude: ["README.md"]),
    stage(
      "Detection", on: ["CaseModel", "TrailGraph", "Legislation"], lists: true,
      exclude: ["README.md"]),
    stage(
      "Tracing", on: ["CaseModel", "Digests"], lists: true, exclude: ["README.md"]),
    stage("Linking", on: ["CaseModel"], exclude: ["README.md"]),
    // Computes a trace again; shares no code with Tracing, so it imports nothing of this package.
    stage("TracingCheck", exclude: ["README.md"]),
    stage("Confiscation", on: ["CaseModel", "Legislation"], exclude: ["README.md"]),
    stage(
      "Dossier", on: ["CaseModel", "Digests", yams], lists: true,
      exclude: ["Templates", "README.md"]),

    // Other systems' formats: pure as well, values to bytes
    stage(
      "Exchange", on: ["CaseModel", "Digests", "CLibxml2", yams], lists: true,
      exclude: ["README.md"]),

    // Edges
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CRowScan"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    stage("Postgres", on: ["CLibpq"], exclude: ["README.md"]),
    stage("LocalPostgres", on: [subprocess, "SQLScripts"], exclude: ["README.md"]),
    stage(
      "SQLScripts", path: "sql", lists: true, exclude: ["migrations", "queries", "README.md"]),
    stage(
      "CaseStore",
      on: ["CaseModel", "CRowScan", "Postgres", "SQLScripts", "Digests", "TrailGraph"],
      exclude: ["README.md"]),
    stage(
      "Publishing", on: ["CaseModel", "CXlsxWriter", "Digests", subprocess], lists: true,
      exclude: ["Templates", "README.md"]),

    stage("Receiving", on: ["CaseModel", "Digests", "Intake"], exclude: ["README.md"]),

    // The order of the stages, the made-up cases, the program
    stage("Scenarios", on: ["CaseModel"], exclude: ["README.md"]),
    stage(
      "Investigation",
      on: [
        "CaseModel", "Legislation", "Intake", "TrailGraph", "Detection", "Tracing", "Confiscation",
        "Dossier", "Publishing", "CaseStore", "Digests", "Linking", "Exchange", "Identity",
      ], exclude: ["README.md"]),
    .executableTarget(
      name: "moneytrail",
      dependencies: [
        "CaseModel", "Intake", "TrailGraph", "Detection", "Tracing", "Legislation", "Confiscation",
        "Dossier", "CaseStore", "Investigation", "Identity", "Linking", "Exchange", "LocalPostgres",
        "Postgres", "Publishing", "Receiving", "Scenarios", "Digests", arguments,
      ], exclude: ["README.md"], swiftSettings: strict),

    .executableTarget(
      name: "tracing-check", dependencies: ["TracingCheck"], exclude: ["README.md"],
      swiftSettings: strict),

    // Measuring
    .executableTarget(
      name: "store-bench",
      dependencies: [
        "CaseModel", "CaseStore", "Digests", "Intake", "LocalPostgres", "Postgres", "Receiving",
        "TrailGraph",
      ], path: "Benchmarks/StoreBench", swiftSettings: strict),
    .executableTarget(
      name: "trail-bench",
      dependencies: ["CaseModel", "Detection", "Digests", "Legislation", "TrailGraph"],
      path: "Benchmarks/TrailBench", swiftSettings: strict),
    .executableTarget(
      name: "trace-bench", dependencies: ["CaseModel", "Tracing"],
      path: "Benchmarks/TraceBench", swiftSettings: strict),

    .executableTarget(
      name: "intake-fuzz", dependencies: ["CaseModel", "Digests", "Intake"],
      path: "Benchmarks/IntakeFuzz", swiftSettings: strict),

    // The tool that lists Catalogue/ folders and embeds data files at build time
    .executableTarget(name: "catalogue-listing", swiftSettings: strict),
    .plugin(
      name: "CatalogueListing", capability: .buildTool(), dependencies: ["catalogue-listing"]),

    // Tests
    .target(
      name: "TestSupport",
      dependencies: ["CaseModel", "TrailGraph", "CaseStore", "LocalPostgres", "Postgres"],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests("Amounts"),
    tests("CaseModel"),
    tests("Legislation"),
    tests(
      "Intake", on: ["CRowScan", "Digests", "Receiving"],
      exclude: ["Statements", "tabular-differences.txt"]),
    tests("Identity"),
    tests("TrailGraph"),
    tests(
      "Detection", on: ["TrailGraph", "Legislation", "Intake", "Digests"], exclude: ["Cases"]),
    tests("Tracing", on: ["Legislation"], exclude: ["Cases"]),
    tests("TracingCheck", on: ["Tracing"]),
    tests("Linking"),
    tests("Confiscation", on: ["Legislation"]),
    tests("Dossier", on: ["Digests"]),
    tests("Publishing", on: ["Digests", "Dossier"]),
    tests("Exchange", on: ["Digests"], exclude: ["Checks"]),
    tests(
      "CaseStore",
      on: ["Postgres", "SQLScripts", "LocalPostgres", "Intake", "Digests", "TrailGraph"]),
    tests("Scenarios", on: ["Intake"]),
    tests(
      "Investigation",
      on: [
        "CaseStore", "Confiscation", "Identity", "LocalPostgres", "Intake", "Legislation",
        "Detection",
        "Digests", "Exchange", "Linking", "Postgres", "Scenarios",
      ]),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TranscriptTests", dependencies: ["TestSupport"], exclude: ["Golden", "Inputs"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

import Testing

@Suite("Imports follow the declared arrows")
struct LayeringTests {
  /// Modules that come with the toolchain.
  static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Synchronization", "Testing",
    "PackagePlugin", "SystemPackage",
  ]

  static func imports(of path: String) throws -> [String] {
    try SourceTree.codeLines(path, holding: ["import"]).compactMap { line in
      line.code.firstMatch(
        of:
          /^\s*(?:@\w+\s+)*(?:public\s+|package\s+|internal\s+)?import\s+(?:struct\s+|enum\s+|class\s+|func\s+|protocol\s+)?(\w+)/
      ).map { String($0.output.1) }
    }
  }

  @Test("every import names a declared dependency")
  func declared() throws {
    let targets = try DeclaredTarget.all()
    #expect(targets.count > 30, "the manifest was not understood")
    for target in targets {
      let files = SourceTree.files(below: target.folder, suffix: ".swift")
      #expect(!files.isEmpty, "\(target.name) has no file under \(target.folder)")
      for file in files {
        for module in try Self.imports(of: file) where !Self.system.contains(module) {
          #expect(
            target.dependencies.contains(module),
            "\(file) imports \(module), which Package.swift does not declare for \(target.name)")
        }
      }
    }
  }

  @Test("every declared dependency is used")
  func used() throws {
    for target in try DeclaredTarget.all() where !target.folder.hasPrefix("Tests") {
      var imported: Set<String> = []
      for file in SourceTree.files(below: target.folder, suffix: ".swift") {
        imported.formUnion(try Self.imports(of: file))
      }
      for dependency in target.dependencies.sorted() {
        #expect(
          imported.contains(dependency),
          "\(target.name) declares \(dependency) and never imports it")
      }
    }
  }

  @Test("stages are pure: none of them reaches a database, a process or another stage")
  func pure() throws {
    let stages = [
      "Intake", "TrailGraph", "Detection", "Tracing", "Confiscation", "Dossier", "Identity",
      "Linking", "Exchange",
    ]
    let values = ["Amounts", "CaseModel", "Digests", "Legislation"]
    let edges: Set<String> = [
      "Postgres", "CLibpq", "CaseStore", "LocalPostgres", "Subprocess", "Publishing",
      "Investigation",
    ]
    for target in try DeclaredTarget.all() where (stages + values).contains(target.name) {
      #expect(target.dependencies.isDisjoint(with: edges), "\(target.name) reaches the outside")
      let others = Set(stages).subtracting([target.name, "TrailGraph"])
      #expect(target.dependencies.isDisjoint(with: others), "\(target.name) imports another stage")
    }
  }

  @Test("only Postgres calls libpq, only SQL files hold SQL")
  func edges() throws {
    for file in SourceTree.files(below: "Sources", suffix: ".swift") {
      for (number, code) in try SourceTree.codeLines(file, holding: ["PQ"])
      where code.contains(/\bPQ[a-z]\w+\(/) {
        #expect(file.hasPrefix("Sources/Postgres/"), "\(file):\(number) calls libpq")
      }
    }
  }
}

// The programs that set and draw: where they are, and how one is run.

import Foundation
import Subprocess

/// The programs publishing needs. Found once, at the edge; documents never depend on where.
public struct Tools: Sendable {
  /// How typst is reached.
  enum Typst: Sendable {
    case python(String)
    case binary(String)
  }
  let typst: Typst?
  /// Any Python 3, for packing containers.
  let python: String?
  let dot: String?

  /// Looks for the programs.
  ///
  /// typst: the Python that `MONEYTRAIL_TYPST_PYTHON` names, `.venv/bin/python` in `folder`,
  /// `python3` on the path, each only when it can import `typst`; else a `typst` binary on the path.
  public static func discover(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    folder: URL = URL(filePath: FileManager.default.currentDirectoryPath)
  ) async -> Tools {
    let path = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(
      String.init)
    func onPath(_ name: String) -> String? {
      path.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
    let pythons = [
      environment["MONEYTRAIL_TYPST_PYTHON"], folder.appending(path: ".venv/bin/python").path,
      onPath("python3"),
    ].compactMap { $0 }.filter { FileManager.default.isExecutableFile(atPath: $0) }
    var typst: Typst?
    for python in pythons {
      let check = try? await run(
        python, ["-c", "import typst; typst.Compiler"], in: folder, tool: "python3")
      if check != nil {
        typst = .python(python)
        break
      }
    }
    if typst == nil { typst = onPath("typst").map { .binary($0) } }
    return Tools(typst: typst, python: pythons.first, dot: onPath("dot"))
  }

  /// What is not there, by name. Empty when every document can be made.
  public var missing: [String] {
    (typst == nil ? ["typst"] : []) + (python == nil ? ["python3"] : [])
      + (dot == nil ? ["graphviz"] : [])
  }

  /// Runs a program to its end in a fixed environment. Returns what it printed.
  static func run(_ program: String, _ arguments: [String], in folder: URL, tool: String)
    async throws -> String
  {
    let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
    do {
      result = try await Subprocess.run(
        .path(.init(program)), arguments: Arguments(arguments),
        environment: .inherit.updating(["LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"]
        ),
        workingDirectory: .init(folder.path), output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20))
    } catch {
      throw PublishingError.toolFailed(tool: tool, message: "\(error)")
    }
    guard result.terminationStatus.isSuccess else {
      let message = result.standardError.split(separator: "\n").suffix(6).joined(separator: " / ")
      throw PublishingError.toolFailed(
        tool: tool, message: message.isEmpty ? "\(result.terminationStatus)" : message)
    }
    return result.standardOutput
  }

  /// Draws every chart of a layout as `flow-<n>.<type>` in a folder.
  func draw(_ layout: Layout, as type: String, in folder: URL) async throws {
    for case .flow(let number, let chart) in layout.items.map(\.item) {
      guard let dot else {
        throw PublishingError.toolMissing(
          tool: "Graphviz (dot)", remedy: "install the package graphviz, or run make once")
      }
      let source = FlowDrawing.dot(chart, register: layout.register)
      let file = folder.appending(path: "flow-\(number).dot")
      try Data(source.utf8).write(to: file)
      let options = type == "png" ? ["-Tpng:cairo", "-Gdpi=200"] : ["-Tsvg"]
      _ = try await Self.run(
        dot, options + ["-o", "flow-\(number).\(type)", file.lastPathComponent], in: folder,
        tool: "dot")
    }
  }

  /// Sets `document.typ` in a folder. Returns the number of pages.
  func typeset(in folder: URL, driver: String) async throws -> Int {
    switch typst {
    case .python(let python):
      let printed = try await Self.run(
        python, ["-c", driver, "document.typ", "document.pdf"], in: folder, tool: "typst")
      return Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    case .binary(let typst):
      _ = try await Self.run(
        typst, ["compile", "--creation-timestamp", "0", "document.typ", "document.pdf"], in: folder,
        tool: "typst")
      let printed = try await Self.run(
        typst, ["query", "document.typ", "<page-total>", "--field", "value", "--one"], in: folder,
        tool: "typst")
      return Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    case nil:
      throw PublishingError.toolMissing(
        tool: "typst",
        remedy:
          "run make once, or: python3 -m venv .venv && .venv/bin/pip install typst; or name a Python that has it in MONEYTRAIL_TYPST_PYTHON"
      )
    }
  }

  /// Packs files of a folder, in the order given, into a ZIP container.
  func pack(_ names: [String], of parts: URL, into output: URL, driver: String) async throws {
    guard let python else {
      throw PublishingError.toolMissing(
        tool: "python3", remedy: "install the package python3, or run make once")
    }
    _ = try await Self.run(
      python, ["-c", driver, parts.path, output.path] + names, in: parts, tool: "python3")
  }
}

import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation

/// The files a user names, each read when its turn comes, archives followed by what they hold.
struct ReceivedFiles {
  let paths: [String]
  let limits: ReadingOptions.Limits
  /// Where rows that were set aside go: a file, or a folder when several files are named.
  let rejects: String?

  init(_ paths: [String], limits: ReadingOptions.Limits, rejects: String? = nil) {
    self.paths = paths
    self.limits = limits
    self.rejects = rejects
  }

  /// What became of all of them.
  struct Outcome {
    var reports: [FileImport.Report] = []
    /// Messages on files that could not even be recorded.
    var refusals: [String] = []
    /// Reject files that were written.
    var rejects: [String] = []
    var measure = Measure()
  }

  /// How much was done in what time: what the progress line shows while it lasts.
  struct Measure: Encodable {
    var files = 0
    var bytes = 0
    var records = 0
    var milliseconds = 0
    /// Whole bytes and records in a second of wall time, rounded down.
    var bytesPerSecond: Int { Self.rate(bytes, milliseconds) }
    var recordsPerSecond: Int { Self.rate(records, milliseconds) }

    static func rate(_ count: Int, _ milliseconds: Int) -> Int {
      count * 1000 / max(1, milliseconds)
    }

    enum CodingKeys: String, CodingKey {
      case files, bytes, records, milliseconds
      case bytesPerSecond = "bytes_per_second"
      case recordsPerSecond = "records_per_second"
    }

    func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(files, forKey: .files)
      try keyed.encode(bytes, forKey: .bytes)
      try keyed.encode(records, forKey: .records)
      try keyed.encode(milliseconds, forKey: .milliseconds)
      try keyed.encode(bytesPerSecond, forKey: .bytesPerSecond)
      try keyed.encode(recordsPerSecond, forKey: .recordsPerSecond)
    }
  }

  /// One file with the others of its set: the files of its archive, or those named beside it that share
  /// its name up to an underscore, as the tables of a production do.
  struct Item {
    let file: InputFile
    let companions: [InputFile]
  }

  /// A path's file and, for an archive, the files in it. An archive that may not be opened stands alone:
  /// reading it says why.
  func items(of path: String) throws -> [Item] {
    let file = try InputFiles.read(path)
    guard Archives.isArchive(file) else {
      return [Item(file: file, companions: try companions(of: path))]
    }
    let inside = (try? Archives.unpack(file, limits: limits.archive).files) ?? []
    return [Item(file: file, companions: [])]
      + inside.indices.map { index in
        let others = inside.enumerated().filter { $0.offset != index }.map(\.element)
        return Item(file: inside[index], companions: others)
      }
  }

  /// Companions are held in memory, so a set of named files has bounds: 16 files, 256 MiB.
  private func companions(of path: String) throws -> [InputFile] {
    let name = URL(filePath: path).lastPathComponent
    let others = paths.filter { other in
      let name2 = URL(filePath: other).lastPathComponent
      return other != path && Self.isOneSet(name, name2)
    }
    guard !others.isEmpty, others.count < 16 else { return [] }
    let sizes = others.map {
      ((try? FileManager.default.attributesOfItem(atPath: $0))?[.size] as? Int) ?? 0
    }
    guard sizes.reduce(0, +) <= 256 << 20 else { return [] }
    return others.compactMap { try? InputFiles.read($0) }
  }

  static func isOneSet(_ a: String, _ b: String) -> Bool {
    let common = zip(a, b).prefix { $0.0 == $0.1 }.map(\.0)
    return common.lastIndex(of: "_").map { $0 > 0 } ?? false
  }

  /// Stores each file in its own transaction.
  func bring(into store: Store, _ receipt: FileImport.Receipt) async throws -> Outcome {
    let importer = FileImport(into: store, program: "moneytrail \(ProgramVersion.text)")
    let progress = Progress()
    let total = paths.reduce(0) { sum, path in
      sum + (((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0)
    }
    var outcome = Outcome()
    let start = ContinuousClock().now
    var done = 0
    for path in paths {
      let name = URL(filePath: path).lastPathComponent
      progress.report("reading \(name)", bytes: done, of: total)
      do {
        let items = try items(of: path)
        for item in items {
          try Task.checkCancellation()
          progress.report("storing \(item.file.name)", bytes: done, of: total)
          var receipt = receipt
          receipt.companions = item.companions
          if item.file.container != nil, let mark = receipt.exhibit {
            receipt.exhibit = mark + " > " + FileImport.storedName(of: item.file)
          }
          try await bring(item.file, importer, receipt, isOnly: items.count == 1, into: &outcome)
        }
        done += items.first?.file.byteCount ?? 0
      } catch let failure as ProgramError where failure.status == .inputRejected {
        outcome.refusals.append(failure.message)
      }
    }
    progress.finish()
    let spent = ContinuousClock().now - start
    outcome.measure.milliseconds =
      Int(spent.components.seconds) * 1000
      + Int(spent.components.attoseconds / 1_000_000_000_000_000)
    return outcome
  }

  private func bring(
    _ file: InputFile, _ importer: FileImport, _ receipt: FileImport.Receipt, isOnly: Bool,
    into outcome: inout Outcome
  ) async throws {
    do {
      let report = try await importer.bring(file, receipt)
      outcome.reports.append(report)
      outcome.measure.files += 1
      outcome.measure.bytes += file.byteCount
      outcome.measure.records += report.read
      if let rejects, report.quarantined > 0 {
        let options = ReadingOptions(
          profile: receipt.profile, limits: limits, receivedOn: receipt.receivedOn,
          companions: receipt.companions)
        let place = RejectPlace(rejects, isOnly: isOnly && paths.count == 1)
        if let path = try place.write(file, options, strict: receipt.isStrict) {
          outcome.rejects.append(path)
        }
      }
    } catch let refusal as FileRefusal {
      outcome.refusals.append(refusal.issues.map(\.description).joined(separator: "\n"))
    }
  }
}

/// Where the rows that were set aside are written.
struct RejectPlace {
  let path: String
  let isOnly: Bool

  init(_ path: String, isOnly: Bool) {
    self.path = path
    self.isOnly = isOnly
  }

  /// Writes the rows of one file that were set aside; nil when there are none, or when they are no rows,
  /// which is then said.
  func write(_ file: InputFile, _ options: ReadingOptions, strict: Bool) throws -> String? {
    let result = readStatements(file: file, options: options, strict: strict)
    let bytes: [UInt8]?
    do { bytes = try RejectFile.bytes(of: file, result: result, options: options) } catch let issue
      as CaseModel.Issue
    {
      Terminal.message(issue.description)
      return nil
    }
    guard let bytes else { return nil }
    var place = URL(filePath: path)
    if !isOnly {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      place.append(path: file.name.replacing("/", with: "_") + ".rejects.csv")
    }
    try Data(bytes).write(to: place, options: .atomic)
    return place.path
  }
}

import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import Receiving

/// The files a user names, each read when its turn comes, archives followed by what they hold.
struct ReceivedFiles {
  let paths: [String]
  let limits: ReadingOptions.Limits
  /// The profile the user states, by which a production set of one's own is known.
  let profile: String?
  /// Where rows that were set aside go: a file, or a folder when several files are named.
  let rejects: String?

  init(
    _ paths: [String], limits: ReadingOptions.Limits, profile: String? = nil,
    rejects: String? = nil
  ) {
    self.paths = paths
    self.limits = limits
    self.profile = profile
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

  /// The paths that are read together: those of a production set, all others alone.
  var groups: [[String]] {
    ProductionSet.groups(ofPaths: paths, profile: profile).map { $0.map { paths[$0] } }
  }

  /// The files of one group of paths, and of an archive what it holds: groups of files that are read
  /// together. An archive that may not be opened stands alone: reading it says why.
  func files(of group: [String]) throws -> [[InputFile]] {
    let files = try group.map(InputFiles.read)
    guard files.count == 1, let file = files.first, Archives.isArchive(file) else { return [files] }
    let inside = (try? Archives.unpack(file, limits: limits.archive).files) ?? []
    return [[file]]
      + ProductionSet.groups(ofPaths: inside.map(\.name), profile: profile).map {
        $0.map { inside[$0] }
      }
  }

  /// Stores each file in its own transaction.
  func bring(into store: Store, _ receipt: FileImport.Receipt) async throws -> Outcome {
    let importer = FileImport(
      into: store, program: "moneytrail \(ProgramVersion.text)", scratch: CopyScratch(), threads: 2)
    let progress = Progress()
    let total = paths.reduce(0) { sum, path in
      sum + (((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0)
    }
    var outcome = Outcome()
    let start = ContinuousClock().now
    var done = 0
    for group in groups {
      let name = URL(filePath: group[0]).lastPathComponent
      progress.report("reading \(name)", bytes: done, of: total)
      do {
        let sets = try files(of: group)
        for set in sets {
          try Task.checkCancellation()
          progress.report("storing \(set[0].name)", bytes: done, of: total)
          var receipt = receipt
          if set[0].container != nil, let mark = receipt.exhibit {
            receipt.exhibit = mark + " > " + FileImport.storedName(of: set[0])
          }
          try await bring(
            set, importer, receipt, isOnly: sets.count == 1 && set.count == 1, progress,
            before: done, of: total, into: &outcome)
        }
        done += sets.first?.reduce(0) { $0 + $1.byteCount } ?? 0
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
    _ set: [InputFile], _ importer: FileImport, _ receipt: FileImport.Receipt, isOnly: Bool,
    _ progress: Progress, before: Int, of total: Int, into outcome: inout Outcome
  ) async throws {
    do {
      let name = set[0].name
      let reports = try await importer.bring(set: set, receipt) { step in
        progress.report(
          "\(step.phase.rawValue) \(name)", bytes: before + Int(step.bytesDone), of: total)
      }
      outcome.reports += reports
      outcome.measure.files += set.count
      outcome.measure.bytes += set.reduce(0) { $0 + $1.byteCount }
      outcome.measure.records += reports.reduce(0) { $0 + $1.read }
      guard let rejects, reports.contains(where: { $0.quarantined > 0 }) else { return }
      let options = ReadingOptions(
        profile: receipt.profile, limits: limits, receivedOn: receipt.receivedOn,
        companions: Array(set.dropFirst()))
      let place = RejectPlace(rejects, isOnly: isOnly && paths.count == 1)
      if let path = try place.write(set[0], options, strict: receipt.isStrict) {
        outcome.rejects.append(path)
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

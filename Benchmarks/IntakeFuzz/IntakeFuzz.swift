import CaseModel
import Digests
import Foundation
import Intake

/// Feeds each parser damaged and hostile input for a stated time and checks what must always hold.
///
/// A trap ends the program and leaves the input in the state file. Besides: no `E-INTERNAL`, the same
/// bytes read twice give the same result, and one input takes less than five seconds. Inputs that
/// make a parser say something new are kept and changed further.
@main
enum IntakeFuzz {
  static func main() {
    do {
      let options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
      let inputs = try options.inputs()
      let formats = try options.formats()
      print(
        "\(inputs.count) inputs, \(formats.count) formats, \(options.seconds) s each, seed \(options.seed)"
      )
      print("a crash leaves its input in \(options.state)")
      for format in formats.sorted(by: { $0.name < $1.name }) {
        var target = FuzzTarget(format, inputs: inputs, options: options)
        try target.run()
      }
    } catch {
      FileHandle.standardError.write(Data("intake-fuzz: \(error)\n".utf8))
      exit(2)
    }
  }
}

/// One parser under attack.
struct FuzzTarget {
  private let format: any StatementFormat
  private let options: FuzzOptions
  private var corpus: [InputFile]
  private let others: [InputFile]
  private var seen: Set<String> = []
  private var slowest = Duration.zero

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The inputs that the format calls its own are the start; all of them when there are none.
  init(_ format: any StatementFormat, inputs: [InputFile], options: FuzzOptions) {
    self.format = format
    self.options = options
    let own = inputs.filter {
      format.confidence(head: $0.bytes.prefix(64 << 10), name: $0.name) >= 60
    }
    corpus = own.isEmpty ? inputs : own
    others = inputs
  }

  mutating func run() throws {
    var mutator = Mutator(seed: options.seed)
    let clock = ContinuousClock()
    let start = clock.now
    var runs = 0
    var refused = 0
    while clock.now - start < .seconds(options.seconds), !corpus.isEmpty {
      let base = corpus[mutator.below(corpus.count)]
      let bytes = mutator.mutate(base.bytes, with: others[mutator.below(others.count)].bytes)
      let file = InputFile(name: base.name, sha256: ContentHash(of: bytes), bytes: bytes)
      try Data(bytes).write(to: URL(filePath: options.state))
      // A reader that never comes back is ended by the system, with the input left behind.
      alarm(30)
      let before = clock.now
      let result = readStatements(file: file, formats: [format])
      let taken = clock.now - before
      slowest = max(slowest, taken)
      runs += 1
      if result.isRefused { refused += 1 }
      try check(result, file, taken, isSecond: runs % 16 == 0)
      if seen.insert(Self.signature(result)).inserted { corpus.append(file) }
    }
    alarm(0)
    print(
      "\(format.name): \(runs) inputs in \(clock.now - start), \(refused) refused, \(seen.count) kinds of result, slowest \(slowest)"
    )
  }

  private func check(
    _ result: ReadResult, _ file: InputFile, _ taken: Duration, isSecond: Bool
  ) throws {
    if let issue = result.issues.first(where: { $0.code == "E-INTERNAL" }) {
      throw Failure(description: "\(format.name): \(issue); the input is in \(options.state)")
    }
    guard taken < .seconds(5) else {
      throw Failure(
        description: "\(format.name): \(taken) for \(file.byteCount) bytes; \(options.state)")
    }
    guard isSecond else { return }
    let again = readStatements(file: file, formats: [format])
    guard again.statements == result.statements, again.issues == result.issues,
      again.payments == result.payments, again.entities == result.entities
    else {
      throw Failure(
        description: "\(format.name): two readings of the same bytes differ; \(options.state)")
    }
  }

  /// What the parser said, coarsely: a new one means that a new path was taken.
  private static func signature(_ result: ReadResult) -> String {
    let codes = Set(result.issues.map(\.code)).sorted().joined(separator: " ")
    func size(_ count: Int) -> Int { Int.bitWidth - count.leadingZeroBitCount }
    let statuses = Set(result.statements.map(\.status.rawValue)).sorted().joined(separator: " ")
    return
      "\(result.isRefused) \(codes) | \(statuses) \(size(result.recordsRead)) \(size(result.quarantined.count)) \(size(result.statements.count)) \(size(result.payments.count)) \(size(result.entities.count))"
  }
}

import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Investigation
import Tracing

/// `moneytrail trace`: follows the tainted value by one method.
struct Trace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow the tainted value by a named method, with the others beside it.",
    discussion: """
      EXAMPLES
        moneytrail trace --method libr
        moneytrail trace --explain A-01                    why, payment by payment
        moneytrail trace --ladder                          day by day, with balances
        moneytrail trace --from-row b01-2024.csv:2         where this row went
        moneytrail trace --direction backwards --to A-01   which receipts paid it
        moneytrail trace --proof proof.json                for another program
        moneytrail trace --examples worked-examples.json --json

      Without a start, the source classes of the case sheet count. --seed takes \
      one of them alone; --from-row, --from-account and --finding make the \
      receipts they name the only tainted money. A row that is a payment is \
      followed by its own units. --examples needs no database.

      The run over the source classes is kept, as those of schedule and draft are: \
      moneytrail runs. A start of your own is a question, and not kept. The program \
      tracing-check reads a proof and computes it again.

      The text shows the claims; then, of this method, between which amounts they \
      lie over every order of a day and over missing records; then the other \
      methods, whose lowest and highest are over the three same-day orders. \
      A protected person's account goes by its token, such as sealed:V-04/2.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Option(help: "The method; the profile's default when not given.")
  var method: String?

  @Option(
    name: .customLong("same-day"),
    help: "The order of one day's entries: bank_sequence, credits_first, debits_first.")
  var sameDay = SameDayOrder.bankSequence.rawValue

  @Flag(help: "Follow proceeds back through debt where co-ordination is recorded.")
  var backward = false

  @OptionGroup(title: "Where tracing starts") var start: TraceStartOptions
  @OptionGroup(title: "What is shown") var view: TraceViewOptions

  @Option(help: "A file of worked examples to run instead of a matter.")
  var examples: String?

  func validate() throws {
    try start.check()
    guard view.proof != "-" else {
      throw ValidationError("--proof -: a proof goes to a file — name one")
    }
  }

  func run() async throws {
    if let examples {
      try TraceExamples.run(examples, json: options.json)
      return
    }
    guard let order = SameDayOrder(rawValue: sameDay) else {
      throw ProgramError(
        .usage,
        "--same-day \(sameDay): unknown — choose "
          + SameDayOrder.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let investigation = try await CaseWork(store).investigation(
      of: code,
      request: .init(
        method: method, sameDayOrder: order, backwardTracing: backward,
        programVersion: ProgramVersion.text))
    let places = try await findingPlaces(in: store)
    let (run, sensitivity) = try investigation.tracing()
    _ = try await CaseWork(store).keepTracing(run, sensitivity, of: investigation)
    let session = TraceSession(
      caseFile: investigation.caseFile, base: run, sensitivity: sensitivity,
      policy: TracingPolicy(sameDayOrder: order, backwardTracing: backward),
      ledger: try CaseLedger(of: investigation.caseFile))
    let report: TraceReport
    do {
      report = try session.report(start, view, findingPlaces: places, matter: code)
    } catch {
      throw await store.shown(error, typed: start.typed + [view.explain].compactMap { $0 })
    }
    await store.close()
    if let path = view.proof { try session.writeProof(of: report, to: path, all: view.all) }
    if options.json {
      try Terminal.json(report)
    } else {
      Terminal.out(TraceText(investigation.caseFile).text(report))
    }
  }

  /// The lines of the finding that tracing starts from.
  private func findingPlaces(in store: Store) async throws -> [SourceRef] {
    guard let finding = start.finding else { return [] }
    let explained: Explanation
    do {
      explained = try await store.explain(finding)
    } catch StoreError.unknownCode {
      throw ProgramError(
        .inputRejected,
        "--finding \(finding): the store has no such finding — run: moneytrail detect")
    }
    guard explained.kind == .finding else {
      throw ProgramError(
        .usage,
        "--finding \(finding): that is no finding — `moneytrail detect` prints their codes")
    }
    return explained.places.map(\.source)
  }
}

/// Forwards from receipts, or backwards to them.
enum TraceDirection: String, ExpressibleByArgument, CaseIterable {
  case forwards, backwards
}

/// What tracing starts from instead of the source classes of the case sheet.
struct TraceStartOptions: ParsableArguments {
  @Option(help: "Only this source class counts as tainted.")
  var seed: String?

  @Option(
    name: .customLong("from-row"),
    help: "A row, as LABEL:LINE (b01-2024.csv:2) or by its entry key; again for more rows.")
  var fromRow: [String] = []

  @Option(
    name: .customLong("from-account"), help: "The receipts of an account: its number or key.")
  var fromAccount: String?

  @Option(help: "The first day of --from-account, YYYY-MM-DD.")
  var since: String?

  @Option(help: "The last day of --from-account, YYYY-MM-DD.")
  var until: String?

  @Option(help: "The entries of a finding, by the code that `detect` prints.")
  var finding: String?

  @Option(help: "forwards, to where the money went, or backwards, to where it came in.")
  var direction = TraceDirection.forwards

  @Option(
    name: .customLong("to"),
    help: "With --direction backwards: the place, an item's code or an account's number.")
  var place: String?

  /// What the user typed, as a message may repeat it.
  var typed: [String] { fromRow + [seed, fromAccount, finding, place].compactMap { $0 } }

  /// Refuses options that contradict each other.
  func check() throws {
    let starts = [
      seed.map { _ in "--seed" }, fromRow.isEmpty ? nil : "--from-row",
      fromAccount.map { _ in "--from-account" }, finding.map { _ in "--finding" },
    ].compactMap { $0 }
    guard starts.count < 2 else {
      throw ValidationError("\(starts.joined(separator: " and ")): start from one of them")
    }
    guard fromAccount != nil || (since == nil && until == nil) else {
      throw ValidationError("--since and --until belong to --from-account")
    }
    for (name, text) in [("--since", since), ("--until", until)] {
      guard text.map({ CivilDate($0) != nil }) ?? true else {
        throw ValidationError("\(name) \(text ?? ""): not a day — write YYYY-MM-DD")
      }
    }
    if let since = since.flatMap({ CivilDate($0) }), let until = until.flatMap({ CivilDate($0) }),
      since > until
    {
      throw ValidationError("--since \(since) is after --until \(until)")
    }
    switch direction {
    case .forwards:
      guard place == nil else {
        throw ValidationError("--to: only with --direction backwards")
      }
    case .backwards:
      guard (place != nil) != !fromRow.isEmpty, seed == nil, fromAccount == nil, finding == nil
      else {
        throw ValidationError(
          "--direction backwards: name what was paid, with --to PLACE or --from-row ROW")
      }
    }
  }
}

/// What of a trace is shown.
struct TraceViewOptions: ParsableArguments {
  @Flag(help: "Day by day: what moved, what of it was tainted, the balances after.")
  var ladder = false

  @Option(help: "The proof page of one place: an item's code, an account's number, or spent.")
  var explain: String?

  @Option(help: "Write the proof of the run to a file (JSON, moneytrail-proof/1).")
  var proof: String?

  @Flag(help: "In the proof and the ladder also what is not tainted.")
  var all = false
}

import ArgumentParser
import CaseModel
import CaseStore
import Foundation

/// `moneytrail runs`: the kept tracing runs, one of them, or two side by side.
struct Runs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the kept tracing runs, show one, or compare two.",
    discussion: """
      EXAMPLES
        moneytrail runs
        moneytrail runs show R-0123456789ab --json
        moneytrail runs compare R-0123456789ab R-ba9876543210

      trace, schedule and draft keep the run they print. Its code comes from its content: the same \
      case, method and order, chosen by the same (request, case sheet or profile), have the same \
      code in every store.
      """,
    subcommands: [List.self, Show.self, Compare.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the kept tracing runs.")

    @OptionGroup var options: StoreOptions

    @Option(help: "Only runs of this matter.")
    var matter: String?

    func run() async throws {
      let store = try await options.open()
      let runs = try await store.tracingRuns(of: matter.map { MatterCode($0) })
      await store.close()
      if options.json {
        try Terminal.json(Report(runs: runs))
        return
      }
      var table = TextTable(["run", "matter", "as of", "method", "chosen by", "order", "ledger"])
      for one in runs {
        table.add([
          one.code.text, one.matter.text, one.asOf,
          one.method + (one.backwardTracing ? ", backward" : ""), RunText.origin(one.origin),
          one.sameDayOrder,
          String(one.ledger.hex.prefix(16)) + "…",
        ])
      }
      Terminal.out(
        table.isEmpty ? "no run is kept yet — trace, schedule and draft keep theirs" : table.text)
    }

    private struct Report: Encodable {
      let schema = "moneytrail-runs/1"
      let runs: [RunSummary]
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one kept tracing run.")

    @OptionGroup var options: StoreOptions

    @Argument(help: "The run's code, R-…, or more digits of its hash.")
    var code: String

    func run() async throws {
      let store = try await options.open()
      let run = try await store.tracingRun(code)
      await store.close()
      if options.json {
        try Terminal.json(Report(run: run))
      } else {
        Terminal.out(RunText.text(run))
      }
    }

    private struct Report: Encodable {
      let schema = "moneytrail-run/1"
      let run: KeptRun
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare two kept tracing runs, place by place.")

    @OptionGroup var options: StoreOptions

    @Argument(help: "The run to compare from.")
    var first: String

    @Argument(help: "The run to compare with.")
    var second: String

    func run() async throws {
      let store = try await options.open()
      let (one, other) = (try await store.tracingRun(first), try await store.tracingRun(second))
      await store.close()
      let difference = RecordDifference(from: one, to: other)
      if options.json {
        try Terminal.json(difference)
      } else {
        Terminal.out(RunText.text(difference))
      }
    }
  }
}

/// Two kept runs side by side: what differs in how they were made, and in the tainted value.
struct RecordDifference: Encodable {
  struct Row: Encodable {
    let place: String
    let first: Money
    let second: Money
    /// second − first.
    let delta: Money
  }
  let schema = "moneytrail-runs-compare/1"
  let first: RunCode
  let second: RunCode
  /// What differs besides amounts, a sentence each.
  let differences: [String]
  let rows: [Row]

  init(from one: KeptRun, to other: KeptRun) {
    (first, second) = (one.code, other.code)
    let (a, b) = (one.record, other.record)
    var found: [String] = []
    func differs(_ what: String, _ left: String, _ right: String) {
      if left != right { found.append("\(what): \(left), then \(right)") }
    }
    differs("matter", a.matter.text, b.matter.text)
    differs("as of", a.asOf, b.asOf)
    differs("profile", a.profile, b.profile)
    differs("ledger", "\(a.ledger.hex.prefix(16))…", "\(b.ledger.hex.prefix(16))…")
    differs("method", a.method, b.method)
    differs("order of one day", a.sameDayOrder.rawValue, b.sameDayOrder.rawValue)
    differs("back through debt", a.backwardTracing ? "on" : "off", b.backwardTracing ? "on" : "off")
    differs("overrides", RunText.overrides(a), RunText.overrides(b))
    differences = found
    struct Key: Hashable {
      let place: String
      let currency: Currency
    }
    func sums(_ record: TracingRecord) -> [Key: [Money]] {
      Dictionary(grouping: record.results.filter(\.isTainted)) {
        Key(place: $0.place, currency: $0.amount.currency)
      }.mapValues { $0.map(\.amount) }
    }
    let (left, right) = (sums(a), sums(b))
    // In the order of the runs: the rows of the first, then what only the second has.
    var keys: [Key] = []
    var seen: Set<Key> = []
    for row in a.results + b.results where row.isTainted {
      let key = Key(place: row.place, currency: row.amount.currency)
      if seen.insert(key).inserted { keys.append(key) }
    }
    rows = keys.map { key in
      let old = (left[key] ?? []).sum(in: key.currency)
      let new = (right[key] ?? []).sum(in: key.currency)
      return Row(place: key.place, first: old, second: new, delta: new - old)
    }
  }
}

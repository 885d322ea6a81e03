import ArgumentParser
import CaseModel
import Foundation
import TrailGraph

extension TrailWalks {
  struct Paths: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The ways from one account to another that can have carried most.")

    @OptionGroup var source: Source

    @Argument(help: "The account the money left.")
    var from: String

    @Argument(help: "The account it reached.")
    var to: String

    @Option(help: "The first day, YYYY-MM-DD.")
    var since: String?

    @Option(help: "The last day, YYYY-MM-DD.")
    var until: String?

    @Option(help: "At most so many transfers in a path.")
    var hops = 6

    @Option(name: .customLong("within"), help: "At most so many days from the first to the last.")
    var withinDays: Int?

    @Option(help: "At most so many paths a currency.")
    var count = 10

    func run() async throws {
      guard (1...12).contains(hops), count > 0, (withinDays ?? 1) > 0 else {
        throw ProgramError(.usage, "--hops is 1 to 12; --count and --within are above zero")
      }
      let period = try TrailWalks.period(since, until)
      let opened = try await source.open()
      let trail = opened.trail
      var found: [PathRow] = []
      var cuts: Set<String> = []
      var walker = TrailWalker(trail)
      for start in try opened.numbers(from) {
        for end in try opened.numbers(to) where start != end {
          for currency in trail.names.currencies.indices {
            var search = TrailWalker.PathSearch(
              from: start, to: end, currency: UInt16(currency), period: period)
            search.hopsMax = hops
            search.count = count
            if let withinDays { search.window = Int64(withinDays) * 86_400 }
            let (paths, stopped) = walker.paths(search)
            found += paths.map { PathRow($0, trail.names.currencies[currency], opened) }
            if let truncation = stopped.truncation { cuts.insert(truncation) }
          }
        }
      }
      if source.options.json {
        return try Terminal.json(PathReport(paths: found, truncated: cuts.sorted()))
      }
      for path in found {
        Terminal.out("at most \(path.bottleneck) all the way, \(path.hops.count) transfers")
        for hop in path.hops {
          Terminal.out("  \(hop.day)  \(hop.from) -> \(hop.to)  \(hop.amount)")
        }
      }
      if found.isEmpty {
        Terminal.out("no path of at most \(hops) transfers, each later than the one before")
      }
      for cut in cuts.sorted() { Terminal.out("bound: \(cut)") }
    }
  }

  struct PathReport: Encodable {
    let schema = "moneytrail-paths/1"
    let paths: [PathRow]
    let truncated: [String]
  }

  struct PathRow: Encodable {
    struct Hop: Encodable {
      let day: CivilDate
      let from: String
      let to: String
      let amount: Money
      let entries: [EntryID]
    }
    let bottleneck: Money
    let hops: [Hop]

    init(_ path: TrailWalker.MoneyPath, _ currency: Currency, _ opened: Opened) {
      let trail = opened.trail
      bottleneck = Money(minorUnits: path.bottleneckMinor, currency: currency)
      hops = path.edges.map { edge in
        Hop(
          day: trail.day(edge), from: opened.name(trail.source[edge]),
          to: opened.name(trail.destination[edge]), amount: trail.money(edge),
          entries: trail.entries(edge))
      }
    }
  }

  struct ReachFrom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reach",
      abstract: "Where money of an account can have gone, or come from, and when at the earliest.")

    @OptionGroup var source: Source

    @Argument(help: "The account.")
    var account: String

    @Flag(help: "Where it can have come from; the times are then the latest.")
    var backwards = false

    @Option(help: "The first day, YYYY-MM-DD.")
    var since: String?

    @Option(help: "The last day, YYYY-MM-DD.")
    var until: String?

    @Option(help: "At most so many accounts.")
    var limit = 200

    func run() async throws {
      guard limit > 0 else { throw ProgramError(.usage, "--limit \(limit): at least 1") }
      let period = try TrailWalks.period(since, until)
      let opened = try await source.open()
      var rows: [Row] = []
      var cuts: Set<String> = []
      for seed in try opened.numbers(account) {
        let (start, end) =
          backwards
          ? (period.upperBound, period.lowerBound) : (period.lowerBound, period.upperBound)
        let found = opened.trail.reach(
          from: seed, backwards ? .backward : .forward, of: start, through: end,
          accountLimit: limit + 1)
        // The first is the seed itself.
        rows += found.arrivals.dropFirst().map {
          Row(account: opened.name($0.account), day: Trail.day(of: $0.time))
        }
        if found.end.truncation != nil {
          cuts.insert("stopped after \(limit) accounts; raise --limit")
        }
      }
      if source.options.json {
        return try Terminal.json(ReachReport(accounts: rows, truncated: cuts.sorted()))
      }
      var table = TextTable([backwards ? "left at the latest" : "came at the earliest", "account"])
      for row in rows { table.add([row.day.description, row.account]) }
      Terminal.out(table.isEmpty ? "no account" : table.text)
      for cut in cuts.sorted() { Terminal.out("bound: \(cut)") }
    }

    struct Row: Encodable {
      let account: String
      let day: CivilDate
    }

    struct ReachReport: Encodable {
      let schema = "moneytrail-reach/1"
      let accounts: [Row]
      let truncated: [String]
    }
  }
}

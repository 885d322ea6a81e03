import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import TrailGraph

/// `moneytrail trail`: the store's movements as one graph, and walks over it.
struct TrailWalks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail",
    abstract: "The movements of the whole store as a graph: what it holds, paths, reach.",
    discussion: """
      EXAMPLES
        moneytrail trail
        moneytrail trail --snapshot trail.snapshot
        moneytrail trail paths DE02100100100000000001 GB45XMPL00000012345678 --hops 4
        moneytrail trail reach DE02100100100000000001 --since 2024-01-05
        moneytrail trail reach DE02100100100000000001 --backwards --limit 20

      A path's times rise strictly. Money that could have gone a way need not have gone it: whose money it \
      was is what trace says. A search that stops at a bound says so.
      """,
    subcommands: [State.self, Paths.self, ReachFrom.self], defaultSubcommand: State.self)

  /// Which trail is walked.
  struct Source: ParsableArguments {
    @OptionGroup var options: StoreOptions

    @Option(help: "Take the trail from this file, bring it forward, and keep it there.")
    var snapshot: String?

    func open() async throws -> Opened {
      let store = try await options.open()
      do {
        let kept =
          if let snapshot { try await store.trail(keptAt: snapshot) } else {
            nil as KeptTrail?
          }
        let version = if let kept { kept.version } else { try await store.loadTrail() }
        let accounts = try await store.accounts()
        await store.close()
        return Opened(version: version, means: kept?.means, accounts: accounts)
      } catch {
        await store.close()
        throw error
      }
    }
  }

  /// A trail with the names of its accounts.
  struct Opened {
    let version: TrailShelf.Version
    let means: KeptTrail.Means?
    let accounts: [Account]
    private let names: [AccountID: String]
    var trail: Trail { version.trail }

    init(version: TrailShelf.Version, means: KeptTrail.Means?, accounts: [Account]) {
      self.version = version
      self.means = means
      self.accounts = accounts
      names = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0.displayName) })
    }

    func name(_ account: Int32) -> String {
      guard account >= 0 else { return "outside the records" }
      return trail.names.accountID(of: account).flatMap { names[$0] } ?? "an unnamed party"
    }

    /// The dense numbers of the accounts a person means, one a currency.
    func numbers(_ text: String) throws -> [Int32] {
      let matching = accounts.filter { Entries.names($0, text) }
      guard !matching.isEmpty else {
        throw ProgramError(
          .inputRejected, "the store has no account \(text) — run: moneytrail accounts --all")
      }
      let index = trail.accountIndex()
      let found = matching.compactMap { index[$0.id] }
      guard !found.isEmpty else {
        throw ProgramError(.inputRejected, "\(text): no movement names this account")
      }
      return found
    }
  }

  static func day(_ text: String?, _ option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(text) else {
      throw ProgramError(.usage, "\(option) \(text): not a day — write YYYY-MM-DD")
    }
    return day
  }

  /// Seconds from the start of the first day to the end of the last; all times without them.
  static func period(_ since: String?, _ until: String?) throws -> ClosedRange<Int64> {
    let first = try day(since, "--since").map { Int64($0.dayNumber) * 86_400 } ?? -(1 << 60)
    let last = try day(until, "--until").map { Int64($0.dayNumber) * 86_400 + 86_399 } ?? (1 << 60)
    guard first <= last else { throw ProgramError(.usage, "--since lies after --until") }
    return first...last
  }
}

extension TrailWalks {
  struct State: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What the trail holds, and of which version of the store.")

    @OptionGroup var source: Source

    func run() async throws {
      let opened = try await source.open()
      let report = Report(opened)
      if source.options.json { return try Terminal.json(report) }
      Terminal.out(
        """
        accounts   \(report.accounts)
        movements  \(report.movements)
        days       \(report.first.map(\.description) ?? "none") to \
        \(report.last.map(\.description) ?? "none")
        version    \(report.version)
        """)
      if let means = report.means { Terminal.out("snapshot   \(means)") }
    }
  }

  struct Report: Encodable {
    let schema = "moneytrail-trail/1"
    let accounts: Int
    let movements: Int
    let first: CivilDate?
    let last: CivilDate?
    let version: String
    let means: String?

    init(_ opened: Opened) {
      let trail = opened.trail
      accounts = trail.accountCount
      movements = trail.edgeCount
      first = trail.time.min().map(Trail.day)
      last = trail.time.max().map(Trail.day)
      version = opened.version.origin.version
      means = opened.means.map(ScreeningText.text)
    }
  }
}

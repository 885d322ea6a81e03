import ArgumentParser
import CaseModel
import CaseStore
import Foundation

/// `moneytrail accounts`: what is in the store, account by account.
struct Accounts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the accounts: coverage, gaps, reconciliation.",
    discussion: """
      EXAMPLES
        moneytrail accounts
        moneytrail accounts --all --json

      Without --all only accounts with statements are listed, not those others merely name.
      """)

  @OptionGroup var options: StoreOptions

  @Flag(help: "Also accounts that are only named by others.")
  var all = false

  func run() async throws {
    let store = try await options.open()
    let accounts = try await store.accounts().filter { all || $0.hasStatements }
    let statements = try await store.statements()
    let gaps = try await store.gaps()
    await store.close()
    let lines = accounts.map { account in
      Line(
        account, statements.filter { $0.account == account.id },
        gaps.filter { $0.account == account.id })
    }
    if options.json {
      try Terminal.json(Report(accounts: lines))
      return
    }
    var table = TextTable(
      [
        "account", "currency", "institution", "from", "to", "statements", "entries", "unreconciled",
        "gaps",
      ],
      right: [5, 6, 7, 8])
    for line in lines {
      table.add([
        line.account, line.currency, line.institution ?? "—", line.from?.description ?? "—",
        line.to?.description ?? "—", String(line.statements), String(line.entries),
        String(line.unreconciled), String(line.gaps.count),
      ])
    }
    Terminal.out(table.isEmpty ? "no accounts yet — run: moneytrail import FILE…" : table.text)
    for line in lines {
      for gap in line.gaps { Terminal.out("gap: \(line.account): \(gap)") }
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-accounts/1"
    let accounts: [Line]
  }

  private struct Line: Encodable {
    let account: String
    let key: String
    let currency: String
    let institution: String?
    let from: CivilDate?
    let to: CivilDate?
    let statements: Int
    let entries: Int
    let reconciled: Int
    let unreconciled: Int
    let gaps: [String]

    init(_ account: Account, _ statements: [StatementRecord], _ gaps: [CoverageGap]) {
      self.account = account.displayName
      key = account.key.text
      currency = account.currency.code
      institution = account.institution
      from = statements.compactMap(\.period?.first).min()
      to = statements.compactMap(\.period?.last).max()
      self.statements = statements.count
      entries = statements.reduce(0) { $0 + $1.entryCount }
      reconciled = statements.count { $0.status == .reconciled }
      unreconciled = statements.count { $0.status == .unreconciled }
      self.gaps = gaps.map { gap in
        var parts: [String] = []
        if let missing = gap.missing {
          parts.append("no statement from \(missing.first) to \(missing.last)")
        }
        if let jump = gap.jump, !jump.isZero { parts.append("the balance jumps by \(jump)") }
        return parts.joined(separator: ", ")
      }
    }
  }
}

/// `moneytrail entries`: the lines, with where each was read.
struct Entries: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List booked entries with their source.",
    discussion: """
      EXAMPLES
        moneytrail entries --account GB45XMPL00000012345678 --from 2024-01-01
        moneytrail entries --limit 20 --json

      Prints at most --limit lines and says how many there are.
      """)

  @OptionGroup var options: StoreOptions

  @Option(help: "The account: its number or key as `accounts` prints it.")
  var account: String?

  @Option(help: "The first day, YYYY-MM-DD.")
  var from: String?

  @Option(help: "The last day, YYYY-MM-DD.")
  var to: String?

  @Option(help: "The most lines to print.")
  var limit = 200

  func run() async throws {
    let first = try day(from, option: "--from")
    let last = try day(to, option: "--to")
    guard limit > 0 else {
      throw ProgramError(.usage, "--limit \(limit): give a number above zero")
    }
    let store = try await options.open()
    let accounts = try await store.accounts()
    var chosen: [Account?] = [nil]
    if let account {
      let matching = accounts.filter { Self.names($0, account) }
      guard !matching.isEmpty else {
        throw ProgramError(
          .inputRejected, "the store has no account \(account) — run: moneytrail accounts --all")
      }
      chosen = matching
    }
    var entries: [Entry] = []
    for one in chosen {
      entries += try await store.entries(of: one?.id, from: first, through: last)
    }
    await store.close()
    let names = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0.displayName) })
    let lines = entries.prefix(limit).map { Line($0, account: names[$0.account] ?? "—") }
    if options.json {
      try Terminal.json(
        Report(total: entries.count, truncated: entries.count > limit, entries: lines))
      return
    }
    var table = TextTable(
      ["booked", "account", "amount", "channel", "counterparty", "purpose", "source"], right: [2])
    for line in lines {
      table.add([
        line.booked.description, line.account, line.amount.description, line.channel,
        String((line.counterparty ?? "—").prefix(32)), String((line.purpose ?? "—").prefix(40)),
        line.source,
      ])
    }
    Terminal.out(table.isEmpty ? "no entries" : table.text)
    if entries.count > limit {
      Terminal.out(
        "\(limit) of \(entries.count) entries; raise --limit or narrow --from, --to, --account")
    }
  }

  private func day(_ text: String?, option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(text) else {
      throw ProgramError(.usage, "\(option) \(text): not a day — write YYYY-MM-DD")
    }
    return day
  }

  static func names(_ account: Account, _ given: String) -> Bool {
    let plain = given.filter { !$0.isWhitespace }
    return account.key.text == given || account.key.iban == plain.uppercased()
      || account.displayName == given || account.key.text.hasSuffix("/" + plain)
  }

  private struct Report: Encodable {
    let schema = "moneytrail-entries/1"
    let total: Int
    let truncated: Bool
    let entries: [Line]
  }

  private struct Line: Encodable {
    let key: String
    let account: String
    let booked: CivilDate
    let value: CivilDate?
    let amount: Money
    let channel: String
    let counterparty: String?
    let purpose: String?
    let source: String
    let file: ContentHash

    init(_ entry: Entry, account: String) {
      key = entry.key
      self.account = account
      booked = entry.bookedOn
      value = entry.valueOn
      amount = entry.amount
      channel = entry.channel.rawValue
      counterparty = entry.counterpartyName
      purpose = entry.purpose
      source = "\(entry.source.label) \(entry.source.locator)"
      file = entry.source.file
    }
  }
}

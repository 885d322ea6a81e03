import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Identity
import Investigation

/// `moneytrail parties`: which records could speak of one party, and what people decided.
struct Parties: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who the records speak of: joined parties, proposals, decisions.",
    discussion: """
      EXAMPLES
        moneytrail parties
        moneytrail parties show P-0123456789ab
        moneytrail parties judge P-0123456789ab P-ba9876543210 same \\
          --by "A. Analyst" --reason "same passport photograph, PX-012 page 3"

      Only a valid number that identifies alone joins two records by itself, and nothing joins by name. Points \
      order the list; they are no evidence. A decision changes no record, holds after the same files are \
      imported anew, and can be replaced by a later one (same, different, undecided).
      """,
    subcommands: [List.self, Show.self, Judge.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List joined parties and proposals, the strongest first.")

    @OptionGroup var options: StoreOptions

    @Option(help: "At most so many proposals.")
    var limit = 50

    func run() async throws {
      guard limit > 0 else { throw ProgramError(.usage, "--limit \(limit): at least 1") }
      let store = try await options.open()
      let outcome = try await PartyWork(store).resolve()
      await store.close()
      let report = Report(outcome, limit: limit)
      if options.json { return try Terminal.json(report) }
      print(report, outcome)
    }

    private func print(_ report: Report, _ outcome: PartyWork.Outcome) {
      Terminal.out(
        "\(report.records) party records, \(report.parties) parties after \(report.automatic.count) joins by number"
      )
      for group in report.joined {
        Terminal.out("one party: " + group.map { "\($0.code) \($0.name)" }.joined(separator: "; "))
      }
      for pair in report.contradictions {
        Terminal.out(
          "contradiction: \(pair[0]) and \(pair[1]) are judged different and joined by others")
      }
      var table = TextTable(["points", "record", "name", "record", "name", "because"], right: [0])
      for proposal in report.proposals {
        table.add([
          String(proposal.points), proposal.first.code, proposal.first.name, proposal.second.code,
          proposal.second.name, proposal.reasons.map(\.text).joined(separator: "; "),
        ])
      }
      Terminal.out(table.isEmpty ? "no proposals" : table.text)
      for line in report.limits { Terminal.out(line) }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one party record: what it says, its sources, what is joined to it and why.")

    @OptionGroup var options: StoreOptions

    @Argument(help: "The record's code, P-….")
    var code: String

    func run() async throws {
      let store = try await options.open()
      let outcome = try await PartyWork(store).resolve()
      await store.close()
      guard let source = outcome.sources[code] else { throw Parties.unknown(code) }
      let detail = Detail(source, outcome)
      if options.json { return try Terminal.json(detail) }
      Terminal.out(detail.lines.joined(separator: "\n"))
    }
  }

  struct Judge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record whether two party records are one: same, different or undecided.")

    @OptionGroup var options: StoreOptions

    @Argument(help: "The first record's code.")
    var first: String

    @Argument(help: "The second record's code.")
    var second: String

    @Argument(help: "same, different or undecided.")
    var verdict: String

    @Option(help: "Who decides.")
    var by: String

    @Option(help: "Why: it stands beside the decision for the court.")
    var reason: String

    func run() async throws {
      guard let verdict = PartyJudgement.Verdict(rawValue: verdict) else {
        throw ProgramError(
          .usage, "\(verdict): not a decision — write same, different or undecided")
      }
      guard first != second else {
        throw ProgramError(.usage, "\(first) twice — name two records")
      }
      guard !by.isEmpty, !reason.isEmpty else {
        throw ProgramError(.usage, "--by and --reason must not be empty")
      }
      let store = try await options.open()
      let work = PartyWork(store)
      let known = try await work.resolve().sources
      for code in [first, second] where known[code] == nil { throw Parties.unknown(code) }
      try await work.judge(PartyJudgement(first, second, verdict), reason: reason, author: by)
      await store.close()
      Terminal.message("\(first) and \(second): \(verdict.rawValue), by \(by)")
    }
  }

  private static func unknown(_ code: String) -> ProgramError {
    ProgramError(.inputRejected, "\(code): no such party record — moneytrail parties lists them")
  }
}

extension Parties {
  struct Name: Encodable {
    let code: String
    let name: String
    init(_ code: String, _ outcome: PartyWork.Outcome) {
      self.code = code
      name = outcome.sources[code]?.mention.names.first ?? "without a name"
    }
  }

  struct Reason: Encodable {
    let points: Int
    let text: String
  }

  struct Pair: Encodable {
    let points: Int
    let first: Name
    let second: Name
    let contradicted: Bool
    let reasons: [Reason]
    init(_ proposal: PartyProposal, _ outcome: PartyWork.Outcome) {
      points = proposal.score.points
      first = Name(proposal.first, outcome)
      second = Name(proposal.second, outcome)
      contradicted = proposal.score.isContradicted
      reasons = proposal.score.reasons.map { Reason(points: $0.points, text: $0.text) }
    }
  }

  struct Report: Encodable {
    let schema = "moneytrail-parties/1"
    let records: Int
    let parties: Int
    let joined: [[Name]]
    let automatic: [Pair]
    let proposals: [Pair]
    let contradictions: [[String]]
    /// What was cut off or not looked into.
    let limits: [String]

    init(_ outcome: PartyWork.Outcome, limit: Int) {
      let resolution = outcome.resolution
      records = outcome.sources.count
      parties = resolution.parties.count
      joined = resolution.parties.filter { $0.count > 1 }.map { $0.map { Name($0, outcome) } }
      automatic = resolution.automatic.map { Pair($0, outcome) }
      proposals = resolution.proposals.prefix(limit).map { Pair($0, outcome) }
      contradictions = resolution.contradictions.map { [$0.first, $0.second] }
      var limits: [String] = []
      if resolution.proposals.count > limit {
        limits.append(
          "\(resolution.proposals.count - limit) further proposals — raise --limit to see them")
      }
      if !resolution.passedOver.isEmpty {
        let most = resolution.passedOver.values.max() ?? 0
        limits.append(
          "\(resolution.passedOver.count) words or numbers are shared by up to \(most) records, too many to compare: pairs that share nothing else were not looked at"
        )
      }
      if !outcome.comparedLetters {
        limits.append(
          "more than \(Store.alikeNamesMax) names: misspelt ones were not compared letter by letter"
        )
      }
      if !outcome.readAllNames {
        limits.append(
          "more than \(PartyWork.namesMax) names at accounts: those of the later accounts were not read"
        )
      }
      self.limits = limits
    }
  }

  struct Detail: Encodable {
    let schema = "moneytrail-party/1"
    let code: String
    let kind: String
    let names: [String]
    let birth: String?
    let identifiers: [String]
    let addresses: [String]
    let phones: [String]
    let emails: [String]
    let sources: [String]
    let party: [Name]
    let proposals: [Pair]

    init(_ source: PartyWork.Source, _ outcome: PartyWork.Outcome) {
      let mention = source.mention
      let code = mention.reference
      self.code = code
      kind = mention.kind.rawValue
      names = mention.names
      birth = mention.birth?.description
      identifiers = mention.identifiers.map {
        "\($0.scheme) \($0.value)\($0.isStrong ? "" : " (does not identify alone)")"
      }
      addresses = mention.addresses
      phones = mention.phones
      emails = mention.emails
      sources = source.places.map { "\($0.label): \($0.locator)" }
      let group = outcome.resolution.parties.first { $0.contains(code) } ?? [code]
      party = group.map { Name($0, outcome) }
      proposals = outcome.resolution.proposals
        .filter { $0.first == code || $0.second == code }.map { Pair($0, outcome) }
    }

    var lines: [String] {
      var lines = ["\(code) (\(kind)): \(names.map(Issue.escaped).joined(separator: " / "))"]
      if let birth { lines.append("  born \(birth)") }
      lines += identifiers.map { "  " + Issue.escaped($0) }
      lines += (addresses + phones + emails).map { "  " + Issue.escaped($0) }
      lines += sources.map { "  read at \($0)" }
      if party.count > 1 {
        lines.append(
          "  one party with "
            + party.filter { $0.code != code }
            .map { "\($0.code) \($0.name)" }.joined(separator: "; "))
      }
      for pair in proposals {
        let other = pair.first.code == code ? pair.second : pair.first
        lines.append("  perhaps \(other.code) \(other.name), \(pair.points) points:")
        lines += pair.reasons.map { "    \($0.points > 0 ? "+" : "")\($0.points) \($0.text)" }
      }
      return lines
    }
  }
}

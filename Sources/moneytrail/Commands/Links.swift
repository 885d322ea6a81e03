import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Investigation
import Linking

/// `moneytrail links`: which records tell of one movement, why, and what a person says about it.
struct Links: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what tells of one movement: legs, messages, reports, announcements.",
    discussion: """
      EXAMPLES
        moneytrail links find                     match anew; again changes nothing
        moneytrail links --status proposal
        moneytrail links show L-0123456789ab
        moneytrail links accept L-0123456789ab --reason "call with bank B, note 7"
        moneytrail links undo L-0123456789ab --reason "wrong line"

      A link adds no money. Matched is the only choice of every member under the strongest evidence \
      there is; a proposal is left to a person. Decisions are kept by content and hold again after \
      every import.
      """,
    subcommands: [
      List.self, Show.self, Find.self, Accept.self, Refuse.self, Undo.self, Decisions.self,
    ], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the links that stand.")

    @OptionGroup var options: StoreOptions

    @Option(help: "Only this kind: \(Link.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: String?

    @Option(
      help: "Only this status: \(Link.Status.allCases.map(\.rawValue).joined(separator: ", ")).")
    var status: String?

    @Option(help: "The most lines to print.")
    var limit = 200

    func run() async throws {
      guard kind.map({ Link.Kind(rawValue: $0) != nil }) ?? true else {
        throw ProgramError(.usage, "--kind \(kind ?? ""): no kind of link — see: links --help")
      }
      guard status.map({ Link.Status(rawValue: $0) != nil }) ?? true else {
        throw ProgramError(.usage, "--status \(status ?? ""): no status of a link")
      }
      guard limit > 0 else {
        throw ProgramError(.usage, "--limit \(limit): give a number above zero")
      }
      let store = try await options.open()
      let kept = try await store.links(kind: kind, status: status)
      await store.close()
      let lines = try kept.prefix(limit).map { try LinkLine($0) }
      if options.json {
        try Terminal.json(
          Report(total: kept.count, truncated: kept.count > limit, links: lines))
        return
      }
      var table = TextTable(["link", "kind", "status", "from", "to", "because"])
      for line in lines {
        table.add([
          line.code.text, line.link.kind.rawValue, line.standing, LinkLine.side(line.link.from),
          LinkLine.side(line.link.to), line.because,
        ])
      }
      Terminal.out(table.isEmpty ? "no links — run: moneytrail links find" : table.text)
      if kept.count > limit {
        Terminal.out("\(limit) of \(kept.count) links; raise --limit or give --kind, --status")
      }
    }

    private struct Report: Encodable {
      let schema = "moneytrail-links/1"
      let total: Int
      let truncated: Bool
      let links: [LinkLine]
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one link: members with their source, constraints, decisions.")

    @OptionGroup var options: StoreOptions

    @Argument(help: "The link's code, L-…, or more digits of its hash.")
    var code: String

    func run() async throws {
      let store = try await options.open()
      let kept = try await store.link(code)
      let decisions = try await store.linkDecisions(about: kept.identity)
      let line = try LinkLine(kept)
      var places: [String: [String]] = [:]
      for member in line.link.from + line.link.to {
        guard let key = member.key.entryKey else { continue }
        places[member.key.text] = try await store.explain(key).places.map {
          "\($0.source.label) \($0.source.locator)"
        }
      }
      await store.close()
      if options.json {
        try Terminal.json(Report(link: line, places: places, decisions: decisions))
        return
      }
      Terminal.out("\(line.code)  \(line.link.kind.rawValue)  \(line.standing)")
      Terminal.out("reason      \(line.link.reason)")
      for constraint in line.link.constraints {
        Terminal.out("holds       \(constraint.name.rawValue): \(constraint.text)")
      }
      for (side, members) in [("from", line.link.from), ("to", line.link.to)] {
        for member in members {
          let amount = member.amount?.description ?? "—"
          Terminal.out(
            "\(side.padding(toLength: 12, withPad: " ", startingAt: 0))\(amount)  "
              + "\(member.day?.description ?? "—")  \(member.key)")
          for place in places[member.key.text] ?? [] { Terminal.out("              \(place)") }
        }
      }
      for one in decisions {
        Terminal.out(
          "decision    \(one.verdict.rawValue) by \(Issue.escaped(one.author)), \(one.decidedAt): "
            + Issue.escaped(one.reason))
      }
    }

    private struct Report: Encodable {
      let schema = "moneytrail-link/1"
      let link: LinkLine
      let places: [String: [String]]
      let decisions: [LinkDecision]
    }
  }

  struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Match all records anew and keep what changed.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
      let store = try await options.open()
      let report = try await LinkWork(store).find()
      await store.close()
      if options.json {
        try Terminal.json(report)
      } else {
        Terminal.out(LinkLine.text(report))
      }
    }
  }

  struct Decisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what people decided about links.")

    @OptionGroup var options: StoreOptions

    func run() async throws {
      let store = try await options.open()
      let decisions = try await store.linkDecisions()
      await store.close()
      if options.json {
        try Terminal.json(Report(decisions: decisions))
        return
      }
      var table = TextTable(["link", "decision", "by", "at", "reason"])
      for one in decisions {
        table.add([
          one.link.text, one.verdict.rawValue, Issue.escaped(one.author), one.decidedAt,
          Issue.escaped(one.reason),
        ])
      }
      Terminal.out(table.isEmpty ? "no decisions about links yet" : table.text)
    }

    private struct Report: Encodable {
      let schema = "moneytrail-link-decisions/1"
      let decisions: [LinkDecision]
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Accept a proposed link.")
    @OptionGroup var decision: LinkDecisionOptions
    func run() async throws { try await decision.decide(.accept) }
  }

  struct Refuse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Refuse a link.")
    @OptionGroup var decision: LinkDecisionOptions
    func run() async throws { try await decision.decide(.refuse) }
  }

  struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take back what was decided about a link.")
    @OptionGroup var decision: LinkDecisionOptions
    func run() async throws { try await decision.decide(.undo) }
  }
}

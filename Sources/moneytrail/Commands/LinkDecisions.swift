import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Investigation
import Linking

/// What accept, refuse and undo have in common: the link, who says so, and why.
struct LinkDecisionOptions: ParsableArguments {
  @OptionGroup var options: StoreOptions

  @Argument(help: "The link's code, L-…, or more digits of its hash.")
  var code: String

  @Option(help: "Why; kept with the decision.")
  var reason: String

  @Option(help: "Who decides; the signed-in user when left out.")
  var by: String?

  /// Keeps the decision and matches anew, so that it shows at once.
  func decide(_ verdict: LinkDecision.Verdict) async throws {
    let author = by ?? NSUserName()
    guard !reason.isEmpty, !author.isEmpty else {
      throw ProgramError(.usage, "--reason and --by: say why, and who decides")
    }
    let store = try await options.open()
    let kept = try await Self.find(code, in: store)
    if verdict == .accept, kept.status == Link.Status.contradicted.rawValue {
      await store.close()
      throw ProgramError(
        .inputRejected,
        "\(kept.code): the records contradict each other — refuse it, or correct the records")
    }
    try await store.decide(link: kept.identity, verdict, author: author, reason: reason)
    let report = try await LinkWork(store).find()
    let now = try? await store.link(kept.code.text)
    await store.close()
    if options.json {
      try Terminal.json(report)
      return
    }
    Terminal.out("\(kept.code): \(kept.status), now \(now?.status ?? "no longer offered")")
    Terminal.out(LinkLine.text(report))
  }

  /// The link, or one that a person decided about and that no longer stands.
  private static func find(_ code: String, in store: Store) async throws
    -> (code: LinkCode, identity: String, status: String)
  {
    do {
      let kept = try await store.link(code)
      return (kept.code, kept.identity, kept.status)
    } catch let error as StoreError {
      guard let old = try await store.linkDecisions().last(where: { $0.link.text == code }) else {
        throw error
      }
      return (old.link, old.identity, "not offered")
    }
  }
}

/// A link as the command prints it.
struct LinkLine: Encodable {
  let code: LinkCode
  let verdict: String?
  let link: Link

  init(_ kept: KeptLink) throws {
    code = kept.code
    verdict = kept.verdict
    link = try LinkWork.read(kept)
  }

  var standing: String { link.status.rawValue + (verdict == "accept" ? " by a person" : "") }

  var because: String {
    (link.constraints.map(\.text) + (link.status == .matched ? [] : [link.reason]))
      .joined(separator: "; ")
  }

  /// `−5.00 EUR 2024-01-02`, and how many more.
  static func side(_ members: [LinkMember]) -> String {
    guard let first = members.first else { return "—" }
    let text = "\(first.amount?.description ?? "—") \(first.day?.description ?? "—")"
    return members.count == 1 ? text : "\(members.count) × \(text) …"
  }

  static func text(_ report: LinkReport) -> String {
    let statuses = Link.Status.allCases.compactMap { status in
      report.byStatus[status.rawValue].map { "\($0) \(status.rawValue)" }
    }
    var lines = [
      "links: \(statuses.isEmpty ? "none" : statuses.joined(separator: ", ")); "
        + "\(report.added) new, \(report.withdrawn) withdrawn; transfers: "
        + "\(report.transfersAdded) new, \(report.transfersWithdrawn) withdrawn"
    ]
    if report.crowded > 0 {
      lines.append(
        "bound: \(report.crowded) entries have more possible partners than are compared; only references match them"
      )
    }
    if report.waiting > 0 {
      lines.append("\(report.waiting) decisions are about links that the records do not offer")
    }
    return lines.joined(separator: "\n")
  }
}

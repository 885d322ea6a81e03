import CaseModel
import Foundation
import Tracing

/// One call of `trace`: the case's ledger and what the user asks of it.
struct TraceSession {
  let caseFile: CaseFile
  /// The run over the source classes of the case sheet.
  let base: TracingRun
  let sensitivity: SensitivityTable
  let policy: TracingPolicy
  let ledger: CaseLedger

  func report(
    _ start: TraceStartOptions, _ view: TraceViewOptions, findingPlaces: [SourceRef],
    matter: MatterCode
  ) throws -> TraceReport {
    var report = TraceReport(matter: matter, run: base)
    let rows = TraceRows(caseFile: caseFile, ledger: ledger)
    var traced = ledger
    if let seed = start.seed {
      traced = try ledger.counting(only: SourceClassCode(seed))
      report.start = "only \(seed) counts as tainted"
    } else if let account = start.fromAccount {
      let found = try rows.account(account)
      let steps = Set(
        ledger.receipts(
          of: found.id, from: start.since.flatMap { CivilDate($0) },
          until: start.until.flatMap { CivilDate($0) }))
      guard !steps.isEmpty else {
        throw ProgramError(
          .inputRejected,
          "--from-account \(account): no receipt of it is in the matter's ledger"
            + " in that time — run: moneytrail entries --account \(account)")
      }
      traced = try seeded(steps, as: "seed account \(found.displayName)", &report)
    } else if !start.fromRow.isEmpty {
      let steps = try start.fromRow.map { try rows.steps(ofRow: $0) }
      if start.direction == .forwards, steps.allSatisfy({ !$0.received.isEmpty }) {
        traced = try seeded(
          Set(steps.flatMap(\.received)),
          as: "seed " + start.fromRow.joined(separator: ", "), &report)
      } else {
        try follow(Set(steps.flatMap(\.paid)), start, &report)
      }
    } else if start.finding != nil {
      let steps = findingPlaces.compactMap { try? rows.steps(at: $0) }.flatMap(\.received)
      guard !steps.isEmpty else {
        throw ProgramError(
          .inputRejected,
          "--finding \(start.finding ?? ""): none of its entries is a receipt in the"
            + " matter's ledger — start from its payments with --from-row")
      }
      traced = try seeded(Set(steps), as: "seed finding \(start.finding ?? "")", &report)
    }
    if start.direction == .backwards, let place = start.place {
      let found = try self.place(place)
      report.start = "what is behind \(TraceText(caseFile).name(found))"
      report.funding = try ledger.funding(of: found, method: base.method, policy: policy)
    }
    report.ledger = traced
    if report.start == nil {
      report.sensitivity = sensitivity
    } else {
      report.run = try traced.trace(method: base.method, policy: policy)
    }
    try add(view, of: traced, to: &report)
    return report
  }

  private func seeded(
    _ steps: Set<Int>, as code: String, _ report: inout TraceReport
  ) throws -> CaseLedger {
    let sums = ledger.received(by: steps).map(\.description).joined(separator: ", ")
    report.start =
      "\(steps.count == 1 ? "1 receipt" : "\(steps.count) receipts"), \(sums), \(steps.count == 1 ? "is" : "are") the only tainted money: \(code)"
    return try ledger.seeded(steps, as: SourceClassCode(code))
  }

  private func follow(
    _ steps: Set<Int>, _ start: TraceStartOptions, _ report: inout TraceReport
  ) throws {
    let rows = start.fromRow.joined(separator: ", ")
    guard !steps.isEmpty else {
      throw ProgramError(
        .inputRejected, "--from-row \(rows): brings money in and pays nothing — follow it forwards")
    }
    switch start.direction {
    case .forwards:
      report.start = "the units that \(rows) paid"
      report.carried = try ledger.carried(by: steps, method: base.method, policy: policy)
    case .backwards:
      report.start = "what is behind the payment \(rows)"
      report.funding = try ledger.funding(ofSteps: steps, method: base.method, policy: policy)
    }
  }

  private func add(
    _ view: TraceViewOptions, of traced: CaseLedger, to report: inout TraceReport
  ) throws {
    if view.ladder {
      let (rows, leftOut) = try traced.ladder(
        method: base.method, policy: policy, touchingTaintOnly: !view.all)
      report.ladder = rows
      report.ladderLeftOut = leftOut
    }
    if let explain = view.explain {
      let place = try self.place(explain)
      guard let proof = try traced.proof(of: place, method: base.method, policy: policy) else {
        throw ProgramError(
          .inputRejected,
          "--explain \(explain): nothing tainted is there by \(base.methodTitle.lowercased()) — see the"
            + " places with: moneytrail trace")
      }
      report.proof = proof
    }
  }

  /// The place that a user names: an item's code, an account's number or key, `spent`, `debt`.
  func place(_ given: String) throws -> Place {
    let plain = given.hasPrefix("asset ") ? String(given.dropFirst(6)) : given
    if caseFile.matter.property.contains(where: { $0.code.text == plain }) {
      return .asset(PropertyCode(plain))
    }
    switch given {
    case "spent": return .dissipated
    case "debt": return .debtDischarge
    default: break
    }
    if let account = caseFile.accounts.first(where: { $0.isNamed(given) }) {
      return ledger.accounts.contains(account.id)
        ? .account(account.id) : .abroad(account.key.text)
    }
    let text = TraceText(caseFile)
    if let known = base.claims.map(\.place).first(where: { text.name($0) == given }) {
      return known
    }
    throw ProgramError(
      .inputRejected,
      "\(given): no item, no account and no place of this trace — `moneytrail trace` lists the places;"
        + " a protected person's account goes by its token, such as sealed:V-04/2"
    )
  }

  /// Writes the proof as one JSON document with sorted keys: the same bytes for the same run.
  func writeProof(of report: TraceReport, to path: String, all: Bool) throws {
    let proof = try (report.ledger ?? ledger).proof(
      method: base.method, policy: policy, allClasses: all)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var bytes = try encoder.encode(proof)
    bytes.append(0x0A)
    do {
      try bytes.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw ProgramError(.permission, "\(path): cannot be written: \(error.localizedDescription)")
    }
    let leftOut = proof.chainsLeftOut == 0 ? "" : ", \(proof.chainsLeftOut) more are left out"
    Terminal.message(
      "\(path): \(proof.steps.count) steps, \(proof.results.count) amounts, \(proof.chains.count) chains\(leftOut)"
    )
  }
}

/// What a trace gives, as JSON and for the terminal.
struct TraceReport: Encodable {
  let schema = "moneytrail-trace/1"
  let matter: MatterCode
  /// What tracing started from, when not from the source classes of the case sheet.
  var start: String?
  var run: TracingRun
  /// Only of the whole case: a start of one's own is a question, not a claim.
  var sensitivity: SensitivityTable?
  var carried: [CarriedAmount]?
  var funding: [FundingReceipt]?
  var ladder: [LadderRow]?
  var ladderLeftOut: Int?
  var proof: PlaceProof?
  var ledger: CaseLedger?

  init(matter: MatterCode, run: TracingRun, sensitivity: SensitivityTable? = nil) {
    self.matter = matter
    self.run = run
    self.sensitivity = sensitivity
  }

  enum CodingKeys: String, CodingKey {
    case schema, matter, start, run, sensitivity, carried, funding, ladder, proof
    case ladderLeftOut = "ladder_left_out"
  }
}

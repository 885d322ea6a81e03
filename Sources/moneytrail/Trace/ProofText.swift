import CaseModel

/// The proof of a place as a page for a terminal: each payment, what lay there, and why.
struct ProofText {
  /// Receipts printed for one part of a payment; the largest are kept.
  private static let receiptsMax = 12

  /// The place as the reader knows it.
  let title: String

  func text(_ proof: PlaceProof) -> String {
    let payments = proof.payments.map { payment in
      ([head(payment)] + holdings(payment)
        + payment.parts.flatMap { sentence($0, of: payment, in: proof) })
        .joined(separator: "\n")
    }
    let more =
      proof.paymentsLeftOut == 0
      ? "" : "\n\n\(proof.paymentsLeftOut) payments with less tainted value are left out"
    return "\(title), payment by payment:\n\n" + payments.joined(separator: "\n\n") + more
  }

  private func head(_ payment: ProvenPayment) -> String {
    "\(payment.date)  \(payment.from) → \(payment.to)  \(payment.amount)  (\(lines(payment.sources)))"
  }

  private func holdings(_ payment: ProvenPayment) -> [String] {
    guard let first = payment.before.first else { return [] }
    let sum = payment.before.map(\.amount).sum(in: first.amount.currency)
    return [
      "  just before, \(payment.from) held \(sum): "
        + payment.before.map {
          "\($0.amount) \($0.sourceClass)\($0.isTainted ? " (tainted)" : "")"
        }.joined(separator: ", ")
    ]
  }

  /// «Of the 9,000.00 paid for the car on 5 March, 3,000.00 is …, because …», then the receipts.
  private func sentence(
    _ part: ProvenPart, of payment: ProvenPayment, in proof: PlaceProof
  ) -> [String] {
    let sentence =
      "  Of the \(payment.amount) \(verb(payment, proof.place)) \(title) on \(payment.date), \(part.amount) is "
      + "\(part.sourceClass)\(part.isTainted ? ", tainted" : ""), "
      + because(part, of: payment, under: proof.methodTitle.lowercased()) + "."
    let largest = part.receipts.enumerated().sorted {
      $0.element.amount.minorUnits != $1.element.amount.minorUnits
        ? $0.element.amount.minorUnits > $1.element.amount.minorUnits : $0.offset < $1.offset
    }.prefix(Self.receiptsMax).sorted { $0.offset < $1.offset }.map(\.element)
    let receipts = largest.map { receipt in
      "      received \(receipt.date)  \(receipt.amount)"
        + (receipt.source.map { "  \($0.label) \($0.locator)" } ?? "")
    }
    let left = part.receipts.count - largest.count + part.receiptsLeftOut
    let more = left == 0 ? [] : ["      and \(left) smaller ones; --proof has all of them"]
    guard payment.kind != .receipt else {
      return ["  \(part.amount) is \(part.sourceClass)\(part.isTainted ? ", tainted" : "")"]
    }
    return [sentence] + receipts + more
  }

  private func because(
    _ part: ProvenPart, of payment: ProvenPayment, under method: String
  ) -> String {
    if part.sourceClass.text == "BORROWED" {
      return "because the account held no more and was overdrawn for the rest"
    }
    guard let rule = payment.rule else { return payment.kind.reason }
    let isFirst = part.ahead.isZero
    switch rule {
    case .oldestFirst:
      return isFirst
        ? "because under \(method) the oldest money leaves first, and this was the oldest"
        : "because under \(method) the \(part.ahead) received earlier left first"
    case .newestFirst:
      return isFirst
        ? "because under \(method) the newest money leaves first, and this was the newest"
        : "because under \(method) the \(part.ahead) received later left first"
    case .proportional:
      let held = self.held(payment) {
        $0.sourceClass == part.sourceClass && $0.isTainted == part.isTainted
      }
      return "because under \(method) every source pays in proportion, and this was \(held)"
        + " of the \(self.held(payment) { _ in true })"
    case .taintedFirst, .cleanFirst:
      let first = rule == .taintedFirst ? "tainted" : "clean"
      let isOfFirst = part.isTainted == (rule == .taintedFirst)
      guard !isOfFirst else {
        return
          "because under \(method) \(first) money leaves first, the oldest of it before the rest"
      }
      let there = held(payment) { $0.isTainted == (rule == .taintedFirst) }
      return
        "because under \(method) \(first) money leaves first, and the \(there) of it did not cover"
        + " the payment"
    case .everything:
      return part.isTainted
        ? "because under \(method) all money of an account that received tainted money counts as tainted"
        : "because the account had received nothing tainted"
    }
  }

  /// What the paying account held of some classes just before.
  private func held(_ payment: ProvenPayment, _ isMeant: (ClassAmount) -> Bool) -> Money {
    let currency = payment.before.first?.amount.currency ?? payment.amount.currency
    return payment.before.filter(isMeant).map(\.amount).sum(in: currency)
  }

  private func lines(_ sources: [SourceRef]) -> String {
    sources.map { "\($0.label) \($0.locator)" }.joined(separator: "; ")
  }

  private func verb(_ payment: ProvenPayment, _ place: Place) -> String {
    if payment.kind == .payment, case .asset = place { return "paid for" }
    return payment.kind.verb
  }
}

extension ProvenPayment.Kind {
  fileprivate var verb: String {
    switch self {
    case .payment: "paid to"
    case .receipt: "received on"
    case .interest: "of interest on"
    case .arrival: "that arrived on"
    case .sale: "of the price paid to"
    case .repayment: "repaid of the debt that bought"
    case .takenBack: "that came back to"
    }
  }

  fileprivate var reason: String {
    switch self {
    case .payment: "because the payment took it"
    case .receipt: "because it came in as that"
    case .interest: "because interest has the origin of the balance it is paid on"
    case .arrival: "because it arrived as it had left"
    case .sale: "because the price is divided as what was sold was"
    case .repayment: "because it repaid the debt on an evidenced plan"
    case .takenBack: "because it came back as it had left"
    }
  }
}

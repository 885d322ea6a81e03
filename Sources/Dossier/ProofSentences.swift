// «Of the 9,000.00 paid for the car on 5 March, 3,000.00 is …, because …»: one sentence a payment.

import CaseModel

extension Drafting {
  /// Sentences under an asset; the others are counted, and stand in the proof file of `trace`.
  private static let sentencesMax = 3
  /// Receipts named one by one in a sentence; of more, the days and their number are given.
  private static let receiptsMax = 3

  private struct TaintedPart {
    let proof: PlaceProof
    let payment: ProvenPayment
    let part: ProvenPart
  }

  /// Why the largest tainted parts of the payments into an asset are what they are said to be.
  func proof(of asset: ScheduledAsset) throws -> [Block] {
    let accounts = caseFile.accounts.filter { $0.key == asset.item.account }.map(\.id)
    let places = [Place.asset(asset.item.code)] + accounts.map { .account($0) }
    let proofs = run.proofs.filter { places.contains($0.place) }
    let parts = proofs.flatMap { proof in
      // A receipt of a class is that class by what it is, and stands in the table already.
      proof.payments.filter { $0.kind != .receipt && !$0.sources.isEmpty }.flatMap { payment in
        payment.parts.filter(\.isTainted)
          .map { TaintedPart(proof: proof, payment: payment, part: $0) }
      }
    }
    guard !parts.isEmpty else { return [] }
    let largest = parts.enumerated().sorted { a, b in
      let (left, right) = (a.element.part.amount, b.element.part.amount)
      guard left.currency == right.currency else { return left.currency < right.currency }
      return left.minorUnits != right.minorUnits
        ? left.minorUnits > right.minorUnits : a.offset < b.offset
    }.prefix(Self.sentencesMax).map(\.element)
    var blocks: [Block] = [.bullets(try largest.map { try sentence($0, for: asset.item) })]
    let more = parts.count - largest.count + proofs.reduce(0) { $0 + $1.paymentsLeftOut }
    if more > 0 {
      blocks.append(try paragraph("proof.more", ["count": text(String(more))]))
    }
    return blocks
  }

  private func sentence(_ one: TaintedPart, for item: PropertyItem) throws -> [Inline] {
    let (payment, part) = (one.payment, one.part)
    return try wording.fact(
      "proof.sentence.\(payment.kind == .payment ? "payment" : "other")",
      [
        "paid": [
          figure(
            payment.amount, "payment into \(item.code.text) on \(payment.date)",
            "the whole movement", payment.sources)
        ],
        "item": text(shortName(item)), "day": text(payment.date.description),
        "part": [
          figure(
            part.amount,
            "\(part.sourceClass.text) in the payment into \(item.code.text) on \(payment.date)",
            "what the payment took of the class, by \(run.methodTitle.lowercased())",
            payment.sources + part.receipts.compactMap(\.source))
        ],
        "class": text(className(part.sourceClass)), "receipts": try receipts(part),
        "reason": try reason(one),
      ])
  }

  private func figure(
    _ amount: Money, _ label: String, _ derivation: String, _ sources: [SourceRef]
  ) -> Inline {
    Figure(amount, label: label, derivation: derivation, from: sources).map { .figure($0) }
      ?? .text(amount.text)
  }

  /// When the part came in, line by line while they are few.
  private func receipts(_ part: ProvenPart) throws -> [Inline] {
    let lines = part.receipts
    guard let first = lines.first, let last = lines.last else { return [] }
    let count = lines.count + part.receiptsLeftOut
    guard count <= Self.receiptsMax else {
      return try wording.frame(
        "proof.receipts.many",
        [
          "count": text(String(count)), "first": text(first.date.description),
          "last": text(last.date.description),
        ])
    }
    let list = lines.map { line -> [Inline] in
      text(line.date.description) + (line.source.map { [.text(" "), .sources([$0])] } ?? [])
    }
    return try wording.frame(
      "proof.receipts.few", ["lines": Array(list.joined(separator: [.text(", ")]))])
  }

  /// The rule of the method, filled with what lay there.
  private func reason(_ one: TaintedPart) throws -> [Inline] {
    let (payment, part) = (one.payment, one.part)
    let method = text(one.proof.methodTitle.lowercased())
    guard let rule = payment.rule else {
      return try wording.frame("proof.\(payment.kind.rawValue)")
    }
    let account = payment.from
    func held(_ what: String, _ isMeant: (ClassAmount) -> Bool) -> [Inline] {
      let amounts = payment.before.filter(isMeant).map(\.amount)
      guard let currency = payment.before.first?.amount.currency else { return text("—") }
      return [
        figure(
          amounts.sum(in: currency), "\(what) in \(account) before the payment on \(payment.date)",
          "what the account held just before", payment.sources)
      ]
    }
    let ahead = figure(
      part.ahead,
      "taken ahead of \(part.sourceClass.text) in the payment of \(account) on \(payment.date)",
      "what the payment took of other classes first", payment.sources)
    switch rule {
    case .oldestFirst, .newestFirst:
      return part.ahead.isZero
        ? try wording.frame("proof.\(rule.rawValue).first", ["method": method])
        : try wording.frame("proof.\(rule.rawValue)", ["method": method, "ahead": [ahead]])
    case .proportional:
      return try wording.frame(
        "proof.proportional",
        [
          "method": method,
          "held": held(part.sourceClass.text) {
            $0.sourceClass == part.sourceClass && $0.isTainted == part.isTainted
          }, "balance": held("everything") { _ in true },
        ])
    case .cleanFirst:
      let clean = payment.before.contains { !$0.isTainted }
      return clean
        ? try wording.frame(
          "proof.clean_first", ["method": method, "clean": held("clean money") { !$0.isTainted }])
        : try wording.frame("proof.clean_first.none", ["method": method])
    case .taintedFirst, .everything:
      return try wording.frame("proof.\(rule.rawValue)", ["method": method])
    }
  }
}

import CaseModel

/// A payment record as the matching sees it: who is named on either side, what it states, what became of it.
struct RecordView {
  let record: PaymentRecord
  let key: LinkKey
  let family: Link.Kind
  let outcome: MatchingWords.Outcome
  let uetr: String?
  let identifiers: [String]
  let reporter: String?

  init(_ record: PaymentRecord, _ policy: LinkPolicy) {
    self.record = record
    key = .record(record.key)
    family =
      switch record.kind {
      case .instruction: .message
      case .report: .report
      case .info: .reply
      default: .declaration
      }
    outcome = MatchingWords.outcome(record.status)
    uetr = MatchingWords.uetr(record.references)
    identifiers = MatchingWords.identifiers(
      record.references, longerThan: policy.referenceLengthMin)
    reporter =
      MatchingWords.reference(record.references["reporting-entity"])
      ?? MatchingWords.reference(record.details["rentity_id"])
      ?? MatchingWords.reference(record.details["rentity-id"])
      ?? record.parties.first { $0.role == .reporter }.flatMap {
        MatchingWords.reference($0.institution ?? $0.name)
      }
  }

  var day: CivilDate? { record.executedOn ?? record.valueOn }
  var days: [CivilDate] { [record.executedOn, record.valueOn].compactMap { $0 } }

  var principal: Money? {
    for role in [StatedAmount.Role.settled, .reported, .sent, .instructed, .declared, .received] {
      if let amount = record.amount(role) { return amount }
    }
    return record.amounts.first?.amount
  }

  var member: LinkMember { LinkMember(key: key, amount: principal, day: day) }

  /// The party the money left, or reached.
  func party(paying: Bool) -> PaymentParty? {
    let roles: [PaymentParty.Role] =
      paying
      ? [.originator, .ultimateOriginator, .originatorBank]
      : [.beneficiary, .ultimateBeneficiary, .beneficiaryBank]
    let named = roles.compactMap { role in record.parties.first { $0.role == role } }
    return named.first { $0.accountKey != nil } ?? named.first
  }

  /// Amounts that the booking on one side can have, and how each comes about; the nearest first.
  ///
  /// Out of the payer's account goes what was ordered or sent, with the sender's charges where they are
  /// on top; into the payee's comes what was settled or received, less the receiver's charges. Amounts in
  /// two currencies are those the record itself states; no rate is applied.
  func bookable(paying: Bool) -> [AmountClaim] {
    var found: [AmountClaim] = []
    func add(_ amount: Money?, fees: [Money] = [], _ move: Int64 = 0) {
      guard let amount, amount.minorUnits != .min,
        let minor = AmountClaims.moved(amount.magnitude.minorUnits, move), minor > 0
      else { return }
      let claim = Money(minorUnits: minor, currency: amount.currency)
      guard !found.contains(where: { $0.amount == claim }) else { return }
      var agreement = AmountAgreement.equal
      if !fees.isEmpty {
        agreement = AmountAgreement(how: .charges, fees: fees)
      } else if let principal, claim.currency != principal.currency {
        agreement = AmountAgreement(
          how: .exchange,
          rate: RateCheck(
            rate: record.exchangeRate, from: claim, to: principal.magnitude, computed: nil))
      }
      found.append(AmountClaim(amount: claim, agreement: agreement))
    }
    let roles: [StatedAmount.Role] =
      paying
      ? [.sent, .settled, .instructed, .reported, .declared, .equivalent]
      : [.received, .settled, .instructed, .reported, .declared, .equivalent]
    for role in roles { add(record.amount(role)) }
    let own = charges([paying ? .senderCharge : .receiverCharge, .fee])
    let all = charges([.senderCharge, .receiverCharge, .fee])
    for role in [StatedAmount.Role.settled, .instructed, .sent] {
      guard let amount = record.amount(role) else { continue }
      for fees in [own, all].map({ $0.filter { $0.currency == amount.currency } })
      where !fees.isEmpty {
        guard let sum = AmountClaims.total(fees) else { continue }
        add(amount, fees: fees, paying ? sum : -sum)
      }
    }
    return found
  }

  private func charges(_ roles: [StatedAmount.Role]) -> [Money] {
    record.amounts.filter { roles.contains($0.role) && $0.amount.minorUnits > 0 }.map(\.amount)
  }
}

import CaseModel

/// The rules by which two legs of opposite sign, whose amounts agree, can be one movement.
///
/// A leg that names a third account is no leg of this pair (formats.md §3.6), except under one UETR, where
/// a correspondent's account may stand in the record: that is proposed. Names alone propose. An exchange
/// or a charge is believed only where a record states it.
struct LegRule {
  let days: Int
  private let agreement: AmountAgreement
  private let policy: LinkPolicy
  private let debitNames: Bool
  private let creditNames: Bool
  private let isOneAccount: Bool
  private let namesThird: Bool
  private let sharesUETR: Bool
  private let sharesReference: Bool
  private let namesAgree: Bool

  init(
    _ debit: Leg, _ credit: Leg, _ debitFacts: LegFacts, _ creditFacts: LegFacts,
    _ agreement: AmountAgreement, days: Int, _ policy: LinkPolicy
  ) {
    self.days = days
    self.agreement = agreement
    self.policy = policy
    debitNames = debit.counterparty == credit.account
    creditNames = credit.counterparty == debit.account
    isOneAccount = debit.account == credit.account
    namesThird =
      debit.counterparty.map { $0 != credit.account } ?? false
      || credit.counterparty.map { $0 != debit.account } ?? false
    sharesUETR = debitFacts.uetr != nil && debitFacts.uetr == creditFacts.uetr
    sharesReference = debitFacts.shares(with: creditFacts)
    let compared = [
      (debitFacts.name, creditFacts.owner), (creditFacts.name, debitFacts.owner),
    ].compactMap { pair in pair.0.flatMap { name in pair.1.map { (name, $0) } } }
    namesAgree = !compared.isEmpty && compared.allSatisfy { $0.0 == $0.1 }
  }

  /// The strongest evidence there is; nil for none.
  var evidence: Evidence? {
    if sharesUETR {
      if agreement.how == .doubtfulExchange { return .doubtfulExchange }
      return namesThird || days > policy.referenceDays ? .looseReference : .uetr
    }
    if namesThird { return nil }
    if sharesReference, days <= policy.referenceDays {
      if agreement.how == .doubtfulExchange { return .doubtfulExchange }
      return debitNames || creditNames || isOneAccount ? .referenceAndAccount : loose
    }
    if debitNames || creditNames || (isOneAccount && days == 0) { return accountEvidence }
    return nameEvidence
  }

  private var loose: Evidence? { agreement.how == .equal ? .looseReference : nil }

  private var nameEvidence: Evidence? {
    namesAgree && agreement.how == .equal && days <= policy.proposalDays ? .name : nil
  }

  private var accountEvidence: Evidence? {
    guard days <= policy.proposalDays else { return nil }
    if agreement.how == .doubtfulExchange { return .doubtfulExchange }
    guard days <= policy.settlementDays else { return .lateAccount }
    switch agreement.how {
    case .equal: return debitNames && creditNames ? .bothAccounts : .oneAccount
    case .exchange: return .exchange
    case .charges: return .charges
    case .doubtfulExchange: return .doubtfulExchange
    }
  }

  /// What holds, in a fixed order.
  var constraints: [LinkConstraint] {
    var found = [agreement.constraint, LinkConstraint(.sign, "money out of one, into the other")]
    if debitNames && creditNames {
      found.append(LinkConstraint(.account, "each names the account of the other"))
    } else if debitNames {
      found.append(LinkConstraint(.account, "the debit names the account of the credit"))
    } else if creditNames {
      found.append(LinkConstraint(.account, "the credit names the account of the debit"))
    } else if isOneAccount {
      found.append(LinkConstraint(.ownAccount, "two currencies of one account"))
    } else if namesThird {
      found.append(LinkConstraint(.account, "one names a third account"))
    }
    if sharesUETR { found.append(LinkConstraint(.reference, "same UETR")) }
    if sharesReference { found.append(LinkConstraint(.reference, "same payment reference")) }
    if namesAgree {
      found.append(LinkConstraint(.name, "the name of the other side is the owner's"))
    }
    found.append(LinkConstraint(.window, Self.window(days)))
    return found
  }

  static func window(_ days: Int) -> String {
    switch days {
    case 0: "booked on the same day"
    case 1: "booked 1 day apart"
    default: "booked \(days) days apart"
    }
  }
}

// The ledger inside a proof: accounts and steps with their amounts as decimal text.

import CaseModel

extension TracingProof {
  public struct Opening: Hashable, Sendable, Encodable {
    public let `class`: String
    public let amount: String
    public let sources: [Source]
  }

  public struct Account: Hashable, Sendable, Encodable {
    public let name: String
    public let currency: String
    public let opening: [Opening]
    public let openingDebt: String
    /// ISO date; absent when the records do not say.
    public let opensOn: String?

    init(_ account: LedgerAccount) {
      name = account.name
      currency = account.currency.code
      opening = account.opening.map { lot in
        Opening(
          class: lot.sourceClass.text,
          amount: Money(minorUnits: lot.amount, currency: account.currency).decimalText,
          sources: lot.sources.map { Source($0) })
      }
      openingDebt =
        Money(minorUnits: account.openingDebt, currency: account.currency).decimalText
      opensOn = account.opensOn?.description
    }

    enum CodingKeys: String, CodingKey {
      case name, currency, opening
      case openingDebt = "opening_debt"
      case opensOn = "opens_on"
    }
  }

  /// A step of the ledger. What does not belong to its kind is absent.
  public struct Step: Hashable, Sendable, Encodable {
    public let seq: Int
    public let date: String
    public let phase: Int
    public let kind: String
    public private(set) var from: String?
    public private(set) var to: String?
    public private(set) var destination: String?
    /// In the currency of the account it is first booked on; of a gap, the balance after it.
    public private(set) var amount: String
    /// What arrived, in the receiving account's currency; absent when it is the same.
    public private(set) var credited: String?
    public private(set) var `class`: String?
    public private(set) var obtainedAs: String?
    public private(set) var coordinated: Bool?
    public private(set) var restores: Bool?
    public private(set) var transit: String?
    public private(set) var reverses: Int?
    public private(set) var fraction: String?
    public let sources: [Source]

    enum CodingKeys: String, CodingKey {
      case seq, date, phase, kind, from, to, destination, amount, credited, `class`, coordinated
      case restores, transit, reverses, fraction, sources
      case obtainedAs = "obtained_as"
    }
  }
}

extension TracingProof.Step {
  init(_ step: LedgerStep, in ledger: Ledger) {
    seq = step.sequence
    date = step.date.description
    phase = step.phase
    kind = step.movement.kindName
    sources = step.sources.map { TracingProof.Source($0) }
    let currency = ledger.bookedCurrency(of: step.movement)
    func text(_ units: Int64, _ currency: Currency?) -> String {
      currency.map { Money(minorUnits: units, currency: $0).decimalText } ?? String(units)
    }
    amount = text(step.movement.amount, currency)
    switch step.movement {
    case .credit(let account, _, let code, let isRestoring):
      (to, `class`, restores) = (account, code.text, isRestoring)
    case .debit(let account, let place, _, let isCoordinated):
      (from, coordinated) = (account, isCoordinated)
      (destination, to) = place.proofFields
    case .transfer(let account, let other, _, let arrives, let code):
      (from, to, destination, obtainedAs) = (account, other, "account", code?.text)
      credited = arrives.map { text($0, ledger.currency(ofAccount: other)) }
    case .departure(let account, let name, _): (from, transit) = (account, name)
    case .arrival(let name, let account, _, let code):
      (transit, to, obtainedAs) = (name, account, code?.text)
    case .interest(let account, _): to = account
    case .fee(let account, _): (from, destination) = (account, "dissipated")
    case .reversal(let original, _): reverses = original
    case .sale(let asset, let account, _, let part):
      (from, to, fraction) = (asset, account, "\(part.numerator)/\(part.denominator)")
    case .gap(let account, let balance, let code):
      (to, `class`) = (account, code.text)
      amount = text(balance, currency)
    }
  }
}

extension Ledger {
  func currency(ofAccount name: String) -> Currency? {
    accounts.first { $0.name == name }?.currency
  }

  /// The currency in which a movement's amount counts.
  func bookedCurrency(of movement: Movement) -> Currency? {
    if case .reversal(let original, _) = movement {
      return steps.first { $0.sequence == original }.flatMap { bookedCurrency(of: $0.movement) }
    }
    return movement.accountNames.first.flatMap { currency(ofAccount: $0) }
  }
}

extension Movement {
  fileprivate var kindName: String {
    switch self {
    case .credit: "credit"
    case .debit: "debit"
    case .transfer: "transfer"
    case .departure: "departure"
    case .arrival: "arrival"
    case .interest: "interest"
    case .fee: "fee"
    case .reversal: "reversal"
    case .sale: "sale"
    case .gap: "gap"
    }
  }
}

extension Destination {
  fileprivate var proofFields: (String, String?) {
    switch self {
    case .asset(let name): ("asset", name)
    case .dissipated: ("dissipated", nil)
    case .outside(let name): ("outside", name)
    case .untraced(let name): ("untraced", name)
    }
  }
}

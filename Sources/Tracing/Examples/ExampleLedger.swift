// Reads the ledger of one worked example.

import CaseModel

/// A worked example of kind `ledger`, read: the ledger, the method's name and the policy.
struct ExampleLedger {
  let method: String
  let currency: Currency
  let policy: TracingPolicy
  private(set) var ledger: Ledger

  init(_ example: JSONValue) throws(TracingError) {
    method = example["method"]?.text ?? ""
    let stated = example["currency"] ?? example["accounts"]?.elements?.first?["currency"]
    currency = try Self.currency(stated, at: "currency")
    policy = try Self.policy(example["policy"])
    var classes: [LedgerClass] = []
    for each in example["classes"]?.elements ?? [] {
      let id = try Self.text(each, "id", at: "classes")
      classes.append(LedgerClass(SourceClassCode(id), isTainted: each["tainted"]?.isTrue ?? false))
    }
    var accounts: [LedgerAccount] = []
    for each in example["accounts"]?.elements ?? [] {
      accounts.append(try Self.account(each, defaultCurrency: currency))
    }
    ledger = Ledger(classes: classes, accounts: accounts, steps: [])
    for each in example["transactions"]?.elements ?? [] {
      ledger.steps.append(try step(each))
    }
    let refund = Ledger.unknownRefund
    if ledger.steps.contains(where: {
      if case .credit(_, _, refund, _) = $0.movement { true } else { false }
    }), !classes.contains(where: { $0.code == refund }) {
      ledger.classes.append(LedgerClass(refund, isTainted: false))
    }
  }

  // MARK: Parts

  private static func text(
    _ value: JSONValue, _ key: String, at place: String
  ) throws(TracingError) -> String {
    guard let text = value[key]?.text else {
      throw TracingError(
        .malformed("'\(key)' is missing"), at: place, remedy: "state it as a text")
    }
    return text
  }

  static func currency(_ value: JSONValue?, at place: String) throws(TracingError) -> Currency {
    let code = value?.text ?? ""
    guard let currency = ExampleCurrency.named(code) else {
      throw TracingError(
        .unknownCurrency(code), at: place,
        remedy: "use an ISO 4217 code, or a code like BTC, in capitals")
    }
    return currency
  }

  static func money(
    _ value: JSONValue?, in currency: Currency, at place: String
  ) throws(TracingError) -> Int64 {
    try ExampleCurrency.units(value, in: currency, at: place)
  }

  private static func policy(_ value: JSONValue?) throws(TracingError) -> TracingPolicy {
    var policy = TracingPolicy()
    if let value, !value.isNull, !value.isObject {
      throw TracingError(
        .malformed("the policy is \(value.shown)"), at: "policy",
        remedy: "write an object; {} is the default")
    }
    for member in value?.members ?? [] {
      let text = member.value.text ?? ""
      func unknown() -> TracingError {
        TracingError(
          .malformed("the policy \(member.key) '\(member.value.shown)' is not known"), at: "policy",
          remedy: "see the header of the examples")
      }
      func flag() throws(TracingError) -> Bool {
        guard ["true", "false"].contains(member.value.shown) else { throw unknown() }
        return member.value.isTrue
      }
      switch member.key {
      case _ where member.value.isNull: continue
      case "intraday", "same_day_order":
        guard let order = SameDayOrder(rawValue: text) else { throw unknown() }
        policy.sameDayOrder = order
      case "reversal":
        guard let reversal = TracingPolicy.Reversal(rawValue: text) else { throw unknown() }
        policy.reversal = reversal
      case "backward_tracing": policy.backwardTracing = try flag()
      case "replenish_intent": policy.replenishIntent = try flag()
      case "poison_clears_at_zero": policy.poisonClearsAtZero = try flag()
      default: throw unknown()
      }
    }
    return policy
  }

  private static func account(
    _ value: JSONValue, defaultCurrency: Currency
  ) throws(TracingError) -> LedgerAccount {
    let name = try text(value, "id", at: "accounts")
    let place = "account \(name)"
    let currency =
      value["currency"] == nil ? defaultCurrency : try currency(value["currency"], at: place)
    var lots: [OpeningLot] = []
    for lot in value["opening"]?.elements ?? [] {
      lots.append(
        OpeningLot(
          SourceClassCode(try text(lot, "class", at: place)),
          amount: try money(lot["amount"], in: currency, at: place)))
    }
    var debt: Int64 = 0
    if let stated = value["opening_overdraft"], !stated.isNull {
      debt = try money(stated, in: currency, at: place)
    }
    var opensOn: CivilDate?
    if let stated = (value["opening_date"] ?? value["opens_on"])?.text {
      opensOn = try date(stated, at: place)
    }
    return LedgerAccount(
      name: name, currency: currency, opening: lots, openingDebt: debt, opensOn: opensOn)
  }

  static func date(_ text: String, at place: String) throws(TracingError) -> CivilDate {
    guard let date = CivilDate(text) else {
      throw TracingError(
        .malformed("'\(text)' is no day"), at: place, remedy: "write the day as YYYY-MM-DD")
    }
    return date
  }

  // MARK: Steps

  private func currency(of account: String, at place: String) throws(TracingError) -> Currency {
    guard let found = ledger.accounts.first(where: { $0.name == account }) else {
      throw TracingError(.unknownAccount(account), at: place, remedy: "declare the account")
    }
    return found.currency
  }

  private func step(_ value: JSONValue) throws(TracingError) -> LedgerStep {
    guard let sequence = value["seq"]?.integer else {
      throw TracingError(
        .malformed("a transaction has no whole number 'seq'"), at: "transactions",
        remedy: "number the transactions")
    }
    let day = try Self.text(value, "date", at: "step \(sequence)")
    let date = try Self.date(day, at: "step \(sequence)")
    return LedgerStep(
      sequence: sequence, date: date,
      movement: try movement(value, sequence: sequence, at: "step \(sequence) (\(day))"))
  }

  private func movement(
    _ value: JSONValue, sequence: Int, at place: String
  ) throws(TracingError) -> Movement {
    let type = try Self.text(value, "type", at: place)
    func party(_ key: String) throws(TracingError) -> String {
      try Self.text(value, key, at: place)
    }
    func amount(on account: String) throws(TracingError) -> Int64 {
      try Self.money(value["amount"], in: try currency(of: account, at: place), at: place)
    }
    switch type {
    case "credit":
      let to = try party("to")
      return .credit(
        to: to, amount: try amount(on: to), sourceClass: SourceClassCode(try party("class")),
        restores: (value["replenish_intent"] ?? value["restores"])?.isTrue ?? false)
    case "interest":
      let to = try party("to")
      if let stated = value["class"]?.text {
        return .credit(to: to, amount: try amount(on: to), sourceClass: SourceClassCode(stated))
      }
      return .interest(to: to, amount: try amount(on: to))
    case "fee":
      return try outgoing(
        value, from: try party("from"), to: value["to"]?.text ?? "DISSIPATED", at: place)
    case "debit", "transfer":
      return try outgoing(value, from: try party("from"), to: try party("to"), at: place)
    case "sale":
      let to = try party("to")
      let stated = value["fraction"]?.text ?? value["fraction_sold"]?.text
      guard let fraction = stated.map({ Fraction($0) }) ?? .whole else {
        throw TracingError(
          .malformed("the fraction sold is not above 0 and at most 1"), at: place,
          remedy: "write it as 1/4 or 0.25")
      }
      return .sale(
        asset: Self.asset(try party("from")), to: to, amount: try amount(on: to),
        fraction: fraction)
    case "reversal":
      let account = reversedAccount(value)
      guard let original = value["reverses"]?.integer else {
        let code = value["class"]?.text.map { SourceClassCode($0) } ?? Ledger.unknownRefund
        return .credit(to: account, amount: try amount(on: account), sourceClass: code)
      }
      return .reversal(of: original, amount: try amount(on: account))
    default:
      throw TracingError(
        .malformed("the type '\(type)' is not known"), at: place,
        remedy: "use credit, debit, transfer, fee, interest, reversal or sale")
    }
  }

  /// Where a reversal is booked: as it says, else where its original was.
  private func reversedAccount(_ value: JSONValue) -> String {
    if let stated = value["to"]?.text ?? value["from"]?.text { return stated }
    let original = ledger.steps.first { $0.sequence == value["reverses"]?.integer }
    return original?.movement.accountNames.first ?? ""
  }

  private func outgoing(
    _ value: JSONValue, from: String, to: String, at place: String
  ) throws(TracingError) -> Movement {
    let currency = try currency(of: from, at: place)
    let amount = try Self.money(value["amount"], in: currency, at: place)
    if let target = ledger.accounts.first(where: { $0.name == to }) {
      var credited: Int64?
      if let stated = value["credit_amount"], !stated.isNull {
        credited = try Self.money(stated, in: target.currency, at: place)
      }
      return .transfer(from: from, to: to, amount: amount, credited: credited)
    }
    let destination: Destination
    if to == "DISSIPATED" {
      destination = .dissipated
    } else if to.hasPrefix("asset:") {
      destination = .asset(Self.asset(to))
    } else if value["type"]?.text == "transfer" {
      throw TracingError(.unknownAccount(to), at: place, remedy: "declare the account")
    } else {
      destination = .outside(to)
    }
    return .debit(
      from: from, to: destination, amount: amount,
      isCoordinated: value["coordinated"]?.isTrue ?? false)
  }

  /// The bare name of an asset: `asset:CAR` and `CAR` are the same one.
  static func asset(_ text: String) -> String {
    text.hasPrefix("asset:") ? String(text.dropFirst(6)) : text
  }
}

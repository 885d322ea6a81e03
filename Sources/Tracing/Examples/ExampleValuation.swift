// Reads the inputs of a valuation example and answers by rule.

import CaseModel

/// A worked example of kind `valuation`: a rule and its inputs.
struct ExampleValuation {
  /// One figure by its key in the example's `expected`.
  struct Answer {
    let key: String
    let value: ExampleReport.Value
  }

  let rule: String
  let currency: Currency
  let inputs: JSONValue

  init(_ example: JSONValue) throws(TracingError) {
    rule = example["rule"]?.text ?? example["method"]?.text ?? ""
    inputs = example["inputs"] ?? .object([])
    let stated = example["currency"] ?? inputs["reporting"] ?? inputs["currency"]
    currency = try ExampleLedger.currency(stated, at: "currency")
  }

  /// Every figure the rule gives.
  func answers() throws(TracingError) -> [Answer] {
    switch rule {
    case "mixed_purchase": try mixedPurchase()
    case "mortgaged_purchase": try mortgagedPurchase()
    case "equivalent_value": try equivalentValue()
    case "benefit_value_max": try benefitValue()
    case "victim_pro_rata": try victimShares()
    case "joint_benefit": try jointBenefit()
    case "fungible_window": try fungibleWindow()
    case "benefit_cutset": try cutSet()
    case "unpaid_labour": try unpaidLabour()
    case "fx_benefit": try convertedBenefit()
    default:
      throw TracingError(
        .unknownRule(rule), at: "rule", remedy: "see 'rules' in the examples' header")
    }
  }

  // MARK: Reading inputs

  func fail(_ what: String) -> TracingError {
    TracingError(.malformed(what), at: "inputs", remedy: "see the rule in the examples' header")
  }

  func money(_ value: JSONValue?, _ name: String) throws(TracingError) -> Money {
    Money(
      minorUnits: try ExampleLedger.money(value, in: currency, at: "inputs, \(name)"),
      currency: currency)
  }

  func money(_ key: String, default units: Int64? = nil) throws(TracingError) -> Money {
    if inputs[key] == nil, let units { return Money(minorUnits: units, currency: currency) }
    return try money(inputs[key], key)
  }

  func decimal(
    _ key: String, default fallback: DecimalNumber? = nil
  ) throws(TracingError) -> DecimalNumber {
    if inputs[key] == nil, let fallback { return fallback }
    guard let number = inputs[key]?.text.flatMap({ DecimalNumber($0) }) else {
      throw fail("'\(key)' is no decimal number")
    }
    return number
  }

  /// One amount, a list of amounts, or amounts by name.
  func amounts(_ key: String) throws(TracingError) -> [Money] {
    guard let value = inputs[key] else { return [] }
    var result: [Money] = []
    let named = value.members.map(\.value)
    for each in value.elements ?? (named.isEmpty ? [value] : named) {
      result.append(try money(each, key))
    }
    return result
  }

  /// Name and amount, from an object or from a list of pairs, in the order written.
  func named(_ key: String) throws(TracingError) -> [JointBenefit.Order] {
    var result: [JointBenefit.Order] = []
    for member in inputs[key]?.members ?? [] {
      result.append(.init(person: member.key, amount: try money(member.value, key)))
    }
    for pair in inputs[key]?.elements ?? [] {
      guard let parts = pair.elements, parts.count == 2, let name = parts[0].text else {
        throw fail("'\(key)' holds something other than name and amount")
      }
      result.append(.init(person: name, amount: try money(parts[1], key)))
    }
    return result
  }

  func text(_ key: String, _ money: Money) -> Answer {
    Answer(key: key, value: .text(money.decimalText))
  }

  func list(_ key: String, _ amounts: [Money]) -> Answer {
    Answer(key: key, value: .list(amounts.map(\.decimalText)))
  }

  private func percent(_ basisPoints: Int64) -> Answer {
    Answer(
      key: "share_percent",
      value: .text(
        Money(minorUnits: basisPoints, currency: Currency(asset: "%", exponent: 2)).decimalText))
  }

  // MARK: Rules

  private func mixedPurchase() throws(TracingError) -> [Answer] {
    let price = try money("price")
    let contribution = try money("tainted_contribution")
    var answers: [Answer] = []
    if let share = MixedPurchase.shareBasisPoints(price: price, taintedContribution: contribution) {
      answers.append(percent(share))
    }
    var purchases: [(name: String, purchase: MixedPurchase)] = []
    for (name, value) in try valuesNow(price) {
      guard
        let purchase = MixedPurchase(
          price: price, taintedContribution: contribution, valueNow: value)
      else { throw fail("the contribution must lie between 0 and the price, which is above 0") }
      purchases.append((name, purchase))
    }
    for (name, purchase) in purchases {
      answers.append(text("\(name)_share", purchase.share))
      answers.append(text("\(name)_charge", purchase.charge))
      answers.append(text("elected_on_\(name)", purchase.elected))
    }
    if purchases.count == 1, let purchase = purchases.first?.purchase {
      answers.append(text("share", purchase.share))
      answers.append(text("charge", purchase.charge))
      answers.append(text("elected", purchase.elected))
    }
    return answers + [
      list("share", purchases.map(\.purchase.share)),
      list("charge", purchases.map(\.purchase.charge)),
      list("elected", purchases.map(\.purchase.elected)),
    ]
  }

  /// The values now with the word their figures are named by: the name they are given, a rise or a
  /// fall against the price (of two on one side, the first is the rise), else their number.
  private func valuesNow(_ price: Money) throws(TracingError) -> [(name: String, value: Money)] {
    if case .object = inputs["value_now"] {
      return try named("value_now").map { ($0.person, $0.amount) }
    }
    let values = try amounts("value_now")
    let rises = values.count { $0 >= price }
    switch (values.count, rises) {
    case (2, 0), (2, 2): return [("rise", values[0]), ("fall", values[1])]
    case (1, _), (2, _): return values.map { ($0 >= price ? "rise" : "fall", $0) }
    default: return values.enumerated().map { ("\($0 + 1)", $1) }
    }
  }

  /// Capital is every input that names a deposit or principal and a colour, as members of one object
  /// (`deposit: {tainted, clean}`) or in its name (`tainted_deposit`); interest buys none.
  private func mortgagedPurchase() throws(TracingError) -> [Answer] {
    var (tainted, clean) = (Int128(0), Int128(0))
    func add(_ name: String, _ value: JSONValue) throws(TracingError) {
      guard name.contains("deposit") || name.contains("principal") || name.contains("capital"),
        !name.contains("interest")
      else { return }
      for member in value.members { try add("\(name) \(member.key)", member.value) }
      for element in value.elements ?? [] {
        if let parts = element.elements, parts.count == 2, let colour = parts[0].text {
          try add("\(name) \(colour)", parts[1])
        } else {
          try add(name, element)
        }
      }
      guard value.text != nil else { return }
      let units = Int128(try money(value, name).minorUnits)
      if name.contains("taint") {
        tainted += units
      } else if name.contains("clean") || name.contains("lawful") {
        clean += units
      } else {
        throw fail("'\(name)' says neither tainted nor clean")
      }
    }
    for member in inputs.members { try add(member.key, member.value) }
    guard let tainted = Int64(exactly: tainted), let clean = Int64(exactly: clean),
      let purchase = MortgagedPurchase(
        valueNow: try money("value_now"), mortgageNow: try money("mortgage_now", default: 0),
        taintedCapital: Money(minorUnits: tainted, currency: currency),
        cleanCapital: Money(minorUnits: clean, currency: currency))
    else { throw fail("no capital was paid, or a sum leaves 64 bits") }
    var answers = [
      text("equity", purchase.equity), text("tainted_capital", purchase.taintedCapital),
      text("clean_capital", purchase.cleanCapital), text("capital", purchase.capital),
      text("all_capital", purchase.capital), text("total_capital", purchase.capital),
      text("tainted_share", purchase.taintedShare), text("share", purchase.taintedShare),
      text("charge", purchase.charge), text("elected", purchase.elected),
    ]
    if let share = MixedPurchase.shareBasisPoints(
      price: purchase.capital, taintedContribution: purchase.taintedCapital)
    {
      answers.append(percent(share))
    }
    return answers
  }

  private func equivalentValue() throws(TracingError) -> [Answer] {
    let traced = try amounts("traced_specific_property") + amounts("unspent_cash")
    guard
      let value = EquivalentValue(
        benefit: try money("benefit"), tracedInKind: traced,
        compensationPaid: try money("compensation_paid", default: 0))
    else { throw fail("a sum leaves 64 bits") }
    return [
      text("traced_total", value.tracedTotal),
      text("shortfall_before_setoff", value.shortfall),
      text("shortfall", value.shortfall),
      text("value_order_after_setoff", value.valueOrder),
      text("value_order", value.valueOrder),
    ]
  }

  private func benefitValue() throws(TracingError) -> [Answer] {
    guard
      let value = BenefitValue(
        valueWhenObtained: try money("value_when_obtained"), indexThen: try decimal("index_then"),
        indexNow: try decimal("index_now"), valueNow: try money("value_now"))
    else { throw fail("an index is not above 0, or a product is too large") }
    return [text("indexed", value.indexed), text("benefit_value", value.benefit)]
  }

  private func victimShares() throws(TracingError) -> [Answer] {
    let awards = try named("awards")
    guard
      let shares = VictimShares(
        available: try money("available"), awards: awards.map(\.amount))
    else { throw fail("an amount is negative") }
    return zip(awards, shares.shares).map { text($0.person, $1) }
  }
}

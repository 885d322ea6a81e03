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

  private func fail(_ what: String) -> TracingError {
    TracingError(.malformed(what), at: "inputs", remedy: "see the rule in the examples' header")
  }

  private func money(_ value: JSONValue?, _ name: String) throws(TracingError) -> Money {
    Money(
      minorUnits: try ExampleLedger.money(value, in: currency, at: "inputs, \(name)"),
      currency: currency)
  }

  private func money(_ key: String, default units: Int64? = nil) throws(TracingError) -> Money {
    if inputs[key] == nil, let units { return Money(minorUnits: units, currency: currency) }
    return try money(inputs[key], key)
  }

  private func decimal(
    _ key: String, default fallback: DecimalNumber? = nil
  ) throws(TracingError) -> DecimalNumber {
    if inputs[key] == nil, let fallback { return fallback }
    guard let number = inputs[key]?.text.flatMap({ DecimalNumber($0) }) else {
      throw fail("'\(key)' is no decimal number")
    }
    return number
  }

  /// One amount or a list of amounts.
  private func amounts(_ key: String) throws(TracingError) -> [Money] {
    guard let value = inputs[key] else { return [] }
    var result: [Money] = []
    for each in value.elements ?? [value] { result.append(try money(each, key)) }
    return result
  }

  /// Name and amount, from an object or from a list of pairs, in the order written.
  private func named(_ key: String) throws(TracingError) -> [JointBenefit.Order] {
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

  private func text(_ key: String, _ money: Money) -> Answer {
    Answer(key: key, value: .text(money.decimalText))
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
    let values = try amounts("value_now")
    var answers: [Answer] = []
    if let share = MixedPurchase.shareBasisPoints(price: price, taintedContribution: contribution) {
      answers.append(percent(share))
    }
    // Two values are the two directions the question asks about: first a rise, then a fall.
    let directions = values.count == 2 ? ["rise", "fall"] : []
    for (index, value) in values.enumerated() {
      guard
        let purchase = MixedPurchase(
          price: price, taintedContribution: contribution, valueNow: value)
      else { throw fail("the contribution must lie between 0 and the price, which is above 0") }
      if index < directions.count {
        answers.append(text("\(directions[index])_share", purchase.share))
        answers.append(text("\(directions[index])_charge", purchase.charge))
        answers.append(text("elected_on_\(directions[index])", purchase.elected))
      } else {
        answers.append(text("share", purchase.share))
        answers.append(text("charge", purchase.charge))
        answers.append(text("elected", purchase.elected))
      }
    }
    return answers
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

  private func jointBenefit() throws(TracingError) -> [Answer] {
    guard
      let joint = JointBenefit(
        cap: try money("joint_benefit"), orders: try named("orders"),
        payments: try named("payments"))
    else { throw fail("a payer has no order, or an amount is negative") }
    return [
      text("recovered", joint.recovered), text("cap_remaining", joint.capRemaining),
      text("refund_due", joint.refundDue),
    ]
      + joint.standings.flatMap {
        [
          text("\($0.person)_outstanding", $0.outstanding), text("\($0.person)_paid", $0.paid),
          text("\($0.person)_refund_due", $0.refundDue),
        ]
      }
  }

  private func fungibleWindow() throws(TracingError) -> [Answer] {
    var deposits: [FungibleWindow.Deposit] = []
    for each in inputs["tainted_deposits"]?.elements ?? [] {
      guard let parts = each.elements, parts.count == 2, let day = parts[0].text else {
        throw fail("a deposit is not day and amount")
      }
      deposits.append(
        .init(
          date: try ExampleLedger.date(day, at: "inputs"),
          amount: try money(parts[1], "tainted_deposits")))
    }
    let action = try ExampleLedger.date(inputs["action_date"]?.text ?? "", at: "action_date")
    guard
      let window = FungibleWindow(
        deposits: deposits, actionDate: action, balanceAtAction: try money("balance_at_action"))
    else { throw fail("a sum leaves 64 bits") }
    return [
      text("eligible", window.eligible), text("forfeitable", window.forfeitable),
      text("outside_window", window.outsideWindow),
    ]
  }

  private func cutSet() throws(TracingError) -> [Answer] {
    let set = Set((inputs["offender_set"]?.elements ?? []).compactMap(\.text))
    var flows: [CutSetBenefit.Flow] = []
    for each in inputs["flows"]?.elements ?? [] {
      guard let parts = each.elements, parts.count == 4, let from = parts[0].text,
        let to = parts[1].text, let word = parts[3].text
      else { throw fail("a flow is not from, to, amount and tag") }
      guard let tag = CutSetBenefit.Tag(rawValue: word) else {
        throw fail("the tag '\(word)' is not known")
      }
      flows.append(.init(from: from, to: to, amount: try money(parts[2], "flows"), tag: tag))
    }
    guard let benefit = CutSetBenefit(offenderSet: set, flows: flows, currency: currency) else {
      throw fail("a sum leaves 64 bits")
    }
    return [
      text("naive_inflows", benefit.naiveInflows), text("gross", benefit.gross),
      text("net_direct_cost", benefit.netDirectCost),
    ]
  }

  private func unpaidLabour() throws(TracingError) -> [Answer] {
    let one = DecimalNumber(digits: 1, scale: 0)
    let hours = try decimal("hours_per_day")
    guard
      let labour = UnpaidLabour(
        days: try decimal("days"), hoursPerDay: hours,
        normalHours: try decimal("normal_hours", default: hours), rate: try decimal("rate"),
        overtimeFactor: try decimal("overtime_factor", default: one),
        paidToAccount: try money("paid_to_account", default: 0),
        sweptByController: try money("swept_by_controller", default: 0))
    else { throw fail("a product is too large") }
    return [
      text("due", labour.due), text("received_and_kept", labour.receivedAndKept),
      text("unpaid", labour.unpaid),
    ]
  }

  private func convertedBenefit() throws(TracingError) -> [Answer] {
    let reporting =
      inputs["reporting"] == nil
      ? currency : try ExampleLedger.currency(inputs["reporting"], at: "inputs, reporting")
    var obtainings: [ConvertedBenefit.Obtaining] = []
    for each in inputs["obtainings"]?.elements ?? [] {
      guard let parts = each.elements, parts.count >= 3, let day = parts[0].text else {
        throw fail("an obtaining is not day, amount, currency and rate")
      }
      let unit = try ExampleLedger.currency(parts[2], at: "inputs, obtainings")
      let amount = try ExampleLedger.money(parts[1], in: unit, at: "inputs, obtainings")
      let stated = parts.count > 3 ? parts[3].text.flatMap { DecimalNumber($0) } : nil
      guard
        let rate = stated ?? (unit == reporting ? DecimalNumber(digits: 1, scale: 0) : nil)
      else {
        throw TracingError(
          .unknownRate(from: unit.code, to: reporting.code), at: "inputs, obtainings, \(day)",
          remedy: "state a dated rate; without one nothing is converted")
      }
      obtainings.append(
        .init(
          date: try ExampleLedger.date(day, at: "inputs, obtainings"),
          amount: Money(minorUnits: amount, currency: unit), rate: rate))
    }
    guard let benefit = ConvertedBenefit(obtainings, in: reporting) else {
      throw fail("a rate is not above 0, or a sum leaves 64 bits")
    }
    return [
      Answer(key: "converted", value: .list(benefit.converted.map(\.decimalText))),
      text("total", benefit.total),
    ]
  }
}

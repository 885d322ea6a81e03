// Worked examples of benefit and value. Source: tracing-examples/1, rules; confiscation.md §3.

/// One valuation example. What the rule leaves open is rounded half up to the minor unit.
struct ValuationExample {
  let rule: String
  let inputs: JSON
  /// The figures by name, from an object or a list of measures.
  let expected: [(name: String, value: JSON)]
  let places: Int

  init(_ example: JSON) throws(Refusal) {
    rule = try example.required("rule", at: "rule")
    inputs = example["inputs"] ?? .object([])
    var figures = example["expected"]?.members ?? []
    for item in example["expected"]?.items ?? [] {
      figures.append(
        (try item.required("measure", at: "expected"), item["expected"] ?? item["value"] ?? .null))
    }
    guard !figures.isEmpty else {
      throw Refusal.noFigure(remedy: "state the figures of the rule by name")
    }
    expected = figures
    places = try TracingCheck.places(of: example["currency"]?.scalar ?? "USD", at: "currency")
  }

  func comparisons() throws(Refusal) -> [Comparison] {
    let results = try computed()
    var comparisons: [Comparison] = []
    for (name, value) in expected {
      guard value.scalar != nil || value.items != nil else {
        throw Refusal(.missing(name), at: "expected", remedy: "state the value")
      }
      guard let result = results.first(where: { $0.name == name })?.value else {
        throw Refusal(
          .unknown(kind: "figure of \(rule)", name: name), at: "expected",
          remedy: "use one of: \(results.map(\.name).joined(separator: ", "))")
      }
      let wanted = value.items.map { $0.compactMap(\.scalar) } ?? [value.scalar ?? value.text]
      comparisons.append(
        Comparison(
          what: "\(rule) \(name)", expected: wanted.joined(separator: ", "),
          computed: result.joined(separator: ", ")))
    }
    return comparisons
  }

  private func computed() throws(Refusal) -> [(name: String, value: [String])] {
    switch rule {
    case "mixed_purchase": try mixedPurchase()
    case "mortgaged_purchase": try mortgagedPurchase()
    case "equivalent_value": try equivalentValue()
    case "benefit_value_max": try benefitValueMax()
    case "victim_pro_rata": try victimProRata()
    case "joint_benefit": try jointBenefit()
    case "fungible_window": try fungibleWindow()
    case "benefit_cutset": try benefitCutset()
    case "unpaid_labour": try unpaidLabour()
    case "fx_benefit": try fxBenefit()
    default:
      throw Refusal(
        .unknown(kind: "rule", name: rule), at: "rule", remedy: "use a rule of the form")
    }
  }

  // MARK: Inputs

  func amount(_ name: String) throws(Refusal) -> Units {
    try units(inputs.required(name, at: "inputs"), places: places, at: name)
  }
  /// An amount, or the sum of a list of them; 0 when it is not stated.
  func sum(_ name: String) throws(Refusal) -> Units {
    guard let value = inputs[name] else { return 0 }
    var total: Units = 0
    for item in value.items ?? value.members.map({ $0.map(\.value) }) ?? [value] {
      total += try units(item.scalar ?? "", places: places, at: name)
    }
    return total
  }
  func number(_ name: String) throws(Refusal) -> Decimal10 {
    let text = try inputs.required(name, at: "inputs")
    guard let number = Decimal10(text) else {
      throw Refusal(.malformed("'\(text)' is not a number"), at: name, remedy: "write a decimal")
    }
    return number
  }
  func text(_ units: Units) -> [String] { [decimalText(units, places: places)] }

  // MARK: Rules

  private func mixedPurchase() throws(Refusal) -> [(name: String, value: [String])] {
    let price = try amount("price")
    let tainted = try amount("tainted_contribution")
    var results = [
      ("share_percent", [decimalText(try halfUp(tainted * 10_000, price), places: 2)])
    ]
    let values = inputs["value_now"]?.items ?? [inputs["value_now"] ?? .null]
    var nows: [Units] = []
    for value in values {
      nows.append(try units(value.scalar ?? "", places: places, at: "value_now"))
    }
    let isOneSided = nows.count == 2 && (nows[0] >= price) == (nows[1] >= price)
    for (index, now) in nows.enumerated() {
      let share = try halfUp(product(now, tainted), price)
      let charge = min(tainted, now)
      let isRise = isOneSided ? index == 0 : now >= price
      let side = nows.count > 2 ? "\(index + 1)" : isRise ? "rise" : "fall"
      results += [
        ("\(side)_share", text(share)), ("\(side)_charge", text(charge)),
        ("elected_on_\(side)", text(max(share, charge))),
      ]
      if values.count == 1 {
        results += [
          ("share", text(share)), ("charge", text(charge)), ("elected", text(max(share, charge))),
        ]
      }
    }
    return results
  }

  private func mortgagedPurchase() throws(Refusal) -> [(name: String, value: [String])] {
    let equity = max(0, try amount("value_now") - sum("mortgage_now"))
    let tainted = try sum("tainted_deposit") + sum("tainted_principal")
    let clean = try sum("clean_deposit") + sum("clean_principal")
    let share = try halfUp(product(equity, tainted), tainted + clean)
    return [
      ("equity", text(equity)), ("tainted_capital", text(tainted)), ("clean_capital", text(clean)),
      ("tainted_share", text(share)), ("charge", text(tainted)),
    ]
  }

  private func equivalentValue() throws(Refusal) -> [(name: String, value: [String])] {
    let traced = try sum("traced_specific_property") + sum("unspent_cash")
    let shortfall = try amount("benefit") - traced
    return [
      ("traced_total", text(traced)), ("shortfall_before_setoff", text(shortfall)),
      ("value_order_after_setoff", text(max(0, shortfall - (try sum("compensation_paid"))))),
    ]
  }

  private func benefitValueMax() throws(Refusal) -> [(name: String, value: [String])] {
    let then = try number("index_then")
    let now = try number("index_now")
    let obtained = try amount("value_when_obtained")
    let indexed = try halfUp(
      product(product(obtained, now.digits), power(then.places)),
      product(then.digits, power(now.places)))
    return [
      ("indexed", text(indexed)), ("benefit_value", text(max(indexed, try amount("value_now")))),
    ]
  }

  private func victimProRata() throws(Refusal) -> [(name: String, value: [String])] {
    let available = try amount("available")
    let awards = inputs["awards"]?.members ?? []
    var weights: [Units] = []
    for award in awards {
      weights.append(try units(award.value.scalar ?? "", places: places, at: award.name))
    }
    let total = weights.reduce(0, +)
    let parts = try share(min(available, total), over: weights)
    return zip(awards, parts).map { ($0.name, text($1)) }
  }

  private func jointBenefit() throws(Refusal) -> [(name: String, value: [String])] {
    var cap = try amount("joint_benefit")
    var rests: [(name: String, rest: Units)] = []
    for order in inputs["orders"]?.members ?? [] {
      rests.append(
        (order.name, try units(order.value.scalar ?? "", places: places, at: order.name)))
    }
    let whole = cap
    var surplus: Units = 0
    for payment in inputs["payments"]?.items ?? [] {
      let items = payment.items ?? []
      guard items.count == 2, let index = rests.firstIndex(where: { $0.name == items[0].scalar })
      else { throw Refusal(.malformed("a payment"), at: "payments", remedy: "name who paid what") }
      let paid = try units(items[1].scalar ?? "", places: places, at: "payments")
      let counted = min(paid, rests[index].rest, cap)
      rests[index].rest -= counted
      cap -= counted
      surplus += paid - counted
    }
    return [
      ("recovered", text(whole - cap)), ("cap_remaining", text(cap)), ("refund_due", text(surplus)),
    ] + rests.map { ("\($0.name)_outstanding", text(min($0.rest, cap))) }
  }

  private func fungibleWindow() throws(Refusal) -> [(name: String, value: [String])] {
    let action = try day(inputs.required("action_date", at: "inputs"), at: "action_date")
    let parts = action.split(separator: "-")
    guard parts.count == 3, let year = Int(parts[0]) else {
      throw Refusal(.malformed("'\(action)' is not a day"), at: "action_date", remedy: "YYYY-MM-DD")
    }
    let dayOfMonth = parts[1] == "02" && parts[2] == "29" ? "28" : parts[2]
    let first = String(String(year - 1 + 10_000).dropFirst()) + "-\(parts[1])-\(dayOfMonth)"
    var eligible: Units = 0
    var all: Units = 0
    for deposit in inputs["tainted_deposits"]?.items ?? [] {
      let items = deposit.items ?? []
      guard items.count == 2, let date = items[0].scalar else {
        throw Refusal(.malformed("a deposit"), at: "tainted_deposits", remedy: "day and amount")
      }
      _ = try day(date, at: "tainted_deposits")
      let value = try units(items[1].scalar ?? "", places: places, at: "tainted_deposits")
      all += value
      if first <= date, date <= action { eligible += value }
    }
    return [
      ("eligible", text(eligible)), ("outside_window", text(all - eligible)),
      ("forfeitable", text(min(eligible, try amount("balance_at_action")))),
    ]
  }

  private func benefitCutset() throws(Refusal) -> [(name: String, value: [String])] {
    let members = Set((inputs["offender_set"]?.items ?? []).compactMap(\.scalar))
    var naive: Units = 0
    var gross: Units = 0
    var costs: Units = 0
    for flow in inputs["flows"]?.items ?? [] {
      let items = (flow.items ?? []).compactMap(\.scalar)
      guard items.count == 4 else {
        throw Refusal(.malformed("a flow"), at: "flows", remedy: "from, to, amount, tag")
      }
      let value = try units(items[2], places: places, at: "flows")
      let enters = members.contains(items[1])
      if enters { naive += value }
      if items[3] == "obtaining", enters, !members.contains(items[0]) { gross += value }
      if items[3] == "cost", members.contains(items[0]), !enters { costs += value }
    }
    return [
      ("naive_inflows", text(naive)), ("gross", text(gross)),
      ("net_direct_cost", text(max(0, gross - costs))),
    ]
  }
}

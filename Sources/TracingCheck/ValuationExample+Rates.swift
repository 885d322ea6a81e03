// The rules that multiply by hours, factors and rates.

extension ValuationExample {
  func product(_ left: Units, _ right: Units) throws(Refusal) -> Units {
    let result = left.multipliedReportingOverflow(by: right)
    guard !result.overflow else {
      throw Refusal(.overflow, at: rule, remedy: "use fewer digits")
    }
    return result.partialValue
  }

  func power(_ exponent: Int) throws(Refusal) -> Units {
    var result: Units = 1
    for _ in 0..<exponent { result = try product(result, 10) }
    return result
  }

  /// Division rounded half up; both are not negative.
  func halfUp(_ top: Units, _ bottom: Units) throws(Refusal) -> Units {
    guard bottom > 0 else {
      throw Refusal(.malformed("a division by zero"), at: rule, remedy: "correct the inputs")
    }
    let rest = top % bottom
    return try (top / bottom + (rest >= bottom - rest ? 1 : 0)).within64Bits(at: rule)
  }

  /// Hours × rate with the overtime factor, over all days, rounded once.
  func unpaidLabour() throws(Refusal) -> [(name: String, value: [String])] {
    let days = try number("days")
    let hours = try number("hours_per_day")
    let normal = try number("normal_hours")
    let rate = try number("rate")
    let factor = try number("overtime_factor")
    let scale = max(hours.places, normal.places)
    let worked = try product(hours.digits, power(scale - hours.places))
    let limit = try product(normal.digits, power(scale - normal.places))
    let paidHours =
      try product(min(worked, limit), power(factor.places))
      + product(max(0, worked - limit), factor.digits)
    let top = try product(product(product(days.digits, paidHours), rate.digits), power(places))
    let due = try halfUp(top, power(days.places + scale + factor.places + rate.places))
    let kept = try amount("paid_to_account") - amount("swept_by_controller")
    return [
      ("due", text(due)), ("received_and_kept", text(kept)), ("unpaid", text(due - kept)),
    ]
  }

  /// Each obtaining divided by its rate and rounded on its own, then added.
  func fxBenefit() throws(Refusal) -> [(name: String, value: [String])] {
    var converted: [Units] = []
    for obtaining in inputs["obtainings"]?.items ?? [] {
      let items = (obtaining.items ?? []).compactMap(\.scalar)
      guard items.count == 4, let amount = Decimal10(items[1]), let rate = Decimal10(items[3]),
        rate.digits > 0
      else {
        throw Refusal(
          .malformed("an obtaining"), at: "obtainings", remedy: "day, amount, currency, rate")
      }
      let top = try product(amount.digits, power(rate.places + places))
      converted.append(try halfUp(top, product(rate.digits, power(amount.places))))
    }
    return [
      ("converted", converted.flatMap { text($0) }), ("total", text(converted.reduce(0, +))),
    ]
  }
}

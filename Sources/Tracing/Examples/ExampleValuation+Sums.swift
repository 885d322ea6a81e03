// The rules that add up payments, deposits, flows, hours and conversions.

import CaseModel

extension ExampleValuation {
  func jointBenefit() throws(TracingError) -> [Answer] {
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

  func fungibleWindow() throws(TracingError) -> [Answer] {
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

  func cutSet() throws(TracingError) -> [Answer] {
    let set = Set((inputs["offender_set"]?.elements ?? []).compactMap(\.text))
    var flows: [CutSetBenefit.Flow] = []
    for each in inputs["flows"]?.elements ?? [] {
      guard let parts = each.elements, parts.count == 4, let from = parts[0].text,
        let to = parts[1].text, let word = parts[3].text
      else { throw fail("a flow is not from, to, amount and tag") }
      // confiscation.md §3: money that comes back, however it is called, adds nothing.
      let comesBack = ["round_trip", "loan_back", "loan-back", "return"].contains(word)
      guard let tag = comesBack ? .returned : CutSetBenefit.Tag(rawValue: word) else {
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

  func unpaidLabour() throws(TracingError) -> [Answer] {
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

  func convertedBenefit() throws(TracingError) -> [Answer] {
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
      list("converted", benefit.converted),
      text("total", benefit.total),
    ]
  }
}

// The worked examples: `tracing-examples/1`.

/// Reads worked examples and compares every figure they expect.
public struct ExamplesForm {
  let examples: [JSON]

  /// - Throws: `Refusal` when the document is not of the form or holds no example.
  public init(_ document: JSON) throws(Refusal) {
    guard let schema = document["schema"]?.scalar, schema.hasPrefix("tracing-examples/") else {
      throw Refusal(
        .malformed("the schema is not tracing-examples/1"), at: "schema",
        remedy: "give a file of worked examples")
    }
    guard let examples = document["examples"]?.items, !examples.isEmpty else {
      throw Refusal(.missing("examples"), at: "document", remedy: "give at least one example")
    }
    self.examples = examples
  }

  /// Every figure with what was computed for it.
  public func report() -> CheckReport {
    var report = CheckReport()
    for (index, example) in examples.enumerated() {
      let name = example["id"]?.scalar ?? "example \(index + 1)"
      do {
        let comparisons =
          example["kind"]?.scalar == "valuation"
          ? try ValuationExample(example).comparisons() : try LedgerExample(example).comparisons()
        for comparison in comparisons { report.compare(name, comparison) }
      } catch {
        report.differences.append(error.within(name).description)
      }
    }
    return report
  }
}

/// One figure: what it is, what the file says, what was computed.
struct Comparison {
  var what: String
  var expected: String
  var computed: String
}

/// One ledger example: the ledger and the figures asked of it.
struct LedgerExample {
  var ledger: CheckLedger
  let currency: String
  let expected: [JSON]

  init(_ example: JSON) throws(Refusal) {
    guard let name = example["method"]?.scalar, let method = CheckLedger.Method(rawValue: name)
    else {
      throw Refusal(
        .unknown(kind: "method", name: example["method"]?.scalar ?? ""), at: "method",
        remedy: "use one of the ten methods")
    }
    ledger = CheckLedger(method: method)
    currency =
      (example["currency"] ?? example["accounts"]?.items?.first?["currency"])?.scalar ?? ""
    expected = example["expected"]?.items ?? []
    guard !expected.isEmpty else {
      throw Refusal.noFigure(remedy: "list measures, each with its 'expected'")
    }
    if let policy = example["policy"] { ledger.policy = try CheckLedger.Policy(policy) }
    for item in example["classes"]?.items ?? [] {
      let code = try item.required("id", at: "classes")
      ledger.tainted[code] = item["tainted"]?.flag ?? false
    }
    for item in example["accounts"]?.items ?? [] { try read(account: item) }
    for item in example["transactions"]?.items ?? [] { try read(step: item) }
  }

  private mutating func read(account item: JSON) throws(Refusal) {
    let name = try item.required("id", at: "accounts")
    let code = item["currency"]?.scalar ?? currency
    ledger.places[code] = try places(of: code, at: name)
    var account = CheckLedger.Account(name: name, currency: code)
    for lot in item["opening"]?.items ?? [] {
      let sourceClass = try known(lot.required("class", at: name), at: name)
      account.opening.append((sourceClass, try units(lot, "amount", code, at: name)))
    }
    if item["opening_overdraft"] != nil {
      account.openingDebt = try units(item, "opening_overdraft", code, at: name)
    }
    account.opensOn = try (item["opening_date"] ?? item["opens_on"])?.scalar
      .map { text throws(Refusal) in try day(text, at: name) }
    ledger.accounts.append(account)
  }

  private func known(_ code: String, at place: String) throws(Refusal) -> String {
    guard ledger.tainted[code] != nil else {
      throw Refusal(.unknown(kind: "class", name: code), at: place, remedy: "declare the class")
    }
    return code
  }

  private func code(of account: String, at place: String) throws(Refusal) -> String {
    guard let found = ledger.accounts.first(where: { $0.name == account }) else {
      throw Refusal(
        .unknown(kind: "account", name: account), at: place, remedy: "declare the account")
    }
    return found.currency
  }

  private mutating func read(step item: JSON) throws(Refusal) {
    let number = try item.required("seq", at: "transactions")
    let place = "step \(number)"
    let type = try item.required("type", at: place)
    guard let sequence = Int(number), let kind = CheckLedger.Step.Kind(rawValue: type) else {
      throw Refusal(.unknown(kind: "type", name: type), at: place, remedy: "use a type of the form")
    }
    var step = CheckLedger.Step(
      sequence: sequence, date: try day(item.required("date", at: place), at: place), kind: kind,
      amount: 0)
    step.from = item["from"]?.scalar ?? ""
    step.to = item["to"]?.scalar ?? ""
    step.coordinated = item["coordinated"]?.flag ?? false
    step.restores = item["replenish_intent"]?.flag ?? item["restores"]?.flag ?? false
    step.reverses = item["reverses"]?.scalar.flatMap { Int($0) }
    if kind == .reversal { step.to = step.to.isEmpty ? step.from : step.to }
    let booked = [.debit, .fee, .transfer].contains(kind) ? step.from : step.to
    step.amount = try units(item, "amount", code(of: booked, at: place), at: place)
    switch kind {
    case .credit: step.sourceClass = try known(item.required("class", at: place), at: place)
    case .interest:
      if let stated = item["class"]?.scalar {
        (step.kind, step.sourceClass) = (.credit, try known(stated, at: place))
      }
    case .transfer:
      let receiver = try code(of: step.to, at: place)
      if item["credit_amount"] != nil {
        step.credited = try units(item, "credit_amount", receiver, at: place)
      }
    case .debit: (step.destination, step.to) = Self.destination(step.to)
    case .sale:
      step.from = Self.destination(step.from).name
      if let text = item["fraction"]?.scalar { step.fraction = try fraction(text, at: place) }
    default: break
    }
    ledger.steps.append(step)
  }

  /// `asset:CAR`, `DISSIPATED`, or a name outside the ledger.
  static func destination(_ text: String) -> (CheckLedger.Step.Destination, name: String) {
    if text.hasPrefix("asset:") { return (.asset, String(text.dropFirst(6))) }
    return text == "DISSIPATED" || text.isEmpty ? (.dissipated, "") : (.outside, text)
  }
}

// The proof that `moneytrail trace --proof` writes: `moneytrail-proof/1`.

/// A traced ledger with its results and the chain of steps behind each amount.
public struct ProofForm {
  struct Chain {
    struct Link {
      var sequence: Int
      var from: String
      var to: String
      var amount: Units
      var currency: String
    }
    var place: String
    var sourceClass: String
    /// The colour the chain claims, when it says.
    var isTainted: Bool?
    var amount: Units
    var currency: String
    var links: [Link]

    var name: String { "chain to \(place), class \(sourceClass)" }
  }

  var ledger: CheckLedger
  var results: [CheckRow] = []
  /// Closing balances shared by contributions, when the file states them.
  var shares: [CheckRow]?
  var chains: [Chain] = []
  let hasChains: Bool
  /// How many chains the file says it leaves out.
  var chainsLeftOut = 0

  /// - Throws: `Refusal` when the document is not of the form.
  public init(_ document: JSON) throws(Refusal) {
    guard document["schema"]?.scalar == "moneytrail-proof/1" else {
      throw Refusal(
        .malformed("the schema is not moneytrail-proof/1"), at: "schema",
        remedy: "give a proof written by moneytrail trace --proof")
    }
    let name = try document.required("method", at: "document")
    guard let method = CheckLedger.Method(rawValue: name) else {
      throw Refusal(
        .unknown(kind: "method", name: name), at: "method", remedy: "use one of the ten methods")
    }
    ledger = CheckLedger(method: method)
    hasChains = document["chains"] != nil
    if let policy = document["policy"] { ledger.policy = try CheckLedger.Policy(policy) }
    try readCurrencies(document)
    for item in document["classes"]?.items ?? [] {
      ledger.tainted[try item.required("id", at: "classes")] = item["tainted"]?.flag ?? false
    }
    for item in document["accounts"]?.items ?? [] { try read(account: item) }
    for item in document["steps"]?.items ?? [] { try read(step: item) }
    for item in document["results"]?.items ?? [] { results.append(try row(item)) }
    if let items = document["contribution_shares"]?.items {
      var rows: [CheckRow] = []
      for item in items { rows.append(try row(item)) }
      shares = rows
    }
    for item in document["chains"]?.items ?? [] { try read(chain: item) }
    chainsLeftOut = document["chains_left_out"]?.scalar.flatMap { Int($0) } ?? 0
  }

  private mutating func readCurrencies(_ document: JSON) throws(Refusal) {
    for (code, value) in document["currencies"]?.members ?? [] {
      guard let places = value.scalar.flatMap({ Int($0) }), (0...18).contains(places) else {
        throw Refusal(
          .malformed("not a count of places"), at: "currency \(code)", remedy: "write 0 to 18")
      }
      ledger.places[code] = places
    }
  }

  private func amount(
    _ item: JSON, _ name: String, in currency: String, at place: String, signed: Bool = false
  ) throws(Refusal) -> Units {
    guard let places = ledger.places[currency] else {
      throw Refusal(
        .unknown(kind: "currency", name: currency), at: place, remedy: "list it under currencies")
    }
    return try units(
      item.required(name, at: place), places: places, at: "\(place), \(name)", signed: signed)
  }

  private mutating func read(account item: JSON) throws(Refusal) {
    let name = try item.required("name", at: "accounts")
    let currency = try item.required("currency", at: name)
    var account = CheckLedger.Account(name: name, currency: currency)
    for lot in item["opening"]?.items ?? [] {
      account.opening.append(
        (try lot.required("class", at: name), try amount(lot, "amount", in: currency, at: name)))
    }
    if item["opening_debt"] != nil {
      account.openingDebt = try amount(item, "opening_debt", in: currency, at: name)
    }
    account.opensOn = try item["opens_on"]?.scalar
      .map { text throws(Refusal) in try day(text, at: name) }
    ledger.accounts.append(account)
  }

  private func currency(of account: String, at place: String) throws(Refusal) -> String {
    guard let found = ledger.accounts.first(where: { $0.name == account }) else {
      throw Refusal(
        .unknown(kind: "account", name: account), at: place, remedy: "list it under accounts")
    }
    return found.currency
  }

  private mutating func read(step item: JSON) throws(Refusal) {
    let number = try item.required("seq", at: "steps")
    let place = "step \(number)"
    let kindName = try item.required("kind", at: place)
    guard let sequence = Int(number), let kind = CheckLedger.Step.Kind(rawValue: kindName) else {
      throw Refusal(
        .unknown(kind: "kind", name: kindName), at: place, remedy: "use a kind of the form")
    }
    var step = CheckLedger.Step(
      sequence: sequence, date: try day(item.required("date", at: place), at: place), kind: kind,
      amount: 0)
    step.phase = item["phase"]?.scalar.flatMap { Int($0) } ?? 1
    step.from = item["from"]?.scalar ?? ""
    step.to = item["to"]?.scalar ?? ""
    step.sourceClass = item["class"]?.scalar ?? ""
    step.obtainedAs = item["obtained_as"]?.scalar
    step.coordinated = item["coordinated"]?.flag ?? false
    step.restores = item["restores"]?.flag ?? false
    step.transit = item["transit"]?.scalar ?? ""
    step.reverses = item["reverses"]?.scalar.flatMap { Int($0) }
    if let text = item["fraction"]?.scalar { step.fraction = try fraction(text, at: place) }
    try read(destinationOf: item, into: &step)
    let booked = try bookedAccount(of: step, at: place)
    step.amount = try amount(item, "amount", in: booked, at: place, signed: kind == .gap)
    if kind == .transfer, item["credited"] != nil {
      step.credited = try amount(
        item, "credited", in: currency(of: step.to, at: place), at: place)
    }
    ledger.steps.append(step)
  }

  private func read(
    destinationOf item: JSON, into step: inout CheckLedger.Step
  ) throws(Refusal) {
    if let name = item["destination"]?.scalar {
      guard let destination = CheckLedger.Step.Destination(rawValue: name) else {
        throw Refusal(
          .unknown(kind: "destination", name: name), at: step.place,
          remedy: "use a destination of the form")
      }
      step.destination = destination
    }
    func plain(_ text: String) -> String {
      for prefix in ["asset:", "outside:", "untraced:"] where text.hasPrefix(prefix) {
        return String(text.dropFirst(prefix.count))
      }
      return text
    }
    if step.kind == .debit { step.to = plain(step.to) }
    if step.kind == .sale { step.from = plain(step.from) }
    if step.kind == .gap, step.to.isEmpty { step.to = step.from }
  }

  /// The currency a step's amount counts in: that of the account it is first booked on.
  private func bookedAccount(
    of step: CheckLedger.Step, at place: String
  ) throws(Refusal) -> String {
    switch step.kind {
    case .debit, .fee, .transfer, .departure: return try currency(of: step.from, at: place)
    case .credit, .interest, .arrival, .sale, .gap: return try currency(of: step.to, at: place)
    case .reversal:
      guard let original = ledger.steps.first(where: { $0.sequence == step.reverses }) else {
        return try currency(of: step.to, at: place)
      }
      return try bookedAccount(of: original, at: place)
    }
  }

  private func row(_ item: JSON) throws(Refusal) -> CheckRow {
    let place = try item.required("place", at: "results")
    let currency = try item.required("currency", at: place)
    return CheckRow(
      place: place, sourceClass: try item.required("class", at: place),
      isTainted: item["tainted"]?.flag ?? false, currency: currency,
      amount: try amount(item, "amount", in: currency, at: place))
  }

  private mutating func read(chain item: JSON) throws(Refusal) {
    let place = try item.required("place", at: "chains")
    let currency = try item.required("currency", at: place)
    var chain = Chain(
      place: place, sourceClass: try item.required("class", at: place),
      isTainted: item["tainted"]?.flag,
      amount: try amount(item, "amount", in: currency, at: place), currency: currency, links: [])
    for link in item["links"]?.items ?? [] {
      let currency = try link.required("currency", at: chain.name)
      let number = try link.required("seq", at: chain.name)
      guard let sequence = Int(number) else {
        throw Refusal(
          .malformed("'\(number)' is not a step"), at: chain.name, remedy: "name a step")
      }
      chain.links.append(
        Chain.Link(
          sequence: sequence, from: try link.required("from", at: chain.name),
          to: try link.required("to", at: chain.name),
          amount: try amount(link, "amount", in: currency, at: chain.name), currency: currency))
    }
    chains.append(chain)
  }
}

import CaseModel

// Source classes with their selectors, property with its values and rights, rates and orders.

extension SheetFields {
  static let selectorKeys = [
    "accounts", "direction", "counterparty-accounts", "counterparty-persons", "text-contains",
    "channels", "from", "until", "least", "most",
  ]

  /// Which booked entries are meant. A selector without any account is refused: it would reach
  /// every account of the case.
  func selector() -> EntrySelector {
    let accounts = accounts("accounts")
    if !has("accounts") || nodes("accounts").isEmpty {
      missing("accounts", "the accounts whose lines are meant")
    }
    let direction = has("direction") ? choice("direction", EntrySelector.Direction.self) : nil
    let channels: [Channel] = texts("channels").compactMap { line, text in
      guard let channel = Channel(rawValue: text) else {
        let words = Channel.allCases.map(\.rawValue).joined(separator: ", ")
        report.error("E-VALUE", line: line, "`channels` of \(what): \(text)", "of: \(words)")
        return nil
      }
      return channel
    }
    let least = optionalDecimal("least")
    let most = optionalDecimal("most")
    return EntrySelector(
      accounts: accounts, direction: direction,
      counterpartyAccounts: self.accounts("counterparty-accounts"),
      counterpartyPersons: codes("counterparty-persons").map { PersonCode($0) },
      textContains: texts("text-contains").map(\.text), channels: channels,
      period: optionalPeriod(), least: least, most: most)
  }

  func sourceClasses() -> [SourceClass] {
    items(
      "source-classes", what: "a source class",
      allowed: ["code", "title", "tainted", "nature", "count", "selector", "reason"]
    ).compactMap { item in
      let code = item.ownCode("source class")
      let title = item.text("title")
      let isTainted = item.flag("tainted")
      let nature = item.choice("nature", SourceClass.Nature.self)
      let count = item.optionalInteger("count")
      let reason = item.text("reason", "why these receipts belong together, in a sentence")
      let selector = item.fields(
        "selector", what: "the selector of \(code ?? "a source class")",
        allowed: Self.selectorKeys)?.selector()
      guard let code, let title, let isTainted, let nature, let reason, let selector else {
        return nil
      }
      if isTainted, nature == .lawful {
        item.wrong("E-VALUE", "nature", "lawful", "another nature, or `tainted: false`")
      }
      return SourceClass(
        code: SourceClassCode(code), title: title, isTainted: isTainted, nature: nature,
        count: count, selector: selector, reason: reason, source: item.source)
    }
  }

  func property() -> [PropertyItem] {
    items(
      "property", what: "a property item",
      allowed: [
        "code", "kind", "description", "identifiers", "location-state", "location", "legal-owner",
        "controller", "acquired-on", "price", "funding", "account", "valuations", "encumbrances",
        "interests", "instrumentality-facts", "custody",
      ]
    ).compactMap { item in
      let code = item.ownCode("property")
      let kind = item.text(
        "kind", "a kind such as `building`, `vehicle`, `deposit-account`, `cash`")
      let description = item.text("description")
      let identifiers = item.optionalText("identifiers")
      let state = item.text("location-state", "the State where it lies, such as `GB`")
      let location = item.text("location")
      let owner = item.has("legal-owner") ? item.code("legal-owner") : nil
      let controller = item.has("controller") ? item.code("controller") : nil
      let acquired = item.optionalDate("acquired-on")
      let price = item.optionalMoney("price")
      let what = "the funding of \(code ?? "a property item")"
      let funding = item.items("funding", what: what, allowed: Self.selectorKeys)
        .map { $0.selector() }
      let account = item.optionalAccount("account")
      let valuations = item.valuations()
      let encumbrances = item.encumbrances()
      let interests = item.interests()
      let facts = item.codes("instrumentality-facts").map { FactCode($0) }
      let custody = item.optionalText("custody")
      guard let code, let kind, let description, let state, let location else { return nil }
      return PropertyItem(
        code: PropertyCode(code), kind: kind, description: description, identifiers: identifiers,
        locationState: state, location: location, legalOwner: owner.map { PersonCode($0) },
        controller: controller.map { PersonCode($0) }, acquiredOn: acquired, price: price,
        funding: funding, account: account, valuations: valuations, encumbrances: encumbrances,
        interests: interests, instrumentalityFacts: facts, custody: custody, source: item.source)
    }
  }

  private func valuations() -> [PropertyItem.Valuation] {
    items("valuations", what: "a valuation", allowed: ["amount", "date", "method"]).compactMap {
      let amount = $0.money("amount")
      let date = $0.date("date")
      let method = $0.text("method", "how the value was found, and by whom")
      guard let amount, let date, let method else { return nil }
      return PropertyItem.Valuation(amount: amount, date: date, method: method, source: $0.source)
    }
  }

  private func encumbrances() -> [PropertyItem.Encumbrance] {
    items(
      "encumbrances", what: "an encumbrance", allowed: ["holder", "amount", "rank", "good-faith"]
    )
    .compactMap {
      let holder = $0.text("holder", "the code of the person who holds it")
      let amount = $0.money("amount")
      let rank = $0.integer("rank")
      let inGoodFaith = $0.optionalFlag("good-faith")
      guard let holder, let amount, let rank else { return nil }
      return PropertyItem.Encumbrance(
        holder: holder, amount: amount, rank: rank, inGoodFaith: inGoodFaith, source: $0.source)
    }
  }

  private func interests() -> [PropertyItem.Interest] {
    items("interests", what: "an interest", allowed: ["person", "claim"]).compactMap {
      let person = $0.text("person", "the code of the person who claims it")
      let claim = $0.text("claim")
      guard let person, let claim else { return nil }
      return PropertyItem.Interest(person: person, claim: claim, source: $0.source)
    }
  }

  func rates() -> [DatedRate] {
    items("rates", what: "a rate", allowed: ["date", "base", "quote", "value", "kind", "source"])
      .compactMap { item in
        let date = item.date("date")
        let base = item.currency("base")
        let quote = item.currency("quote")
        let value = item.has("value") ? item.optionalDecimal("value") : nil
        if !item.has("value") { item.missing("value", "units of `quote` for one unit of `base`") }
        let kind = item.choice("kind", ExchangeRate.Kind.self)
        let source = item.text("source", "the publication or record that states the rate")
        guard let date, let base, let quote, let value, let kind, let source else { return nil }
        guard base != quote, value.digits > 0 else {
          item.wrong("E-VALUE", "value", nil, "a positive rate between two different currencies")
          return nil
        }
        return DatedRate(
          date: date,
          rate: ExchangeRate(base: base, quote: quote, value: value, kind: kind, source: source),
          source: item.source)
      }
  }

  func orders() -> [PreservationOrder] {
    items(
      "orders", what: "an order",
      allowed: ["property", "kind", "issuer", "number", "date", "ends"]
    ).compactMap { item in
      let property = item.code("property")
      let kind = item.text("kind", "a kind such as `restraint`, `seizure`, `freeze`")
      let issuer = item.text("issuer")
      let number = item.text("number")
      let date = item.date("date")
      let ends = item.optionalDate("ends")
      if let date, let ends, ends < date {
        item.wrong("E-DATE", "ends", ends.description, "a day not before \(date)")
      }
      guard let property, let kind, let issuer, let number, let date else { return nil }
      return PreservationOrder(
        property: PropertyCode(property), kind: kind, issuer: issuer, number: number, date: date,
        ends: ends, source: item.source)
    }
  }
}

extension EntrySelector.Direction: CaseIterable {
  public static var allCases: [Self] { [.credit, .debit] }
}

extension SourceClass.Nature: CaseIterable {
  public static var allCases: [Self] { [.obtaining, .lawful, .returned, .unexplained, .claimant] }
}

extension ExchangeRate.Kind: CaseIterable {
  public static var allCases: [Self] { [.executed, .official, .other] }
}

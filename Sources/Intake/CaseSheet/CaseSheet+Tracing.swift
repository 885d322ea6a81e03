import CaseModel

// The section `tracing`: the method and its reason, and what the office states about single payments.

extension SheetFields {
  /// Nil when the sheet has no such section.
  func tracing() -> TracingFacts? {
    guard has("tracing") else { return nil }
    let section = fields(
      "tracing", what: "the section `tracing`",
      allowed: ["method", "overrides", "sales", "cash-links", "batches", "transfer-groups"])
    guard let section else { return nil }
    return TracingFacts(
      choice: section.methodChoice(), overrides: section.methodOverrides(),
      sales: section.sales(), cashLinks: section.cashLinks(), batches: section.batches(),
      transferGroups: section.transferGroups())
  }

  private func methodChoice() -> MethodChoice? {
    guard has("method") else { return nil }
    let item = fields("method", what: "the method", allowed: ["method", "reason"])
    let method = item?.methodName()
    let reason = item?.text("reason", "why this method, in a sentence")
    guard let item, let method, let reason else { return nil }
    return MethodChoice(method: method, reason: reason, source: item.source)
  }

  /// An override without a reason or a signature is none, and is refused (N3).
  private func methodOverrides() -> [MethodOverride] {
    items(
      "overrides", what: "an override",
      allowed: ["property", "method", "reason", "signed-by", "signed-on"]
    ).compactMap { item in
      let property = item.code("property")
      let method = item.methodName()
      let reason = item.text("reason", "why this item follows another method, in a sentence")
      let signedBy = item.text("signed-by", "the office or name of the one who signed")
      let signedOn = item.date("signed-on")
      guard let property, let method, let reason, let signedBy, let signedOn else { return nil }
      return MethodOverride(
        property: PropertyCode(property), method: method, reason: reason, signedBy: signedBy,
        signedOn: signedOn, source: item.source)
    }
  }

  private func sales() -> [AssetSale] {
    items("sales", what: "a sale", allowed: ["property", "selector", "fraction", "facts"])
      .compactMap { item in
        let property = item.code("property")
        let selector = item.side("selector", of: "a sale", .credit)
        let fraction = item.fraction()
        let facts = item.neededFacts()
        guard let property, let selector else { return nil }
        return AssetSale(
          property: PropertyCode(property), selector: selector, fraction: fraction, facts: facts,
          source: item.source)
      }
  }

  private func cashLinks() -> [CashLink] {
    items(
      "cash-links", what: "a cash link", allowed: ["person", "withdrawals", "deposits", "facts"]
    ).compactMap { item in
      let person = item.code("person")
      let withdrawals = item.side("withdrawals", of: "a cash link", .debit)
      let deposits = item.side("deposits", of: "a cash link", .credit)
      let facts = item.neededFacts()
      guard let person, let withdrawals, let deposits else { return nil }
      return CashLink(
        person: PersonCode(person), withdrawals: withdrawals, deposits: deposits, facts: facts,
        source: item.source)
    }
  }

  private func batches() -> [BatchSplit] {
    items("batches", what: "a batch", allowed: ["selector", "parts", "facts"]).compactMap { item in
      let selector = item.fields(
        "selector", what: "the selector of a batch", allowed: Self.selectorKeys)?.selector()
      let parts = item.parts()
      let facts = item.neededFacts()
      guard let selector else { return nil }
      let toProperty = parts.contains { $0.property != nil }
      let ofClass = parts.contains { $0.sourceClass != nil }
      if toProperty, ofClass || selector.direction == .credit {
        item.wrong("E-VALUE", "parts", nil, "`source-class` in each part of a credit")
      } else if ofClass, selector.direction == .debit {
        item.wrong("E-VALUE", "parts", nil, "`property` in each part of a debit")
      }
      return BatchSplit(selector: selector, parts: parts, facts: facts, source: item.source)
    }
  }

  private func parts() -> [BatchSplit.Part] {
    let parts = items(
      "parts", what: "a part of a batch", allowed: ["amount", "property", "source-class"])
    if parts.isEmpty { missing("parts", "at least one part, with its amount") }
    return parts.compactMap { part in
      let amount = part.money("amount")
      let property = part.has("property") ? part.code("property") : nil
      let sourceClass = part.has("source-class") ? part.code("source-class") : nil
      if part.has("property") == part.has("source-class") {
        part.missing("property", "exactly one of `property` and `source-class`")
      }
      if let amount, amount.isZero {
        part.wrong("E-AMOUNT", "amount", amount.decimalText, "an amount above nothing")
      }
      guard let amount else { return nil }
      return BatchSplit.Part(
        amount: amount, property: property.map { PropertyCode($0) },
        sourceClass: sourceClass.map { SourceClassCode($0) })
    }
  }

  private func transferGroups() -> [TransferGroup] {
    items("transfer-groups", what: "a transfer group", allowed: ["debits", "credits", "facts"])
      .compactMap { item in
        let debits = item.side("debits", of: "a transfer group", .debit)
        let credits = item.side("credits", of: "a transfer group", .credit)
        let facts = item.neededFacts()
        guard let debits, let credits else { return nil }
        return TransferGroup(debits: debits, credits: credits, facts: facts, source: item.source)
      }
  }

  // MARK: Fields of this section

  /// The name of a method, by its form; whether the program and the profile know it is asked when
  /// it is applied.
  private func methodName() -> String? {
    let expected = "the name of a tracing method, such as `libr`"
    guard let name = text("method", expected) else { return nil }
    let isName = name.utf8.allSatisfy {
      ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F
    }
    guard isName else {
      wrong("E-VALUE", "method", name, expected)
      return nil
    }
    return name
  }

  /// A selector whose entries lie on one side of the account; the side is taken as stated.
  private func side(
    _ key: String, of what: String, _ direction: EntrySelector.Direction
  ) -> EntrySelector? {
    let fields = fields(key, what: "`\(key)` of \(what)", allowed: Self.selectorKeys)
    guard let fields, var selector = fields.selector() as EntrySelector? else { return nil }
    if let stated = selector.direction, stated != direction {
      fields.wrong("E-VALUE", "direction", stated.rawValue, direction.rawValue)
    }
    selector.direction = direction
    return selector
  }

  /// What a statement about a payment rests on: it counts once one of these may reach a court.
  private func neededFacts() -> [FactCode] {
    if nodes("facts").isEmpty { missing("facts", "the facts that show it, such as [F-01]") }
    return codes("facts").map { FactCode($0) }
  }

  /// The part sold: `1/4`; above nothing, at most the whole.
  private func fraction() -> String? {
    guard let text = optionalText("fraction") else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let top = Int64(parts[0]), let bottom = Int64(parts[1]), top > 0,
      top <= bottom
    else {
      wrong("E-VALUE", "fraction", text, "a part such as `1/4`, above nothing and at most `1/1`")
      return nil
    }
    return text
  }
}

import CaseModel

// Compares every code that a case sheet uses with the codes it defines: nothing may be defined twice,
// and nothing may be named that does not exist.

struct SheetReferences {
  let matter: Matter
  let report: SheetReport
  init(_ matter: Matter, _ report: SheetReport) {
    self.matter = matter
    self.report = report
  }

  func check() {
    checkUnique()
    checkPersonsAndCounts()
    checkMoney()
    checkEventsAndFacts()
    if let tracing = matter.tracing { check(tracing) }
    if let circumstances = matter.circumstances { check(circumstances) }
  }

  private func checkUnique() {
    unique(matter.persons.map { ($0.code.text, $0.source) }, "person")
    unique(matter.counts.map { (String($0.number), $0.source) }, "count")
    unique(matter.sourceClasses.map { ($0.code.text, $0.source) }, "source class")
    unique(matter.property.map { ($0.code.text, $0.source) }, "property item")
    unique(matter.events.map { ($0.code.text, $0.source) }, "event")
    unique(matter.facts.map { ($0.code.text, $0.source) }, "fact")
    unique(
      matter.rates.map {
        ("\($0.date) \($0.rate.base)/\($0.rate.quote) \($0.rate.kind)", $0.source)
      },
      "rate")
    unique(
      matter.persons.flatMap { person in person.holds.map { ($0.text, person.source) } },
      "an account held", isNamed: false)
  }

  private func checkPersonsAndCounts() {
    for person in matter.persons {
      known(person.holds + person.controls, "person \(person.code)", person.source)
      for account in person.holds {
        if let owner = AccountReference.sealedPerson(account.text), owner != person.code {
          report.error(
            "E-REFERENCE", line: line(person.source),
            "person \(person.code) holds a sealed account of \(owner)",
            "list it under `controls`, or correct the token")
        }
      }
    }
    for count in matter.counts {
      known([count.person], "count \(count.number)", count.source)
      for element in count.elements {
        known(element.facts, "element `\(element.name)` of count \(count.number)", count.source)
      }
    }
    if let ground = matter.nonConvictionGround {
      known(ground.facts, "the non-conviction ground", ground.source)
    }
  }

  private func checkMoney() {
    for item in matter.sourceClasses {
      let what = "source class \(item.code)"
      known(item.selector, what, item.source)
      if let count = item.count { known("count", String(count), what, item.source) }
    }
    for item in matter.property {
      let what = "property \(item.code)"
      known([item.legalOwner, item.controller].compactMap { $0 }, what, item.source)
      known(item.instrumentalityFacts, what, item.source)
      known([item.account].compactMap { $0 }, what, item.source)
      for selector in item.funding { known(selector, "the funding of \(item.code)", item.source) }
      for right in item.encumbrances { known([PersonCode(right.holder)], what, right.source) }
      for right in item.interests { known([PersonCode(right.person)], what, right.source) }
    }
    for order in matter.orders {
      known("property", order.property.text, "order \(order.number)", order.source)
    }
  }

  private func checkEventsAndFacts() {
    for event in matter.events { known(event.persons, "event \(event.code)", event.source) }
    for fact in matter.facts {
      known(fact.persons, "fact \(fact.code)", fact.source)
      for code in fact.property { known("property", code.text, "fact \(fact.code)", fact.source) }
    }
  }

  private func check(_ tracing: TracingFacts) {
    unique(tracing.overrides.map { ($0.property.text, $0.source) }, "an override for")
    for item in tracing.overrides {
      known("property", item.property.text, "an override", item.source)
    }
    for item in tracing.sales {
      let what = "the sale of \(item.property)"
      known("property", item.property.text, "a sale", item.source)
      known(item.selector, what, item.source)
      known(item.facts, what, item.source)
    }
    for item in tracing.cashLinks {
      known([item.person], "a cash link", item.source)
      for selector in [item.withdrawals, item.deposits] {
        known(selector, "a cash link", item.source)
      }
      known(item.facts, "a cash link", item.source)
    }
    for item in tracing.batches {
      known(item.selector, "a batch", item.source)
      known(item.facts, "a batch", item.source)
      for part in item.parts {
        if let code = part.property { known("property", code.text, "a batch", item.source) }
        if let code = part.sourceClass {
          known("source class", code.text, "a batch", item.source)
        }
      }
    }
    for item in tracing.transferGroups {
      for selector in [item.debits, item.credits] {
        known(selector, "a transfer group", item.source)
      }
      known(item.facts, "a transfer group", item.source)
    }
  }

  // MARK: One kind of reference each

  private func known(_ selector: EntrySelector, _ what: String, _ source: SourceRef) {
    known(selector.counterpartyPersons, what, source)
    known(selector.accounts + selector.counterpartyAccounts, what, source)
    if let least = selector.least, let most = selector.most,
      Int128(least.digits) * most.denominator > Int128(most.digits) * least.denominator
    {
      report.error(
        "E-AMOUNT", line: line(source), "\(what): `least` above `most`", "`least` not above `most`")
    }
  }

  private func known(_ codes: [PersonCode], _ what: String, _ source: SourceRef) {
    for code in codes { known("person", code.text, what, source) }
  }

  private func known(_ codes: [FactCode], _ what: String, _ source: SourceRef) {
    for code in codes { known("fact", code.text, what, source) }
  }

  /// A sealed token names a person; the account itself is checked when the sealed sheet is read.
  func known(_ accounts: [AccountKey], _ what: String, _ source: SourceRef) {
    for account in accounts {
      if let person = AccountReference.sealedPerson(account.text) {
        known("person", person.text, what, source)
      }
    }
  }

  func known(_ kind: String, _ code: String, _ what: String, _ source: SourceRef) {
    guard !report.declares(kind, code) else { return }
    report.error(
      "E-REFERENCE", line: line(source), "\(what) names \(kind) \(code)",
      "a code that this sheet defines; add it or correct the code")
  }

  func unique(
    _ codes: [(text: String, source: SourceRef)], _ kind: String, isNamed: Bool = true
  ) {
    var first: [String: SourceRef] = [:]
    for (text, source) in codes {
      if let earlier = first[text] {
        report.error(
          "E-DUPLICATE", line: line(source), "\(kind)\(isNamed ? " " + text : "") twice",
          "one; the first is on \(earlier.locator)")
      } else {
        first[text] = source
      }
    }
  }

  func line(_ source: SourceRef) -> Int { Int(source.locator.ordinal) }
}

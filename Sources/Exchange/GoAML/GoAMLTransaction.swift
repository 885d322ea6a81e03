import CaseModel

/// One movement as a goAML transaction, and what it lacks.
struct GoAMLTransaction {
  let movement: Movement
  let node: XMLNode
  let missing: [String]

  init(_ movement: Movement, _ index: RecordIndex, _ profile: GoAMLProfile) {
    var builder = Builder(movement: movement, index: index, profile: profile)
    var changed: Set<String> = []
    var node = builder.node().held(to: profile.characters, changed: &changed)
    if !changed.isEmpty, let place = node.children.firstIndex(where: { $0.name == "comments" }) {
      let note =
        "; written in the characters the unit allows: "
        + changed.sorted(by: RecordIndex.byBytes).joined(separator: ", ")
      node.children[place].text = (node.children[place].text ?? "") + note
    }
    self.node = node
    missing = builder.missing
    self.movement = movement
  }

  /// `mt-… (PX-001 line 12; PX-002 line 3)`.
  func place(_ index: RecordIndex) -> String {
    "transaction \(movement.id.text) ("
      + movement.sources.map { index.place($0) }.joined(separator: "; ") + ")"
  }

  private struct Builder {
    let movement: Movement
    let index: RecordIndex
    let profile: GoAMLProfile
    var missing: [String] = []

    mutating func node() -> XMLNode {
      let local = localAmount()
      var stated = [
        XMLNode("transactionnumber", movement.id.text),
        XMLNode(
          "transaction_description",
          movement.purpose ?? movement.channel.rawValue.replacing("_", with: " ")),
        XMLNode("date_transaction", GoAMLReport.moment(movement.bookedOn)),
      ]
      if let day = movement.valueOn {
        stated.append(XMLNode("value_date", GoAMLReport.moment(day)))
      }
      if let code = profile.transmodeCode(movement.channel) {
        stated.append(XMLNode("transmode_code", code))
      } else {
        missing.append("transmode_code (no code for \(movement.channel.rawValue))")
      }
      var comments =
        "read at " + movement.sources.map { index.place($0) }.joined(separator: "; ")
      if let local {
        stated.append(XMLNode("amount_local", local.amount.decimalText))
        if let note = local.note { comments += "; " + note }
      } else {
        missing.append(
          "amount_local (no rate from \(movement.amount.currency) to \(profile.localCurrency) for "
            + "\(movement.bookedOn))")
      }
      stated.append(XMLNode("t_from", side(.from, movement.from, local)))
      stated.append(XMLNode("t_to", side(.to, movement.to, local)))
      stated.append(XMLNode("comments", comments))
      return XMLNode(
        "transaction", elements(.transaction, stated, at: ""))
    }

    private mutating func elements(
      _ part: GoAMLProfile.Part, _ stated: [XMLNode], at path: String
    ) -> [XMLNode] {
      GoAMLAssembly(profile: profile).elements(part, stated, at: path, missing: &missing)
    }

    // MARK: Amounts

    private struct Local {
      let amount: Money
      /// Local units for one foreign unit; nil without conversion.
      let rate: String?
      let note: String?
    }

    /// The amount in the currency of the report: as booked, or by the nearest rate of the case that is no
    /// older than the profile allows; rounded half up, once.
    private func localAmount() -> Local? {
      let amount = movement.amount
      guard amount.currency != profile.localCurrency else {
        return Local(amount: amount, rate: nil, note: nil)
      }
      let pair = [amount.currency, profile.localCurrency]
      let fitting = index.matter.rates.filter {
        [[$0.rate.base, $0.rate.quote], [$0.rate.quote, $0.rate.base]].contains(pair)
          && (0...profile.rateDays).contains(movement.bookedOn - $0.date)
      }
      // The latest day first; on one day an executed rate before an official one, then by source.
      let order: [ExchangeRate.Kind] = [.executed, .official, .other]
      let best = fitting.min { a, b in
        let (first, second) = (
          order.firstIndex(of: a.rate.kind) ?? 0, order.firstIndex(of: b.rate.kind) ?? 0
        )
        if a.date != b.date { return b.date < a.date }
        return first == second ? a.source < b.source : first < second
      }
      guard let best, let converted = best.rate.convert(amount, rounding: .halfUp) else {
        return nil
      }
      return Local(
        amount: converted, rate: rate(best.rate),
        note: "converted at \(best.rate.value.text) \(best.rate.quote) for 1 \(best.rate.base) of "
          + "\(best.date), \(best.rate.source), rounded half up")
    }

    /// Local units for one foreign unit: as stated, or the inverse with ten decimals rounded half up.
    private func rate(_ rate: ExchangeRate) -> String? {
      if rate.quote == profile.localCurrency { return rate.value.text }
      let ten: Int128 = 10_000_000_000
      let inverse = Rounding.halfUp.quotient(
        rate.value.denominator * ten, by: Int128(rate.value.digits))
      return Int64(exactly: inverse).map { DecimalNumber(digits: $0, scale: 10).text }
    }

    // MARK: Sides

    private mutating func side(
      _ part: GoAMLProfile.Part, _ end: Movement.End, _ local: Local?
    ) -> [XMLNode] {
      let word = part.rawValue
      let path = "t_" + word
      var stated: [XMLNode] = []
      if let code = profile.fundsCode(movement.channel) {
        stated.append(XMLNode(word + "_funds_code", code))
      } else {
        missing.append("\(path)/\(word)_funds_code (no code for \(movement.channel.rawValue))")
      }
      if let local, movement.amount.currency != profile.localCurrency {
        var foreign = [
          XMLNode("foreign_currency_code", movement.amount.currency.code),
          XMLNode("foreign_amount", movement.amount.decimalText),
        ]
        if let rate = local.rate { foreign.append(XMLNode("foreign_exchange_rate", rate)) }
        stated.append(XMLNode(word + "_foreign_currency", foreign))
      }
      var country = profile.country
      switch end {
      case .account(let number):
        if let account = index.account(number) {
          if let iban = index.redaction.key(account).iban { country = String(iban.prefix(2)) }
          stated.append(
            XMLNode(word + "_account", self.account(account, "\(path)/\(word)_account")))
        }
      case .stated(let number):
        let name = index.entry(number).flatMap { index.counterparty($0) }
        stated.append(
          XMLNode(
            word + "_entity",
            elements(
              .entity, name.map { [XMLNode("name", $0)] } ?? [], at: "\(path)/\(word)_entity")))
      }
      if let country { stated.append(XMLNode(word + "_country", country)) }
      return elements(part, stated, at: path)
    }

    private mutating func account(_ account: Account, _ path: String) -> [XMLNode] {
      let key = index.redaction.key(account)
      let isOpen = key == account.key && !key.isSealed
      let number = key.text.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? key.text
      var stated = [
        XMLNode("account", isOpen ? number : index.name(account)),
        XMLNode("currency_code", account.currency.code),
        XMLNode("account_name", index.name(account)),
      ]
      if let institution = index.redaction.clean(account.institution) {
        stated.append(XMLNode("institution_name", institution))
      }
      if let iban = key.iban { stated.append(XMLNode("iban", iban)) }
      if let holder = index.person(account.holder) {
        let name = index.redaction.name(holder.code)
        if holder.isLegalPerson {
          stated.append(
            XMLNode(
              "t_entity", elements(.entity, [XMLNode("name", name)], at: path + "/t_entity")))
        } else {
          let person = elements(
            .person, [XMLNode("last_name", name)], at: path + "/signatory/t_person")
          stated.append(XMLNode("signatory", [XMLNode("t_person", person)]))
        }
      }
      return elements(.account, stated, at: path)
    }
  }
}

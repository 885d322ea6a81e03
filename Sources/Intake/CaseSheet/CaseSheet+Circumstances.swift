import CaseModel

// The section `circumstances`: places, parties and ties around the records. Tokens and codes only.

extension SheetFields {
  /// Nil when the sheet has no such section. Every list of it may be left out.
  func circumstances() -> Circumstances? {
    guard has("circumstances") else { return nil }
    let section = fields(
      "circumstances", what: "the section `circumstances`",
      allowed: [
        "places", "movements", "homes", "identifiers", "households", "bodies", "ties",
        "certainties", "loans", "incomes", "purchases", "capacities", "receipts", "invoices",
        "prices", "shipments", "searches",
      ])
    guard let section else { return nil }
    var result = Circumstances()
    result.places = section.places()
    result.movements = section.placedMovements()
    result.homes = section.homes()
    result.identifiers = section.identifiers()
    result.households = section.households()
    result.bodies = section.bodies()
    result.ties = section.ties()
    result.certainties = section.certainties()
    result.loans = section.loans()
    result.incomes = section.incomes()
    result.purchases = section.purchases()
    result.capacities = section.capacities()
    result.receipts = section.receipts()
    result.trade = section.tradeRecords()
    return result
  }

  private func places() -> [GeoPlace] {
    items("places", what: "a place", allowed: ["code", "latitude", "longitude"]).compactMap {
      let code = $0.ownCode("place")
      let latitude = $0.microdegrees("latitude")
      let longitude = $0.microdegrees("longitude")
      guard let code, let latitude, let longitude else { return nil }
      guard let point = GeoPoint(latitude: latitude, longitude: longitude) else {
        $0.wrong("E-VALUE", "latitude", nil, "at most 90 degrees, and 180 of longitude")
        return nil
      }
      return GeoPlace(code: PlaceCode(code), point: point, source: $0.source)
    }
  }

  private func placedMovements() -> [PlacedMovement] {
    items(
      "movements", what: "a placed movement", allowed: Self.movementKeys + ["place", "by"]
    ).compactMap {
      let movement = $0.movement(side: nil)
      let place = $0.code("place")
      let by = $0.has("by") ? $0.code("by") : nil
      guard let movement, let place else { return nil }
      return PlacedMovement(
        movement: movement, place: PlaceCode(place), by: by.map { PartyCode($0) },
        source: $0.source)
    }
  }

  private func homes() -> [AccountHome] {
    items("homes", what: "a home", allowed: ["account", "place"]).compactMap {
      let account = $0.neededAccount("account")
      let place = $0.code("place")
      guard let account, let place else { return nil }
      return AccountHome(account: account, place: PlaceCode(place), source: $0.source)
    }
  }

  private func identifiers() -> [AccountIdentifier] {
    items("identifiers", what: "an identifier", allowed: ["account", "kind", "token"]).compactMap {
      let account = $0.neededAccount("account")
      let kind = $0.choice("kind", AccountIdentifier.Kind.self)
      let token = $0.token("token")
      guard let account, let kind, let token else { return nil }
      return AccountIdentifier(account: account, kind: kind, token: token, source: $0.source)
    }
  }

  private func households() -> [Household] {
    items("households", what: "a household", allowed: ["members", "accounts"]).compactMap {
      let members = $0.codes("members").map { PartyCode($0) }
      let accounts = $0.accounts("accounts")
      if members.isEmpty, accounts.isEmpty {
        $0.missing("members", "the codes of its members, or their `accounts`")
      }
      return Household(members: members, accounts: accounts, source: $0.source)
    }
  }

  private func bodies() -> [Body] {
    items(
      "bodies", what: "a body",
      allowed: [
        "code", "roles", "accounts", "formed-on", "capital", "address", "place", "offshore",
        "licence", "trades",
      ]
    ).compactMap { item in
      let code = item.ownCode("body")
      let roles: [Body.Role] = item.texts("roles").compactMap { line, text in
        guard let role = Body.Role(rawValue: text) else {
          let words = Body.Role.allCases.map(\.rawValue).joined(separator: ", ")
          report.error("E-VALUE", line: line, "`roles` of a body: \(text)", "of: \(words)")
          return nil
        }
        return role
      }
      let accounts = item.accounts("accounts")
      let formed = item.optionalDate("formed-on")
      let capital = item.optionalMoney("capital")
      let address = item.has("address") ? item.token("address") : nil
      let place = item.has("place") ? item.code("place") : nil
      let isOffshore = item.optionalFlag("offshore") ?? false
      let licence = item.licence()
      let trades = item.texts("trades").map(\.text)
      guard let code else { return nil }
      return Body(
        code: PartyCode(code), roles: roles, accounts: accounts, formedOn: formed,
        capital: capital, address: address, place: place.map { PlaceCode($0) },
        isOffshore: isOffshore, licence: licence, trades: trades, source: item.source)
    }
  }

  private func licence() -> Body.Licence? {
    guard has("licence") else { return nil }
    let item = fields("licence", what: "a licence", allowed: ["register", "from", "until"])
    let register = item?.text("register", "the register that grants it")
    let from = item?.date("from")
    let until = item?.optionalDate("until")
    guard let item, let register, let from else { return nil }
    return item.isOrdered(from, until)
      ? Body.Licence(register: register, from: from, until: until) : nil
  }

  private func ties() -> [Tie] {
    items("ties", what: "a tie", allowed: ["by", "of", "kind", "from", "until"]).compactMap {
      let by = $0.code("by")
      let of = $0.code("of")
      let kind = $0.choice("kind", Tie.Kind.self)
      let from = $0.optionalDate("from")
      let until = $0.optionalDate("until")
      guard let by, let of, let kind, $0.isOrdered(from, until) else { return nil }
      return Tie(
        by: PartyCode(by), of: PartyCode(of), kind: kind, from: from, until: until,
        source: $0.source)
    }
  }

  private func certainties() -> [EventCertainty] {
    items("certainties", what: "a certainty", allowed: ["event", "degree"]).compactMap {
      let event = $0.code("event")
      let degree = $0.choice("degree", EventCertainty.Degree.self)
      guard let event, let degree else { return nil }
      return EventCertainty(event: EventCode(event), degree: degree, source: $0.source)
    }
  }
}
